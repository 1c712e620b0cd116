// Package paging sets up the function that serves the pages.
package paging

import (
	"net/http"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/pages"
	"aanmeldpunt/internal/setup"
)

// FromOS gives the pages that the environment describes, or ends the process naming what is wrong.
func FromOS() http.Handler {
	log := setup.Log()
	env := setup.FromOS()
	keys, err := links.ParseKeys(env.Text("LINK_KEYS"))
	env.Check("LINK_KEYS", err)
	service := &pages.Service{Entries: env.Store(setup.HTTP()), Links: keys, TeamMail: env.Mail("TEAM_MAIL"),
		Now: time.Now, Log: log}
	env.Must()
	return service.Handler()
}
