package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Traces gives everything that stands under a person, what has passed its end included: a database may be late
// to take that away.
func (s *Store) Traces(ctx context.Context, p mdt.PersonID, now time.Time) (traces []mdt.Trace, err error) {
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{PK: personKey(p, "").PK, After: after})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			trace, err := traceOf(it, p, now)
			if err != nil {
				return nil, err
			}
			traces = append(traces, trace)
		}
		if after = page.Next; after == "" {
			return traces, s.complete(ctx, traces)
		}
	}
}

// LeaderTrace gives what a leader has of a proposal, or nil.
func (s *Store) LeaderTrace(ctx context.Context, leader mdt.PersonID, proposal mdt.Trace, now time.Time) (*mdt.Trace, error) {
	items, err := s.engine.Get(ctx, leadingKey(proposal.Meeting, proposal.ID, leader))
	if err != nil || items[0] == nil {
		return nil, err
	}
	trace, err := traceOf(items[0], leader, now)
	return &trace, err
}

// traced is what traces take from the items of every kind.
type traced struct {
	Meeting    string           `json:"bijeenkomst"`
	Reference  string           `json:"kenmerk"`
	Name       string           `json:"naam"`
	Email      string           `json:"email"`
	Registered time.Time        `json:"aangemeld"`
	Consented  time.Time        `json:"toestemmingOp"`
	Sent       time.Time        `json:"ingestuurd"`
	BroughtBy  mdt.PersonID     `json:"meegenomenDoor"`
	Earlier    []mdt.PersonID   `json:"eerder"`
	Guests     []mdt.Brought    `json:"gasten"`
	Leader     mdt.StoredLeader `json:"leiding"`
	ID         string           `json:"id"`
	Proposal   string           `json:"voorstel"`
	By         mdt.PersonID     `json:"indiener"`
	Version    int64            `json:"versie"`
	About      string           `json:"waarover"` // of a line of the log, with when it was written
	At         time.Time        `json:"op"`
}

func traceOf(it Item, p mdt.PersonID, now time.Time) (mdt.Trace, error) {
	kind, path, _ := strings.Cut(it.Key().SK, "#")
	if mdt.NoteOf(kind) == mdt.EntrySuspect {
		return suspectTrace(it, p, path, now)
	}
	var in traced
	if err := Unmarshal(it, &in); err != nil {
		return mdt.Trace{}, err
	}
	t := mdt.Trace{Of: mdt.NoteOf(kind), Path: path, Person: p, Meeting: in.Meeting, ID: in.ID + in.Proposal, Reference: in.Reference + in.About,
		Since: latest(in.Registered, in.Consented, in.Sent, in.At), Expired: expired(it, now), Email: in.Email, Name: in.Name,
		Own: lettersOf(it), Mentions: noted(it, noteMention), Version: in.Version, Additions: additions(it), Earlier: in.Earlier}
	t.Named = personsOf(it, ledPrefix, p, in.Leader.Person)
	for _, guest := range in.Guests {
		t.Named = append(t.Named, guest.Person)
	}
	t.NamedBy = personsOf(it, namedByPrefix, p, in.BroughtBy, in.By)
	return t, nil
}

func suspectTrace(it Item, p mdt.PersonID, path string, now time.Time) (mdt.Trace, error) {
	var s mdt.Suspect
	err := Unmarshal(it, &s)
	t := mdt.Trace{Of: mdt.EntrySuspect, Path: path, Person: p, Meeting: s.Meeting, ID: s.ID, Reference: s.Reference, Since: s.Came, Expired: expired(it, now)}
	t.Email, t.Name = s.Sender()
	return t, err
}

// personsOf gives the persons that attributes with a prefix are named after and some more, each once and never
// the one whose item it is.
func personsOf(it Item, prefix string, own mdt.PersonID, more ...mdt.PersonID) (persons []mdt.PersonID) {
	for name := range it {
		if p, is := strings.CutPrefix(name, prefix); is {
			more = append(more, mdt.PersonID(p))
		}
	}
	for _, p := range more {
		if p != "" && p != own && !slices.Contains(persons, p) {
			persons = append(persons, p)
		}
	}
	return persons
}

func latest(moments ...time.Time) (last time.Time) {
	for _, t := range moments {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// expired says whether the item's time is over, though it may still stand there.
func expired(it Item, now time.Time) bool {
	end, limited := it[AttrExpires].(int64)
	return limited && end <= now.Unix()
}

// complete adds what stands elsewhere: who leads a proposal is named there.
func (s *Store) complete(ctx context.Context, traces []mdt.Trace) error {
	for i := range traces {
		if t := &traces[i]; t.Of == mdt.NoteLeading && len(t.NamedBy) > 0 {
			if err := s.led(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// led adds what the proposal says of who leads it; of who was named once and is no more, the letter that told so.
func (s *Store) led(ctx context.Context, t *mdt.Trace) error {
	proposal, err := s.Proposal(ctx, t.Meeting, t.ID, t.NamedBy[0])
	if err != nil {
		return err
	}
	if proposal != nil {
		t.Reference, t.Since = proposal.Reference, proposal.Created
	}
	if proposal != nil && proposal.Leader.Person == t.Person {
		t.Email, t.Name = proposal.Leader.Email, proposal.Leader.Name
		return nil
	}
	letters, err := s.Letters(ctx, t.Own)
	for _, letter := range letters {
		t.Email, t.Name = letter.To, letter.Name
	}
	return err
}

// traceKey is where the trace stands.
func traceKey(t mdt.Trace) Key {
	if t.Path == "" {
		return personKey(t.Person, string(t.Of))
	}
	return personKey(t.Person, string(t.Of)+"#"+t.Path)
}

// away takes the trace away if it is as it was read, or gone already.
func away(t mdt.Trace) Write {
	return Write{Key: traceKey(t), Delete: true, If: []Condition{
		{Attr: AttrVersion, Op: AtMost, Value: t.Version}, {Attr: attrAdditions, Op: AtMost, Value: t.Additions}}}
}
