package mdt

import (
	"slices"
	"time"
)

// News is a change of a meeting that people hear of: they get letter 9, or 7 where it does not go on.
type News struct {
	Number    int       `json:"nummer"` // that of the calendar entry after it (Meeting.Sequence)
	At        time.Time `json:"op"`
	CalledOff bool      `json:"gaatNietDoor,omitempty"`
	Why       string    `json:"waarom,omitempty"` // in the team's words
	// Where the meeting was, and when. For where or when else these are those of now.
	Start  time.Time `json:"begint"`
	End    time.Time `json:"eindigt"`
	Place  string    `json:"plaats,omitempty"`
	Online bool      `json:"online,omitempty"`
	Parts  []string  `json:"onderdelen,omitempty"` // ids of those that have another time
	Link   bool      `json:"link,omitempty"`       // one takes part online at another address
}

// newsKept is how many changes a meeting remembers: those of which somebody may still have to hear.
const newsKept = 3

// Changed is the meeting as it is after the team made it of another, at a moment, with what people hear of that.
// told is false where they hear nothing: it was a concept, called off or over, or nothing that concerns them is new.
func (m Meeting) Changed(was Meeting, why string, at time.Time) (now Meeting, told bool) {
	m.Sequence, m.News = was.Sequence, was.News
	c := News{Start: was.Start, End: was.End, Place: was.Place, Online: was.Online, Why: why, At: at.UTC().Truncate(time.Second)}
	c.CalledOff, c.Parts = m.Cancelled, movedParts(was, m)
	c.Link = was.OnlineLink != "" && m.OnlineLink != "" && was.OnlineLink != m.OnlineLink
	if !was.Published || was.State(at) != "gepland" || !c.CalledOff && !c.everybody(m) && c.Parts == nil && !c.Link {
		return m, false
	}
	if n := len(was.News); n > 0 && !c.At.After(was.News[n-1].At) { // each has a moment of its own
		c.At = was.News[n-1].At.Add(time.Second)
	}
	m.Sequence++
	c.Number = m.Sequence
	m.News = append(slices.Clone(was.News), c)
	m.News = m.News[max(0, len(m.News)-newsKept):]
	return m, true
}

// movedParts are the parts of one meeting that have another time in the other.
func movedParts(was, now Meeting) (ids []string) {
	for _, p := range now.Parts {
		if old, stood := was.Part(p.ID); stood && (!old.Start.Equal(p.Start) || !old.End.Equal(p.End)) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// everybody says whether the change concerns all: where the meeting is, or when.
func (c News) everybody(now Meeting) bool {
	return !c.Start.Equal(now.Start) || !c.End.Equal(now.End) || c.Place != now.Place || c.Online != now.Online
}

// ToAll says whether everybody hears of it who has an entry, asked to be told of the opening included. Else only
// those do who have one of the parts, or joined by the address that is no more.
func (c News) ToAll(now Meeting) bool { return c.CalledOff || c.everybody(now) }

// Concerns says whether somebody hears of the change.
func (c News) Concerns(now Meeting, r *Registration) bool {
	switch {
	case !r.Active():
		return false
	case c.ToAll(now):
		return true
	case r.Status != Confirmed:
		return false
	}
	has := func(part string) bool {
		_, waits := r.Place(part)
		return waits || slices.Contains(r.Parts, part)
	}
	return slices.ContainsFunc(c.Parts, has) || c.Link && r.LinkTold != 0 && r.takesPartOnline(now)
}

// Kind is that of the letter which tells of the change.
func (c News) Kind() LetterKind {
	if c.CalledOff {
		return LetterCalledOff
	}
	return LetterMoved
}

// untold are the changes that came after one of a number, the first of them first.
func (m Meeting) untold(number int) (changes []News) {
	for _, c := range m.News {
		if c.Number > number {
			changes = append(changes, c)
		}
	}
	return changes
}

// changedSince says whether everybody hears of a change that came after a moment.
func (m Meeting) changedSince(t time.Time) bool {
	return slices.ContainsFunc(m.News, func(c News) bool { return c.At.After(t) && c.ToAll(m) })
}
