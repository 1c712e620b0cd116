package main

import (
	"errors"
	"net/http"

	"aanmeldpunt/infra/issuer"
	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/console"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/exports"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/signin"
)

// issuerPath is where the issuer is that plays the deployed one.
const (
	issuerPath   = "/lokaal/inloggen"
	issuerClient = "aanmeldpunt"
)

// console gives the team's desk, into which one comes through the local issuer.
func (d *desk) console(keys links.Keys) *console.Service {
	back, out := d.site+"/console/terug", d.site+"/console/uit"
	return &console.Service{Desk: d.acts, Gate: d.access(), Letters: d.reader, Links: keys, Site: d.site,
		SignIn: &signin.Client{Issuer: d.site + issuerPath, ID: issuerClient, Redirect: back, SignedOut: out, Now: d.clock.Now}}
}

func (d *desk) exports() *exports.Service {
	return &exports.Service{Store: d.store, Gate: d.access(), Now: d.clock.Now, Log: d.log, TeamMail: d.network.Team.Email}
}

func (d *desk) access() *access.Gate {
	return &access.Gate{Store: d.store, Identity: d.acts.Identity, Now: d.clock.Now, Log: d.log}
}

// issuer is who the example people sign in with.
func (d *desk) issuer() (http.Handler, error) {
	return issuer.New(issuer.Options{Base: d.site + issuerPath, ClientID: issuerClient, Redirects: []string{d.site + "/console/terug"},
		SignedOut: []string{d.site + "/console/uit"}, People: d.whoMayBe, Now: d.clock.Now})
}

// whoMayBe are the example people, with what they are at the desk.
func (d *desk) whoMayBe() (people []issuer.Person) {
	for _, a := range d.network.People {
		people = append(people, issuer.Person{Name: a.Name, Email: a.Email, As: content.PageWords("beheer.rol."+a.Role, nil)})
	}
	return people
}

// login signs in as one of the people without the issuer's page, for scripts: the answer sets the session's cookie.
func (d *desk) login(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Email string `json:"email"`
	}
	const want = `{"email": "iemand@mdt.example"} (one of /lokaal/mensen.json)`
	if !read(w, r, &ask, want) {
		return
	}
	cookie, err := d.access().Open(r.Context(), ask.Email)
	switch {
	case errors.Is(err, access.ErrNotStaff):
		refuse(w, want, ": nobody on the team's list has this address")
	case err != nil:
		http.Error(w, "the store does not answer: "+err.Error(), http.StatusServiceUnavailable)
	default:
		http.SetCookie(w, cookie)
		show(w, map[string]string{"email": ask.Email})
	}
}
