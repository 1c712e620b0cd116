// Package apis sets up the functions of the JSON API.
package apis

import (
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/store"
)

// Kept is how long a function remembers meetings and regions. A change of a meeting's seats is noticed at
// once all the same; texts may be this old.
const Kept = 30 * time.Second

// Patience is how long one request may try. With the last look that the store takes at a lost answer (3
// seconds) it stays inside the function's time (25 seconds in template.yaml): who is not served hears so
// from us, and not from a gateway that cuts off what may have been stored.
const Patience = 20 * time.Second

// FromOS gives the service that the environment describes, or ends the process naming what is wrong.
func FromOS() *api.Service {
	log := setup.Log()
	env := setup.FromOS()
	service := &api.Service{
		Desk: &acts.Desk{
			Identity: identity(env),
			Team:     mdt.Responder{Name: content.TeamName, Email: env.Mail("TEAM_MAIL")},
			Now:      time.Now,
			Log:      log,
		},
		Site:     env.Site("SITE"),
		Origins:  env.Origins("ORIGINS"),
		Patience: Patience,
	}
	service.Store = env.Store(setup.HTTP())
	env.Must()
	service.Catalogue = store.NewCatalogue(service.Store, Kept)
	return service
}

func identity(env *setup.Env) *mdt.Identity {
	key := env.Key("PERSON_KEY")
	if len(key) < 32 {
		return nil // named already
	}
	made, err := mdt.NewIdentity(key)
	env.Check("PERSON_KEY", err)
	return made
}

// WithAtlas adds the municipalities, for the functions that find regions by them.
func WithAtlas(service *api.Service) *api.Service {
	service.Atlas = mdt.OpenAtlas(content.Municipalities) // the table is compiled in and tested
	return service
}
