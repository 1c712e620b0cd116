package mdt

import (
	"slices"
	"time"
)

// TellNews tells somebody of a change of the meeting, and of those before it that they have not heard of: once,
// however often it is tried. What waits to be sent of a meeting that is called off is not owed any more. changed is
// false where there is nothing to tell: whoever came after the change knows it, and of a meeting that was called off
// meanwhile only that is told.
func TellNews(s Scene, c News) (act Act, changed bool) {
	if s.Entry == nil || s.Meeting.outdoes(c) || s.Entry.Knows >= c.Number || !c.Concerns(s.Meeting, s.Entry) {
		return Act{}, false
	}
	var first *News
	untold := s.Meeting.untold(s.Entry.Knows)
	for i, one := range untold {
		if first == nil && one.Concerns(s.Meeting, s.Entry) {
			first = &untold[i]
		}
	}
	if first == nil {
		return Act{}, false
	}
	a := &acting{Scene: s}
	entry := a.of(s.Entry)
	entry.Knows = s.Meeting.Sequence
	if c.CalledOff {
		a.drop()
	}
	letter := newLetter(c.Kind(), entry, s.Meeting, s.Now)
	letter.news(s.Meeting, *first, c)
	letter.ChangedParts = s.Meeting.partsOf(untold, entry)
	letter.NewLink = letter.Meeting.OnlineLink != "" && slices.ContainsFunc(untold, func(c News) bool { return c.Link })
	if entry.Offered() && !c.CalledOff {
		letter.Until = entry.Until
	}
	a.letters = append(a.letters, letter)
	return a.act(), true
}

// NewsLetter is the letter that tells somebody of a change as it would be stored now; told is false where none does.
func (m Meeting) NewsLetter(r *Registration, c News, now time.Time) (letter Letter, told bool) {
	act, told := TellNews(Scene{Now: now, Meeting: m, Entry: r}, c)
	if !told {
		return letter, false
	}
	return act.Letters[0], true
}

// outdoes says that the meeting was called off since a change: nobody reads any more that it has moved.
func (m Meeting) outdoes(c News) bool { return m.Cancelled && !c.CalledOff }

// news puts into a letter how the meeting was before the first change that it tells of, and what the team says of
// the last.
func (l *Letter) news(m Meeting, first, last News) {
	l.Why = last.Why
	if last.CalledOff || !first.everybody(m) {
		return
	}
	was := *l.Meeting
	was.Start, was.End, was.Place, was.OnlineLink = first.Start, first.End, first.Place, ""
	was.Online = first.Online && (l.Meeting.Online || first.Place == "" || l.Undecided())
	l.Was = &was
}

// partsOf are the parts of somebody that changes moved, in the order of the programme.
func (m Meeting) partsOf(changes []News, r *Registration) (parts []LetterPart) {
	for _, p := range m.Parts {
		moved := slices.ContainsFunc(changes, func(c News) bool { return slices.Contains(c.Parts, p.ID) })
		_, waits := r.Place(p.ID)
		if moved && r.Status == Confirmed && (waits || slices.Contains(r.Parts, p.ID)) {
			parts = append(parts, LetterPart{p.Name, p.Start, p.End})
		}
	}
	return parts
}

// TellInterested tells somebody who asked to be told of the opening of a change that everybody hears of; who is
// registered hears of it as such. due is false where there is nothing to tell.
func TellInterested(m Meeting, i Interest, c News, now time.Time) (telling Telling, due bool) {
	untold := m.untold(i.Knows)
	if i.Withdrawn != nil || m.outdoes(c) || i.Knows >= c.Number || !c.ToAll(m) || len(untold) == 0 {
		return Telling{}, false
	}
	was := i
	i.Knows, i.Version = m.Sequence, i.Version+1
	facts := m.facts(c.Kind())
	expires := i.expires(m)
	letter := Letter{Kind: c.Kind(), To: i.Email, Name: ShowableName(i.Name), Person: i.Person, Reference: i.Reference,
		Created: now, Expires: expires, Meeting: &facts, Entry: string(NoteInterest) + "/" + m.ID,
		Notes:    []Note{{Of: NoteInterest, Person: i.Person, Meeting: m.ID}},
		Delivery: Delivery{State: Pending, Due: now, Changed: now}}
	letter.news(m, untold[0], c)
	return Telling{Interest: i, Was: &was, Expires: expires, Letters: []Letter{letter}}, true
}

// TellProposer tells somebody who sent in a proposal of a change that everybody hears of; who is registered hears of it
// as such. due is false where there is nothing to tell.
func TellProposer(m Meeting, p Proposal, news News, now time.Time) (act ProposalAct, due bool) {
	untold := m.untold(p.Knows)
	if p.Status != Received || m.outdoes(news) || p.Knows >= news.Number || !news.ToAll(m) || len(untold) == 0 {
		return ProposalAct{}, false
	}
	act = ProposalAct{Was: p, Now: p, Expires: EntryExpires(m)}
	act.Now.Knows, act.Now.Version = m.Sequence, p.Version+1
	facts := m.facts(news.Kind())
	letter := Letter{Kind: news.Kind(), To: p.Email, Name: ShowableName(p.Name), Person: p.Person, Reference: p.Reference,
		Created: now, Expires: act.Expires, Meeting: &facts, Entry: ProposalEntry(p),
		Notes:    []Note{{Of: NoteProposal, Person: p.Person, Meeting: m.ID, ID: p.ID}},
		Delivery: Delivery{State: Pending, Due: now, Changed: now}}
	letter.news(m, untold[0], news)
	act.Letters = []Letter{letter}
	return act, true
}

// expires is when an interest is erased: thirty days after its person was told of the opening, or after that.
func (i Interest) expires(m Meeting) time.Time {
	if i.Told != 0 {
		return time.Unix(i.Told, 0).In(Amsterdam).AddDate(0, 0, InterestDays)
	}
	return InterestExpires(m)
}
