package mdt

import "time"

// The bounds on letter 25 to one address.
const (
	linksPerDay = 3
	freshPerDay = 5
	// FreshFor is how long a link works that opens what a mail passed on to others must not open.
	FreshFor = time.Hour
	// linkLetterKept is how long letter 25 is kept, so that it can be seen what became of it.
	linkLetterKept = 30 * 24 * time.Hour
)

// LinkSending is a letter 25 with what is noted of the address. Decoy: nobody is owed the letter, and the
// same is stored where it means nothing and is gone within a day.
type LinkSending struct {
	Person  PersonID
	Letter  Letter
	Fresh   bool    // the notes are of fresh links
	Known   bool    // something was known of the address, and must still be
	Was     []int64 // the notes as they were read
	Sent    []int64 // … and as they are to be
	Expires time.Time
	Decoy   bool
}

// SendLink decides on a link that opens everything of a person, asked for by whoever typed the address: it
// goes out where there is something to open, at most three times in 24 hours. Else the sending is a decoy.
func SendLink(d Dossier, to Address, now time.Time) LinkSending {
	s := LinkSending{Person: d.Person, Known: d.AddressKnown(now), Was: d.Address.Of.LinkLetters}
	var free bool
	s.Sent, free = oneMore(s.Was, linksPerDay, now)
	email, name := d.Mail()
	if email == "" {
		email = to.Mail
	}
	if d.IsEmpty() || !free {
		s.Decoy, s.Person, email, name = true, "", "", ""
		s.Expires = now.Add(24 * time.Hour)
		s.Letter = s.letter(email, name, s.Expires, now)
		return s
	}
	s.Expires = latest(d.Expires(), d.Address.Expires)
	s.Letter = s.letter(email, name, d.Expires(), now)
	return s
}

// FreshLink decides on a link for an entry ("aanmelding/beslisdag") that is good for an hour, asked for on
// one's own page; to is the address where the dossier does not hold it.
func FreshLink(d Dossier, entry, to string, now time.Time) (LinkSending, *Refusal) {
	s := LinkSending{Person: d.Person, Fresh: true, Known: d.AddressKnown(now), Was: d.Address.Of.FreshLetters}
	var free bool
	s.Sent, free = oneMore(s.Was, freshPerDay, now)
	email, name := d.Mail()
	if email == "" {
		email = to
	}
	switch {
	case d.IsEmpty() || email == "":
		return LinkSending{}, cannot
	case !free:
		return LinkSending{}, &Refusal{Code: "link.teVaak"}
	}
	s.Expires = latest(d.Expires(), d.Address.Expires)
	s.Letter = s.letter(email, name, now.Add(FreshFor), now)
	s.Letter.Fresh, s.Letter.Entry = true, entry
	return s, nil
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// oneMore adds a moment to those of the last 24 hours. ok is false where there were as many as may be.
func oneMore(sent []int64, most int, now time.Time) (again []int64, ok bool) {
	for _, at := range sent {
		if at > now.Add(-24*time.Hour).Unix() {
			again = append(again, at)
		}
	}
	if len(again) >= most {
		return again, false
	}
	return append(again, now.Unix()), true
}

// letter makes letter 25; the link in it works until a moment.
func (s LinkSending) letter(to, name string, until, now time.Time) Letter {
	expires := now.Add(linkLetterKept)
	if !s.Fresh && until.Before(expires) {
		expires = until
	}
	if s.Fresh && s.Expires.Before(expires) {
		expires = s.Expires
	}
	return Letter{Kind: LetterLink, To: to, Name: ShowableName(name), Person: s.Person, Created: now, Expires: expires,
		Until: &until, Notes: []Note{{Of: NoteAddress, Person: s.Person}},
		Delivery: Delivery{State: Pending, Due: now, Changed: now}}
}
