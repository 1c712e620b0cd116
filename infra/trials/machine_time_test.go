package trials

import (
	"context"
	"slices"
	"time"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// post lets the letters go whose moment has come.
func (m *machine) post(t *rapid.T) {
	mailer, _ := m.mailer()
	if err := mailer.Sweep(context.Background(), false); err != nil {
		t.Fatal(err)
	}
	m.w.send()
}

// time goes on, and everything that falls due is done at its own moment.
func (m *machine) time(t *rapid.T) {
	until := m.w.now.Add(drawTime(t))
	for {
		next := until
		for _, due := range m.falls() {
			if due.Before(next) {
				next = due
			}
		}
		m.at(t, next)
		if !next.Before(until) {
			return
		}
	}
}

// late lets time go on; what fell due in it is done at its end, or later still.
func (m *machine) late(t *rapid.T) {
	m.w.now = m.w.now.Add(drawTime(t))
	m.passed.Store(int64(m.w.now.Sub(start)))
	if rapid.Bool().Draw(t, "clock") {
		m.at(t, m.w.now)
	}
}

func drawTime(t *rapid.T) time.Duration {
	hours := rapid.SampledFrom([]int{1, 3, 7, 13, 20, 21, 24, 48, 49, 49, 49}).Draw(t, "hours")
	return time.Duration(hours)*time.Hour + time.Duration(rapid.IntRange(0, 59).Draw(t, "minutes"))*time.Minute
}

// falls are the moments at which the rules have something to be done.
func (m *machine) falls() (moments []time.Time) {
	for _, end := range []time.Time{m.w.listEnd, m.w.start} {
		if m.w.now.Before(end) {
			moments = append(moments, end)
		}
	}
	for _, p := range m.w.people {
		for _, s := range p.spots {
			if s.offer != nil {
				moments = append(moments, s.offer.until)
			}
		}
	}
	return moments
}

// at lets the clock run at a moment.
func (m *machine) at(t *rapid.T, now time.Time) {
	m.w.now = now
	m.passed.Store(int64(now.Sub(start)))
	if err := m.acts.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	type lapsing struct {
		who   int
		line  string
		until time.Time
	}
	var over []lapsing
	for _, line := range lines {
		for _, who := range m.w.waiting(line) {
			if o := m.w.people[who].spots[line].offer; o != nil && !o.until.After(now) {
				over = append(over, lapsing{who, line, o.until})
			}
		}
	}
	slices.SortStableFunc(over, func(a, b lapsing) int { return a.until.Compare(b.until) })
	for _, o := range over {
		m.w.lapse(o.who, o.line)
	}
	if !now.Before(m.w.listEnd) {
		m.w.endList()
	}
	if !now.Before(m.w.start) {
		m.w.endRequests()
	}
}

// window is when an offer made now starts and ends: two days, less where half of what is left is less, but 20
// hours at least; never between 21.00 and 9.00; not after the list's end; at most to the start.
func (w *world) window() (from, until time.Time, possible bool) {
	from = daytime(w.now)
	if !w.listOpen() || !from.Before(w.listEnd) || !from.Before(w.start) {
		return from, from, false
	}
	long := min(time.Duration(w.hours)*time.Hour, w.start.Sub(from)/2)
	until = daytime(from.Add(max(long, 20*time.Hour)))
	if !until.Before(w.start) {
		until = w.start
		for night(until) {
			until = until.Add(-time.Minute)
		}
	}
	return from, until, until.After(from)
}

// daytime is the first moment from t on that is not at night.
func daytime(t time.Time) time.Time {
	if !night(t) {
		return t
	}
	for t = t.Truncate(time.Minute).Add(time.Minute); night(t); t = t.Add(time.Minute) {
	}
	return t
}

func night(t time.Time) bool {
	clock := t.In(mdt.Amsterdam).Format("15:04:05")
	return clock < "09:00:00" || clock > "21:00:00"
}
