package mdt

import (
	"slices"
	"time"
)

// The kinds among what stands under a person that know of no letters: wishes, forms that look like spam, and lines
// of the log.
const (
	EntryWishes  NoteOf = "wensen"
	EntrySuspect NoteOf = "verdacht"
	EntryLog     NoteOf = "logboek"
)

// Trace is one thing that stands under a person, with what erasing it has to know.
type Trace struct {
	Of        NoteOf
	Path      string // what tells it from others of its kind, as the store names it
	Person    PersonID
	Meeting   string    // of a message: empty
	ID        string    // of a proposal, or of the one that is led
	Reference string    // of a line of the log: that of the entry it is about
	Since     time.Time // when it came; zero where that is not known
	Expired   bool      // its time is over: it counts as gone, and only has to be taken away
	Email     string
	Name      string
	Own       []string   // ids of the letters that it led to, to this person
	Mentions  []string   // ids of letters to somebody else that name this person
	Named     []PersonID // whom it names: the guests, or who leads the proposal or was to lead it once
	Earlier   []PersonID // under whom it stood before its address was corrected
	NamedBy   []PersonID // whose entries name this person: who brought this guest, or who proposed
	Version   int64
	Additions int64 // how often something was added to it that left its version
}

// Erasure is what is being erased of a person, from the first step to the last. It may take many steps, so it
// is stored: whoever finds it goes on where another was cut off.
type Erasure struct {
	ID        string         `json:"id"` // says nothing of anybody; the proof in the log has it
	Person    PersonID       `json:"persoon"`
	Reference string         `json:"kenmerk,omitempty"` // of the one entry that goes; empty: everything
	Email     string         `json:"email,omitempty"`   // whom to tell; empty: it is not known
	Name      string         `json:"naam,omitempty"`
	Begun     time.Time      `json:"begonnen"`
	Counts    map[string]int `json:"aantallen"` // how many entries go, by kind
	Expires   time.Time      `json:"-"`
}

// BeginErasure decides what is erased of what stands: the entry with that reference, or everything where that is
// empty. found is false where there is nothing of it.
func BeginErasure(id string, person PersonID, reference string, traces []Trace, now time.Time) (e Erasure, found bool) {
	e = Erasure{ID: id, Person: person, Reference: reference, Begun: now, Counts: map[string]int{}, Expires: MessageExpires(now)}
	asked := e.Scope(traces)
	for _, t := range asked {
		e.count(t, traces)
		e.tell(t)
	}
	for _, t := range traces { // an address is an address, wherever it stands
		e.tell(t)
	}
	return e, len(e.Counts) > 0 || reference == "" && len(traces) > 0
}

func (e *Erasure) count(t Trace, traces []Trace) {
	if t.Expired || t.Of == EntryLog {
		return
	}
	e.Counts[string(t.Of)]++
	if t.Of == NoteRegistration && wishesOf(traces, t.Meeting) {
		e.Counts[string(EntryWishes)]++
	}
}

// tell notes whom to tell, where that is not known yet.
func (e *Erasure) tell(t Trace) {
	if e.Email == "" {
		e.Email, e.Name = t.Email, ShowableName(t.Name)
	}
}

func wishesOf(traces []Trace, meeting string) bool {
	return slices.ContainsFunc(traces, func(t Trace) bool { return t.Of == EntryWishes && t.Meeting == meeting && !t.Expired })
}

func registered(traces []Trace, meeting string) bool {
	return slices.ContainsFunc(traces, func(t Trace) bool { return t.Of == NoteRegistration && t.Meeting == meeting })
}

// Covers says whether the erasure is, or includes, one of that reference.
func (e Erasure) Covers(reference string) bool { return e.Reference == "" || e.Reference == reference }

// Scope gives what is still to be erased of what stands. What came after the erasure began is not part of it.
// Wishes go with their registration (Remove), and what is known of the address itself goes last (Last).
func (e Erasure) Scope(traces []Trace) (scope []Trace) {
	for _, t := range traces {
		switch {
		case t.Of == EntryLog:
			if t.Expired || e.takesLine(t, traces) {
				scope = append(scope, t)
			}
		case t.Of == NoteAddress || t.Since.After(e.Begun) || t.Of == EntryWishes && registered(traces, t.Meeting):
		case t.Expired || e.Reference == "" || e.Reference == t.Reference:
			scope = append(scope, t)
		}
	}
	return scope
}

// takesLine says whether a line of the log goes along: with the entry that it is about, or as nothing stands of the
// person any more but such lines. One that came after the erasure began stays only with an entry that did so too.
func (e Erasure) takesLine(line Trace, traces []Trace) bool {
	asked := e.Reference == "" || e.Reference == line.Reference
	return (asked || onlyLines(traces)) && (!line.Since.After(e.Begun) || !stands(traces, line.Reference))
}

