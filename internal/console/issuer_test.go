package console_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/signin"
)

// TestSigningOutEndsAtTheIssuer: a browser follows the button to the issuer's own origin; where the policy does not
// name that, it does not.
func TestSigningOutEndsAtTheIssuer(t *testing.T) {
	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!DOCTYPE html><html lang="nl"><title>Weg</title><link rel="icon" href="data:,"><p>Bij de inlogdienst ben je ook uitgelogd.`)
	}))
	defer issuer.Close()
	at := func(issuers []string) *browser.Page {
		d := newDesk(t)
		d.issuer.out, d.service.Issuers = issuer.URL+"/uit", issuers
		p := browser.Open(t, d.as(sam).served().base+"/console", browser.View{})
		p.Tab("Uitloggen")
		return p
	}
	p := at((&signin.Client{Issuer: issuer.URL}).Origins())
	if p.Enter(); !strings.Contains(p.Text(), "ook uitgelogd") {
		t.Errorf("came to %s", p.Address())
	}
	p = at(nil)
	p.Type("\r")
	said := ""
	for end := time.Now().Add(20 * time.Second); said == "" && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		said = strings.Join(p.Complaints(), "; ")
	}
	if !strings.Contains(said, "form-action") || !strings.Contains(p.Address(), "/console") {
		t.Errorf("came to %s, the browser says %s", p.Address(), said)
	}
}
