package exports

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/pages"
)

// TestThePageInABrowser: the page that says why there is no file looks like ours, and is for everyone.
func TestThePageInABrowser(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p, site := d.as(sam), (&pages.Service{Desk: d.acts, Site: "https://aanmelden.example"}).Handler()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == sheet().Path || r.URL.Path == look.IconPath {
			site.ServeHTTP(w, r)
			return
		}
		r.AddCookie(p.cookie) // a browser keeps it for https only
		d.service.Handler().ServeHTTP(w, r)
	}))
	defer s.Close()
	address := s.URL + "/console/berichten.csv?deel=2"
	page := browser.Open(t, address, browser.View{})
	if page.Status() != 409 {
		t.Fatal(page.Status(), page.Text())
	}
	page.Axe()
	page.NoSideways()
	page.Picture("beheer-uitvoer-deel")
	if said := page.Complaints(); len(said) > 0 {
		t.Error(said)
	}
	browser.Valid(t, map[string][]byte{address: p.do("GET", "/console/berichten.csv?deel=2", "").Body.Bytes()})
}