// LeftBehind gives what stands under a person of an entry that has another address by now: lines of the log about what
// is not there any more and, where nothing else stands, what is known of the address itself.
func LeftBehind(traces []Trace) (left []Trace) {
	for _, t := range traces {
		if t.Of == EntryLog && !stands(traces, t.Reference) || t.Of == NoteAddress && onlyLines(traces) {
			left = append(left, t)
		}
	}
	return left
}

func onlyLines(traces []Trace) bool {
	return !slices.ContainsFunc(traces, func(t Trace) bool { return t.Of != NoteAddress && t.Of != EntryLog })
}

// stands says whether there is an entry with that reference.
func stands(traces []Trace, reference string) bool {
	return reference != "" && slices.ContainsFunc(traces, func(t Trace) bool { return t.Of != EntryLog && t.Reference == reference })
}

// Everything says whether nothing but what is known of the address itself stands of the person.
func Everything(left []Trace) bool {
	return !slices.ContainsFunc(left, func(t Trace) bool { return t.Of != NoteAddress })
}

// Last decides what is done when nothing of the erasure stands any more, and this is left of the person. address is
// what is known of the address itself, where it goes too as nothing else is left, else nil. letter tells the
// person what was erased; it is nil where nobody can be told.
func (e Erasure) Last(left []Trace, now time.Time) (address *Trace, letter *Letter) {
	everything := Everything(left)
	if everything && len(left) > 0 {
		address = &left[0]
	}
	what := e.what(everything)
	if e.Email == "" || len(what) == 0 {
		return address, nil
	}
	return address, &Letter{Kind: LetterErased, To: e.Email, Name: e.Name, Created: now, Expires: ErasedLetterExpires(now),
		What: what, Delivery: Delivery{State: Pending, Due: now, Changed: now}}
}

// Foreseen is the letter that will tell of the erasure of what stands now; nil where nobody is told.
func (e Erasure) Foreseen(traces []Trace, now time.Time) *Letter {
	left := slices.Clone(traces)
	for scope := e.Scope(left); len(scope) > 0; scope = e.Scope(left) {
		left = slices.DeleteFunc(left, func(t Trace) bool {
			return slices.ContainsFunc(scope, func(gone Trace) bool { return gone.takes(t) })
		})
	}
	_, letter := e.Last(left, now)
	return letter
}

// takes says whether a trace is this one, or goes with it.
func (t Trace) takes(other Trace) bool {
	return t.Of == other.Of && t.Path == other.Path || t.Of == NoteRegistration && other.Of == EntryWishes && t.Meeting == other.Meeting
}

// erasable are the kinds of entries in the order in which they are told.
var erasable = []NoteOf{NoteRegistration, EntryWishes, NoteInterest, NoteProposal, NoteLeading, NoteMessage}

// everythingErased stands in letter 17 where nothing of the person is left.
const everythingErased = "alles"

func (e Erasure) what(everything bool) (kinds []string) {
	for _, kind := range erasable {
		if e.Counts[string(kind)] > 0 {
			kinds = append(kinds, string(kind))
		}
	}
	if everything {
		kinds = append(kinds, everythingErased)
	}
	return kinds
}

// MayHaveGone says whether the letter may have reached somebody.
func (d Delivery) MayHaveGone() bool {
	switch d.State {
	case Bounced, Suppressed, Rejected: // it did not, unless an earlier attempt did
		return d.Doubts > 0
	}
	return d.Attempts > 0
}

// EraseRequest is letter 28, to whoever got a message that is erased; nil where the letter never went out.
func EraseRequest(forwarded Letter, now time.Time) *Letter {
	if forwarded.Kind != LetterToFacilitator || !forwarded.MayHaveGone() {
		return nil
	}
	return &Letter{Kind: LetterEraseRequest, To: forwarded.To, Name: forwarded.Name, Reference: forwarded.Reference,
		Created: now, Expires: MessageExpires(now), Delivery: Delivery{State: Pending, Due: now, Changed: now}}
}

// Spent says whether the letter goes as soon as it has come to its end: letter 17, which holds the last of an
// address, and letter 28, which holds the reference of a message that is gone. A letter 28 that cannot be sent
// stays, so that somebody sees to it.
func (l Letter) Spent() bool {
	switch l.Kind {
	case LetterErased:
		return !l.Unsettled()
	case LetterEraseRequest:
		return !l.Unsettled() && l.State != Failed
	}
	return false
}

// WithoutLeader is the proposal with nobody who leads it.
func (p Proposal) WithoutLeader() Proposal {
	p.Leader = StoredLeader{Who: LedByNobody}
	p.Version, p.Edition = p.Version+1, p.Edition+1
	return p
}
