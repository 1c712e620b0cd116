package work_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/work"
)

// TestClock: the schedule's input runs it, and what is wrong is logged for the alarm and given as an error.
func TestClock(t *testing.T) {
	wrong := errors.New("wrong")
	for _, c := range []struct {
		name, event string
		run, late   error
		runs        int
		says        string
	}{
		{"all is done", `{"taak":"klok"}`, nil, nil, 1, `"lateSeconds":90`},
		{"something fails", `{"taak":"klok"}`, wrong, nil, 1, `"level":"ERROR"`},
		{"something fails, and the alarm still hears how late it is", `{"taak":"klok"}`, wrong, nil, 1, `"lateSeconds":90`},
		{"nobody knows how late it is", `{"taak":"klok"}`, nil, wrong, 1, ""},
		{"the mailer's task", `{"taak":"nasturen"}`, nil, nil, 0, `"level":"ERROR"`},
		{"more than that", `{"taak":"klok","wezen":true}`, nil, nil, 0, `"level":"ERROR"`},
		{"an event of another service", `{"source":"aws.events","detail-type":"Scheduled Event"}`, nil, nil, 0, `"level":"ERROR"`},
		{"nothing", `null`, nil, nil, 0, `"level":"ERROR"`},
		{"no object", `"klok"`, nil, nil, 0, `"level":"ERROR"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			runs := 0
			clock := &work.Clock{Log: slog.New(slog.NewJSONHandler(&log, nil)),
				Run:  func(context.Context) error { runs++; return c.run },
				Late: func(context.Context) (time.Duration, error) { return 90 * time.Second, c.late }}
			err := clock.Handle(t.Context(), json.RawMessage(c.event))
			if runs != c.runs || (err == nil) != (c.runs == 1 && c.run == nil && c.late == nil) {
				t.Errorf("%d runs, %v", runs, err)
			}
			if c.runs == 0 && !errors.Is(err, work.ErrForeign) {
				t.Errorf("it says %v", err)
			}
			if !strings.Contains(log.String(), c.says) {
				t.Errorf("logged %s", log.String())
			}
		})
	}
}
