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
	service.Legal = legal(env)
	service.Desk = acting.WithAtlas(acting.Desk(env, setup.Log()))
	env.Must()
	return service.Handler()
}

// legal reads who answers for what the pages do. Without addresses of their own the team has their mail.
func legal(env *setup.Env) pages.Legal {
	out := pages.Legal{Responsible: env.Text("RESPONSIBLE"), PrivacyMail: env.Get("TEAM_MAIL"), SecurityMail: env.Get("TEAM_MAIL")}
	if env.Get("PRIVACY_MAIL") != "" {
		out.PrivacyMail = env.Mail("PRIVACY_MAIL")
	}
	if env.Get("SECURITY_MAIL") != "" {
		out.SecurityMail = env.Mail("SECURITY_MAIL")
	}
	return out
}
