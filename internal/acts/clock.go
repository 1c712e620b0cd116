package acts

import (
	"context"
	"errors"
	"slices"
	"time"

	"aanmeldpunt/internal/mdt"
)

// LapseOffers ends the offers whose time is over; each seat goes to the next in line. One that cannot be ended
// holds up no other.
func (d *Desk) LapseOffers(ctx context.Context) error {
	for {
		offers, err := d.Store.LapsedOffers(ctx, d.Now())
		if err != nil || len(offers) == 0 {
			return err
		}
		ended, failed := 0, error(nil)
		for _, offer := range offers {
			did, err := d.lapse(ctx, offer.Meeting, offer.Part, offer.Person)
			failed = errors.Join(failed, err)
			if did && err == nil {
				ended++
			}
		}
		if failed != nil || ended == 0 {
			return failed // ended == 0: the list lags behind what was done: the next run sees it
		}
	}
}

func (d *Desk) lapse(ctx context.Context, meeting, part string, person mdt.PersonID) (did bool, err error) {
	err = d.act(ctx, meeting, person, ifChanged(&did, func(s mdt.Scene) (mdt.Act, bool) { return mdt.Lapse(s, part) }))
	return did, err
}

// ifChanged makes a decision of a rule that finds something to do or nothing; did tells which.
func ifChanged(did *bool, rule func(mdt.Scene) (mdt.Act, bool)) decision {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		*did = false
		if s.Entry == nil {
			return mdt.Act{}, nil
		}
		var act mdt.Act
		act, *did = rule(s)
		return act, nil
	}
}

// Do carries out what falls due at a meeting; done once however often it is tried.
func (d *Desk) Do(ctx context.Context, meeting mdt.Meeting, task mdt.Task) error {
	switch task.What {
	case mdt.TaskOpening:
		return d.announce(ctx, meeting)
	case mdt.TaskReminder:
		return d.each(ctx, meeting, func(s mdt.Scene) (mdt.Act, bool) { return mdt.Remind(s, task.At) })
	case mdt.TaskLink:
		return d.each(ctx, meeting, mdt.TellLink)
	case mdt.TaskLineEnd:
		return d.each(ctx, meeting, mdt.EndLine)
	}
	return errors.New("acts: unknown task " + task.What)
}

// each does a rule for every registration of a meeting that it finds something to do for.
func (d *Desk) each(ctx context.Context, meeting mdt.Meeting, rule func(mdt.Scene) (mdt.Act, bool)) error {
	for after := ""; ; {
		entries, next, err := d.Store.Registrations(ctx, meeting.ID, after)
		if err != nil {
			return err
		}
		for i := range entries {
			if _, due := rule(mdt.Scene{Now: d.Now(), Meeting: meeting, Entry: &entries[i]}); !due {
				continue
			}
			var did bool
			if err := d.act(ctx, meeting.ID, entries[i].Person, ifChanged(&did, rule)); err != nil {
				return err
			}
		}
		if after = next; after == "" {
			return nil
		}
	}
}

// announce tells everybody who asked for it that one can register.
func (d *Desk) announce(ctx context.Context, meeting mdt.Meeting) error {
	for after := ""; ; {
		interests, next, err := d.Store.Interests(ctx, meeting.ID, after)
		if err != nil {
			return err
		}
		for _, listed := range interests {
			if _, due := mdt.Announce(meeting, listed, d.Now()); !due {
				continue
			}
			if err := d.announceTo(ctx, meeting, listed.Person); err != nil {
				return err
			}
		}
		if after = next; after == "" {
			return nil
		}
	}
}

func (d *Desk) announceTo(ctx context.Context, meeting mdt.Meeting, person mdt.PersonID) error {
	return untilStored(func() error {
		interest, err := d.Store.Interest(ctx, meeting.ID, person)
		if err != nil || interest == nil {
			return err
		}
		telling, due := mdt.Announce(meeting, *interest, d.Now())
		if !due {
			return nil
		}
		return d.Store.Tell(ctx, telling, nil, d.Now())
	})
}

// settled is how long after its moment a task is done once more, so that nobody is missed whom a list, which
// may lag, did not show yet.
const settled = time.Minute

// Due is what is to be done, and when.
type Due struct {
	Meeting mdt.Meeting
	Task    mdt.Task
	At      time.Time // the task's moment, or the one at which it is done once more
}

// Agenda lists what is to be done at meetings, what was done left out, in the order in which it falls due.
func (d *Desk) Agenda(ctx context.Context) ([]Due, error) {
	meetings, err := d.Store.Meetings(ctx)
	if err != nil {
		return nil, err
	}
	done, err := d.Store.TasksDone(ctx)
	if err != nil {
		return nil, err
	}
	var agenda []Due
	for _, meeting := range meetings {
		if !d.Now().Before(mdt.EntryExpires(meeting)) {
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
	sortByMoment(agenda)
	return agenda, nil
}

func sortByMoment(agenda []Due) {
	slices.SortStableFunc(agenda, func(a, b Due) int { return a.At.Compare(b.At) })
}

// Run does what has fallen due: offers that lapse, and the tasks of meetings.
func (d *Desk) Run(ctx context.Context) error {
	if err := d.LapseOffers(ctx); err != nil {
		return err
	}
	agenda, err := d.Agenda(ctx)
	if err != nil {
		return err
	}
	for _, due := range agenda {
		begun := d.Now()
		if begun.Before(due.At) {
			continue
		}
		if err := d.Do(ctx, due.Meeting, due.Task); err != nil {
			return err
		}
		if err := d.Store.TaskDone(ctx, due.Task.Key(), begun, mdt.EntryExpires(due.Meeting)); err != nil {
			return err
		}
	}
	return nil
}
