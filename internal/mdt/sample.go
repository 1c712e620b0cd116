package mdt

import "time"

// Samples are letters as somebody would get them, for the team to look at before any goes out. They are nobody's.

const (
	samplePerson    = PersonID("voorbeeld")
	sampleName      = "Sam"
	sampleMail      = "sam@voorbeeld.example"
	sampleReference = "K7M3PQ9X"
)

func (m Meeting) sampleEntry(status Status, now time.Time) *Registration {
	entry := &Registration{Person: samplePerson, Meeting: m.ID, Reference: sampleReference, Name: sampleName, Email: sampleMail, Status: status}
	if m.Both() {
		entry.Attendance = OnLocation
	}
	if status == Confirmed {
		entry.Seated, entry.Revision = &now, 1
		for _, p := range m.Parts {
			if p.Kind == PartSession {
				entry.Parts = append(entry.Parts, p.ID)
				break
			}
		}
	}
	if status == Offered {
		_, until, ok := m.OfferWindow(now)
		if !ok { // no seat is offered any more: as long as one would be
			until = now.Add(defaultOfferHours * time.Hour)
		}
		entry.From, entry.Until = &now, &until
	}
	return entry
}

// SampleLetter is a letter of a kind about the meeting. known is false where there is none of it to look at.
func (m Meeting) SampleLetter(kind LetterKind, now time.Time) (letter Letter, known bool) {
	status := Confirmed
	switch kind {
	case LetterInterest, LetterOpened:
		return m.sampleInterest(kind, now), true
	case LetterWaiting:
		status = Waiting
		if m.Approval {
			status = Requested
		}
	case LetterOffer:
		status = Offered
	case LetterJoinOnline:
		if m.OnlineLink == "" {
			return Letter{}, false
		}
	case LetterRegistered, LetterReminder, LetterGuest, LetterPlaced:
	default:
		return Letter{}, false
	}
	entry := m.sampleEntry(status, now)
	letter = newLetter(kind, entry, m, now)
	letter.ID, letter.Until = string(samplePerson), entry.Until
	switch kind {
	case LetterReminder:
		letter.Days = m.reminderDays()
	case LetterGuest:
		letter.By = sampleName
	case LetterJoinOnline:
		letter.Meeting.Online, letter.Meeting.OnlineLink = true, m.OnlineLink
	}
	return letter, true
}

// reminderDays is how long before the meeting its first reminder goes.
func (m Meeting) reminderDays() (days int) {
	for _, r := range m.reminders() {
		days = max(days, r.Days)
	}
	return days
}

func (m Meeting) sampleInterest(kind LetterKind, now time.Time) Letter {
	facts := m.facts(kind)
	letter := Letter{ID: string(samplePerson), Kind: kind, To: sampleMail, Name: sampleName, Person: samplePerson, Reference: sampleReference,
		Created: now, Meeting: &facts}
	if kind == LetterOpened && m.Registering != nil {
		closes, erased := m.closes(m.Registering), now.AddDate(0, 0, InterestDays)
		facts.Seats, facts.Closes, letter.ErasedOn = m.Seats(""), &closes, &erased
	}
	return letter
}

// SampleNews are the letters about a change, one for each group of people who hear of it.
func (m Meeting) SampleNews(news News, reach Reach, now time.Time) (letters []Letter) {
	for _, group := range []struct {
		n      int
		status Status
	}{{reach.Seated, Confirmed}, {reach.Offered, Offered}, {reach.Waiting, Waiting}, {reach.Asked, Requested}} {
		entry := m.sampleEntry(group.status, now)
		entry.Knows = news.Number - 1
		if group.status == Confirmed && len(news.Parts) > 0 {
			entry.Parts = news.Parts
		}
		if news.Link && !news.ToAll(m) {
			entry.Attendance, entry.LinkTold = AttendOnline, 1
		}
		if act, told := TellNews(Scene{Now: now, Meeting: m, Entry: entry}, news); group.n > 0 && told {
			for i := range act.Letters { // also where it does not say so: of whom it is
				act.Letters[i].Until = entry.Until
			}
			letters = append(letters, act.Letters...)
		}
	}
	interest := Interest{Person: samplePerson, Meeting: m.ID, Reference: sampleReference, Name: sampleName, Email: sampleMail, Knows: news.Number - 1}
	if telling, due := TellInterested(m, interest, news, now); due && reach.Interested > 0 {
		letters = append(letters, telling.Letters...)
	}
	proposal := Proposal{Status: Received, Person: samplePerson, Meeting: m.ID, Reference: sampleReference, Name: sampleName, Email: sampleMail, Knows: news.Number - 1}
	if act, due := TellProposer(m, proposal, news, now); due && reach.Proposers > 0 {
		letters = append(letters, act.Letters...)
	}
	for i := range letters {
		letters[i].ID = string(samplePerson)
	}
	return letters
}
