package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Standing is what a registration is decided on: the meeting's counter and what stands under each of
// the persons' addresses (nil: nothing), in the order they were asked for.
type Standing struct {
	Counter mdt.Counter
	Entries []*mdt.Registration
	Number  int64 // the last place in line that was given; only StandingInLine reads it
}

// Standing reads the counter of a meeting and the entries of persons in it, in one round trip.
func (s *Store) Standing(ctx context.Context, meeting string, persons ...mdt.PersonID) (Standing, error) {
	items, err := s.engine.Get(ctx, standingKeys(meeting, persons)...)
	if err != nil {
		return Standing{}, err
	}
	return standingOf(items)
}

// StandingInLine is Standing with the last place in line that was given, in the same round trip.
func (s *Store) StandingInLine(ctx context.Context, meeting string, persons ...mdt.PersonID) (Standing, error) {
	items, err := s.engine.Get(ctx, append(standingKeys(meeting, persons), numberKey(meeting))...)
	if err != nil {
		return Standing{}, err
	}
	last := len(items) - 1
	standing, err := standingOf(items[:last])
	standing.Number, _ = items[last][AttrNumber].(int64)
	return standing, err
}

func standingKeys(meeting string, persons []mdt.PersonID) []Key {
	keys := []Key{counterKey(meeting)}
	for _, p := range persons {
		keys = append(keys, registrationKey(meeting, p))
	}
	return keys
}

// standingOf reads a counter with the entries behind it.
func standingOf(items []Item) (Standing, error) {
	counter, err := counterOf(items[0])
	if err != nil {
		return Standing{}, err
	}
	standing := Standing{Counter: counter, Entries: make([]*mdt.Registration, len(items)-1)}
	for i, it := range items[1:] {
		if standing.Entries[i], err = registrationOf(it); err != nil {
			return Standing{}, err
		}
	}
	return standing, nil
}

// counterOf reads a counter; the counts of parts stand beside the meeting's own, each under its own name.
func counterOf(it Item) (mdt.Counter, error) {
	counter := mdt.Counter{Parts: map[string]mdt.LineCount{}}
	if it == nil {
		return counter, nil
	}
	for name, value := range it {
		what, id, ofPart := strings.Cut(name, ":")
		n, isNumber := value.(int64)
		if !ofPart || !isNumber {
			continue
		}
		line := counter.Parts[id]
		switch what + ":" {
		case partPrefix:
			line.Occupied = int(n)
		case partOffered:
			line.Offered = int(n)
		case partWaiting:
			line.Waiting = int(n)
		case partTurn:
			line.Turn = n
		case partFreed:
			line.Freed = mdt.Round(n)
		}
		counter.Parts[id] = line
	}
	return counter, Unmarshal(it, &counter)
}

func registrationOf(it Item) (*mdt.Registration, error) {
	if it == nil {
		return nil, nil
	}
	entry := new(mdt.Registration)
	entry.LetterIDs, entry.Additions, entry.NamedBy = lettersOf(it), additions(it), personsOf(it, namedByPrefix, "")
	return entry, Unmarshal(it, entry)
}

// NextNumber takes the next place in line of a meeting.
func (s *Store) NextNumber(ctx context.Context, meeting string) (int64, error) {
	return s.engine.Next(ctx, numberKey(meeting))
}

// Register stores a registration with its seats, letters and idempotency record (nil: no key), all or
// nothing. It gives ErrLostRace, ErrOrganisationFull, *Repeated or an engine's error, and then nothing
// of it is stored.
func (s *Store) Register(ctx context.Context, r mdt.Registering, once *Once, now time.Time) error {
	b := new(batch)
	b.count(r.Meeting, r.Count, false)
	expires := mdt.EntryExpires(r.Meeting)
	for _, entry := range r.Entries {
		b.entry(entry, expires)
	}
	for _, again := range r.Repeats {
		b.repeat(again, now)
	}
	b.wishes(r.Wishes)
	b.rescued(r.Rescues)
	b.letters(r.Letters)
	b.once(once, now)
	return s.run(ctx, b)
}

// Act stores what an act changes, all or nothing. It gives ErrLostRace, ErrOrganisationFull or an engine's
// error, and then nothing of it is stored.
func (s *Store) Act(ctx context.Context, a mdt.Act) error {
	b := new(batch)
	b.count(a.Meeting, a.Count, a.Resized)
	expires := mdt.EntryExpires(a.Meeting)
	for _, entry := range a.Entries {
		b.entry(entry, expires)
	}
	b.wishes(a.Wishes)
	b.wishes(a.OldWishes)
	b.drops(a.Drops)
	b.letters(a.Letters)
	if len(b.writes) == 0 {
		return b.err
	}
	return s.run(ctx, b)
}

func (b *batch) wishes(w *mdt.Wishes) {
	switch {
	case w == nil:
	case w.Text == "":
		b.add(Write{Key: wishesKey(w.Meeting, w.Person), Delete: true}, nil)
	default:
		b.put(wishesKey(w.Meeting, w.Person), w, func(it Item) Write {
			return Write{Key: it.Key(), Put: it.until(w.Expires)}
		})
	}
}

