package mdt

import "time"

// Interest is "tell me when registration opens", as it is stored: with the consent it rests on (P2).
type Interest struct {
	Person    PersonID   `json:"persoon"`
	Meeting   string     `json:"bijeenkomst"`
	Reference string     `json:"kenmerk"`
	Name      string     `json:"naam,omitempty"`
	Email     string     `json:"email"`
	Consent   string     `json:"toestemmingTekst"` // version of the words that were agreed to
	Consented time.Time  `json:"toestemmingOp"`
	Withdrawn *time.Time `json:"ingetrokkenOp,omitempty"`
	Letter    int64      `json:"brief15"`                 // when letter 15 last went out, Unix seconds
	Told      int64      `json:"brief16,omitempty"`       // when the opening was told, Unix seconds
	Knows     int        `json:"kentWijziging,omitempty"` // the number of the last change of the meeting that the person knows of
	Version   int64      `json:"versie"`
	LetterIDs []string   `json:"-"` // the letters it led to, as the store notes them
}

// ConsentVersion names the words of the consent that a visitor agrees to now. Change it with the words.
const ConsentVersion = "2026-11"

// TellRequest is all that decides an interest; Standing is what the address has already (nil: nothing).
type TellRequest struct {
	Now       time.Time
	Meeting   Meeting
	Form      InterestForm
	Person    PersonID
	Reference string
	Standing  *Interest
}

// Telling is what must be stored, all together. Letters is empty where one went out less than a day ago.
type Telling struct {
	Interest Interest
	Was      *Interest
	Expires  time.Time
	Letters  []Letter
	Drops    []string // ids of letters that are not owed any more
	Rescues  *Suspect // what it was until now; nil: it comes now
}

// Tell decides an interest: once per address; asked again it sends the same letter again, at most once
// in RepeatPause. Whoever withdrew begins anew.
func Tell(r TellRequest) (Telling, *Refusal) {
	if refusal := r.refuse(); refusal != nil {
		return Telling{}, refusal
	}
	out := Telling{Interest: r.interest(), Was: r.Standing, Expires: InterestExpires(r.Meeting)}
	if !r.Now.Before(out.Expires) { // nothing to wait for any more, yet what was asked is kept for its time
		out.Expires = r.Now.AddDate(0, 0, 30)
	}
	if r.Standing == nil || r.Standing.Letter <= r.Now.Add(-RepeatPause).Unix() {
		out.Interest.Letter = r.Now.Unix()
		out.Letters = []Letter{r.letter(out)}
	}
	return out, nil
}

func (r TellRequest) refuse() *Refusal {
	if r.Meeting.Telling != nil && !r.Meeting.Cancelled && r.Meeting.status(r.Meeting.Registering, r.Now) == Open {
		return &Refusal{Code: "attendering.alOpen", Args: map[string]string{"bijeenkomst": r.Meeting.ID, "pagina": r.Meeting.Page}}
	}
	refusal := r.Meeting.refuse(r.Meeting.Telling, "attendering", "gesloten", r.Now)
	if refusal == nil && r.Meeting.hasOpened(r.Now) {
		refusal = &Refusal{Code: "attendering.gesloten"}
	}
	return refusal
}

func (r TellRequest) interest() Interest {
	entry := Interest{Person: r.Person, Meeting: r.Meeting.ID, Reference: r.Reference, Name: r.Form.Name,
		Email: r.Form.Email.Mail, Consent: ConsentVersion, Consented: r.Now, Knows: r.Meeting.Sequence, Version: 1}
	if r.Standing == nil {
		return entry
	}
	entry.Version = r.Standing.Version + 1
	entry.Letter = r.Standing.Letter
	if r.Standing.Withdrawn == nil { // nobody but its owner changes what stands
		entry.Knows = r.Standing.Knows
		entry.Name, entry.Email = r.Standing.Name, r.Standing.Email
		entry.Consent, entry.Consented = r.Standing.Consent, r.Standing.Consented
	}
	return entry
}

func (r TellRequest) letter(out Telling) Letter {
	facts := r.Meeting.facts(LetterInterest)
	expires := r.Now.AddDate(0, 0, 30) // its address goes even where the interest is kept: it may be withdrawn
	if out.Expires.Before(expires) {
		expires = out.Expires
	}
	return Letter{Kind: LetterInterest, To: out.Interest.Email, Name: ShowableName(out.Interest.Name), Person: r.Person,
		Reference: r.Reference, Created: r.Now, Expires: expires, Meeting: &facts,
		Notes:    []Note{{Of: NoteInterest, Person: r.Person, Meeting: r.Meeting.ID}},
		Delivery: Delivery{State: Pending, Due: r.Now, Changed: r.Now}}
}

// Announce tells somebody who asked for it that one can register; once. due is false for who withdrew, was
// told, or asked about a meeting at which nobody can register now.
func Announce(m Meeting, i Interest, now time.Time) (telling Telling, due bool) {
	status := m.status(m.Registering, now)
	if i.Withdrawn != nil || i.Told != 0 || m.Cancelled || status != Open {
		return Telling{}, false
	}
	was := i
	i.Told, i.Version = now.Unix(), i.Version+1
	facts := m.facts(LetterOpened)
	closes, erased := m.closes(m.Registering), now.In(Amsterdam).AddDate(0, 0, 30)
	facts.Seats, facts.Closes = m.Seats(""), &closes
	letter := Letter{Kind: LetterOpened, To: i.Email, Name: ShowableName(i.Name), Person: i.Person, Reference: i.Reference,
		Created: now, Expires: erased, Meeting: &facts, ErasedOn: &erased,
		Notes:    []Note{{Of: NoteInterest, Person: i.Person, Meeting: m.ID}},
		Delivery: Delivery{State: Pending, Due: now, Changed: now}}
	return Telling{Interest: i, Was: &was, Expires: erased, Letters: []Letter{letter}}, true
}

// WithdrawInterest ends an interest that is kept until a moment: its owner wants no letter, and is erased
// within thirty days (P3). letters are those it led to that have not gone yet. changed is false where it had ended.
func WithdrawInterest(i Interest, expires time.Time, letters []Letter, now time.Time) (telling Telling, changed bool) {
	if i.Withdrawn != nil {
		return Telling{}, false
	}
	was := i
	i.Withdrawn, i.Version = &now, i.Version+1
	out := Telling{Interest: i, Was: &was, Expires: expires}
	if end := now.In(Amsterdam).AddDate(0, 0, 30); end.Before(expires) {
		out.Expires = end
	}
	for _, letter := range letters {
		out.Drops = append(out.Drops, letter.ID)
	}
	return out, true
}
