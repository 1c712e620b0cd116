package store

import (
	"context"
	"errors"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Claim takes up a letter whose moment has come, so that nobody else sends it until its lease ends.
// claimed is false where there is nothing to do: it was sent, is being sent, or is not due.
func (s *Store) Claim(ctx context.Context, id string, now time.Time) (letter mdt.Letter, claimed bool, err error) {
	due := mdt.Delivery{State: mdt.Sending, Due: now.Add(mdt.Lease), Changed: now}
	it, err := s.engine.Change(ctx, Write{
		Key: letterKey(id),
		If:  []Condition{stateIn(mdt.Claimable), {Attr: "aanDeBeurt", Op: AtMost, Value: instant(now)}, {Attr: attrVoid, Op: Absent}},
		Set: deliverySet(id, due),
		Add: map[string]int64{"pogingen": 1},
	})
	var no *Refused
	if errors.As(err, &no) {
		return mdt.Letter{}, false, s.dropVoid(ctx, id, no, now)
	}
	if err != nil {
		return mdt.Letter{}, false, err
	}
	if end, limited := it[AttrExpires].(int64); limited {
		letter.Expires = time.Unix(end, 0).UTC()
	}
	return letter, true, Unmarshal(it, &letter)
}

// dropVoid puts a letter that is not owed any more where no sweep finds it again.
func (s *Store) dropVoid(ctx context.Context, id string, no *Refused, now time.Time) error {
	if reason, failed := no.Of(0); !failed || reason.Old[attrVoid] != true {
		return nil
	}
	_, err := s.engine.Change(ctx, Write{Key: letterKey(id), If: []Condition{stateIn(mdt.Claimable)},
		Set: deliverySet(id, mdt.Delivery{State: mdt.Dropped, Due: now, Changed: now})})
	if refused(err) {
		return nil
	}
	return err
}

// Settle stores how an attempt ended. Where the claim is no longer ours (its lease ended, or SES's own
// event came first) nothing changes. Where the letter is gone its person was erased meanwhile, and what the attempt
// noted of the address goes too.
func (s *Store) Settle(ctx context.Context, letter mdt.Letter) error {
	id, d := letter.ID, letter.Delivery
	set := deliverySet(id, d)
	set["reden"], set["sesId"], set["onzeker"] = d.Reason, d.MessageID, int64(d.Doubts)
	if d.Reserved {
		set[attrReserved] = true
	}
	_, err := s.engine.Change(ctx, Write{
		Key: letterKey(id),
		If: []Condition{{Attr: "staat", Op: Equal, Value: string(mdt.Sending)},
			{Attr: "pogingen", Op: Equal, Value: int64(d.Attempts)}},
		Set: set,
	})
	var no *Refused
	if !errors.As(err, &no) {
		return err
	}
	if reason, _ := no.Of(0); reason.Old == nil {
		return s.unreserve(ctx, letter)
	}
	return nil
}

// Release ends claims whose lease is over, or every claim where orphans is set (only for whoever knows
// that nobody else sends). A letter of which nobody knows whether it went waits for SES's events until then.
func (s *Store) Release(ctx context.Context, id string, orphans bool, then, now time.Time) error {
	w := Write{Key: letterKey(id), If: []Condition{stateIn([]mdt.DeliveryState{mdt.Sending})},
		Set: deliverySet(id, mdt.Delivery{State: mdt.Unknown, Due: then, Changed: now})}
	if !orphans {
		w.If = append(w.If, Condition{Attr: "aanDeBeurt", Op: AtMost, Value: instant(now)})
	}
	_, err := s.engine.Change(ctx, w)
	if refused(err) {
		return nil
	}
	return err
}

// Report brings what SES reported to a letter, and notes at its person's address where that takes no mail any
// more. known is false where there is no such letter; a report that says no more than what is known already
// changes nothing of the letter. A letter that is spent by it goes, and its bytes with it: whoever sent it may
// have been cut off before that.
func (s *Store) Report(ctx context.Context, id string, report mdt.Report, reason string, now time.Time) (known bool, err error) {
	to, from, ok := mdt.Reported(report)
	if !ok {
		return false, errors.New("store: unknown report " + string(report))
	}
	set := deliverySet(id, mdt.Delivery{State: to, Due: now, Changed: now})
	set["reden"] = reason
	letter, err := s.engine.Change(ctx, Write{Key: letterKey(id), If: []Condition{stateIn(from)}, Set: set})
	var no *Refused
	if errors.As(err, &no) {
		reason, _ := no.Of(0)
		letter, err = reason.Old, nil
	}
	if err == nil && letter != nil && report.Breaks() {
		err = s.breakAddress(ctx, letter, now)
	}
	if err == nil && letter != nil {
		err = s.discardSpent(ctx, id, letter)
	}
	return letter != nil, err
}

func (s *Store) discardSpent(ctx context.Context, id string, it Item) error {
	var letter mdt.Letter
	if err := Unmarshal(it, &letter); err != nil || !letter.Spent() {
		return err
	}
	if err := s.Discard(ctx, id); err != nil {
		return err
	}
	return s.Scrub(ctx)
}

// Due gives the ids of letters in a state whose moment has come, the longest waiting first, one page at a
// time: after is the next of the page before, and next is empty on the last page.
func (s *Store) Due(ctx context.Context, state mdt.DeliveryState, now time.Time, after string) (ids []string, next string, err error) {
	page, err := s.engine.Query(ctx, Query{List: letterList(state), UpTo: instant(now) + "~", After: after, Limit: 100})
	if err != nil {
		return nil, "", err
	}
	for _, it := range page.Items {
		ids = append(ids, LetterID(it.Key().PK))
	}
	return ids, page.Next, nil
}

// Letter reads one letter, or nil.
func (s *Store) Letter(ctx context.Context, id string) (*mdt.Letter, error) {
	return one[mdt.Letter](ctx, s.engine, letterKey(id))
}

// Letters reads letters; those that are gone are left out.
func (s *Store) Letters(ctx context.Context, ids []string) ([]mdt.Letter, error) {
	return s.lettersThat(ctx, ids, func(Item, mdt.Letter) bool { return true })
}

// Unsettled gives those of the letters that have not gone yet, or of which that is not known.
func (s *Store) Unsettled(ctx context.Context, ids []string) ([]mdt.Letter, error) {
	return s.lettersThat(ctx, ids, func(it Item, l mdt.Letter) bool { return it[attrVoid] != true && l.Unsettled() })
}

func (s *Store) lettersThat(ctx context.Context, ids []string, wanted func(Item, mdt.Letter) bool) (letters []mdt.Letter, err error) {
	items, err := gather(ctx, s.engine, keysOf(ids, letterKey))
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		var letter mdt.Letter
		if it == nil {
			continue
		}
		if err := Unmarshal(it, &letter); err != nil {
			return nil, err
		}
		if wanted(it, letter) {
			letters = append(letters, letter)
		}
	}
	return letters, nil
}

