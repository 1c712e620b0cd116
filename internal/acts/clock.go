package acts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"aanmeldpunt/internal/mdt"
)

// settled is how long after its moment a task is done once more, so that nobody is missed whom a list, which
// may lag, did not show yet.
const settled = time.Minute

// Due is what is to be done, and when. Of the letter to the team there is no meeting.
type Due struct {
	Meeting mdt.Meeting
	Task    mdt.Task
	At      time.Time // the task's moment, or the one at which it is done once more
}

// Run does what has fallen due: erasures that were cut off, offers that lapse, the tasks of meetings, the letter to
// the team. Each is done once however often, late or at the same time Run is called. One that fails keeps no other
// from being done: the errors are given together. Where ctx ends soon the rest is left to the next run, and that is no error.
func (d *Desk) Run(ctx context.Context) error {
	failed := []error{d.ResumeErasures(ctx), d.LapseOffers(ctx)}
	agenda, err := d.Agenda(ctx)
	failed = append(failed, err)
	for _, due := range agenda {
		if d.Now().Before(due.At) || outOfTime(ctx) {
			break // they are in order of time
		}
		if err := d.fulfil(ctx, due); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", due.Task.Key(), err))
		}
	}
	failed = slices.DeleteFunc(failed, func(err error) bool { return onlyLackedTime(err) })
	return errors.Join(failed...)
}

// onlyLackedTime says whether nothing is wrong but that time was over.
func onlyLackedTime(err error) bool {
	if err == nil || err == errNoTime {
		return true
	}
	switch wrapped := err.(type) {
	case interface{ Unwrap() []error }:
		return !slices.ContainsFunc(wrapped.Unwrap(), func(err error) bool { return !onlyLackedTime(err) })
	case interface{ Unwrap() error }:
		return wrapped.Unwrap() != nil && onlyLackedTime(wrapped.Unwrap())
	}
	return false
}

// fulfil does a task and notes that it was done.
func (d *Desk) fulfil(ctx context.Context, due Due) error {
	if due.Task.What == mdt.TaskDigest {
		return d.digest(ctx, due.Task)
	}
	begun := d.Now()
	if err := d.Do(ctx, due.Meeting, due.Task); err != nil {
		return err
	}
	return d.Store.TaskDone(ctx, due.Task.Key(), begun, mdt.EntryExpires(due.Meeting))
}

// Agenda lists what is to be done, what was done left out, in the order in which it falls due.
func (d *Desk) Agenda(ctx context.Context) ([]Due, error) {
	meetings, err := d.Store.Meetings(ctx)
	if err != nil {
		return nil, err
	}
	done, err := d.Store.TasksDone(ctx)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	digest := mdt.DigestBefore(now)
	if _, told := done[digest.Key()]; told {
		digest = mdt.DigestAfter(now)
	}
	agenda := []Due{{Task: digest, At: digest.At}}
	for _, meeting := range meetings {
		if !now.Before(mdt.EntryExpires(meeting)) {
			continue // nothing of it is left, the notes of what was done included
		}
		for _, task := range meeting.Agenda() {
			if at, seen := done[task.Key()]; !seen {
				agenda = append(agenda, Due{meeting, task, task.At})
			} else if again := task.At.Add(settled); at.Before(again) {
				agenda = append(agenda, Due{meeting, task, again})
			}
		}
	}
	slices.SortStableFunc(agenda, func(a, b Due) int { return a.At.Compare(b.At) })
	return agenda, nil
}

// Next gives what falls due first, or nil. The letter to the team counts where something waits for it now, or a message
// is open for too long before anything else falls due.
func (d *Desk) Next(ctx context.Context) (*Due, error) {
	coming, err := d.coming(ctx)
	var late *Due // the letter to the team, where it falls due on a later morning
	for _, due := range coming {
		if due.Task.What == mdt.TaskDigest && d.Now().Before(due.At) {
			at, err := d.digestDue(ctx, due.At)
			if err != nil {
				return nil, err
			}
			if due.Task.At, due.At = at, at; at.IsZero() {
				continue
			}
			late = &due
			continue
		}
		return first(late, &due), nil
	}
	return late, err
}

// first is which of the two falls due first; nil is never.
func first(a, b *Due) *Due {
	if a != nil && !b.At.Before(a.At) {
		return a
	}
	return b
}

// digestDue is when the letter to the team falls due whose next moment is given: then, where something waits for it;
// else on the first morning on which the oldest open message is late; zero where none is open.
func (d *Desk) digestDue(ctx context.Context, next time.Time) (time.Time, error) {
	tally, err := d.tally(ctx)
	if err != nil || tally.Sum() > 0 {
		return next, err
	}
	oldest, err := d.Store.OldestOpen(ctx)
	if err != nil || oldest == nil {
		return time.Time{}, err
	}
	if late := mdt.LateFrom(oldest.Created, mdt.AnswerDays); late.After(next) {
		next = mdt.DigestAfter(late).At
	}
	return next, nil
}

// Late gives for how long what should have been done first has been due; 0 where all is done.
func (d *Desk) Late(ctx context.Context) (time.Duration, error) {
	coming, err := d.coming(ctx)
	if err != nil || len(coming) == 0 {
		return 0, err
	}
	return max(0, d.Now().Sub(coming[0].At)), nil
}

// coming is the agenda with the offer that lapses first.
func (d *Desk) coming(ctx context.Context) ([]Due, error) {
	agenda, err := d.Agenda(ctx)
	if err != nil {
		return nil, err
	}
	offer, err := d.Store.FirstOffer(ctx)
	if err != nil || offer == nil {
		return agenda, err
	}
	lapse := Due{Task: mdt.Task{What: mdt.TaskLapse, Meeting: offer.Meeting, At: offer.Until}, At: offer.Until}
	at, _ := slices.BinarySearchFunc(agenda, offer.Until, func(due Due, until time.Time) int { return due.At.Compare(until) })
	return slices.Insert(agenda, at, lapse), nil
}
