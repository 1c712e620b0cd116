package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
)

// Do carries out what falls due at a meeting; done once however often it is tried.
func (d *Desk) Do(ctx context.Context, meeting mdt.Meeting, task mdt.Task) error {
	switch task.What {
	case mdt.TaskOpening:
		return d.announce(ctx, meeting)
	case mdt.TaskReminder:
		return d.tellEach(ctx, meeting, func(s mdt.Scene) (mdt.Act, bool) { return mdt.Remind(s, task.At) })
	case mdt.TaskLink:
		return d.tellEach(ctx, meeting, mdt.TellLink)
	case mdt.TaskLineEnd:
		return d.endLine(ctx, meeting)
	case mdt.TaskNews:
		return d.tellNews(ctx, meeting, task)
	}
	return errors.New("acts: unknown task " + task.What)
}

// rule finds something to do for a registration, or nothing.
type rule = func(mdt.Scene) (mdt.Act, bool)

// tellEach does a rule that mails everybody it finds something for: who can be mailed.
func (d *Desk) tellEach(ctx context.Context, meeting mdt.Meeting, tell rule) error {
	due := func(after string) ([]mdt.PersonID, string, error) {
		persons, next, err := d.dueFor(ctx, meeting, tell, after)
		if err == nil {
			persons, err = d.mailable(ctx, persons)
		}
		return persons, next, err
	}
	return through(ctx, together, due, func(person mdt.PersonID) error {
		var did bool
		return d.actIn(ctx, d.bareScene, meeting.ID, person, ifChanged(&did, tell))
	})
}

// endLine tells who still waits that the list has ended: one by one, as each passes the meeting's counter.
func (d *Desk) endLine(ctx context.Context, meeting mdt.Meeting) error {
	due := func(after string) ([]mdt.PersonID, string, error) { return d.dueFor(ctx, meeting, mdt.EndLine, after) }
	return through(ctx, 1, due, func(person mdt.PersonID) error {
		var did bool
		return d.actIn(ctx, d.sceneWithLetters, meeting.ID, person, ifChanged(&did, mdt.EndLine))
	})
}

// dueFor gives whose registrations on a page of a meeting's list a rule finds something to do for.
func (d *Desk) dueFor(ctx context.Context, meeting mdt.Meeting, due rule, after string) (persons []mdt.PersonID, next string, err error) {
	entries, next, err := d.Store.Registrations(ctx, meeting.ID, after)
	for i := range entries {
		if _, is := due(mdt.Scene{Now: d.Now(), Meeting: meeting, Entry: &entries[i]}); is {
			persons = append(persons, entries[i].Person)
		}
	}
	return persons, next, err
}

// mailable leaves out whose address takes no mail.
func (d *Desk) mailable(ctx context.Context, persons []mdt.PersonID) (mailable []mdt.PersonID, err error) {
	broken, err := d.Store.Broken(ctx, persons, d.Now())
	for _, person := range persons {
		if !broken[person] {
			mailable = append(mailable, person)
		}
	}
	return mailable, err
}

// announce tells everybody who asked for it that one can register: who can be mailed, and has not done so yet.
func (d *Desk) announce(ctx context.Context, meeting mdt.Meeting) error {
	due := func(after string) (persons []mdt.PersonID, next string, err error) {
		interests, next, err := d.Store.Interests(ctx, meeting.ID, after)
		for _, listed := range interests {
			if _, due := mdt.Announce(meeting, listed, d.Now()); due {
				persons = append(persons, listed.Person)
			}
		}
		if err == nil {
			persons, err = d.mailable(ctx, persons)
		}
		return persons, next, err
	}
	return through(ctx, together, due, func(person mdt.PersonID) error { return d.announceTo(ctx, meeting, person) })
}

func (d *Desk) announceTo(ctx context.Context, meeting mdt.Meeting, person mdt.PersonID) error {
	return untilStored(func() error {
		interest, err := d.Store.Interest(ctx, meeting.ID, person, d.Now())
		if err != nil || interest == nil {
			return err
		}
		telling, due := mdt.Announce(meeting, *interest, d.Now())
		if !due {
			return nil
		}
		standing, err := d.Store.Standing(ctx, meeting.ID, person)
		if err != nil || standing.Entries[0].Active() {
			return err
		}
		return d.Store.Tell(ctx, telling, nil, d.Now())
	})
}

// through does something for everybody on the pages of a list, some at once.
func through[T any](ctx context.Context, atOnce int, page func(after string) (all []T, next string, err error), do func(T) error) error {
	var failed []error
	for after := ""; ; {
		persons, next, err := page(after)
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		if err := several(ctx, atOnce, persons, do); err != nil {
			failed = append(failed, err)
		}
		if after = next; after == "" || len(failed) >= maxFailures {
			return errors.Join(failed...)
		}
		if outOfTime(ctx) {
			return errors.Join(append(failed, errNoTime)...)
		}
	}
}

// mostTold is how far the clock counts for the team.
const mostTold = 1000

// tally counts what waits for the team.
func (d *Desk) tally(ctx context.Context) (mdt.LetterTally, error) {
	return d.Store.Tally(ctx, mostTold, mdt.LateBefore(d.Now(), mdt.AnswerDays))
}

// digest tells the team what waits for it, if anything does.
func (d *Desk) digest(ctx context.Context, task mdt.Task) error {
	tally, err := d.tally(ctx)
	if err != nil {
		return err
	}
	var letters []mdt.Letter
	if letter, due := mdt.Digest(tally, d.Team, d.Now()); due {
		letters = append(letters, letter)
	}
	_, err = d.Store.Digest(ctx, task.Key(), letters, d.Now(), task.At.AddDate(0, 0, 7))
	return err
}
