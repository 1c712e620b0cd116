package mdt

// CanResend says whether a letter of this kind can be sent once more at all: not one that opened a door for an hour,
// said that everything was erased, or told what waited that day.
func CanResend(k LetterKind) bool {
	switch k {
	case LetterLink, LetterErased, LetterEraseRequest, LetterDigest:
		return false
	}
	return true
}
