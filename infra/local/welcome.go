package main

import (
	"fmt"
	"net/http"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// welcome is what the start prints: where everything is.
func (d *desk) welcome() string {
	var b strings.Builder
	site := d.site()
	fmt.Fprintf(&b, "Aanmeldpunt runs on %s, entries in %s, the clock at %s.\n\n", site, d.options.data, d.clock.Now().Format("2006-01-02 15:04:05 -07:00"))
	fmt.Fprintf(&b, "  meetings   %s/v1/bijeenkomsten\n", site)
	fmt.Fprintf(&b, "  regions    %s/v1/regios\n", site)
	fmt.Fprintf(&b, "  the API    %s/v1/openapi.json\n", site)
	fmt.Fprintf(&b, "  letters    %s/lokaal/postvak.json\n", site)
	fmt.Fprintf(&b, "  status     %s/lokaal/status.json\n\n", site)
	fmt.Fprintf(&b, "Register, and read the letter:\n\n")
	fmt.Fprintf(&b, "  curl -d naam=Noor -d email=noor@gast.example %s/v1/bijeenkomsten/%s/aanmeldingen\n", site, d.firstOpen())
	fmt.Fprintf(&b, "  curl '%s/lokaal/postvak.json?aan=noor@gast.example'\n\n", site)
	return b.String()
}

// firstOpen is a meeting that one can register for now, for the example.
func (d *desk) firstOpen() string {
	for _, m := range d.network.Meetings {
		if m.Published && m.Registering != nil && m.RegisteringStatus(mdt.Counter{}, d.clock.Now()) == "open" {
			return m.ID
		}
	}
	return "{bijeenkomst}"
}

// index says where everything is, for whoever opens /lokaal/ in a browser.
func (d *desk) index(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprint(w, d.welcome())
}
