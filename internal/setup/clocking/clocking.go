// Package clocking sets up the function that does what falls due.
package clocking

import (
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/work"
)

// kept is how long the function remembers a meeting that it acts on; a change of its seats is noticed at once.
const kept = 30 * time.Second

// FromOS gives the clock that the environment describes, or ends the process naming what is wrong.
func FromOS() *work.Clock {
	log := setup.Log()
	env := setup.FromOS()
	desk := &acts.Desk{Team: mdt.Responder{Name: content.TeamName, Email: env.Mail("TEAM_MAIL")}, Now: time.Now, Log: log,
		Store: env.Store(setup.HTTP())}
	env.Must()
	desk.Catalogue = store.NewCatalogue(desk.Store, kept)
	return &work.Clock{Run: desk.Run, Late: desk.Late, Log: log}
}
