// Package paging sets up the function that serves the pages.
package paging

import (
	"net/http"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/pages"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/setup/acting"
)

// FromOS gives the pages that the environment describes, or ends the process naming what is wrong.
func FromOS() http.Handler {
	env := setup.FromOS()
	keys, err := links.ParseKeys(env.Text("LINK_KEYS"))
	env.Check("LINK_KEYS", err)
	service := &pages.Service{Links: keys, Site: env.Site("SITE"), Origins: env.Origins("ORIGINS"), Patience: acting.Patience}
	service.Desk = acting.WithAtlas(acting.Desk(env, setup.Log()))
	env.Must()
	return service.Handler()
}
