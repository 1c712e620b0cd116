package mdt

import "time"

// Dossier is everything that stands under one address. What has passed its end is not in it.
type Dossier struct {
	Person        PersonID
	Registrations []Kept[Registration]
	Wishes        []Kept[Wishes]
	Interests     []Kept[Interest]
	Proposals     []Kept[Proposal]
	Leading       []Kept[Leading]
	Messages      []Kept[Message]
	Suspects      []Kept[Suspect] // they may be somebody else's: no page of theirs shows them
	Log           []Kept[LogLine] // what the team did with entries
	Address       Kept[AddressNote]
	LetterIDs     []string // of the letters to the person that are known of
}

// Kept is an entry with the moment at which it is erased by itself.
type Kept[T any] struct {
	Of      T
	Expires time.Time
}

// Leading is how a person who was named as leader finds the proposal of somebody else.
type Leading struct {
	Person   PersonID `json:"persoon"`
	Meeting  string   `json:"bijeenkomst"`
	Proposal string   `json:"voorstel"`
	By       PersonID `json:"indiener"`
}

// AddressNote is what is known of an address itself. Others keep more under it than this.
type AddressNote struct {
	Confirmed    *time.Time `json:"bevestigdOp,omitempty"` // since when it is known to be its owner's own
	Broken       *time.Time `json:"kapotSinds,omitempty"`  // since when it takes no mail of ours
	LinksFrom    *time.Time `json:"linksVanaf,omitempty"`  // links that were issued before it work no more
	LinkLetters  []int64    `json:"linkBrieven,omitempty"` // when the last links were mailed, Unix seconds
	FreshLetters []int64    `json:"verseLinks,omitempty"`  // the same of links that are good for an hour
}

// IsEmpty says that the address has nothing with us: what is known of the address itself does not count, nor
// do suspects, nor what the log says.
func (d Dossier) IsEmpty() bool {
	return len(d.Registrations)+len(d.Wishes)+len(d.Interests)+len(d.Proposals)+len(d.Leading)+len(d.Messages) == 0
}

// AddressKnown says that something is known of the address itself, and is to be for now.
func (d Dossier) AddressKnown(now time.Time) bool { return d.Address.Expires.After(now) }

// Expires is when the last of it is erased; zero where there is nothing.
func (d Dossier) Expires() (last time.Time) {
	later(&last, d.Registrations)
	later(&last, d.Wishes)
	later(&last, d.Interests)
	later(&last, d.Proposals)
	later(&last, d.Leading)
	later(&last, d.Messages)
	return last
}

func later[T any](last *time.Time, entries []Kept[T]) {
	for _, e := range entries {
		if e.Expires.After(*last) {
			*last = e.Expires
		}
	}
}

// Mail gives the address as it can be mailed, and the name that goes with it; both are empty where no entry
// of this person holds them, as with who only leads somebody else's proposal.
func (d Dossier) Mail() (email, name string) {
	for _, e := range d.Registrations {
		return e.Of.Email, e.Of.Name
	}
	for _, e := range d.Proposals {
		return e.Of.Email, e.Of.Name
	}
	for _, e := range d.Messages {
		return e.Of.Email, e.Of.Name
	}
	for _, e := range d.Interests {
		return e.Of.Email, e.Of.Name
	}
	return "", ""
}

// Takes says whether a link of that moment of issue still works: its person may have ended all that are older.
func (d Dossier) Takes(issued time.Time) bool {
	from := d.Address.Of.LinksFrom
	return from == nil || !issued.Before(*from)
}

// WishesOf gives what the person needs at a meeting; empty where nothing was said.
func (d Dossier) WishesOf(meeting string) string {
	for _, w := range d.Wishes {
		if w.Of.Meeting == meeting {
			return w.Of.Text
		}
	}
	return ""
}

// RegistrationFor finds the registration for a meeting, or nil.
func (d Dossier) RegistrationFor(meeting string) *Kept[Registration] {
	for i := range d.Registrations {
		if d.Registrations[i].Of.Meeting == meeting {
			return &d.Registrations[i]
		}
	}
	return nil
}

// InterestIn finds the interest in a meeting, or nil.
func (d Dossier) InterestIn(meeting string) *Kept[Interest] {
	for i := range d.Interests {
		if d.Interests[i].Of.Meeting == meeting {
			return &d.Interests[i]
		}
	}
	return nil
}
