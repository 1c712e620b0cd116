package console

import (
	"net/http"
	"net/url"
	"strings"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/signin"
)

// attemptCookie holds one attempt to sign in, in the browser that makes it, for as long as that may take.
const (
	attemptCookie  = "__Host-inloggen"
	attemptSeconds = 15 * 60
)

// login sends a visitor to the issuer.
func (s *Service) login(w http.ResponseWriter, r *http.Request, _ *visit) error {
	address, attempt, err := s.SignIn.Begin(r.Context(), r.URL.Query().Get("next"))
	if err != nil {
		return err
	}
	http.SetCookie(w, attemptIs(attempt.String(), attemptSeconds))
	return onward(w, address)
}

// back is where the issuer sends the visitor to: an address that is on the list begins a session.
func (s *Service) back(w http.ResponseWriter, r *http.Request, _ *visit) error {
	http.SetCookie(w, attemptIs("", -1)) // one attempt, one answer
	cookie, err := r.Cookie(attemptCookie)
	if err != nil {
		return signin.ErrReturn
	}
	attempt, ok := signin.ParseAttempt(cookie.Value)
	if !ok {
		return signin.ErrReturn
	}
	email, err := s.SignIn.Finish(r.Context(), r.URL.Query(), attempt)
	if err != nil {
		s.Log.WarnContext(r.Context(), "nobody signed in", "reason", err)
		return err
	}
	session, err := s.Gate.Open(r.Context(), email)
	if err != nil {
		return err
	}
	if err := s.Gate.Replaced(r); err != nil {
		return err
	}
	http.SetCookie(w, session)
	return onward(w, attempt.Next)
}

func attemptIs(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: attemptCookie, Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// signOut ends this session, or all of this person's, and has the issuer forget them too.
func (s *Service) signOut(w http.ResponseWriter, r *http.Request, v *visit) error {
	if r.FormValue("overal") != "" {
		if err := s.Gate.CloseAll(r.Context(), v.ID); err != nil {
			return err
		}
	}
	gone, err := s.Gate.Close(r.Context(), v.Visit)
	if err != nil {
		return err
	}
	http.SetCookie(w, gone)
	if address := s.SignIn.EndSession(r.Context()); address != "" {
		return onward(w, address)
	}
	return onward(w, "/console/uit")
}

// out is the page of whoever has signed out.
func (s *Service) out(w http.ResponseWriter, _ *http.Request, _ *visit) error {
	return s.show(w, nil, http.StatusOK, page{name: "trouble", Title: say("beheer.uit.titel"),
		Body: troubleView{say("beheer.uit"), []look.Way{{Href: "/console/login", Text: say("beheer.inloggen"), First: true}}}})
}

// extend lets a session go on while somebody fills in a form.
func (s *Service) extend(w http.ResponseWriter, r *http.Request, v *visit) error {
	if err := s.Gate.Extend(r.Context(), v.Visit); err != nil {
		return err
	}
	if strings.Contains(r.Header.Get("Accept"), "json") {
		return look.Give(w, "application/json", `{"einde":`+itoa(v.Session.Ends().Unix())+`}`)
	}
	return onward(w, "/console")
}

// ready is where somebody signs in again in another tab, so that a form that was being filled in is not lost.
func (s *Service) ready(w http.ResponseWriter, _ *http.Request, v *visit) error {
	return s.show(w, v, http.StatusOK, page{name: "trouble", Title: say("beheer.klaar.titel"),
		Body: troubleView{Text: say("beheer.klaar")}})
}

type hidden struct{ Name, Value string }

// turnAway answers whoever is not in: to the login, or, for a form, a page that keeps what was typed.
func (s *Service) turnAway(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		next := url.Values{"next": {signin.Onward(r.URL.RequestURI())}}
		return onward(w, "/console/login?"+next.Encode())
	}
	return s.show(w, nil, http.StatusUnauthorized, page{name: "again", Title: say("beheer.weer.titel"), Body: look.AgainOf(r, MaxFile)})
}