// count adds to the counter within bounds. The version of the meeting must be the one that was decided on;
// where the number of seats changed, the meeting is the one to come.
func (b *batch) count(m mdt.Meeting, c mdt.CountChange, resized bool) {
	if c.IsZero() && !resized {
		return
	}
	version := m.Version
	w := Write{Key: counterKey(m.ID), Set: Item{}, Add: map[string]int64{}}
	if resized {
		version--
		w.Add[AttrVersion] = 1
		b.resize(m)
	}
	w.If = []Condition{{Attr: AttrVersion, Op: Equal, Value: version}}
	for _, line := range append([]mdt.LineChange{c.LineChange}, c.Parts...) {
		w.line(line)
	}
	w.plus(attrRequested, c.Requested)
	w.plus(attrMute, c.Mute)
	w.Check = !w.Changes()
	b.add(w, nil)
	for _, o := range c.Organisations {
		b.organisation(m, o)
	}
}

// resize gives the meeting the numbers of seats that it is to have.
func (b *batch) resize(m mdt.Meeting) {
	it, err := item(meetingKey(m.ID), m)
	b.err = errors.Join(b.err, err)
	if err != nil {
		return
	}
	w := Write{Key: meetingKey(m.ID), Set: Item{AttrVersion: m.Version}, If: []Condition{{Attr: AttrVersion, Op: Equal, Value: m.Version - 1}}}
	for _, name := range []string{"plekken", "achtergehouden", "onderdelen"} {
		if value, there := it[name]; there {
			w.Set[name] = value
		} else {
			w.Remove = append(w.Remove, name)
		}
	}
	b.add(w, nil)
}

// line adds to the counts of one line.
func (w *Write) line(c mdt.LineChange) {
	names := [5]string{"bezet", "aangeboden", "wachtend", "beurt", "vrijgekomen"}
	if c.Part != "" {
		names = [5]string{partPrefix + c.Part, partOffered + c.Part, partWaiting + c.Part, partTurn + c.Part, partFreed + c.Part}
	}
	w.demand(names[0], AtMost, c.MaxOccupied)
	w.demand(names[0], AtLeast, c.MinOccupied)
	w.demand(names[2], AtMost, c.WaitingIs)
	w.demand(names[2], AtLeast, c.WaitingIs)
	w.plus(names[0], c.Seats)
	w.plus(names[1], c.Offered)
	w.plus(names[2], c.Waiting)
	if c.Turn != nil {
		turn := int(*c.Turn)
		w.demand(names[3], AtMost, &turn)
		w.demand(names[3], AtLeast, &turn)
		w.plus(names[3], 1)
	}
	if c.Freed != 0 {
		w.Set[names[4]] = int64(c.Freed)
	}
}

func (w *Write) demand(attr string, op Op, bound *int) {
	if bound != nil {
		w.If = append(w.If, Condition{Attr: attr, Op: op, Value: int64(*bound)})
	}
}

func (w *Write) plus(attr string, n int) {
	if n != 0 {
		w.Add[attr] = int64(n)
	}
}

func (b *batch) organisation(m mdt.Meeting, o mdt.OrganisationChange) {
	w := Write{Key: organisationKey(m.ID, o.Name), Add: map[string]int64{"aantal": int64(o.Add)},
		Set: Item{AttrExpires: mdt.EntryExpires(m).Unix()}}
	w.demand("aantal", AtMost, o.Before)
	b.add(w, func(Reason) error { return ErrOrganisationFull })
}

// entry stores a registration with its places in line; what stood there must be the version that was read.
func (b *batch) entry(e mdt.EntryChange, expires time.Time) {
	switch {
	case e.New == nil:
		b.add(Write{Key: registrationKey(e.Was.Meeting, e.Was.Person), Delete: true, If: asRead(e.Was.Version, e.Was.Additions)}, nil)
	case e.Was == nil:
		b.put(registrationKey(e.New.Meeting, e.New.Person), e.New, func(it Item) Write {
			placeRegistration(it)
			known(it, *e.New, mdt.Registration{})
			return create(it.until(expires))
		})
	default:
		b.amend(registrationKey(e.New.Meeting, e.New.Person), e.Was, e.New, e.Was.Version, placeRegistration)
		w := &b.writes[len(b.writes)-1]
		w.Set[AttrExpires] = expires.Unix()
		known(w.Set, *e.New, *e.Was)
		if namer := e.Was.BroughtBy; namer != "" && namer != e.New.BroughtBy { // whose entry still names this guest
			w.Set[namedByPrefix+string(namer)] = true
		}
	}
	b.places(e, expires)
}

// known notes with an entry that comes from another address what others must find with it, and was not known of what
// stood there: its letters, and who named its person.
func known(it Item, now, was mdt.Registration) {
	for _, id := range now.LetterIDs {
		if !slices.Contains(was.LetterIDs, id) {
			it[notePrefix+id] = noteOwn
		}
	}
	for _, namer := range now.NamedBy {
		if !slices.Contains(was.NamedBy, namer) {
			it[namedByPrefix+string(namer)] = true
		}
	}
}

// repeat notes a known address. Where letter 19 goes out it demands that none did in the meantime; the
// entry's version stays, so that filling in a form for somebody else disturbs nobody's editing.
func (b *batch) repeat(r mdt.Repeat, now time.Time) {
	w := Write{Key: registrationKey(r.Of.Meeting, r.Of.Person), Add: map[string]int64{"herhaald": 1, attrAdditions: 1}, Set: Item{},
		If: []Condition{{Attr: "status", Op: OneOf, Values: []any{string(mdt.Confirmed), string(mdt.Waiting), string(mdt.Offered), string(mdt.Requested)}}}}
	if r.Letter {
		before := now.Add(-mdt.RepeatPause).Unix()
		w.If = append(w.If, Condition{Attr: "brief19", Op: AtMost, Value: before})
		w.Set["brief19"] = now.Unix()
	}
	if r.By != "" {
		w.Set[namedByPrefix+string(r.By)] = true
	}
	b.add(w, nil)
}
