// Package consoling sets up the function of the team's desk.
package consoling

import (
	"net/http"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/console"
	"aanmeldpunt/internal/letters"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/setup/acting"
	"aanmeldpunt/internal/signin"
)

// FromOS gives the desk that the environment describes, or ends the process naming what is wrong.
func FromOS() http.Handler {
	env, log := setup.FromOS(), setup.Log()
	service := &console.Service{Site: env.Site("SITE"), Patience: acting.Patience}
	issuer := &signin.Client{Issuer: env.Optional("ISSUER"), ID: env.Optional("ISSUER_CLIENT"),
		Redirect: service.Site + "/console/terug", Logout: env.Optional("ISSUER_LOGOUT"), SignedOut: service.Site + "/console/uit",
		HTTP: setup.HTTP(), Now: time.Now}
	service.SignIn, service.Issuers = issuer, issuer.Origins()
	reader, err := letters.NewReader(service.Site, env.Mail("TEAM_MAIL"))
	env.Check("letters", err)
	service.Letters = reader
	service.Links, err = links.ParseKeys(env.Text("LINK_KEYS"))
	env.Check("LINK_KEYS", err)
	service.Desk = acting.WithAtlas(acting.Desk(env, log))
	service.Gate = &access.Gate{Store: service.Store, Identity: service.Identity, Now: time.Now, Log: log}
	env.Must()
	return service.Handler()
}
