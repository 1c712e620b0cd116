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

// EditMessage stores what was corrected in a message. It gives ErrLostRace where that is not what it was any more, or
// an engine's error.
func (s *Store) EditMessage(ctx context.Context, was, now mdt.Message) error {
	b := new(batch)
	b.amend(messageKey(was.ID, was.Person), was, now, was.Version, placeMessage)
	return s.run(ctx, b)
}
