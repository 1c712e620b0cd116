// Package exporting sets up the function that hands out spreadsheets.
package exporting

import (
	"net/http"
	"runtime/debug"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/exports"
	"aanmeldpunt/internal/setup"
)

// patience is how long one file may take to make: it stays inside the function's time (25 seconds in template.yaml).
const patience = 22 * time.Second

// Memory is how much Go's runtime means to hold, in bytes: near it, rubbish is cleared away sooner. So a list of a million
// costs no more than one of ten thousand.
const Memory = 26 << 20

// FromOS gives the exports that the environment describes, or ends the process naming what is wrong.
func FromOS() http.Handler {
	debug.SetMemoryLimit(Memory)
	env, log := setup.FromOS(), setup.Log()
	service := &exports.Service{TeamMail: env.Mail("TEAM_MAIL"), Store: env.Store(setup.HTTP()), Now: time.Now, Log: log, Patience: patience}
	service.Gate = &access.Gate{Store: service.Store, Now: time.Now, Log: log} // it opens no session: nobody's address is asked for
	env.Must()
	return service.Handler()
}
