package mdt

import (
	"slices"
	"time"
)

// RepeatPause is how long a person who is known already hears nothing when the form is filled in again.
const RepeatPause = 24 * time.Hour

// Entrant is somebody who asks for a seat, with what stands under that address already (nil: nothing).
type Entrant struct {
	Person    PersonID
	Reference string
	Standing  *Registration
}

// RegisterRequest is all that decides a registration. Guests follow the order of the form's guests.
// Number is the place in line if one was taken already, else 0.
type RegisterRequest struct {
	Now     time.Time
	Meeting Meeting
	Counter Counter
	Form    RegistrationForm
	Self    Entrant
	Guests  []Entrant
	Number  int64
	Invited bool       // an invitation came with it
	First   *FirstCame // of a suspect that is rescued; nil: it comes now
}

// Registering is what must change, all together or not at all.
type Registering struct {
	Meeting   Meeting
	Status    Status // what is answered: what fresh entries would get; says nothing of known addresses
	Reference string
	// NeedsNumber: take the next number of the meeting and decide again with it. Nothing else is filled in.
	// It is asked for a known address too, so that both cost the same.
	NeedsNumber bool
	Count       CountChange
	Entries     []EntryChange
	Repeats     []Repeat
	Wishes      *Wishes
	Letters     []Letter
	Rescues     *Suspect // what it was until now; nil: it comes now
}

// EntryChange stores a registration (nil: takes it away) in the place of what stood there (nil: nothing).
type EntryChange struct {
	New, Was *Registration
}

// Repeat notes that a known address was filled in again. Letter says whether letter 19 goes out with it; By is
// whose guest the person would have been, if any.
type Repeat struct {
	Of     Registration
	Letter bool
	By     PersonID
}

// Wishes is what a person needs to take part. It is kept apart because it goes earlier (requirement P4).
type Wishes struct {
	Person  PersonID  `json:"persoon"`
	Meeting string    `json:"bijeenkomst"`
	Text    string    `json:"wensen"`
	Expires time.Time `json:"-"`
}

// Register decides a registration for a meeting: seats while they last, else a place in line; once per
// address; guests all with whoever brings them, or all in line. Seats that are free have passed everyone in
// line: where they do not suffice for all, they are offered to the first of those who come now. Where the team
// approves, all of them ask first, with the place in line of this moment (Approve).
func Register(r RegisterRequest) (Registering, *Refusal) {
	if refusal := r.refuse(); refusal != nil {
		return Registering{}, refusal
	}
	out := Registering{Meeting: r.Meeting, Status: r.answered(), Reference: r.Self.Reference}
	if out.Status == Waiting && r.Number == 0 {
		out.NeedsNumber = true
		return out, nil
	}
	if r.Self.Standing.Active() {
		out.repeat(r, r.Self, "")
		return out, nil
	}
	really := r.status(r.seats())
	if r.Meeting.Approval {
		really = Requested
	}
	out.enter(r, really, 0, r.Self, r.self())
	for i, guest := range r.Guests {
		if guest.Standing.Active() {
			out.repeat(r, guest, r.Self.Person)
			continue
		}
		out.enter(r, really, i+1, guest, r.guest(i))
	}
	if really == Waiting {
		out.handOut(r)
	}
	out.Count = counted(r.Meeting, out.Entries)
	r.bound(&out.Count, really)
	if r.Form.Wishes != "" {
		out.Wishes = &Wishes{r.Self.Person, r.Meeting.ID, r.Form.Wishes, WishesExpire(r.Meeting)}
	}
	return out, nil
}

func (r RegisterRequest) refuse() *Refusal {
	if r.Meeting.ByInvitation && !r.Invited && r.First == nil {
		return &Refusal{Code: "bijeenkomst.uitnodiging"}
	}
	if refusal := r.Meeting.refuse(r.Meeting.Registering, "bijeenkomst", "gesloten", r.came()); refusal != nil {
		return refusal
	}
	if refusal := r.Meeting.stillOn(r.Now); refusal != nil {
		return refusal
	}
	for i, id := range r.Form.Parts {
		part, _ := r.Meeting.Part(id)
		pointer := "#/onderdelen/" + itoa(i)
		if !r.Now.Before(part.Start) {
			return &Refusal{Code: "onderdeel.voorbij", Pointer: pointer}
		}
		if free := FreePartSeats(part, r.Counter); free != nil && *free == 0 {
			return &Refusal{Code: "onderdeel.vol", Pointer: pointer}
		}
	}
	return r.refuseLine()
}

