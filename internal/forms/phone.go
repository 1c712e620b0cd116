package forms

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

var (
	// extension is what follows a number inside an organisation: "tst 12".
	extension = pattern(`(?i)[ ,]*(?:tst|toestel|ext|x|#)[ .:]*[0-9]{1,6}$`)
	trunkZero = pattern(`\(\s*0\s*\)`) // "+31 (0)6"

	// The Dutch numbering plan: ten digits for places and mobiles; twelve for machines (0970); eight or eleven
	// for service numbers; 14 with an area code for municipalities.
	dutchNumber = pattern(`^(?:0[1-9][0-9]{8}|0970[0-9]{8}|0(?:800|90[069])(?:[0-9]{4}|[0-9]{7})|140[0-9]{2,3})$`)
	// Any other country's: at most 15 digits (E.164).
	foreignNumber = pattern(`^[1-9][0-9]{6,14}$`)
)

// pattern gives a regular expression that is made when it is first asked for: no start waits for it.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// phoneOK says whether a text is a telephone number that can be called from the Netherlands, in any of the
// ways people write one. It is kept as it was typed.
func phoneOK(typed string) bool {
	number := extension().ReplaceAllString(typed, "")
	_, abroad := international(number)
	if abroad {
		number = trunkZero().ReplaceAllString(number, "")
	}
	digits, ok := digitsOf(number)
	if !ok {
		return false
	}
	country, abroad := international(digits)
	if !abroad {
		return dutchNumber().MatchString(digits)
	}
	if own, dutch := strings.CutPrefix(country, "31"); dutch {
		return dutchNumber().MatchString("0" + strings.TrimPrefix(own, "0"))
	}
	return foreignNumber().MatchString(country)
}

// international cuts the sign that a country code follows.
func international(number string) (rest string, ok bool) {
	number = strings.TrimLeft(number, " (")
	if rest, ok = strings.CutPrefix(number, "+"); !ok {
		rest, ok = strings.CutPrefix(number, "00")
	}
	return rest, ok
}

// digitsOf takes away what people put between digits; ok is false where anything else is left.
func digitsOf(number string) (digits string, ok bool) {
	digits = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("./()", r) {
			return -1
		}
		return r
	}, number)
	return digits, strings.Trim(strings.TrimPrefix(digits, "+"), "0123456789") == ""
}
