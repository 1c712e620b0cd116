package store

import (
	"context"
	"fmt"
	"slices"

	"aanmeldpunt/internal/mdt"
)

// EraseTrace takes a trace away, and what stands with it. Gone already it is done. It gives ErrLostRace where
// something was added to it, or an engine's error.
func (s *Store) EraseTrace(ctx context.Context, traces ...mdt.Trace) error {
	b := new(batch)
	for _, t := range traces {
		b.add(away(t), nil)
	}
	return s.run(ctx, b)
}

// EraseLeading takes away what somebody has of a proposal of another, and the name out of that proposal. Errors
// are those of EraseTrace.
func (s *Store) EraseLeading(ctx context.Context, t mdt.Trace) error {
	b := new(batch)
	b.add(away(t), nil)
	proposal, err := s.Proposal(ctx, t.Meeting, t.ID, t.NamedBy[0])
	if err != nil {
		return err
	}
	if proposal != nil {
		now := *proposal
		if proposal.Leader.Person == t.Person {
			now = proposal.WithoutLeader()
		}
		b.amend(proposalKey(t.Meeting, t.ID, proposal.Person), *proposal, now, proposal.Version, placeProposal)
		w := &b.writes[len(b.writes)-1]
		w.Remove, w.Check = append(w.Remove, ledPrefix+string(t.Person)), false
	}
	return s.run(ctx, b)
}

// ForgetNamer takes out of a guest's registration who brought the guest.
func (s *Store) ForgetNamer(ctx context.Context, meeting string, guest, namer mdt.PersonID) error {
	key := registrationKey(meeting, guest)
	for _, w := range []Write{
		{If: []Condition{{Attr: "meegenomenDoor", Op: Equal, Value: string(namer)}}, Remove: []string{"meegenomenDoor", "meegenomenDoorNaam"}},
		{If: []Condition{{Attr: namedByPrefix + string(namer), Op: Present}}, Remove: []string{namedByPrefix + string(namer)}},
	} {
		w.Key = key
		if _, err := s.engine.Change(ctx, w); err != nil && !refused(err) {
			return err
		}
	}
	return nil
}

// ForgetGuest takes a guest out of the registration of who brought them. It gives ErrLostRace or an engine's error.
func (s *Store) ForgetGuest(ctx context.Context, meeting string, namer, guest mdt.PersonID) error {
	standing, err := s.Standing(ctx, meeting, namer)
	if err != nil || standing.Entries[0] == nil {
		return err
	}
	was := standing.Entries[0]
	now := *was
	now.Guests = slices.DeleteFunc(slices.Clone(was.Guests), func(g mdt.Brought) bool { return g.Person == guest })
	if len(now.Guests) == len(was.Guests) {
		return nil
	}
	now.Version++
	b := new(batch)
	b.amend(registrationKey(meeting, namer), *was, now, was.Version, placeRegistration)
	return s.run(ctx, b)
}

// EraseLetters takes letters away, whatever becomes of an attempt to send them that is under way.
func (s *Store) EraseLetters(ctx context.Context, ids ...string) error {
	for some := range slices.Chunk(ids, MaxWrites) {
		b := new(batch)
		for _, id := range some {
			b.add(Write{Key: letterKey(id), Delete: true}, nil)
		}
		if err := s.run(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// EraseForwarded takes away letter 14 as it was read, and stores the letter that asks for its erasure (nil: none).
// It gives ErrLostRace where the letter went on its way since.
func (s *Store) EraseForwarded(ctx context.Context, forwarded mdt.Letter, request *mdt.Letter) error {
	b := new(batch)
	b.add(Write{Key: letterKey(forwarded.ID), Delete: true, If: []Condition{
		{Attr: "staat", Op: Equal, Value: string(forwarded.State)},
		{Attr: "pogingen", Op: AtMost, Value: int64(forwarded.Attempts)}}}, nil)
	if request != nil {
		b.letters([]mdt.Letter{*request})
	}
	return s.run(ctx, b)
}

// Unname takes out of a letter who named its receiver.
func (s *Store) Unname(ctx context.Context, id string) error {
	_, err := s.engine.Change(ctx, Write{Key: letterKey(id), If: []Condition{{Attr: "door", Op: Present}}, Remove: []string{"door"}})
	if refused(err) {
		return nil
	}
	return err
}

// erasures is the partition of what is being erased, an item a person.
const erasures = "wissingen"

func erasureKey(p mdt.PersonID) Key { return Key{erasures, string(p)} }

// Erasure gives what is being erased of a person, or nil.
func (s *Store) Erasure(ctx context.Context, p mdt.PersonID) (*mdt.Erasure, error) {
	return one[mdt.Erasure](ctx, s.engine, erasureKey(p))
}

// Erasures gives everything that is being erased.
func (s *Store) Erasures(ctx context.Context) ([]mdt.Erasure, error) {
	return all[mdt.Erasure](ctx, s.engine, erasures)
}

// BeginErasure notes what is to be erased, so that it comes to its end whoever is cut off. It gives ErrLostRace
// where something of that person is being erased already.
func (s *Store) BeginErasure(ctx context.Context, e mdt.Erasure) error {
	b := new(batch)
	b.put(erasureKey(e.Person), e, func(it Item) Write { return create(it.until(e.Expires)) })
	return s.run(ctx, b)
}

// EndErasure takes away the note of an erasure and what is known of the address itself (nil: that stays), and
// stores the letter that tells of it (nil: none), all or nothing. It gives ErrLostRace where the erasure has
// ended already, or the address got another letter.
func (s *Store) EndErasure(ctx context.Context, e mdt.Erasure, address *mdt.Trace, letter *mdt.Letter) error {
	b := new(batch)
	b.add(Write{Key: erasureKey(e.Person), Delete: true, If: []Condition{{Attr: "id", Op: Equal, Value: e.ID}}}, nil)
	if address != nil {
		b.add(away(*address), nil)
	}
	if letter != nil {
		b.letters([]mdt.Letter{*letter})
	}
	return s.run(ctx, b)
}

// Discard takes a letter away that is spent (mdt.Letter.Spent).
func (s *Store) Discard(ctx context.Context, id string) error {
	if err := s.EraseLetters(ctx, id); err != nil {
		return fmt.Errorf("letter %s is spent and stands: %w", id, err)
	}
	return nil
}
