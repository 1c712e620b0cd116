package acts

import (
	"context"
	"errors"
	"slices"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Edit is a meeting as the team wants it.
type Edit struct {
	Meeting mdt.Meeting // its version is that of what it was made of; 0: it is a new one
	Why     string      // what the team says of it in letters, in its own words
	// Agreed is how many letters the team said yes to; nil: it was not asked yet.
	Agreed *int
}

// Outdated says that the meeting is another by now than the one that was edited. Nothing was stored.
type Outdated struct{ Now mdt.Meeting }

func (*Outdated) Error() string { return "acts: the meeting was changed in the meantime" }

// Faulty says what is wrong with what was edited. Nothing was stored.
type Faulty struct{ Faults []mdt.Fault }

func (*Faulty) Error() string { return "acts: the meeting cannot be so" }

// Unagreed says that letters would go out that the team has not said yes to, or not to as many. Nothing was stored.
type Unagreed struct{ Plan }

func (*Unagreed) Error() string { return "acts: nobody has agreed to as many letters" }

// Plan is what saving a meeting comes to.
type Plan struct {
	Was   *mdt.Meeting // nil: a new one
	Now   mdt.Meeting  // as it would be stored
	News  *mdt.News    // what people hear of; nil: nothing
	Reach mdt.Reach
	// counted is what Reach was read from, and must still be so: who comes in between would be one more.
	counted *mdt.Counter
	// Of the lines that get more seats: those whose seats are handed on, and those in which nobody waits, and must not still.
	handOn, empty []string
}

// SaveMeeting stores a meeting that the team edited. Letters about it go out as the clock's task; seats that are
// added are handed on at once. The error is *Outdated, *Faulty, *Unagreed, *Refused where it is not there, or the store's.
func (d *Desk) SaveMeeting(ctx context.Context, edit Edit) (mdt.Meeting, error) {
	var stored mdt.Meeting
	var plan Plan
	err := untilStored(func() (err error) {
		if plan, err = d.PlanMeeting(ctx, edit); err != nil {
			return err
		}
		if n := plan.Reach.Sum(); n > 0 && (edit.Agreed == nil || *edit.Agreed != n) {
			return &Unagreed{plan}
		}
		save := store.MeetingSave{Was: plan.Was, Now: plan.Now, Counted: plan.counted, Empty: plan.empty}
		if plan.Was != nil {
			save.Now = plan.Now.WithSeatsOf(*plan.Was, plan.handOn)
		}
		stored, err = d.Store.SaveMeeting(ctx, save)
		return err
	})
	if err != nil {
		return stored, err
	}
	d.Catalogue.Renew(stored.ID)
	return d.resizeLines(ctx, stored, plan.Now)
}

// resizeLines gives the lines of a meeting the seats that they are to have.
func (d *Desk) resizeLines(ctx context.Context, was, want mdt.Meeting) (mdt.Meeting, error) {
	lines := mdt.ResizedLines(was, want)
	for _, part := range lines {
		if err := d.Resize(ctx, want.ID, part, want.Seats(part)); err != nil {
			return was, err
		}
	}
	if len(lines) == 0 {
		return was, nil
	}
	d.Catalogue.Renew(want.ID)
	now, err := d.Store.Meeting(ctx, want.ID)
	if err != nil || now == nil {
		return was, err
	}
	return *now, nil
}

// PlanMeeting says what saving comes to, and stores nothing. Its errors are those of SaveMeeting but *Unagreed.
func (d *Desk) PlanMeeting(ctx context.Context, edit Edit) (Plan, error) {
	edited, err := d.edited(ctx, edit)
	if err != nil {
		return Plan{}, err
	}
	if edited.Was == nil {
		return Plan{Now: edit.Meeting}, nil
	}
	return d.planChange(ctx, *edited.Was, edit, edited.Counter)
}

// edited reads what an edit is about, and checks it.
func (d *Desk) edited(ctx context.Context, edit Edit) (edited mdt.Edited, err error) {
	edited.Meeting = edit.Meeting
	if edited.All, err = d.Store.Meetings(ctx); err != nil {
		return edited, err
	}
	if edit.Meeting.Version > 0 {
		if edited.Was, edited.Counter, err = d.Store.MeetingAndCounter(ctx, edit.Meeting.ID); err != nil {
			return edited, err
		}
		if edited.Was == nil {
			return edited, refuse(&mdt.Refusal{Code: "bijeenkomst.onbekend"})
		}
		if edited.Was.Version != edit.Meeting.Version {
			return edited, &Outdated{*edited.Was}
		}
	}
	if faults := mdt.CheckMeeting(edited); len(faults) > 0 {
		return edited, &Faulty{faults}
	}
	return edited, nil
}

func (d *Desk) planChange(ctx context.Context, was mdt.Meeting, edit Edit, counter mdt.Counter) (Plan, error) {
	now, told := edit.Meeting.Changed(was, edit.Why, d.Now())
	plan := Plan{Was: &was, Now: now}
	if told {
		plan.News = &now.News[len(now.News)-1]
		if err := d.reach(ctx, &plan, counter); err != nil {
			return plan, err
		}
	}
	for _, part := range mdt.ResizedLines(was, now) {
		n, mute, err := d.handedOut(ctx, was, now, part, counter)
		if err != nil {
			return plan, err
		}
		plan.Reach.Offers += n
		plan.Reach.Mute += mute
	}
	if plan.Reach.Offers > 0 {
		plan.counted = &counter
	}
	for _, part := range mdt.AddedLines(was, now) {
		if counter.Line(part).Waiting > 0 {
			plan.handOn = append(plan.handOn, part)
		} else {
			plan.empty = append(plan.empty, part)
		}
	}
	return plan, nil
}

// handedOut counts who gets a seat of a line that is added, and how many of them have no address. Who waits but asks for
// no offers is not counted apart, so the line is read, as far as there are seats.
func (d *Desk) handedOut(ctx context.Context, was, now mdt.Meeting, part string, counter mdt.Counter) (n, mute int, err error) {
	fresh := was.FreshSeats(part, now.Seats(part), counter)
	if fresh == 0 || !now.Published || !now.HandsOut(part, d.Now()) {
		return 0, 0, nil
	}
	next, err := d.Store.NextInLine(ctx, now.ID, part, mdt.Way{}, fresh)
	for some := range slices.Chunk(next, store.MaxKeys-1) {
		standing, failed := d.Store.Standing(ctx, now.ID, some...)
		err = errors.Join(err, failed)
		for _, entry := range standing.Entries {
			if entry == nil {
				continue
			}
			if n++; entry.Email == "" {
				mute++
			}
		}
	}
	return n, mute, err
}

// reach counts who hears of a change. Of registrations the counter knows how many there are, where all of them do;
// else who has a part, or was told a link, is counted nowhere, and the list is read once. So are interests and proposals.
func (d *Desk) reach(ctx context.Context, plan *Plan, counter mdt.Counter) error {
	kind := plan.News.Kind()
	if !plan.News.ToAll(plan.Now) {
		plan.Reach.Kind = kind
		return d.reachSome(ctx, plan)
	}
	plan.Reach, plan.counted = mdt.ReachOf(kind, counter), &counter
	var err error
	if plan.Reach.Interested, err = counted(func(after string) ([]mdt.PersonID, string, error) {
		return d.interestedFor(ctx, plan.Now, *plan.News, after)
	}); err != nil {
		return err
	}
	plan.Reach.Proposers, err = counted(func(after string) ([]mdt.Proposal, string, error) {
		return d.proposersFor(ctx, plan.Now, *plan.News, after)
	})
	return err
}

// counted says how many there are on all pages of a list.
func counted[T any](page func(after string) ([]T, string, error)) (n int, err error) {
	for after := ""; ; {
		some, next, err := page(after)
		if err != nil {
			return 0, err
		}
		n += len(some)
		if after = next; after == "" {
			return n, nil
		}
	}
}

func (d *Desk) reachSome(ctx context.Context, plan *Plan) error {
	for after := ""; ; {
		entries, next, err := d.Store.Registrations(ctx, plan.Now.ID, after)
		if err != nil {
			return err
		}
		for i := range entries {
			if plan.News.Concerns(plan.Now, &entries[i]) {
				plan.Reach.Add(&entries[i])
			}
		}
		if after = next; after == "" {
			return nil
		}
	}
}

// interestedFor gives those on a page of the list who asked to be told of the opening, are not registered, and hear of
// a change.
func (d *Desk) interestedFor(ctx context.Context, m mdt.Meeting, news mdt.News, after string) (persons []mdt.PersonID, next string, err error) {
	interests, next, err := d.Store.Interests(ctx, m.ID, after)
	if err != nil {
		return nil, "", err
	}
	var due []mdt.PersonID
	for _, i := range interests {
		if _, is := mdt.TellInterested(m, i, news, d.Now()); is {
			due = append(due, i.Person)
		}
	}
	persons, err = withoutRegistered(ctx, d, m.ID, due, func(p mdt.PersonID) mdt.PersonID { return p })
	return persons, next, err
}
