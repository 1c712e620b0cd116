package store

import (
	"context"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Standing is what a registration is decided on: the meeting's counter and what stands under each of
// the persons' addresses (nil: nothing), in the order they were asked for.
type Standing struct {
	Counter mdt.Counter
	Entries []*mdt.Registration
}

// Standing reads the counter of a meeting and the entries of persons in it, in one round trip.
func (s *Store) Standing(ctx context.Context, meeting string, persons ...mdt.PersonID) (Standing, error) {
	keys := []Key{counterKey(meeting)}
	for _, p := range persons {
		keys = append(keys, registrationKey(meeting, p))
	}
	items, err := s.engine.Get(ctx, keys...)
	if err != nil {
		return Standing{}, err
	}
	counter, err := counterOf(items[0])
	if err != nil {
		return Standing{}, err
	}
	standing := Standing{Counter: counter, Entries: make([]*mdt.Registration, len(persons))}
	for i, it := range items[1:] {
		if standing.Entries[i], err = registrationOf(it); err != nil {
			return Standing{}, err
		}
	}
	return standing, nil
}

func counterOf(it Item) (mdt.Counter, error) {
	counter := mdt.Counter{Parts: map[string]int{}}
	if it == nil {
		return counter, nil
	}
	for name, value := range it {
		if id, ok := strings.CutPrefix(name, partPrefix); ok {
			n, _ := value.(int64)
			counter.Parts[id] = int(n)
		}
	}
	return counter, Unmarshal(it, &counter)
}

func registrationOf(it Item) (*mdt.Registration, error) {
	if it == nil {
		return nil, nil
	}
	entry := new(mdt.Registration)
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
	b.count(r)
	expires := mdt.EntryExpires(r.Meeting)
	for _, entry := range r.Entries {
		b.entry(entry, expires)
	}
	for _, again := range r.Repeats {
		b.repeat(again, now)
	}
	if w := r.Wishes; w != nil {
		b.put(wishesKey(w.Meeting, w.Person), w, func(it Item) Write {
			return Write{Key: it.Key(), Put: it.until(w.Expires)}
		})
	}
	b.letters(r.Letters)
	b.once(once, now)
	return s.run(ctx, b)
}

// count adds to the counter within bounds. The version of the meeting must be the one that was decided on.
func (b *batch) count(r mdt.Registering) {
	c := r.Count
	if c.IsZero() {
		return
	}
	key := counterKey(r.Meeting.ID)
	w := Write{Key: key, Add: map[string]int64{}, If: []Condition{{Attr: AttrVersion, Op: Equal, Value: r.Meeting.Version}}}
	w.demand("bezet", AtMost, c.MaxOccupied)
	w.demand("bezet", AtLeast, c.MinOccupied)
	zero, one := 0, 1
	if c.NoneWaiting {
		w.demand("wachtend", AtMost, &zero)
	}
	if c.SomeWaiting {
		w.demand("wachtend", AtLeast, &one)
	}
	w.plus("bezet", c.Seats)
	w.plus("wachtend", c.Waiting)
	for _, part := range c.Parts {
		w.part(part)
	}
	b.add(w, nil)
	if c.Organisation != "" {
		b.organisation(r.Meeting, c)
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

func (w *Write) part(p mdt.Part) {
	if bound := p.Seats - 1; p.Seats > 0 {
		w.demand(partPrefix+p.ID, AtMost, &bound)
	}
	w.plus(partPrefix+p.ID, 1)
}

func (b *batch) organisation(m mdt.Meeting, c mdt.CountChange) {
	bound := c.OrgBefore
	w := Write{Key: organisationKey(m.ID, c.Organisation), Add: map[string]int64{"aantal": int64(c.OrgAdd)},
		Set: Item{AttrExpires: mdt.EntryExpires(m).Unix()}}
	w.demand("aantal", AtMost, &bound)
	b.add(w, func(Reason) error { return ErrOrganisationFull })
}

func (b *batch) entry(e mdt.EntryChange, expires time.Time) {
	key := registrationKey(e.New.Meeting, e.New.Person)
	b.put(key, e.New, func(it Item) Write {
		it.listed(registrationList(e.New.Meeting), instant(e.New.Created)+"#"+e.New.Reference).until(expires)
		if e.Was == nil {
			return create(it)
		}
		return replace(it, e.Was.Version)
	})
}

// repeat notes a known address. Where letter 19 goes out it demands that none did in the meantime; the
// entry's version stays, so that filling in a form for somebody else disturbs nobody's editing.
func (b *batch) repeat(r mdt.Repeat, now time.Time) {
	w := Write{Key: registrationKey(r.Of.Meeting, r.Of.Person), Add: map[string]int64{"herhaald": 1},
		If: []Condition{{Attr: "status", Op: OneOf, Values: []any{string(mdt.Confirmed), string(mdt.Waiting), string(mdt.Offered)}}}}
	if r.Letter {
		before := now.Add(-mdt.RepeatPause).Unix()
		w.If = append(w.If, Condition{Attr: "brief19", Op: AtMost, Value: before})
		w.Set = Item{"brief19": now.Unix()}
	}
	b.add(w, nil)
}