// refuseLine is why nobody can come to wait now: the list has ended, or, where there are seats but too few for
// all, nobody can be offered them any more.
func (r RegisterRequest) refuseLine() *Refusal {
	end := r.Meeting.WaitingListEnd()
	possible := r.Meeting.gives(nil, "", r.Now)
	switch {
	case r.status(r.asFresh()) == Confirmed:
		return nil
	case r.status(1) == Confirmed && !possible:
		return &Refusal{Code: "introducee.geenPlek", Pointer: "#/introducees"}
	case r.Now.Before(end):
		return nil
	}
	return &Refusal{Code: "bijeenkomst.gesloten", Args: map[string]string{"totEnMet": Deadline(end)}}
}

// came is when it came, which a rescue leaves as it was.
func (r RegisterRequest) came() time.Time {
	if r.First != nil {
		return r.First.At
	}
	return r.Now
}

// asFresh is how many seats the form would take if nobody in it were known: what is answered, and refused,
// rests on this, so that it tells nothing of anybody in the form.
func (r RegisterRequest) asFresh() int { return 1 + len(r.Guests) }

// seats is how many it really takes: a guest who is registered takes no second one.
func (r RegisterRequest) seats() int {
	n := 1
	for _, guest := range r.Guests {
		if !guest.Standing.Active() {
			n++
		}
	}
	return n
}

func (r RegisterRequest) status(seats int) Status {
	free := r.Meeting.FreeSeats(r.Counter)
	if free == nil || *free >= seats {
		return Confirmed
	}
	return Waiting
}

// answered is what is answered: what a fresh entry would get. Who waits for the team's approval just waits.
func (r RegisterRequest) answered() Status {
	if r.Meeting.Approval {
		return Waiting
	}
	return r.status(r.asFresh())
}

func (r RegisterRequest) self() Registration {
	f := r.Form
	entry := Registration{Name: f.Name, Email: f.Email.Mail, Organisation: f.Organisation, Role: f.Role, Phone: f.Phone,
		Regions: f.Regions, Attendance: f.Attendance, Parts: f.Parts, Answers: f.Answers}
	for i, guest := range r.Guests { // also who is known already: what this page shows tells nothing of a guest
		entry.Guests = append(entry.Guests, Brought{guest.Person, f.Guests[i].Name})
	}
	return entry
}

func (r RegisterRequest) guest(i int) Registration {
	guest := r.Form.Guests[i]
	return Registration{Name: guest.Name, Email: guest.Email.Mail, Organisation: r.Form.Organisation,
		Attendance: r.Form.Attendance, BroughtBy: r.Self.Person, BroughtName: r.Form.Name}
}

// enter adds one person's entry, behind of them in line, and the letter that goes with it.
func (out *Registering) enter(r RegisterRequest, status Status, behind int, who Entrant, entry Registration) {
	entry.Person, entry.Reference, entry.Meeting = who.Person, who.Reference, r.Meeting.ID
	entry.Status, entry.Created, entry.Version, entry.Knows = status, r.came(), 1, r.Meeting.Sequence
	if was := who.Standing; was != nil {
		entry.Version, entry.Revision, entry.Edition = was.Version+1, was.Revision, was.Edition+1
		entry.Guests, entry.Tags, entry.Remarks = withEarlier(entry.Guests, was.Guests), was.Tags, was.Remarks
	}
	if status != Confirmed {
		entry.Spot = Spot{Number: r.Number, Behind: behind}
		if r.First != nil {
			entry.Spot = Spot{Number: r.First.Place.Number, Behind: r.First.Place.Behind + behind}
		}
	} else {
		entry.seat(r.Now)
	}
	out.Entries = append(out.Entries, EntryChange{New: &entry, Was: who.Standing})
	out.Letters = append(out.Letters, r.letter(&entry, behind))
}

// withEarlier keeps those who were named before: their entries still name who brought them.
func withEarlier(guests, earlier []Brought) []Brought {
	guests = slices.Clone(guests)
	for _, g := range earlier {
		if !slices.ContainsFunc(guests, func(now Brought) bool { return now.Person == g.Person }) {
			guests = append(guests, g)
		}
	}
	return guests
}

