package store

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Message reads one message, or nil; also nil where it has passed its end.
func (s *Store) Message(ctx context.Context, id string, p mdt.PersonID, now time.Time) (*mdt.Message, error) {
	items, err := s.engine.Get(ctx, messageKey(id, p))
	if err != nil || items[0] == nil || expired(items[0], now) {
		return nil, err
	}
	found := &mdt.Message{LetterIDs: allLetters(items[0])}
	return found, Unmarshal(items[0], found)
}

// MessageListing is a Listing of messages.
type MessageListing struct {
	Listing[mdt.Message]
	Open   bool      // those that nobody answered yet
	Before time.Time // of these, those that came before a moment; zero: all
}

// ListMessages gives a page of the messages, as ListRegistrations.
func (s *Store) ListMessages(ctx context.Context, l MessageListing, now time.Time) (Listed[mdt.Message], error) {
	q := Query{List: messageList}
	if l.Open {
		q = openBefore(l.Before)
	}
	q.Last = !l.Oldest
	return list(ctx, s.engine, q, l.Listing, now, valueOf[mdt.Message])
}

// OldestOpen gives the message that is open for longest, or nil.
func (s *Store) OldestOpen(ctx context.Context) (*mdt.Message, error) {
	q := openBefore(time.Time{})
	q.Limit = 1
	page, err := s.engine.Query(ctx, q)
	if err != nil || len(page.Items) == 0 {
		return nil, err
	}
	return valueOf[mdt.Message](page.Items[0])
}

// openBefore finds the open messages that came before a moment, or all of them.
func openBefore(moment time.Time) Query {
	q := Query{List: openMessages, In: ByGroup}
	if !moment.IsZero() {
		q.UpTo = instant(moment) // a place goes on behind its moment, so that this very one is not in it
	}
	return q
}

// EditMessage stores what was changed of a message. It gives ErrLostRace where that is not what it was any more, or
// an engine's error.
func (s *Store) EditMessage(ctx context.Context, was, now mdt.Message) error {
	b := new(batch)
	b.amend(messageKey(was.ID, was.Person), was, now, was.Version, placeMessage)
	return s.run(ctx, b)
}
