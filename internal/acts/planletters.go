package acts

import (
	"context"
	"slices"
	"strconv"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Readers are a sort of people whom the change of a meeting sends letters.
type Readers string

// The sorts.
const (
	ToRegistered Readers = "aanmelding"
	ToInterested Readers = "attendering"
	ToProposers  Readers = "voorstel"
	ToSeated     Readers = "nieuw" // who is given, or offered, a seat that is added
)

// PlannedLetters is a page of the letters that saving a meeting would send to one sort of people. Who has no address is
// among them: their letter goes to nobody.
type PlannedLetters struct {
	Letters []mdt.Letter
	Next    string
	Seen    int  // how many were looked at for it
	Cut     bool // it has looked at as much as it may; Next goes on behind that
}

// LettersOf gives a page of the letters that an edit would send, and stores nothing: no more of the lists is read than
// the page takes. Its errors are those of PlanMeeting, and store.ErrInvalid where after is none of this list.
func (d *Desk) LettersOf(ctx context.Context, edit Edit, to Readers, after string, limit int) (Plan, PlannedLetters, error) {
	edited, err := d.edited(ctx, edit)
	if err != nil || edited.Was == nil {
		return Plan{Now: edit.Meeting}, PlannedLetters{}, err
	}
	now, told := edit.Meeting.Changed(*edited.Was, edit.Why, d.Now())
	plan := Plan{Was: edited.Was, Now: now}
	if to == ToSeated {
		page, err := d.seatLetters(ctx, plan, edited.Counter, after, limit)
		return plan, page, err
	}
	if !told {
		return plan, PlannedLetters{}, nil
	}
	plan.News = &now.News[len(now.News)-1]
	page, err := d.newsLetters(ctx, plan, to, after, limit)
	return plan, page, err
}

func (d *Desk) newsLetters(ctx context.Context, plan Plan, to Readers, after string, limit int) (PlannedLetters, error) {
	m, news, at := plan.Now, *plan.News, d.Now()
	switch to {
	case ToInterested:
		letter := func(i *mdt.Interest) (mdt.Letter, bool) {
			telling, due := mdt.TellInterested(m, *i, news, at)
			return firstLetter(telling.Letters), due
		}
		found, err := d.Store.ListInterests(ctx, m.ID, listing(letter, after, limit), at)
		if err == nil {
			found.Entries, err = withoutRegistered(ctx, d, m.ID, found.Entries, func(i mdt.Interest) mdt.PersonID { return i.Person })
		}
		return lettersOf(found, letter), err
	case ToProposers:
		letter := func(p *mdt.Proposal) (mdt.Letter, bool) {
			act, due := mdt.TellProposer(m, *p, news, at)
			return firstLetter(act.Letters), due
		}
		found, err := d.Store.ListProposals(ctx, m.ID, listing(letter, after, limit), at)
		if err == nil {
			found.Entries, err = withoutRegistered(ctx, d, m.ID, found.Entries, func(p mdt.Proposal) mdt.PersonID { return p.Person })
		}
		return lettersOf(found, letter), err
	}
	letter := func(r *mdt.Registration) (mdt.Letter, bool) { return m.NewsLetter(r, news, at) }
	found, err := d.Store.ListRegistrations(ctx, m.ID, store.RegistrationListing{Listing: listing(letter, after, limit)}, at)
	return lettersOf(found, letter), err
}

// listing asks for a page of those who get a letter.
func listing[T any](letter func(*T) (mdt.Letter, bool), after string, limit int) store.Listing[T] {
	return store.Listing[T]{After: after, Limit: limit, Keep: func(one *T) bool { _, due := letter(one); return due }}
}

// lettersOf are those of everybody on a page.
func lettersOf[T any](found store.Listed[T], letter func(*T) (mdt.Letter, bool)) PlannedLetters {
	page := PlannedLetters{Next: found.Next, Seen: found.Seen, Cut: found.Cut}
	for i := range found.Entries {
		if l, due := letter(&found.Entries[i]); due {
			page.Letters = append(page.Letters, l)
		}
	}
	return page
}

func firstLetter(letters []mdt.Letter) mdt.Letter {
	if len(letters) == 0 {
		return mdt.Letter{}
	}
	return letters[0]
}

// seatLetters are those to who is next in the lines that get more seats, in that order. After is how many came before.
func (d *Desk) seatLetters(ctx context.Context, plan Plan, counter mdt.Counter, after string, limit int) (page PlannedLetters, err error) {
	skip := 0
	if after != "" {
		if skip, err = strconv.Atoi(after); err != nil || skip < 0 {
			return page, store.ErrInvalid
		}
	}
	behind := skip + limit
	for _, part := range mdt.ResizedLines(*plan.Was, plan.Now) {
		fresh := plan.Was.FreshSeats(part, plan.Now.Seats(part), counter)
		if fresh == 0 || !plan.Now.Published || !plan.Now.HandsOut(part, d.Now()) {
			continue
		}
		next, err := d.Store.NextInLine(ctx, plan.Now.ID, part, mdt.Way{}, min(fresh, behind+1))
		if err != nil {
			return page, err
		}
		from, to := min(skip, len(next)), min(behind, len(next))
		skip, behind = skip-from, behind-to
		if to < len(next) {
			page.Next = strconv.Itoa(limit + atoi(after))
		}
		if err := d.seatsOf(ctx, plan.Now, part, counter, next[from:to], &page); err != nil || page.Next != "" {
			return page, err
		}
	}
	return page, nil
}

func atoi(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func (d *Desk) seatsOf(ctx context.Context, m mdt.Meeting, part string, counter mdt.Counter, persons []mdt.PersonID, page *PlannedLetters) error {
	for some := range slices.Chunk(persons, store.MaxKeys-1) {
		standing, err := d.Store.Standing(ctx, m.ID, some...)
		if err != nil {
			return err
		}
		for _, entry := range standing.Entries {
			if entry == nil { // it went since
				continue
			}
			if letter, given := m.SeatLetter(entry, part, counter, d.Now()); given {
				page.Letters = append(page.Letters, letter)
			}
		}
	}
	return nil
}
