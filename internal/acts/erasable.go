package acts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// ErrNothingStands says that there is nothing to erase, or no more.
var ErrNothingStands = errors.New("acts: nothing to erase")

// Erasable is an erasure that has not begun, with the letters that would go out: that to the person first, where there is
// one. Seen tells it from an erasure of anything else, of another version of the same, or with other letters.
type Erasable struct {
	mdt.Erasure
	Letters []mdt.Letter
	Seen    string
}

// Erasable tells what Erase would take away now. The error is ErrNothingStands or the store's.
func (d *Desk) Erasable(ctx context.Context, person mdt.PersonID, reference string) (Erasable, error) {
	e, traces, err := d.toErase(ctx, person, reference)
	if err != nil {
		return Erasable{}, err
	}
	if e == nil {
		return Erasable{}, ErrNothingStands
	}
	would := Erasable{Erasure: *e}
	if own := e.Foreseen(traces, e.Begun); own != nil {
		would.Letters = append(would.Letters, *own)
	}
	scope := e.Scope(traces)
	for _, t := range scope {
		more, err := d.lettersOnErasing(ctx, t)
		if err != nil {
			return Erasable{}, err
		}
		would.Letters = append(would.Letters, more...)
	}
	would.Seen = seen(scope, would.Letters)
	return would, nil
}

// seen is short for what is erased, in which version, and for who is told what. Lines of the log do not count: looking
// writes one.
func seen(scope []mdt.Trace, letters []mdt.Letter) string {
	hash := sha256.New()
	for _, t := range scope {
		if t.Of != mdt.EntryLog && !t.Expired {
			fmt.Fprintf(hash, "%s %q %d %d\n", t.Of, t.Path, t.Version, t.Additions)
		}
	}
	for _, l := range letters {
		fmt.Fprintf(hash, "%d %q\n", l.Kind, l.To)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// BeginErasing begins an erasure, if it is still the one that was seen; FinishErasing goes on with it, or else the clock
// does. What comes in from now on is not part of it. The error is ErrOtherErasure, ErrNothingStands or the store's.
func (d *Desk) BeginErasing(ctx context.Context, person mdt.PersonID, reference, seen string) (mdt.Erasure, error) {
	would, err := d.Erasable(ctx, person, reference)
	if err != nil {
		return mdt.Erasure{}, err
	}
	if would.Seen != seen {
		return mdt.Erasure{}, ErrOtherErasure
	}
	if err = d.Store.BeginErasure(ctx, would.Erasure); errors.Is(err, store.ErrLostRace) {
		err = ErrOtherErasure // another of the same person goes on
	}
	return would.Erasure, err
}

// ErrOtherErasure says that by now something else would be erased, or others would be told, than was seen. Nothing was
// stored.
var ErrOtherErasure = errors.New("acts: another erasure than was seen")

// FinishErasing brings an erasure that BeginErasing began to its end. The error is the store's.
func (d *Desk) FinishErasing(ctx context.Context, e mdt.Erasure) error { return d.carryOut(ctx, e) }

// lettersOnErasing are those that erasing a trace sends to others: to who gets the seat, to who got the message, to
// whose session has nobody to lead it any more.
func (d *Desk) lettersOnErasing(ctx context.Context, t mdt.Trace) ([]mdt.Letter, error) {
	switch {
	case t.Of == mdt.NoteRegistration:
		scene, err := d.scene(ctx, t.Meeting, t.Person)
		if err != nil || scene.Entry == nil {
			return nil, err
		}
		return mdt.Remove(scene).Letters, nil
	case t.Of == mdt.NoteMessage:
		return d.eraseRequests(ctx, t.Mentions)
	case t.Of == mdt.NoteLeading && len(t.NamedBy) > 0:
		scene, err := d.proposalScene(ctx, t.Meeting, t.ID, t.NamedBy[0])
		if err != nil || scene.Proposal == nil {
			return nil, err
		}
		act, refusal := mdt.DeclineLeading(scene, t.Person)
		if refusal != nil { // it is over, or another leads it by now: nobody is told
			return nil, nil
		}
		return act.Letters, nil
	}
	return nil, nil
}

func (d *Desk) eraseRequests(ctx context.Context, ids []string) (requests []mdt.Letter, err error) {
	letters, err := d.Store.Letters(ctx, ids)
	for _, letter := range letters {
		if request := mdt.EraseRequest(letter, d.Now()); request != nil {
			requests = append(requests, *request)
		}
	}
	return requests, err
}
