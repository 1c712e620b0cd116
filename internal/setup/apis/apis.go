// Package apis sets up the functions of the JSON API.
package apis

import (
	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/setup/acting"
)

// FromOS gives the service that the environment describes, or ends the process naming what is wrong.
func FromOS() *api.Service {
	env := setup.FromOS()
	service := &api.Service{
		Site:     env.Site("SITE"),
		Origins:  env.Origins("ORIGINS"),
		Patience: acting.Patience,
	}
	service.Desk = acting.Desk(env, setup.Log())
	env.Must()
	return service
}

// WithAtlas adds the municipalities, for the functions that find regions by them.
func WithAtlas(service *api.Service) *api.Service {
	acting.WithAtlas(service.Desk)
	return service
}
