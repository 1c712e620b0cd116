package work

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"
)

// Clock does what falls due, each time the schedule calls it.
type Clock struct {
	// Run does what has fallen due, as far as the time of ctx allows.
	Run func(ctx context.Context) error
	// Late gives for how long the first thing that is still to be done has been due, for the alarm on a clock that
	// is behind or stands still; nil: a run does not tell.
	Late func(ctx context.Context) (time.Duration, error)
	Log  *slog.Logger
}

// ClockTask is the name of a run of the clock in the schedule's input.
const ClockTask = "klok"

// Handle takes the schedule's input; another event is an error. What could not be done is logged and given as an
// error, and is done by a later run.
func (c *Clock) Handle(ctx context.Context, raw json.RawMessage) error {
	var task struct {
		Task string `json:"taak"`
	}
	if strictly(raw, &task) != nil || task.Task != ClockTask {
		c.Log.ErrorContext(ctx, "event refused", "reason", ErrForeign)
		return ErrForeign
	}
	failed := c.Run(ctx)
	if failed != nil {
		c.Log.ErrorContext(ctx, "not all that fell due was done", "error", failed)
	}
	return errors.Join(failed, c.tellLate(ctx))
}

// tellLate logs the seconds that the alarm looks at; it hears it too when nobody logs them.
func (c *Clock) tellLate(ctx context.Context) error {
	if c.Late == nil {
		return nil
	}
	late, err := c.Late(ctx)
	if err == nil {
		c.Log.InfoContext(ctx, "the clock ran", "lateSeconds", int(late.Seconds()))
	}
	return err
}
