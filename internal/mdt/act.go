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
	// Next are, for each line whose seat the entry may give up, who can be offered it and has not been in its
	// round, in the order in which they are (Way).
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
	OldWishes   *Wishes // to be taken away beside that
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
	rounds  int            // how many rounds of seats have begun
	letters []Letter
	drops   []string
	wishes  *Wishes
	held    bool // a seat that was held back is given
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
	boundLines(a.Meeting, &count)
	if a.held { // it was nobody's: however many are taken, there is this one more
		count.MaxOccupied = nil
	}
	for _, guard := range append([]LineChange{a.guards.LineChange}, a.guards.Parts...) {
		line := count.line(guard.Part)
		line.Turn, line.WaitingIs, line.Freed = guard.Turn, guard.WaitingIs, guard.Freed
		line.MaxOccupied = least(line.MaxOccupied, guard.MaxOccupied)
		line.MinOccupied = guard.MinOccupied
	}
	a.turnMoved(&count)
	for _, c := range a.changes {
		c.New.Edition = max(c.New.Edition, c.Was.Edition+editions(c))
	}
	return Act{Meeting: a.Meeting, Count: count, Entries: a.changes, Letters: a.letters, Drops: a.drops, Wishes: a.wishes, Resized: a.held}
}

// turnMoved turns every line that somebody entered or left: who decided on it at the same time decides again.
func (a *acting) turnMoved(count *CountChange) {
	mark := func(l *LineChange) {
		if l.Waiting != 0 && l.Turn == nil {
			l.Turn = ptr(a.Counter.Line(l.Part).Turn)
		}
	}
	mark(&count.LineChange)
	for i := range count.Parts {
		mark(&count.Parts[i])
	}
}

// editions is 1 where an entry changes in what its owner chooses, so that a form which still shows what was
// there cannot undo it.
func editions(c EntryChange) int {
	if slices.Equal(partSet(c.Was.Parts), partSet(c.New.Parts)) && slices.Equal(linesOf(c.Was), linesOf(c.New)) {
		return 0
	}
	return 1
}

// linesOf are the parts that the registration stands in line for.
func linesOf(r *Registration) (parts []string) {
	for _, p := range r.PartLines {
		parts = append(parts, p.Part)
	}
	return partSet(parts)
}

// soFar is the counter as it would be after what is gathered.
func (a *acting) soFar() Counter { return a.Counter.plus(counted(a.Meeting, a.changes)) }

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
	a.turn(part)
	guard := a.guards.line(part)
	if seats > 0 && counts.Occupied > seats {
		guard.MinOccupied = ptr(seats + 1)
		return
	}
	if seats > 0 {
		guard.MaxOccupied = &seats
	}
	round := a.Entry.Gives()[part].Round
	if round == 0 {
		round = a.startRound(part)
	}
	if !a.next(part, round) {
		guard.WaitingIs = &counts.Waiting
		a.free(part, round)
	}
}

// startRound begins the round of a seat.
func (a *acting) startRound(part string) Round {
	a.rounds++
	return roundOf(a.Counter.Line(part).Turn, a.rounds)
}

// free notes that a seat has passed everybody: the latest of those is remembered.
func (a *acting) free(part string, round Round) {
	if round > a.Counter.Line(part).Freed {
		a.guards.line(part).Freed = round
	}
}

// next gives one seat of a line, in its round, to the first who can have it, and says whether there was one.
func (a *acting) next(part string, round Round) bool {
	if a.passed == nil {
		a.passed = map[string]int{}
	}
	for _, who := range a.Next[part][a.passed[part]:] {
		a.passed[part]++
		if place, stands := who.Place(part); !stands || place.Offered() || place.Quiet() || place.Had(round) {
			continue
		}
		return a.give(who, part, round) // where not, the list has ended for everyone in it
	}
	return false
}

// give gives a seat to a registration that stands in its line, with the letter that says so. It says whether
// the seat can still be given.
func (a *acting) give(r *Registration, part string, round Round) bool {
	if !a.Meeting.gives(r, part, a.Now) {
		return false
	}
	letter, ok := a.Meeting.give(a.of(r), part, round, a.soFar(), a.Now)
	if ok {
		a.letters = append(a.letters, letter)
	}
	return ok
}

// turn marks that who stands in a line has changed, for those who decide on it at the same time.
func (a *acting) turn(part string) {
	turn := a.Counter.Line(part).Turn
	a.guards.line(part).Turn = &turn
}

// drop notes that no letter that has not gone yet is owed any more.
func (a *acting) drop() {
	for _, letter := range a.Scene.Letters {
		a.dropOne(letter)
	}
}

// dropOf drops those of these kinds that are about one line.
func (a *acting) dropOf(part string, kinds ...LetterKind) {
	for _, letter := range a.Scene.Letters {
		if letter.PartID == part && slices.Contains(kinds, letter.Kind) {
			a.dropOne(letter)
		}
	}
}

func (a *acting) dropOne(letter Letter) {
	if !slices.Contains(a.drops, letter.ID) {
		a.drops = append(a.drops, letter.ID)
	}
}

func ptr[T any](v T) *T { return &v }

// give offers a seat of a line to a registration that stands in it, or places it there at once where the
// meeting does that, by night too. ok is false where it cannot be given any more.
func (m Meeting) give(r *Registration, part string, round Round, c Counter, now time.Time) (letter Letter, ok bool) {
	if !m.gives(r, part, now) {
		return Letter{}, false
	}
	if m.places(r, part) {
		return m.place(r, part, c, now), true
	}
	from, until, _ := m.windowFor(part, now)
	r.offer(part, round, from, until)
	letter = newLetter(LetterOffer, r, m, now)
	letter.Until, letter.Due, letter.Part, letter.PartID = &until, from, m.partName(part), part
	return letter, true
}

// places says whether a seat is the registration's at once: the meeting does that, and no part has to be chosen
// against another one.
func (m Meeting) places(r *Registration, part string) bool {
	return m.Direct && (part == "" || !m.overlapping(r.Parts, part))
}

// gives says whether a seat of a line can be given to the registration now.
func (m Meeting) gives(r *Registration, part string, now time.Time) bool {
	if m.places(r, part) {
		return m.LineOpen(now) && m.toCome(part, now)
	}
	_, _, ok := m.windowFor(part, now)
	return ok
}

// toCome says whether a part (empty: the meeting) is still to begin.
func (m Meeting) toCome(part string, now time.Time) bool {
	p, found := m.Part(part)
	return part == "" && now.Before(m.Start) || found && now.Before(p.Start)
}

// offer keeps a seat for the registration in the line of a part, or of the meeting.
func (r *Registration) offer(part string, round Round, from, until time.Time) {
	place, _ := r.Place(part)
	spot := place.Spot
	spot.From, spot.Until, spot.Round, spot.Rounds = &from, &until, round, with(spot.Rounds, round)
	r.setSpot(part, spot)
	if part == "" {
		r.Status = Offered
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
	letter.LostParts, letter.Part, letter.PartID = lost, m.partName(part), part
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
