package mdt

import (
	"slices"
	"time"
)

// Scene is what an act on a registration is decided on, as it stands at one moment.
type Scene struct {
	Now     time.Time
	Meeting Meeting
	Counter Counter
	Entry   *Registration // whose act it is; nil: nothing stands under that address
	// Next are, for each line whose seat the entry may give up, who can be offered it, from the front: only
	// those behind the entry where the seat was offered to the entry itself.
	Next    map[string][]*Registration
	Letters []Letter // those of the entry that have not gone yet
	Number  int64    // a new place in line, if one was taken, else 0
}

// Act is what must change, all together or not at all.
type Act struct {
	Meeting Meeting
	// NeedsNumber: take the next number of the meeting and decide again with it. Nothing else is filled in.
	NeedsNumber bool
	Count       CountChange
	Entries     []EntryChange
	Wishes      *Wishes // to be stored; with an empty text they are taken away
	Letters     []Letter
	Drops       []string // ids of letters that are not owed any more
	Resized     bool     // Meeting has another number of seats than it had, and one version more
}

// acting gathers what an act changes. It works on copies: what was read stays as it was.
type acting struct {
	Scene
	changes []EntryChange
	guards  CountChange    // what must hold of the lines that were decided upon
	passed  map[string]int // how many of those next in a line have had their turn
	letters []Letter
	drops   []string
	wishes  *Wishes
}

// of gives the copy of a registration that the act changes.
func (a *acting) of(r *Registration) *Registration {
	for _, c := range a.changes {
		if c.Was == r || c.New.Person == r.Person {
			return c.New
		}
	}
	copied := *r
	copied.PartLines, copied.Parts = slices.Clone(r.PartLines), slices.Clone(r.Parts)
	copied.Version++
	a.changes = append(a.changes, EntryChange{New: &copied, Was: r})
	return &copied
}

// act closes the gathering: what is counted follows from the entries.
func (a *acting) act() Act {
	count := counted(a.Meeting, a.changes)
	boundParts(a.Meeting, &count)
	for _, guard := range append([]LineChange{a.guards.LineChange}, a.guards.Parts...) {
		line := count.line(guard.Part)
		line.Turn, line.WaitingIs = guard.Turn, guard.WaitingIs
		line.MaxOccupied = least(line.MaxOccupied, guard.MaxOccupied)
		line.MinOccupied = guard.MinOccupied
	}
	return Act{Meeting: a.Meeting, Count: count, Entries: a.changes, Letters: a.letters, Drops: a.drops, Wishes: a.wishes}
}

func least(a, b *int) *int {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

// release hands on a seat of a line that somebody gave up: to whoever is next, else it is free for anyone. Of
// a line with more seats given away than it has, the seat is gone.
func (a *acting) release(part string) {
	seats, counts := a.Meeting.Seats(part), a.Counter.Line(part)
	guard := a.guards.line(part)
	turn := counts.Turn
	guard.Turn = &turn
	if seats > 0 && counts.Occupied > seats {
		guard.MinOccupied = ptr(seats + 1)
		return
	}
	if seats > 0 {
		guard.MaxOccupied = &seats
	}
	if !a.next(part) {
		waiting := counts.Waiting
		guard.WaitingIs = &waiting
	}
}

// next gives one seat of a line to the first who can have it, and says whether there was one.
func (a *acting) next(part string) bool {
	if a.passed == nil {
		a.passed = map[string]int{}
	}
	for _, who := range a.Next[part][a.passed[part]:] {
		a.passed[part]++
		if place, stands := who.Place(part); !stands || place.Offered() || place.Quiet() {
			continue
		}
		if letter, ok := a.Meeting.give(a.of(who), part, a.Counter, a.Now); ok {
			a.letters = append(a.letters, letter)
			return true
		}
		return false // the list has ended, for everyone in it
	}
	return false
}

// drop notes that letters of these kinds, or of all where none is named, are not owed any more.
func (a *acting) drop(kinds ...LetterKind) {
	for _, letter := range a.Scene.Letters {
		if len(kinds) == 0 || slices.Contains(kinds, letter.Kind) {
			a.drops = append(a.drops, letter.ID)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// give offers a seat of a line to a registration that stands in it, or places it there at once where the
// meeting does that. ok is false where it cannot be given any more.
func (m Meeting) give(r *Registration, part string, c Counter, now time.Time) (letter Letter, ok bool) {
	from, until, ok := m.OfferWindow(now)
	if p, found := m.Part(part); part != "" && (!found || !from.Before(p.Start)) {
		ok = false
	}
	if !ok {
		return Letter{}, false
	}
	if m.Direct && (part == "" || !m.overlapping(r.Parts, part)) {
		return m.place(r, part, c, now), true
	}
	if p, found := m.Part(part); found && until.After(p.Start) {
		until = p.Start
	}
	r.offer(part, from, until)
	letter = newLetter(LetterOffer, r, m, now)
	letter.Until, letter.Due, letter.Part = &until, from, m.partName(part)
	return letter, true
}

// offer keeps a seat for the registration in the line of a part, or of the meeting.
func (r *Registration) offer(part string, from, until time.Time) {
	if part == "" {
		r.Status, r.From, r.Until = Offered, &from, &until
		return
	}
	for i := range r.PartLines {
		if r.PartLines[i].Part == part {
			r.PartLines[i].From, r.PartLines[i].Until = &from, &until
		}
	}
}

// place gives the registration its seat, and of the parts it chose those that still have one.
func (m Meeting) place(r *Registration, part string, c Counter, now time.Time) Letter {
	var lost []string
	if part == "" {
		r.Parts, lost = m.stillFree(r.Parts, c, now)
		r.seat(now)
	} else {
		r.leaveLine(part)
		r.Parts = append(r.Parts, part)
		r.Revision++
	}
	letter := newLetter(LetterPlaced, r, m, now)
	letter.LostParts, letter.Part = lost, m.partName(part)
	return letter
}

// stillFree parts chosen parts into those that can be had, and the names of those that cannot any more.
func (m Meeting) stillFree(ids []string, c Counter, now time.Time) (kept, lost []string) {
	for _, id := range ids {
		p, found := m.Part(id)
		if left := FreePartSeats(p, c); !found || !now.Before(p.Start) || left != nil && *left == 0 {
			lost = append(lost, p.Name)
			continue
		}
		kept = append(kept, id)
	}
	return kept, lost
}

func (m Meeting) overlapping(ids []string, part string) bool { return len(m.overlaps(ids, part)) > 0 }

// overlaps are those of the parts that are at the same time as another.
func (m Meeting) overlaps(ids []string, part string) (same []string) {
	p, _ := m.Part(part)
	for _, id := range ids {
		if q, found := m.Part(id); found && id != part && q.Overlaps(p) {
			same = append(same, id)
		}
	}
	return same
}

func (m Meeting) partName(id string) string {
	p, _ := m.Part(id)
	return p.Name
}

// leaveLine takes the registration out of the line of a part.
func (r *Registration) leaveLine(part string) {
	r.PartLines = slices.DeleteFunc(r.PartLines, func(p PartSpot) bool { return p.Part == part })
}

// setSpot changes the registration's spot in a line that it stands in.
func (r *Registration) setSpot(part string, s Spot) {
	if part == "" {
		r.Spot = s
		return
	}
	for i := range r.PartLines {
		if r.PartLines[i].Part == part {
			r.PartLines[i].Spot = s
		}
	}
}
