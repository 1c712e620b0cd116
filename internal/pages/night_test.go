package pages_test

import (
	"slices"
	"testing"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

// byNight are the states in which pages are looked at as someone sees them who prefers a dark screen.
var byNight = []string{"start", "bijeenkomst-programma", "bijeenkomst-vol", "aanmelden-fout", "aanmelden-bedankt", "regios-gevonden", "contact-gevonden",
	"niet-gevonden", "eigen-plek", "eigen-aanbod", "eigen-wissen", "eigen-fout"}

// TestPagesByNight: no fault for axe on a dark screen either, contrast before all.
func TestPagesByNight(t *testing.T) {
	var looked []string
	look := func(name string, change func(*mdt.Network), before func(*site), path func(*site) string, act func(*site, *browser.Page)) {
		if !slices.Contains(byNight, name) {
			return
		}
		looked = append(looked, name)
		t.Run(name, func(t *testing.T) {
			s := newSite(t, change)
			if before != nil {
				before(s)
			}
			p := browser.Open(t, s.served()+path(s), browser.View{Dark: true})
			if act != nil {
				act(s, p)
			}
			p.Picture("nacht-" + name)
			p.Axe()
		})
	}
	for _, st := range states {
		look(st.name, st.change, st.before, func(*site) string { return st.path }, st.act)
	}
	for _, st := range ownStates {
		change := st.change
		if change == nil {
			change = small
		}
		look(st.name, change, st.before, st.path, st.act)
	}
	if len(looked) != len(byNight) {
		t.Errorf("looked at %q, and there are %q", looked, byNight)
	}
}
