// Package acting sets up what visitors do, for the functions through which they do it.
package acting

import (
	"log/slog"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/store"
)

// Kept is how long a function remembers meetings and regions. A change of a meeting's seats is noticed at
// once all the same; texts may be this old.
const Kept = 30 * time.Second

// Patience is how long one request may try. With the last look that the store takes at a lost answer (3
// seconds) it stays inside the function's time (25 seconds in template.yaml): who is not served hears so
// from us, and not from a gateway that cuts off what may have been stored.
const Patience = 20 * time.Second

// Desk gives the acts that the environment describes. What is wrong with it env knows, and the caller asks:
// until then nothing may be done with the desk.
func Desk(env *setup.Env, log *slog.Logger) *acts.Desk {
	desk := &acts.Desk{
		Identity: identity(env),
		Team:     mdt.Responder{Name: content.TeamName, Email: env.Mail("TEAM_MAIL")},
		Limits:   acts.NewLimits(),
		Now:      time.Now,
		Log:      log,
	}
	if desk.Store = env.Store(setup.HTTP()); desk.Store != nil {
		desk.Catalogue = store.NewCatalogue(desk.Store, Kept)
	}
	return desk
}

func identity(env *setup.Env) *mdt.Identity {
	key := env.Key("PERSON_KEY")
	if len(key) < 32 {
		return nil // named already
	}
	made, err := mdt.NewIdentity(key)
	env.Check("PERSON_KEY", err)
	return made
}

// WithAtlas adds the municipalities, for the functions that find regions by them.
func WithAtlas(desk *acts.Desk) *acts.Desk {
	desk.Atlas = mdt.OpenAtlas(content.Municipalities) // the table is compiled in and tested
	return desk
}
