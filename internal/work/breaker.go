package work

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Reserving is what the mailer needs of the store to keep letters to one address few.
type Reserving interface {
	Reserve(ctx context.Context, letter mdt.Letter, now time.Time) (when time.Time, first bool, err error)
}

// Breaker bounds how fast letters go to addresses that none went to before, all together, in this process: a
// flood of posts in other people's names reaches them slowly, and somebody hears of it. It delays, and drops
// nothing. A nil Breaker delays nothing.
type Breaker struct {
	rate mdt.Rate
	mu   sync.Mutex
	made time.Time
	held int       // since it was last told
	told time.Time // … at this moment
}

const (
	// atOnce is for how many seconds of its rate a breaker lets letters go at once: when registration opens
	// many new people come, and they are what this desk is for.
	atOnce = 300
	// tellEvery is how often a breaker that holds letters says so.
	tellEvery = time.Minute
)

// NewBreaker lets five minutes' worth of letters go at once, and then rate a second; zero or less lets all go.
func NewBreaker(rate float64) *Breaker {
	if rate <= 0 {
		return nil
	}
	return &Breaker{rate: mdt.Rate{Burst: max(1, int(atOnce*rate)), Every: time.Duration(float64(time.Second) / rate)}}
}

// turn gives the moment at which the next letter may go.
func (b *Breaker) turn(ctx context.Context, now time.Time, log *slog.Logger) (when time.Time) {
	if b == nil {
		return now
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if when, b.made = b.rate.Reserve(b.made, now); !when.After(now) {
		return now
	}
	b.held++
	if now.Sub(b.told) >= tellEvery {
		log.ErrorContext(ctx, "letters to new addresses are held", "heldNew", b.held, "until", when)
		b.held, b.told = 0, now
	}
	return when
}

// Why a letter is held.
const (
	heldUnconfirmed = "held: nobody confirmed this address yet"
	heldNew         = "held: many letters to new addresses"
	heldUnasked     = "the limit of this address could not be asked for"
)

// hold says whether a letter that was taken up must wait for its turn, and how it is then delivered.
func (m *Mailer) hold(ctx context.Context, letter *mdt.Letter) (after mdt.Delivery, held bool) {
	if m.Limits == nil || letter.Reserved || letter.Person == "" || !letter.FromAPost() {
		return mdt.Delivery{}, false
	}
	now := m.Now()
	when, first, err := m.Limits.Reserve(ctx, *letter, now)
	if err != nil {
		m.Log.WarnContext(ctx, heldUnasked, "letter", letter.ID, "error", err)
		after := letter.Delivery.After(mdt.WasSlowed, "", heldUnasked, now)
		if ctx.Err() != nil {
			after.Due = now // it is us who stop: the next to run takes it up at once
		}
		return after, true
	}
	letter.Reserved = true
	reason := heldUnconfirmed
	if first {
		when, reason = m.NewAddresses.turn(ctx, now, m.Log), heldNew
	}
	return letter.Delivery.HeldUntil(when, reason, now), when.After(now)
}
