package mdt

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesOfPeopleAreShown(t *testing.T) {
	names := []string{"O", "Ö", "'s Gravesande", "van 't Hoff", "D'Ailly", "O’Neill", "IJsbrand van den Boogaard-de Vries",
		"Ĳ", "Müller-Lüdenscheidt", "Çelik", "Łukasz", "Nguyễn Thị Ánh", "Nguye\u0302\u0303n", "J.P. de Vries jr.", "李 明",
		"محمد", "می\u200cخواهم", "Jansen, Piet; de Vries", "Deelnemer 17", `=?utf-8?q?=41?=`, strings.Repeat("é", 60)}
	for _, name := range names {
		if got := ShowableName(name); got != name {
			t.Errorf("ShowableName(%q) = %q, want the name", name, got)
		}
	}
}

func TestWhatIsNoNameIsNotShown(t *testing.T) {
	texts := map[string]string{
		"nothing": "", "spaces": "  ", "no letter": "123", "too long": strings.Repeat("é", 61),
		"a link": "Kijk op https://winst.example/nu", "a domain": "Jan winst.example", "no space": "Koop nu.nl",
		"a short link": "bit.ly", "www": "www winst", "a number as host": "Jan 10.0.0.1", "capitals": "WINST.COM",
		"a wide dot": "winst．com", "an ideographic dot": "winst。com", "an address": "jan@winst.example", "a wide at": "jan＠winst",
		"a phone number": "Bel 06 12345678", "a line break": "Jan\nKoop", "a return": "Jan\rKoop", "a null": "Jan\x00",
		"a line separator": "Jan\u2028Koop", "a bidi override": "Jan\u202enaJ", "a zero-width space": "Jan\u200bKoop",
		"a flood of marks": "J" + strings.Repeat("\u0301", 4), "no UTF-8": "Jan\xff",
	}
	for what, text := range texts {
		if got := ShowableName(text); got != "" {
			t.Errorf("%s: ShowableName(%q) = %q, want nothing", what, text, got)
		}
	}
}

func TestShowableNameTakesAwayOuterSpaces(t *testing.T) {
	if got := ShowableName(" Jan "); got != "Jan" {
		t.Errorf("got %q, want the name without the spaces around it", got)
	}
}

func FuzzShowableName(f *testing.F) {
	f.Add("Jan de Vries")
	f.Add("http://x")
	f.Add("a\u2028b")
	f.Fuzz(func(t *testing.T, name string) {
		shown := ShowableName(name)
		if utf8.RuneCountInString(shown) > showableLength || strings.ContainsAny(shown, "@\r\n\x00\u2028\u2029") ||
			strings.Contains(shown, "://") {
			t.Errorf("ShowableName(%q) = %q", name, shown)
		}
	})
}
