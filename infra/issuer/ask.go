package issuer

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"sync"
)

//go:embed ask.html
var askPage string

var made = sync.OnceValue(func() *template.Template { return template.Must(template.New("ask.html").Parse(askPage)) })

// page is what the page shows: a question, what is wrong with it, or that one signed out.
type page struct {
	Here      string // where its buttons go
	Asked     url.Values
	People    []Person
	Wrong     string // a code of the protocol: it is for whoever wires a client
	NoAddress bool   // what was typed is no mail address
	SignedOut bool
}

// ask shows who may be chosen. A request with a fault that its client should hear of goes straight back to it.
func (i *Issuer) ask(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	if i.refused(w, r, asked) {
		return
	}
	i.page(w, http.StatusOK, asked.Get("redirect_uri"), page{Asked: asked, People: i.options.People()})
}

// answered sends the visitor back: with a code for whoever they said they are, or with the word that they did not.
func (i *Issuer) answered(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := r.ParseForm(); err != nil {
		i.page(w, http.StatusBadRequest, "", page{Wrong: "invalid_request"})
		return
	}
	asked := r.PostForm
	if i.refused(w, r, asked) {
		return
	}
	who, back := asked.Get("wie"), url.Values{"state": {asked.Get("state")}, "iss": {i.options.Base}}
	if asked.Has("ander") {
		who = strings.TrimSpace(asked.Get("ander"))
	}
	if parsed, err := mail.ParseAddress(who); asked.Get("wie") != "niemand" && (err != nil || parsed.Address != who) {
		i.page(w, http.StatusBadRequest, asked.Get("redirect_uri"), page{Asked: asked, People: i.options.People(), NoAddress: true})
		return
	}
	if asked.Get("wie") == "niemand" {
		back.Set("error", "access_denied")
	} else {
		back.Set("code", i.grant(who, asked))
	}
	i.sendBack(w, r, asked.Get("redirect_uri"), back)
}

// refused answers a request that is not as it must be. Who has no known client, or wants to be sent to where
// nobody agreed on, is sent nowhere (RFC 6749, 4.1.2.1).
func (i *Issuer) refused(w http.ResponseWriter, r *http.Request, asked url.Values) bool {
	to := asked.Get("redirect_uri")
	if asked.Get("client_id") != i.options.ClientID || !slices.Contains(i.options.Redirects, to) {
		i.page(w, http.StatusBadRequest, "", page{Wrong: "client_id, redirect_uri"})
		return true
	}
	wrong := ""
	switch {
	case asked.Get("response_type") != "code":
		wrong = "unsupported_response_type"
	case !slices.Contains(strings.Fields(asked.Get("scope")), "openid"):
		wrong = "invalid_scope"
	case asked.Get("code_challenge_method") != "S256", len(asked.Get("code_challenge")) != 43:
		wrong = "invalid_request"
	default:
		return false
	}
	i.sendBack(w, r, to, url.Values{"state": {asked.Get("state")}, "iss": {i.options.Base}, "error": {wrong}})
	return true
}

func (i *Issuer) sendBack(w http.ResponseWriter, r *http.Request, to string, with url.Values) {
	http.Redirect(w, r, to+"?"+with.Encode(), http.StatusSeeOther)
}

// page writes the page. Its form may end at the client: browsers hold a redirect after a form to form-action too.
func (i *Issuer) page(w http.ResponseWriter, status int, client string, p page) {
	p.Here = i.options.Base + "/wie"
	var out bytes.Buffer
	if err := made().Execute(&out, p); err != nil {
		http.Error(w, "the page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	action := "'self'"
	if to, err := url.Parse(client); err == nil && to.Host != "" {
		action += " " + to.Scheme + "://" + to.Host
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action "+action+"; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // a reader who is gone sees nothing
}
