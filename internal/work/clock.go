package work

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"
)

// Keeping is what Clock needs of the acts.
type Keeping interface {
	// Run does what has fallen due, as far as the time of ctx allows.
	Run(ctx context.Context) error
	// Late gives for how long the first thing that is still to be done has been due.
	Late(ctx context.Context) (time.Duration, error)
}

// Clock does what falls due, each time the schedule calls it.
type Clock struct {
	Desk Keeping
	Log  *slog.Logger
}

// ClockTask is the name of a run of the clock in the schedule's input.
const ClockTask = "klok"

// Handle takes the schedule's input; another event is an error. What could not be done is logged and given as an
// error, and is done by a later run. An alarm looks at the seconds that are logged, and hears it too when nobody
// logs them.
func (c *Clock) Handle(ctx context.Context, raw json.RawMessage) error {
	var task struct {
		Task string `json:"taak"`
	}
	if strictly(raw, &task) != nil || task.Task != ClockTask {
		c.Log.ErrorContext(ctx, "event refused", "reason", ErrForeign)
		return ErrForeign
	}
	failed := c.Desk.Run(ctx)
	if failed != nil {
		c.Log.ErrorContext(ctx, "not all that fell due was done", "error", failed)
	}
	late, err := c.Desk.Late(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	c.Log.InfoContext(ctx, "the clock ran", "lateSeconds", int(late.Seconds()))
	return failed
}
