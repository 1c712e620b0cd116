package letters

import (
	"fmt"

	"aanmeldpunt/internal/mdt"
)

// maxID is how long the id of a meeting, or the name of an entry, may be: it goes into links, and one of
// those into a header.
const maxID = 400

// complete says what a letter lacks.
func complete(letter mdt.Letter) error {
	lacks := func(what string) error {
		return fmt.Errorf("%w: letter %d without %s", ErrIncomplete, letter.Kind, what)
	}
	switch {
	case letter.ID == "":
		return fmt.Errorf("%w: no id", ErrIncomplete)
	case letter.Meeting == nil && aboutMeeting(letter.Kind):
		return lacks("its meeting")
	case letter.Message == nil && aboutMessage(letter.Kind):
		return lacks("its message")
	case letter.Person == "" && personal(letter.Kind):
		return lacks("its person")
	case letter.Meeting != nil && len(letter.Meeting.ID) > maxID:
		return fmt.Errorf("%w: letter %d with an id of a meeting that is too long", ErrIncomplete, letter.Kind)
	case len(letter.Entry) > maxID:
		return fmt.Errorf("%w: letter %d with a name of an entry that is too long", ErrIncomplete, letter.Kind)
	}
	if what := missing(letter); what != "" {
		return lacks(what)
	}
	return nil
}

func aboutMeeting(kind mdt.LetterKind) bool {
	switch kind {
	case mdt.LetterErased, mdt.LetterLink, mdt.LetterEraseRequest, mdt.LetterDigest:
		return false
	}
	return !aboutMessage(kind)
}

func aboutMessage(kind mdt.LetterKind) bool {
	return kind == mdt.LetterForwarded || kind == mdt.LetterToFacilitator
}

// personal says whether a letter holds links of its receiver. Those to facilitators and to the team hold
// none; the last one to somebody who is erased has nothing to link to.
func personal(kind mdt.LetterKind) bool {
	switch kind {
	case mdt.LetterToFacilitator, mdt.LetterErased, mdt.LetterEraseRequest, mdt.LetterDigest:
		return false
	}
	return true
}

// missing names what a letter of some kinds cannot do without.
func missing(letter mdt.Letter) string {
	switch kind := letter.Kind; {
	case (kind == mdt.LetterOffer || kind == mdt.LetterLink) && letter.Until == nil:
		return "its end"
	case (kind == mdt.LetterRevoked || kind == mdt.LetterCalledOff) && oneLine(letter.Why) == "":
		return "its reason"
	case kind == mdt.LetterMoved && letter.Was == nil && len(letter.ChangedParts) == 0 && !letter.NewLink:
		return "what changed"
	case kind == mdt.LetterErased && len(letter.What) == 0:
		return "what was erased"
	case kind == mdt.LetterChanged && len(letter.ChangedFields) == 0:
		return "what changed"
	case kind == mdt.LetterJoinOnline && webAddress(letter.Meeting.OnlineLink) == "":
		return "where to take part"
	case kind == mdt.LetterEraseRequest && letter.Reference == "":
		return "its reference"
	case kind == mdt.LetterDigest && letter.Tally == nil:
		return "its numbers"
	}
	return ""
}
