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
	fmt.Fprintf(&b, "Aanmeldpunt runs on %s, entries in %s, the clock at %s.\n", d.site, d.options.data, d.clock.Now().Format("2006-01-02 15:04:05 MST"))
	if d.unread {
		fmt.Fprintf(&b, "%s holds a network already, so -network was not read: choose an empty folder with -data to use it.\n", d.options.data)
	}
	for _, line := range [][2]string{{"pages", "/"}, {"meetings", "/v1/bijeenkomsten"}, {"regions", "/v1/regios"}, {"the API", "/v1/openapi.json"},
		{"letters", "/lokaal/postvak.json"}, {"status", "/lokaal/status.json"}, {"people", "/lokaal/mensen.json"},
		{"embedding", "/lokaal/inbouwen"}, {"the desk", "/console"}} {
		fmt.Fprintf(&b, "\n  %-10s %s%s", line[0], d.site, line[1])
	}
	fmt.Fprintf(&b, "\n\nRegister, and read the letter:\n\n")
	fmt.Fprintf(&b, "  curl -d naam=Noor -d email=noor@gast.example %s/v1/bijeenkomsten/%s/aanmeldingen\n", d.site, d.firstOpen())
	fmt.Fprintf(&b, "  curl '%s/lokaal/postvak.json?aan=noor@gast.example'\n\n", d.site)
	fmt.Fprintf(&b, "Move the clock, or let an address bounce:\n\n")
	fmt.Fprintf(&b, "  curl -d '{\"vooruit\": \"26h\"}' %s/lokaal/klok\n", d.site)
	fmt.Fprintf(&b, "  curl -d '{\"email\": \"noor@gast.example\", \"soort\": \"bounce\"}' %s/lokaal/postvak/bounce\n\n", d.site)
	return b.String()
}

// firstOpen is a meeting that one can register for now, for the example.
func (d *desk) firstOpen() string {
	for _, m := range d.network.Meetings {
		if m.Published && m.BelongsTo == "" && m.Registering != nil && m.RegisteringStatus(mdt.Counter{}, d.clock.Now()) == "open" {
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
