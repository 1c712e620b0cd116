package trials

import (
	"slices"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The world as the rules of the waiting list tell it, without counters, keys or transactions: people, seats
// that go from hand to hand, and whom each seat has passed. It is written from the words of the rules, and
// shares nothing with the code but names.

const (
	people = 9
	perOrg = 3
	inRoom = 2 // seats of the part zaal; the part kring, at the same time, has one
)

var lines = []string{"", "kring", "zaal"} // of the meeting itself, and of its parts

// world is one meeting and everybody in it.
type world struct {
	now, start, over, listEnd time.Time
	direct                    bool
	held                      int            // seats that only the team gives
	approval                  bool           // the team says yes to each entry first
	quietAfter, hours         int            // how many offers in vain there are, and how long one stands
	seats                     map[string]int // 0: no limit
	people                    [people]person
	last                      map[string]*seat // the latest seat that came free for anyone
	made, joined              int              // how many seats came free, how many forms came to wait
	told                      map[int]time.Time
	letters                   []owing
}

// person is somebody's registration; state is empty for whoever never came.
type person struct {
	state        mdt.Status
	organisation string
	parts        []string
	spots        map[string]*spot
	asked        *spot // the place in line that comes with an approval
}

// spot is a place in one line; who came earlier stands before who came later, guests right behind who brought them.
type spot struct {
	joined, behind, lapses int
	offer                  *offer
}

type offer struct {
	from, until time.Time
	of          *seat
}

// seat is one seat on its way past those who wait.
type seat struct {
	nth    int
	passed map[*spot]bool // a place in line it has been offered to; who leaves and comes again has another
	at     [2]int         // the place it was offered to last
	late   bool           // it was free before somebody came for whom it was too little
	// asked are those who could not have been offered it when it came free: the list had ended, or they held
	// another offer. Once free it does not come back to them.
	asked map[*spot]bool
}

// owing is one letter that somebody is owed, or got.
type owing struct {
	to   int
	kind mdt.LetterKind
	line string
	due  time.Time
	sent bool
	// until is when a letter about an offer helps nobody any more.
	until time.Time
}

func (w *world) active(who int) bool {
	s := w.people[who].state
	return s == mdt.Requested || s == mdt.Confirmed || s == mdt.Waiting || s == mdt.Offered
}

// taken is how many seats of a line people have or are offered.
func (w *world) taken(line string) (n int) {
	for _, p := range w.people {
		s := p.spots[line]
		switch {
		case s != nil && s.offer != nil, p.state == mdt.Confirmed && (line == "" || slices.Contains(p.parts, line)):
			n++
		}
	}
	return n
}

// room is how many seats of a line anyone may take.
func (w *world) room(line string) int {
	if w.seats[line] == 0 {
		return 1000
	}
	return max(0, w.seats[line]-w.taken(line))
}

// waiting are those who stand in a line, from the front, who hold an offer included.
func (w *world) waiting(line string) (who []int) {
	for i, p := range w.people {
		if p.spots[line] != nil {
			who = append(who, i)
		}
	}
	slices.SortFunc(who, func(a, b int) int {
		x, y := w.people[a].spots[line], w.people[b].spots[line]
		if x.joined != y.joined {
			return x.joined - y.joined
		}
		return x.behind - y.behind
	})
	return who
}

func (w *world) newSeat() *seat {
	w.made++
	return &seat{nth: w.made, passed: map[*spot]bool{}}
}

func (w *world) listOpen() bool { return w.now.Before(w.listEnd) && w.now.Before(w.start) }

// release lets a seat that nobody has any more go on its way, unless there are still more taken than there are.
func (w *world) release(line string, s *seat) {
	if n := w.seats[line]; n > 0 && w.taken(line)+1 > n {
		return
	}
	w.offer(line, s)
}

// offer gives a seat to the first who waits for one and whom it has not passed. It says whether there was one:
// if not, the seat is for anyone.
func (w *world) offer(line string, s *seat) bool {
	from, until, possible := w.window()
	for _, who := range w.fromHere(line, s) {
		spot := w.people[who].spots[line]
		if spot.offer != nil || spot.lapses >= w.quietAfter || s.passed[spot] {
			continue
		}
		atOnce := w.direct && (line == "" || !w.overlaps(who, line))
		if possible = w.listOpen() && (atOnce || possible); !possible {
			break
		}
		s.passed[spot], s.at = true, [2]int{spot.joined, spot.behind}
		if atOnce {
			w.take(who, line)
			return true
		}
		spot.offer = &offer{from, until, s}
		if line == "" {
			w.people[who].state = mdt.Offered
		}
		w.letters = append(w.letters, owing{to: who, kind: mdt.LetterOffer, line: line, due: from, until: until})
		return true
	}
	if l := w.last[line]; !s.late && (l == nil || s.nth > l.nth) {
		w.last[line], s.asked = s, map[*spot]bool{}
		for _, who := range w.waiting(line) {
			spot := w.people[who].spots[line]
			s.asked[spot] = !possible || spot.offer != nil
		}
	}
	return false
}

// fromHere are those in a line in the order in which a seat comes by them: it goes on where it is, to the end of
// the line, and then from its front again.
func (w *world) fromHere(line string, s *seat) []int {
	var behind, before []int
	for _, who := range w.waiting(line) {
		at := w.people[who].spots[line]
		if at.joined > s.at[0] || at.joined == s.at[0] && at.behind > s.at[1] {
			behind = append(behind, who)
		} else {
			before = append(before, who)
		}
	}
	return append(behind, before...)
}

// overlaps says whether somebody has a part at the same time: the two parts are.
func (w *world) overlaps(who int, line string) bool {
	return slices.ContainsFunc(w.people[who].parts, func(part string) bool { return part != line })
}

// take gives somebody who waits the seat.
func (w *world) take(who int, line string) { w.takeBy(mdt.LetterPlaced, who, line) }

func (w *world) takeBy(kind mdt.LetterKind, who int, line string) {
	p := &w.people[who]
	delete(p.spots, line)
	if line != "" {
		p.parts = append(p.parts, line)
	} else {
		p.parts = slices.DeleteFunc(p.parts, func(part string) bool { return w.room(part) == 0 || !w.now.Before(w.start) })
		p.state = mdt.Confirmed
	}
	w.owe(who, kind, line, w.now)
}

func (w *world) owe(who int, kind mdt.LetterKind, line string, due time.Time) {
	w.letters = append(w.letters, owing{to: who, kind: kind, line: line, due: due})
}

// forget drops letters that have not gone: all of somebody's, or those of some kinds about a line.
func (w *world) forget(who int, line string, kinds ...mdt.LetterKind) {
	w.letters = slices.DeleteFunc(w.letters, func(o owing) bool {
		return o.to == who && !o.sent && (kinds == nil || o.line == line && slices.Contains(kinds, o.kind))
	})
}

// send lets every letter go whose moment has come, but one about an offer that has ended.
func (w *world) send() {
	late := func(o owing) bool { return !o.sent && o.kind == mdt.LetterOffer && !o.until.After(w.now) }
	w.letters = slices.DeleteFunc(w.letters, late)
	for i := range w.letters {
		if !w.letters[i].due.After(w.now) {
			w.letters[i].sent = true
		}
	}
}