// seat gives the registration its seat.
func (r *Registration) seat(now time.Time) {
	r.Status, r.Spot, r.Seated = Confirmed, Spot{}, &now
	r.Revision++
}

func (r RegisterRequest) letter(entry *Registration, behind int) Letter {
	kind := LetterRegistered
	switch {
	case behind > 0:
		kind = LetterGuest
	case entry.Status != Confirmed:
		kind = LetterWaiting
	}
	letter := newLetter(kind, entry, r.Meeting, r.Now)
	if behind > 0 {
		letter.By = ShowableName(r.Form.Name)
		letter.Notes = append(letter.Notes, Note{Of: NoteRegistration, Person: r.Self.Person, Meeting: r.Meeting.ID, Mention: true})
	}
	return letter
}

// handOut gives the seats that are left, too few for all, to the first of those who come.
func (out *Registering) handOut(r RegisterRequest) {
	left := r.Meeting.FreeSeats(r.Counter)
	for i := range out.Entries {
		if i >= *left {
			return
		}
		entry := out.Entries[i].New
		if letter, ok := r.Meeting.give(entry, "", lateRound(entry.Number, i), r.Counter, r.Now); ok {
			if i == 0 { // whoever registers
				out.Letters[0] = letter // it says all that the letter about waiting would
			} else {
				out.Letters = append(out.Letters, letter)
			}
		}
	}
}

func (out *Registering) repeat(r RegisterRequest, who Entrant, by PersonID) {
	due := who.Standing.KnownLetter <= r.Now.Add(-RepeatPause).Unix()
	out.Repeats = append(out.Repeats, Repeat{Of: *who.Standing, Letter: due, By: by})
	if due {
		out.Letters = append(out.Letters, newLetter(LetterKnown, who.Standing, r.Meeting, r.Now))
	}
}

// newLetter is a letter about a registration to the person it belongs to, of the registration as it is to be
// stored: it notes there that the online link was told.
func newLetter(kind LetterKind, entry *Registration, m Meeting, now time.Time) Letter {
	facts := m.facts(kind)
	facts.Online = entry.takesPartOnline(m)
	if entry.Status == Confirmed && entry.mayKnowLink(m, now) {
		switch kind {
		case LetterRegistered, LetterGuest, LetterPlaced, LetterReminder, LetterJoinOnline:
			facts.OnlineLink, entry.LinkTold = m.OnlineLink, now.Unix()
		case LetterChanged, LetterMoved: // only in its calendar entry, which would lose the link else
			facts.OnlineLink = m.OnlineLink
		}
	}
	letter := Letter{Kind: kind, To: entry.Email, Name: ShowableName(entry.Name), Person: entry.Person,
		Reference: entry.Reference, Created: now, Expires: EntryExpires(m), Meeting: &facts, Revision: entry.Revision,
		Waiting: entry.Status != Confirmed, Asked: entry.Status == Requested, Delivery: Delivery{State: Pending, Due: now, Changed: now},
		Notes: []Note{{Of: NoteRegistration, Person: entry.Person, Meeting: entry.Meeting}}}
	if entry.Status == Confirmed {
		letter.Parts = m.partNames(entry.Parts)
	}
	return letter
}

// mayKnowLink says whether somebody who has a seat may know where to join: who comes online, near the day.
func (r *Registration) mayKnowLink(m Meeting, now time.Time) bool {
	return m.OnlineLink != "" && r.takesPartOnline(m) && m.linkMayBeTold(now)
}

// partNames are the names of parts, in the order of the programme.
func (m Meeting) partNames(ids []string) (names []string) {
	for _, part := range m.Parts {
		if slices.Contains(ids, part.ID) {
			names = append(names, part.Name)
		}
	}
	return names
}

func (r *Registration) takesPartOnline(m Meeting) bool {
	return m.Online && (!m.Both() || r.Attendance == AttendOnline)
}

// facts are what a letter of that kind says of the meeting.
func (m Meeting) facts(kind LetterKind) LetterMeeting {
	return LetterMeeting{ID: m.ID, Name: m.Name, Start: m.Start, End: m.End, Place: m.Place, Online: m.Online,
		Page: m.Page, Sequence: m.Sequence, Paragraph: m.Paragraph(kind)}
}
