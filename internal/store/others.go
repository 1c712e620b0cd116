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
		return create(it.until(a.Expires))
	})
	b.meaning[len(b.meaning)-1] = func(r Reason) error {
		before := new(AskedBefore)
		return orError(before, Unmarshal(r.Old, &before.Message))
	}
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

// Interest reads what an address asked to be told of a meeting, or nil.
func (s *Store) Interest(ctx context.Context, meeting string, p mdt.PersonID) (*mdt.Interest, error) {
	return one[mdt.Interest](ctx, s.engine, interestKey(meeting, p))
}

// Tell stores an interest with its letters and idempotency record (nil: no key), all or nothing; the
// errors are those of Register.
func (s *Store) Tell(ctx context.Context, t mdt.Telling, once *Once, now time.Time) error {
	b := new(batch)
	entry := t.Interest
	place := func(it Item) {
		consented, _ := it["toestemmingOp"].(string)
		it.listed(interestList(entry.Meeting), consented+"#"+entry.Reference)
	}
	if key := interestKey(entry.Meeting, entry.Person); t.Was == nil {
		b.put(key, entry, func(it Item) Write {
			place(it)
			return create(it.until(t.Expires))
		})
	} else {
		b.amend(key, t.Was, entry, t.Was.Version, place)
		b.writes[len(b.writes)-1].Set[AttrExpires] = t.Expires.Unix()
	}
	b.letters(t.Letters)
	b.once(once, now)
	return s.run(ctx, b)
}

// Withdraw ends an interest: its owner wants no letter. It is done once; false says there was nothing to end.
func (s *Store) Withdraw(ctx context.Context, meeting string, p mdt.PersonID, now time.Time) (bool, error) {
	_, err := s.engine.Change(ctx, Write{
		Key: interestKey(meeting, p),
		If:  []Condition{{Attr: AttrPK, Op: Present}, {Attr: "ingetrokkenOp", Op: Absent}},
		Set: Item{"ingetrokkenOp": instant(now)},
		Add: map[string]int64{AttrVersion: 1},
	})
	ended := err == nil
	if err != nil && !refused(err) {
		return false, err
	}
	return ended, s.sooner(ctx, interestKey(meeting, p), now.AddDate(0, 0, 30))
}

// sooner gives an item an earlier end, where it has a later one.
func (s *Store) sooner(ctx context.Context, key Key, end time.Time) error {
	_, err := s.engine.Change(ctx, Write{Key: key, If: []Condition{{Attr: AttrExpires, Op: AtLeast, Value: end.Unix()}},
		Set: Item{AttrExpires: end.Unix()}})
	if refused(err) {
		return nil
	}
	return err
}

// Confirm notes that an address is its owner's own: somebody pressed a button behind a mailed link.
// It is kept until expires.
func (s *Store) Confirm(ctx context.Context, p mdt.PersonID, expires, now time.Time) error {
	_, err := s.engine.Change(ctx, Write{Key: addressKey(p),
		Set: Item{"bevestigdOp": instant(now), AttrExpires: expires.Unix()}})
	return err
}

// Confirmed says whether an address is known to be its owner's own.
func (s *Store) Confirmed(ctx context.Context, p mdt.PersonID, now time.Time) (bool, error) {
	items, err := s.engine.Get(ctx, addressKey(p))
	if err != nil || items[0] == nil {
		return false, err
	}
	end, limited := items[0][AttrExpires].(int64)
	return !limited || end > now.Unix(), nil
}

// Proposal reads one proposal, or nil.
func (s *Store) Proposal(ctx context.Context, meeting, id string, p mdt.PersonID) (*mdt.Proposal, error) {
	return one[mdt.Proposal](ctx, s.engine, proposalKey(meeting, id, p))
}
