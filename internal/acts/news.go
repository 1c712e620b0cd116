package acts

import (
	"context"
	"errors"
	"slices"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
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
	proposers := through(ctx, together, func(after string) ([]mdt.Proposal, string, error) {
		return d.proposersFor(ctx, meeting, news, after)
	}, func(p mdt.Proposal) error { return d.tellProposer(ctx, meeting, news, p) })
	return errors.Join(registered, interested, proposers)
}

func (d *Desk) tellProposer(ctx context.Context, meeting mdt.Meeting, news mdt.News, p mdt.Proposal) error {
	return untilStored(func() error {
		stands, err := d.Store.Proposal(ctx, meeting.ID, p.ID, p.Person)
		if err != nil || stands == nil {
			return err
		}
		if act, due := mdt.TellProposer(meeting, *stands, news, d.Now()); due {
			return d.Store.ActOnProposal(ctx, act)
		}
		return nil
	})
}

// proposersFor are the proposals on a page of the list whose senders hear of a change, and are not registered.
func (d *Desk) proposersFor(ctx context.Context, m mdt.Meeting, news mdt.News, after string) (due []mdt.Proposal, next string, err error) {
	page, err := d.Store.ProposalStretch(ctx, m.ID, after, d.Now())
	if err != nil {
		return nil, "", err
	}
	for _, p := range page.Entries {
		if _, is := mdt.TellProposer(m, p, news, d.Now()); is {
			due = append(due, p)
		}
	}
	due, err = withoutRegistered(ctx, d, m.ID, due, func(p mdt.Proposal) mdt.PersonID { return p.Person })
	return due, page.Next, err
}

// withoutRegistered leaves out what is of people who are registered.
func withoutRegistered[T any](ctx context.Context, d *Desk, meeting string, all []T, of func(T) mdt.PersonID) (left []T, err error) {
	for some := range slices.Chunk(all, store.MaxKeys-1) { // the counter is read with them
		persons := make([]mdt.PersonID, 0, len(some))
		for _, one := range some {
			if person := of(one); !slices.Contains(persons, person) {
				persons = append(persons, person)
			}
		}
		standing, err := d.Store.Standing(ctx, meeting, persons...)
		if err != nil {
			return nil, err
		}
		for _, one := range some {
			if !standing.Entries[slices.Index(persons, of(one))].Active() {
				left = append(left, one)
			}
		}
	}
	return left, nil
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
