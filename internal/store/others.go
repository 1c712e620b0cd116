package store

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Propose stores a proposal and its letters. A proposal sent with an idempotency key is its own record of
// it, under an id made from the key: *ProposedBefore gives what stands there.
func (s *Store) Propose(ctx context.Context, p mdt.Proposing) error {
	b := new(batch)
	entry := p.Proposal
	b.put(proposalKey(entry.Meeting, entry.ID, entry.Person), entry, func(it Item) Write {
		placeProposal(it)
		return create(it.until(p.Expires))
	})
	b.meaning[len(b.meaning)-1] = func(r Reason) error {
		before := new(ProposedBefore)
		return orError(before, Unmarshal(r.Old, &before.Proposal))
	}
	if leader := entry.Leader.Person; leader != "" && leader != entry.Person {
		led := mdt.Leading{Person: leader, Meeting: entry.Meeting, Proposal: entry.ID, By: entry.Person}
		b.put(leadingKey(entry.Meeting, entry.ID, leader), led, func(it Item) Write { return create(it.until(p.Expires)) })
	}
	b.rescued(p.Rescues)
	b.letters(p.Letters)
	return s.run(ctx, b)
}

// ProposedBefore says that the idempotency key was used before, for this proposal.
type ProposedBefore struct{ Proposal mdt.Proposal }

func (*ProposedBefore) Error() string {
	return "store: this idempotency key was used for a proposal before"
}

// Ask stores a message and its letters; *AskedBefore as ProposedBefore above.
func (s *Store) Ask(ctx context.Context, a mdt.Asking) error {
	b := new(batch)
	entry := a.Message
	b.put(messageKey(entry.ID, entry.Person), entry, func(it Item) Write {
		placeMessage(it)
		return create(it.until(a.Expires))
	})
	b.meaning[len(b.meaning)-1] = func(r Reason) error {
		before := new(AskedBefore)
		return orError(before, Unmarshal(r.Old, &before.Message))
	}
	b.rescued(a.Rescues)
	b.letters(a.Letters)
	return s.run(ctx, b)
}

// AskedBefore says that the idempotency key was used before, for this message.
type AskedBefore struct{ Message mdt.Message }

func (*AskedBefore) Error() string {
	return "store: this idempotency key was used for a message before"
}

func orError(meaning, err error) error {
	if err != nil {
		return err
	}
	return meaning
}

// Interest reads what an address asked to be told of a meeting, or nil: also where its end has come and the
// database has not taken it away yet.
func (s *Store) Interest(ctx context.Context, meeting string, p mdt.PersonID, now time.Time) (*mdt.Interest, error) {
	items, err := s.engine.Get(ctx, interestKey(meeting, p))
	if err != nil || items[0] == nil || expired(items[0], now) {
		return nil, err
	}
	interest := new(mdt.Interest)
	return interest, Unmarshal(items[0], interest)
}

// Tell stores an interest with its letters and idempotency record (nil: no key), all or nothing; the
// errors are those of Register.
func (s *Store) Tell(ctx context.Context, t mdt.Telling, once *Once, now time.Time) error {
	b := new(batch)
	entry := t.Interest
	if key := interestKey(entry.Meeting, entry.Person); t.Was == nil {
		b.put(key, entry, func(it Item) Write {
			placeInterest(it)
			return createOr(it.until(t.Expires), now)
		})
	} else {
		b.amend(key, t.Was, entry, t.Was.Version, placeInterest)
		b.writes[len(b.writes)-1].Set[AttrExpires] = t.Expires.Unix()
	}
	b.rescued(t.Rescues)
	b.drops(t.Drops)
	b.letters(t.Letters)
	b.once(once, now)
	return s.run(ctx, b)
}

// Confirm notes that an address is its owner's own: somebody pressed a button behind a mailed link.
// It is kept until expires; where the address was known and is not any more nothing is. Letters that waited for it
// go now.
func (s *Store) Confirm(ctx context.Context, p mdt.PersonID, known bool, expires, now time.Time) error {
	it, err := s.engine.Change(ctx, Write{Key: addressKey(p), If: stillThere(known),
		Set: Item{attrConfirmed: instant(now), AttrExpires: expires.Unix()}})
	if refused(err) {
		return nil
	}
	if _, counted := it[attrLetters]; err != nil || !counted {
		return err
	}
	return s.release(ctx, p, now)
}

// Confirmed says whether an address is known to be its owner's own.
func (s *Store) Confirmed(ctx context.Context, p mdt.PersonID, now time.Time) (bool, error) {
	items, err := s.engine.Get(ctx, addressKey(p))
	if err != nil || items[0] == nil {
		return false, err
	}
	return confirmed(items[0], now), nil
}

// Proposal reads one proposal, or nil.
func (s *Store) Proposal(ctx context.Context, meeting, id string, p mdt.PersonID) (*mdt.Proposal, error) {
	items, err := s.engine.Get(ctx, proposalKey(meeting, id, p))
	if err != nil || items[0] == nil {
		return nil, err
	}
	found := &mdt.Proposal{LetterIDs: allLetters(items[0])}
	return found, Unmarshal(items[0], found)
}

// ActOnProposal stores what an act changes of a proposal, all or nothing. It gives ErrLostRace or an engine's
// error. Who is named as leader no more keeps the way to it, on which that can be read.
func (s *Store) ActOnProposal(ctx context.Context, a mdt.ProposalAct) error {
	b := new(batch)
	entry := a.Now
	b.amend(proposalKey(entry.Meeting, entry.ID, entry.Person), a.Was, entry, a.Was.Version, placeProposal)
	if led := a.Was.Leader.Person; led != "" && led != entry.Leader.Person && b.err == nil { // who keeps a letter about it
		b.writes[0].Set[ledPrefix+string(led)] = true
	}
	if leader := entry.Leader.Person; leader != "" && leader != entry.Person && leader != a.Was.Leader.Person {
		led, err := Marshal(mdt.Leading{Person: leader, Meeting: entry.Meeting, Proposal: entry.ID, By: entry.Person})
		b.err = err
		b.add(Write{Key: leadingKey(entry.Meeting, entry.ID, leader), Set: led.until(a.Expires)}, nil)
	}
	b.drops(a.Drops)
	b.letters(a.Letters)
	return s.run(ctx, b)
}