// deliverySet is what changes of a letter's item with its delivery, its place in the index included.
func deliverySet(id string, d mdt.Delivery) Item {
	return Item{
		"staat": string(d.State), "aanDeBeurt": instant(d.Due), "gewijzigd": instant(d.Changed),
		AttrList: letterList(d.State), AttrOrder: letterOrder(mdt.Letter{ID: id, Delivery: d}),
	}
}

func stateIn(states []mdt.DeliveryState) Condition {
	c := Condition{Attr: "staat", Op: OneOf}
	for _, state := range states {
		c.Values = append(c.Values, string(state))
	}
	return c
}

func refused(err error) bool {
	var no *Refused
	return errors.As(err, &no)
}

// FirstDue gives the letter of a state whose moment comes first, or "".
func (s *Store) FirstDue(ctx context.Context, state mdt.DeliveryState) (id string, at time.Time, err error) {
	page, err := s.engine.Query(ctx, Query{List: letterList(state), Limit: 1})
	if err != nil || len(page.Items) == 0 {
		return "", time.Time{}, err
	}
	var letter mdt.Letter
	if err := Unmarshal(page.Items[0], &letter); err != nil {
		return "", time.Time{}, err
	}
	return letter.ID, letter.Due, nil
}

// counter is an engine that counts a list without reading its items.
type counter interface {
	Count(ctx context.Context, list string) (int, error)
}

// CountLetters counts the letters of each state, where the engine cannot count by reading them: for one
// machine, not for a deployed table.
func (s *Store) CountLetters(ctx context.Context) (map[mdt.DeliveryState]int, error) {
	count := s.countByReading
	if engine, ok := s.engine.(counter); ok {
		count = engine.Count
	}
	counts := map[mdt.DeliveryState]int{}
	for _, state := range mdt.States {
		n, err := count(ctx, letterList(state))
		if err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, nil
}

func (s *Store) countByReading(ctx context.Context, list string) (n int, err error) {
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{List: list, After: after})
		if err != nil {
			return 0, err
		}
		n += len(page.Items)
		if after = page.Next; after == "" {
			return n, nil
		}
	}
}
