package trials

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// A state machine over one meeting and its parts: people register with guests, change, cancel, stand in line, get
// seats offered and answer or do not, the team changes the numbers of seats, letters go out, the clock runs in
// time or late. After each step everything that is stored must be what the rules say (machine_world_test.go).
// 10,000 machines:
//
//	AANMELDPUNT_LONG=1 go test -run StateMachine -timeout 2h ./infra/trials

// machine is one meeting at the desk and in the world of the rules.
type machine struct {
	*desk
	w   *world
	box *letterbox
}

const meetingID = "dag"

// run plays one machine on a store of its own; change is put between the desk and the store, twist changes the
// rules that it is held against.
func run(outer testing.TB, change func(store.Engine) store.Engine, twist func(*world)) func(*rapid.T) {
	return func(t *rapid.T) {
		m := newMachine(outer, t, change)
		twist(m.w)
		t.Repeat(map[string]func(*rapid.T){
			"register": m.register, "register more": m.register, "and more": m.register,
			"cancel": m.cancel, "leave": m.leave, "leave more": m.leave, "change": m.change, "change more": m.change,
			"accept": m.accept, "pass": m.pass, "pass more": m.pass, "keep waiting": m.keepWaiting, "ask again": m.keepWaiting,
			"resize": m.resize, "approve": m.approve, "approve more": m.approve, "place": m.place, "revoke": m.revoke,
			"time": m.time, "more time": m.time, "late": m.late, "post": m.post,
			"": m.check,
		})
	}
}

