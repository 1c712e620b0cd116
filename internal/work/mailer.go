// Package work holds the background jobs: sending the letters that are stored, and bringing back what
// SES reports of them. It knows no HTTP and no pages.
package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
)

// Letters is what the mailer needs of the store.
type Letters interface {
	Claim(ctx context.Context, id string, now time.Time) (mdt.Letter, bool, error)
	Settle(ctx context.Context, letter mdt.Letter) error
	Discard(ctx context.Context, id string) error
	Scrub(ctx context.Context) error
	Release(ctx context.Context, id string, orphans bool, then, now time.Time) error
	Due(ctx context.Context, state mdt.DeliveryState, now time.Time, after string) (ids []string, next string, err error)
}

// Mailer sends stored letters. Every letter goes through a claim in the store, so any number of mailers
// may run at once; what they agree on is the account's rate, which each keeps for itself.
type Mailer struct {
	Letters Letters
	Render  func(mdt.Letter) (raw []byte, err error)
	Post    post.Office
	Now     func() time.Time
	Pace    *Pace
	Workers int // letters under way at once
	Log     *slog.Logger

	Limits       Reserving // few letters to an address that nobody confirmed; nil: as many as there are
	NewAddresses *Breaker  // of how fast letters go to new addresses; only with Limits

	FirstDue Overdue // for the alarm on letters that wait too long; nil: a sweep does not tell

	paused atomic.Bool // SES takes nothing now: the rest of this run waits for the next
	spent  atomic.Bool // a letter was discarded whose bytes may still be there
}

// ErrUnrendered marks a letter that could not be made: ours to mend, and the others go on.
var ErrUnrendered = errors.New("work: letter cannot be rendered")

// minRest is how much of a run's time must be left to begin another letter: claim, send and result.
const minRest = 15 * time.Second

// Send takes up the letters with these ids, as far as their moment has come, and gives the ids that could
// not be handled (the store did not answer, the letter cannot be read): they are to be tried again.
func (m *Mailer) Send(ctx context.Context, ids []string) (failed []string) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan struct{}, max(1, m.Workers))
	for _, id := range ids {
		slots <- struct{}{}
		if m.paused.Load() || outOfTime(ctx) {
			break // what is left is still pending: the sweep takes it up
		}
		wg.Go(func() {
			defer func() { <-slots }()
			if err := m.one(ctx, id); err != nil {
				m.Log.ErrorContext(ctx, "letter not handled", "letter", id, "error", err)
				mu.Lock()
				failed = append(failed, id)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	m.scrub(ctx)
	return failed
}

// scrub lets no byte stay of the letters that were discarded, once for all of them; tried again in the next run
// where it fails.
func (m *Mailer) scrub(ctx context.Context) {
	if !m.spent.Swap(false) {
		return
	}
	if err := m.Letters.Scrub(context.WithoutCancel(ctx)); err != nil {
		m.spent.Store(true)
		m.Log.ErrorContext(ctx, "what was erased may still be in the file", "error", err)
	}
}

func outOfTime(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ctx.Err() != nil || ok && time.Until(end) < minRest
}

func (m *Mailer) one(ctx context.Context, id string) error {
	if err := m.Pace.Wait(ctx); err != nil || m.paused.Load() || outOfTime(ctx) {
		return nil // time is up, or SES takes nothing, before our turn: the letter is still pending
	}
	letter, claimed, err := m.Letters.Claim(ctx, id, m.Now())
	if err != nil || !claimed {
		return err
	}
	after, held := m.hold(ctx, &letter)
	if !held {
		after = m.attempt(ctx, letter)
	}
	letter.Delivery = after
	return m.settle(context.WithoutCancel(ctx), letter)
}

// settle stores how an attempt ended; a letter that is spent by it goes instead.
func (m *Mailer) settle(ctx context.Context, letter mdt.Letter) error {
	if !letter.Spent() {
		return m.Letters.Settle(ctx, letter)
	}
	err := m.Letters.Discard(ctx, letter.ID)
	if err == nil {
		m.spent.Store(true)
	}
	return err
}

// attempt renders and sends once, and says how it ended.
func (m *Mailer) attempt(ctx context.Context, letter mdt.Letter) mdt.Delivery {
	letter, helps := letter.On(m.Now())
	if !helps {
		return letter.Delivery.After(mdt.WasTooLate, "", "", m.Now())
	}
	raw, err := m.render(letter)
	if err != nil {
		m.Log.ErrorContext(ctx, "letter cannot be rendered", "letter", letter.ID, "kind", int(letter.Kind), "error", err)
		return letter.Delivery.After(mdt.WasRefused, "", ErrUnrendered.Error(), m.Now())
	}
	sesID, err := m.Post.Send(ctx, post.Outgoing{LetterID: letter.ID, To: letter.To, Raw: raw})
	if err == nil {
		return letter.Delivery.After(mdt.WasAccepted, sesID, "", m.Now())
	}
	outcome := outcomeOf(err)
	delivery := letter.Delivery.After(outcome, "", err.Error(), m.Now())
	m.report(ctx, letter, outcome, delivery)
	return delivery
}

// render makes the message of a letter. One that makes us fall fails by itself: it takes no other along, and
// it is not tried for ever.
func (m *Mailer) render(letter mdt.Letter) (raw []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return m.Render(letter)
}

// report logs a failed attempt; the alarm looks for these lines.
func (m *Mailer) report(ctx context.Context, letter mdt.Letter, outcome mdt.Outcome, after mdt.Delivery) {
	level := slog.LevelWarn
	if outcome == mdt.WasPaused || after.State == mdt.Failed {
		level = slog.LevelError
	}
	if outcome == mdt.WasPaused || outcome == mdt.WasSlowed {
		m.paused.Store(true)
	}
	m.Log.Log(ctx, level, "letter not accepted", "letter", letter.ID, "attempt", letter.Attempts, "reason", after.Reason)
}

func outcomeOf(err error) mdt.Outcome {
	switch {
	case err == nil:
		return mdt.WasAccepted
	case errors.Is(err, post.ErrRefused):
		return mdt.WasRefused
	case errors.Is(err, post.ErrSlowDown):
		return mdt.WasSlowed
	case errors.Is(err, post.ErrPaused):
		return mdt.WasPaused
	}
	return mdt.WasUncertain
}
