package console

import (
	"context"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// How much is told of the messages that are still fresh.
const (
	freshDays    = 30
	mostMessages = 20
)

// messagesView are the messages of the last days that a change is about, and who has them: they stay there, for a
// message goes to whoever answers on the day that it is sent.
type messagesView struct {
	Days, Count int
	More        bool // there are more than these
	Rows        []messageRow
}

type messageRow struct{ Path, Reference, When, Who string }

// messagesOf gives the fresh messages that keep says belong to it, the newest first.
func (s *Service) messagesOf(ctx context.Context, keep func(*mdt.Message) bool) (messagesView, error) {
	since := s.Now().AddDate(0, 0, -freshDays)
	fresh := func(m *mdt.Message) bool { return m.Created.After(since) && keep(m) }
	found, err := s.Store.ListMessages(ctx, store.MessageListing{Listing: store.Listing[mdt.Message]{Keep: fresh, Limit: mostMessages}}, s.Now())
	if err != nil {
		return messagesView{}, err
	}
	view := messagesView{Days: freshDays, Count: len(found.Entries), More: found.Next != ""}
	for _, m := range found.Entries {
		view.Rows = append(view.Rows, messageRow{messagePath(m.Reference), m.Reference, mdt.Moment(m.Created), m.Recipient})
	}
	return view, nil
}
