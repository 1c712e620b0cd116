package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
)

// tellNews tells everybody whom it concerns of a change of the meeting. They are told whether or not mail reaches
// them: what does not stands at the letters desk, so that the team can ring who would come for nothing.
func (d *Desk) tellNews(ctx context.Context, meeting mdt.Meeting, task mdt.Task) error {
	news, found := meeting.NewsOf(task.At)
	if !found {
		return nil // so many changes ago that a later one told of it
	}
	tell := func(s mdt.Scene) (mdt.Act, bool) { return mdt.TellNews(s, news) }
	read := d.bareScene
	if news.CalledOff {
		read = d.sceneWithLetters
	}
	registered := through(ctx, together, func(after string) ([]mdt.PersonID, string, error) {
		return d.dueFor(ctx, meeting, tell, after)
	}, func(person mdt.PersonID) error {
		var did bool
		return d.actIn(ctx, read, meeting.ID, person, ifChanged(&did, tell))
	})
	interested := through(ctx, together, func(after string) ([]mdt.PersonID, string, error) {
		return d.interestedFor(ctx, meeting, news, after)
	}, func(person mdt.PersonID) error { return d.tellInterested(ctx, meeting, news, person) })
	return errors.Join(registered, interested)
}

func (d *Desk) tellInterested(ctx context.Context, meeting mdt.Meeting, news mdt.News, person mdt.PersonID) error {
	return untilStored(func() error {
		interest, err := d.Store.Interest(ctx, meeting.ID, person, d.Now())
		if err != nil || interest == nil {
			return err
		}
		if telling, due := mdt.TellInterested(meeting, *interest, news, d.Now()); due {
			return d.Store.Tell(ctx, telling, nil, d.Now())
		}
		return nil
	})
}
