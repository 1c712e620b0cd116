package acts_test

import (
	"errors"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestSendAgain: a letter that came back waits to be sent once more, is sent once more, and no other is.
func TestSendAgain(t *testing.T) {
	d := newOwnDesk(t, nil)
	ctx := t.Context()
	person := d.register("noor@gast.example")
	ids, err := d.Store.LettersTo(ctx, person)
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	if _, err := d.SendAgain(ctx, ids[0], "pending.0.0"); !isRefused(err, "brief.stand") {
		t.Errorf("one that waits: %v", err)
	}
	claimed, _, err := d.Store.Claim(ctx, ids[0], d.now)
	if err != nil {
		t.Fatal(err)
	}
	claimed.Delivery = claimed.After(mdt.WasAccepted, "ses", "", d.now)
	d.must(d.Store.Settle(ctx, claimed))
	_, err = d.Store.Report(ctx, ids[0], mdt.ReportBounced, "bounce: General", d.now)
	d.must(err)
	was, err := d.Store.Letter(ctx, ids[0])
	if err != nil || was.State != mdt.Bounced {
		t.Fatal(was.State, err)
	}
	if _, err := d.SendAgain(ctx, ids[0], claimed.Seen()); !errors.Is(err, acts.ErrOtherLetters) {
		t.Errorf("seen before it came back: %v", err)
	}
	if _, err := d.SendAgain(ctx, ids[0], was.Seen()); err != nil {
		t.Fatal(err)
	}
	if err := d.Store.SendAgain(ctx, *was, was.Delivery); !errors.Is(err, store.ErrLostRace) {
		t.Errorf("pressed twice: %v", err)
	}
	again, sent, err := d.Store.Claim(ctx, ids[0], d.now)
	if err != nil || !sent || again.Attempts != 2 {
		t.Errorf("claimed %v, attempt %d, %v", sent, again.Attempts, err)
	}
	if _, err := d.SendAgain(ctx, "nergens", ""); !errors.Is(err, acts.ErrNoLetter) {
		t.Errorf("no letter: %v", err)
	}
}

func isRefused(err error, code string) bool {
	var no *acts.Refused
	return errors.As(err, &no) && no.Code == code
}
