package work

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// Sweep is the sure way beside the quick one: it ends claims whose lease is over and sends every letter
// whose moment has come, whether or not the stream brought it. orphans ends all claims, also those whose
// lease holds: for whoever knows that no other mailer runs.
func (m *Mailer) Sweep(ctx context.Context, orphans bool) error {
	m.paused.Store(false)
	if err := m.release(ctx, orphans); err != nil {
		return err
	}
	for _, state := range mdt.Claimable {
		if err := m.sweep(ctx, state); err != nil {
			return err
		}
	}
	return m.tellOldest(ctx)
}

// release hands claims that ended back. An orphan's mailer is dead and its SES answered for all it took,
// so the letter need not wait for events.
func (m *Mailer) release(ctx context.Context, orphans bool) error {
	now := m.Now()
	upTo, then := now, now.Add(mdt.EventsWithin)
	if orphans {
		upTo, then = now.Add(mdt.Lease), now
	}
	for after := ""; ; {
		ids, next, err := m.Letters.Due(ctx, mdt.Sending, upTo, after)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := m.Letters.Release(ctx, id, orphans, then, now); err != nil {
				return err
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

func (m *Mailer) sweep(ctx context.Context, state mdt.DeliveryState) error {
	for after := ""; ; {
		ids, next, err := m.Letters.Due(ctx, state, m.Now(), after)
		if err != nil {
			return err
		}
		m.Send(ctx, ids)
		if after = next; next == "" || m.paused.Load() || outOfTime(ctx) {
			return nil
		}
	}
}