func newMachine(outer testing.TB, t *rapid.T, change func(store.Engine) store.Engine) *machine {
	dir, err := os.MkdirTemp("/dev/shm", "aanmeldpunt")
	if err != nil {
		dir, err = os.MkdirTemp("", "aanmeldpunt")
	}
	if err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(filepath.Join(dir, "store.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(); _ = os.RemoveAll(dir) })
	m := &machine{box: new(letterbox), w: &world{people: [people]person{}, last: map[string]*seat{}, told: map[int]time.Time{}, quietAfter: 2, hours: 48,
		seats: map[string]int{"": rapid.IntRange(1, 4).Draw(t, "seats"), "zaal": inRoom, "kring": 1}}}
	db.OnCommit(m.box.put)
	m.desk = newDesk(outer, change(db))
	m.meet(t)
	for who := range rapid.IntRange(0, people-2).Draw(t, "come first") {
		m.comes(t, form{who: who, part: []string{"zaal", "kring", "zaal", ""}[min(who, 3)]})
	}
	return m
}

// meet opens the meeting: by day, early in the morning or late in the evening, soon or not.
func (m *machine) meet(t *rapid.T) {
	day := start.AddDate(0, 0, rapid.IntRange(2, 16).Draw(t, "days")).In(mdt.Amsterdam)
	hour := rapid.SampledFrom([]int{8, 14, 22}).Draw(t, "hour")
	m.w.now = start
	m.w.start = time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, mdt.Amsterdam)
	m.w.over, m.w.listEnd = m.w.start.Add(2*time.Hour), m.w.start.AddDate(0, 0, -1)
	m.w.direct = rapid.IntRange(0, 3).Draw(t, "direct") == 0
	own := rapid.IntRange(0, 2).Draw(t, "own end") == 0
	if own {
		m.w.listEnd = m.w.start.Add(-time.Duration(rapid.IntRange(1, 40).Draw(t, "hours before")) * time.Hour)
	}
	m.w.held = rapid.IntRange(0, 2).Draw(t, "held back")
	m.w.approval = rapid.IntRange(0, 3).Draw(t, "approval") == 0
	m.desk.open(meetingID, m.w.seats[""]+m.w.held, func(meeting *mdt.Meeting) {
		meeting.HeldBack, meeting.Approval = m.w.held, m.w.approval
		meeting.PerOrg, meeting.Direct, meeting.Reminders = perOrg, m.w.direct, []mdt.Reminder{}
		meeting.Start, meeting.End = m.w.start, m.w.over
		meeting.Parts = []mdt.Part{{ID: "zaal", Name: "Zaal", Start: m.w.start, End: m.w.over, Seats: inRoom},
			{ID: "kring", Name: "Kring", Start: m.w.start, End: m.w.over, Seats: 1}}
		if own {
			meeting.WaitingEnds = &m.w.listEnd
		}
	})
}

func email(who int) string { return visitor(meetingID, who) }

func (m *machine) personOf(who int) mdt.PersonID { return m.desk.person(email(who)) }

// register posts a form as a website does.
func (m *machine) register(t *rapid.T) {
	m.comes(t, drawForm(t))
}

func (m *machine) comes(t *rapid.T, f form) {
	answered, code := m.w.register(f)
	got := m.send(meetingID, email(f.who), "", f.body())
	var problem struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal([]byte(got.body), &problem) // an answer that is stored has no code
	if got.status != answered || problem.Code != code || (got.code == 201) != (code == "") {
		t.Fatalf("%+v is answered %d %q %q, want %q %q: %s", f, got.code, got.status, problem.Code, answered, code, got.body)
	}
}

func (f form) body() fields {
	body := fields{"naam": "Noor", "email": email(f.who), "organisatie": f.organisation}
	var guests []map[string]string
	for _, g := range f.guests {
		guests = append(guests, map[string]string{"naam": "Gast", "email": email(g)})
	}
	if guests != nil {
		body["introducees"] = guests
	}
	if f.part != "" {
		body["onderdelen"] = []string{f.part}
	}
	return body
}

// agrees holds how an act ended against the code that the rules give.
func agrees(t *rapid.T, what string, err error, code string) {
	var refused *acts.Refused
	got := ""
	switch {
	case errors.As(err, &refused):
		got = refused.Code
	case err != nil:
		t.Fatalf("%s: %v", what, err)
	}
	if got != code {
		t.Fatalf("%s: refused by %q, want %q", what, got, code)
	}
}

func (m *machine) cancel(t *rapid.T) {
	who := rapid.IntRange(0, people-1).Draw(t, "who")
	agrees(t, fmt.Sprint("cancel ", who), m.acts.Cancel(context.Background(), meetingID, m.personOf(who)), m.w.cancel(who))
}

// leave is a cancellation by somebody who has something to cancel.
func (m *machine) leave(t *rapid.T) {
	var who []int
	for i := range people {
		if m.w.people[i].state == mdt.Confirmed {
			who = append(who, i)
		}
	}
	if len(who) == 0 {
		t.Skip("nobody has a seat")
	}
	one := rapid.SampledFrom(who).Draw(t, "who")
	agrees(t, fmt.Sprint("leave ", one), m.acts.Cancel(context.Background(), meetingID, m.personOf(one)), m.w.cancel(one))
}

// answerer draws somebody in a line, mostly one who holds an offer, or for whom one lapsed.
func (m *machine) answerer(t *rapid.T, likely func(*spot) bool) (who int, line string) {
	type place struct {
		who  int
		line string
	}
	var places []place
	for _, line := range lines {
		for _, who := range m.w.waiting(line) {
			if likely(m.w.people[who].spots[line]) {
				places = append(places, place{who, line})
			}
		}
	}
	if len(places) > 0 && rapid.IntRange(0, 9).Draw(t, "likely") > 0 {
		p := rapid.SampledFrom(places).Draw(t, "place")
		return p.who, p.line
	}
	return rapid.IntRange(0, people-1).Draw(t, "who"), rapid.SampledFrom(lines).Draw(t, "line")
}

func offered(s *spot) bool { return s.offer != nil }

func (m *machine) accept(t *rapid.T) {
	who, line := m.answerer(t, offered)
	agrees(t, fmt.Sprint("accept ", who, line), m.acts.Accept(context.Background(), meetingID, line, m.personOf(who)), m.w.accept(who, line))
}

func (m *machine) pass(t *rapid.T) {
	who, line := m.answerer(t, offered)
	keep := rapid.Bool().Draw(t, "keep")
	agrees(t, fmt.Sprint("pass ", who, line, keep), m.acts.Pass(context.Background(), meetingID, line, m.personOf(who), keep), m.w.pass(who, line, keep))
}

func (m *machine) keepWaiting(t *rapid.T) {
	who, line := m.answerer(t, func(s *spot) bool { return s.lapses > 0 })
	agrees(t, fmt.Sprint("keep waiting ", who, line), m.acts.KeepWaiting(context.Background(), meetingID, line, m.personOf(who)), m.w.keepWaiting(who, line))
}

func (m *machine) change(t *rapid.T) {
	who, f := rapid.IntRange(0, people-1).Draw(t, "who"), drawWish(t)
	_, entries := m.stands(meetingID, email(who))
	form := mdt.ChangeForm{WaitFor: f.lines, KeepWishes: true}
	form.Organisation, form.Parts = f.organisation, f.parts
	if e := entries[0]; e != nil {
		form.Name, form.Edition = e.Name, e.Edition
	}
	if f.old {
		form.Edition--
	}
	agrees(t, fmt.Sprintf("change %d %+v", who, f), m.acts.Change(context.Background(), meetingID, m.personOf(who), form), m.w.change(who, f))
}

func (m *machine) resize(t *rapid.T) {
	line, seats := "", rapid.IntRange(1, people).Draw(t, "seats")
	switch rapid.IntRange(0, 5).Draw(t, "line") {
	case 0:
		line, seats = "zaal", rapid.IntRange(1, 4).Draw(t, "in the room")
	case 1:
		seats = 0
	}
	if m.w.seats[line] == 0 && rapid.Bool().Draw(t, "no limit stays") {
		return
	}
	m.w.resize(line, seats)
	agrees(t, "resize", m.acts.Resize(context.Background(), meetingID, line, seats), "")
}

func sound(e store.Engine) store.Engine { return e }

func TestStateMachine(t *testing.T) {
	setFlag(t, "rapid.checks", fmt.Sprint(number(100, 100, 10_000)))
	rapid.Check(t, run(t, sound, func(*world) {}))
}
