package mdt

import (
	"slices"
	"time"
)

// Copy is everything that we hold of a person, for a machine to read (GDPR, articles 15 and 20). Names are those of
// the table and of the API.
type Copy struct {
	Made    time.Time      `json:"gemaaktOp"`
	Pieces  []CopiedPiece  `json:"gegevens"`
	Letters []CopiedLetter `json:"brieven"`
}

// CopiedPiece is one thing that we hold, why, and when it is erased by itself.
type CopiedPiece struct {
	Kind      NoteOf    `json:"soort"`
	Meeting   string    `json:"bijeenkomst,omitempty"`
	Why       string    `json:"waarom"`
	Until     time.Time `json:"gewistOp"`
	Holds     any       `json:"inhoud"`
	Reference string    `json:"-"` // of what has one of its own; what it holds says it too
}

// CopiedLetter is a letter that we sent, or are to send.
type CopiedLetter struct {
	Why  string `json:"waarom"`
	Sent Letter `json:"inhoud"`
}

// Copied makes the copy of a dossier and its letters; why says what a kind is held for, and kind LetterPiece what
// letters are. What is held of others under their own address is not in it.
func (d Dossier) Copied(letters []Letter, why func(NoteOf) string, now time.Time) Copy {
	c := Copy{Made: now.UTC(), Pieces: d.pieces(why), Letters: []CopiedLetter{}}
	for _, letter := range letters {
		c.Letters = append(c.Letters, CopiedLetter{why(LetterPiece), letter})
	}
	return c
}

// LetterPiece is what the letters of a person are among the kinds of what is held.
const LetterPiece NoteOf = "brief"

func (d Dossier) pieces(why func(NoteOf) string) (out []CopiedPiece) {
	add := func(kind NoteOf, meeting, reference string, until time.Time, holds any) {
		out = append(out, CopiedPiece{kind, meeting, why(kind), until, holds, reference})
	}
	for _, e := range d.Registrations {
		add(NoteRegistration, e.Of.Meeting, e.Of.Reference, e.Expires, e.Of.copied())
	}
	for _, e := range d.Wishes {
		add(EntryWishes, e.Of.Meeting, "", e.Expires, e.Of)
	}
	for _, e := range d.Interests {
		add(NoteInterest, e.Of.Meeting, e.Of.Reference, e.Expires, e.Of)
	}
	for _, e := range d.Proposals {
		e.Of.Leader.Person = ""
		add(NoteProposal, e.Of.Meeting, e.Of.Reference, e.Expires, e.Of)
	}
	for _, e := range d.Leading {
		e.Of.By = ""
		add(NoteLeading, e.Of.Meeting, "", e.Expires, e.Of)
	}
	for _, e := range d.Messages {
		add(NoteMessage, "", e.Of.Reference, e.Expires, e.Of)
	}
	for _, e := range d.Suspects {
		add(EntrySuspect, e.Of.Meeting, e.Of.Reference, e.Expires, e.Of)
	}
	for _, e := range d.Log {
		add(EntryLog, e.Of.Meeting, "", e.Expires, e.Of.copied())
	}
	if a := d.Address.Of; a.Confirmed != nil || a.Broken != nil || a.LinkLetters != nil || a.FreshLetters != nil {
		add(NoteAddress, "", "", d.Address.Expires, a)
	}
	return out
}

// copied is a registration as its person may take it along: without what stands for others, and who of the team it was.
func (r Registration) copied() Registration {
	guests := make([]Brought, len(r.Guests))
	for i, guest := range r.Guests {
		guests[i].Name = guest.Name
	}
	remarks := slices.Clone(r.Remarks)
	for i := range remarks {
		remarks[i].By = ""
	}
	r.BroughtBy, r.Guests, r.Earlier, r.Remarks = "", guests, nil, remarks
	return r
}

// copied is a line of the log without who of the team it was: their role says enough.
func (l LogLine) copied() LogLine {
	l.By, l.Name = "", ""
	return l
}
