// Package acts is what visitors and the clock do: each act reads what stands, lets mdt decide, stores what
// changes with the letters it causes, and decides again where somebody else was quicker.
//
// It knows no HTTP, no words and no mail. The JSON API, the pages and the background jobs call it, so that
// one thing is done in one way whoever asks for it.
package acts

import (
	"errors"
	"log/slog"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Desk is what the acts share.
type Desk struct {
	Store     *store.Store
	Catalogue *store.Catalogue
	Identity  *mdt.Identity
	Atlas     *mdt.Atlas    // municipalities; only messages and regions need it
	Team      mdt.Responder // the national team
	Limits    *Limits       // how often one network may post; nil: as often as it wants
	Now       func() time.Time
	Log       *slog.Logger
}

// Post is what came with a form beside its fields.
type Post struct {
	Key     string // the idempotency key; empty without one
	Values  []byte // the values in the one form that the same values always have
	From    string // the address it came from, as the gateway saw it; with or without a port
	Invited bool   // it came through an invitation to whoever registers
	Trap    bool   // the field that people leave empty was filled in: it is answered alike, and kept as a suspect
}

// ErrKeyUsed says that the idempotency key was used before with other values.
var ErrKeyUsed = errors.New("acts: this idempotency key was used for something else")

// Refused says that the state of things forbids the act. Nothing was stored.
type Refused struct{ *mdt.Refusal }

func (r *Refused) Error() string { return "acts: refused: " + r.Code }

func refuse(r *mdt.Refusal) error { return &Refused{r} }

// maxRaces bounds how often one act decides again because others were quicker.
const maxRaces = 50

// untilStored tries an act again while it loses races.
func untilStored(try func() error) error {
	for range maxRaces {
		if err := try(); !errors.Is(err, store.ErrLostRace) {
			return err
		}
	}
	return store.ErrUnavailable
}
