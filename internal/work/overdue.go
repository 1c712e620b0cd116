package work

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Overdue finds the letter of a state whose moment comes first: id is empty where there is none.
type Overdue func(ctx context.Context, state mdt.DeliveryState) (id string, at time.Time, err error)

// tellOldest logs for how long the letter that waits longest has been due; an alarm counts these seconds, and
// hears it too when nobody logs them. A letter that SES makes us put off is due again later: those tell of
// themselves as errors.
func (m *Mailer) tellOldest(ctx context.Context) error {
	if m.FirstDue == nil {
		return nil
	}
	now, oldest := m.Now(), time.Duration(0)
	for _, state := range mdt.Claimable {
		id, at, err := m.FirstDue(ctx, state)
		if err != nil {
			return err
		}
		if id != "" {
			oldest = max(oldest, now.Sub(at))
		}
	}
	m.Log.InfoContext(ctx, "letters waiting", "oldestSeconds", int(oldest.Seconds()))
	return nil
}
