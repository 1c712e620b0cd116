package forms

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestTextsThatStayAsTheyAre(t *testing.T) {
	for _, text := range []string{
		"O", "Ö", "'s Gravesande", "van 't Hoff", "D'Ailly", "O’Neill", "IJsbrand van den Boogaard-de Vries", "Ĳ", "Müller-Lüdenscheidt",
		"Çelik", "Łukasz", "Nguyễn Thị Ánh", "J.P. de Vries jr.", "Sjoerd fan der Meulen", "李 明", "محمد", "שלום", "ณัฐวุฒิ", "नमस्ते",
		"မြန်မာ", "Ὀδυσσεύς", "ØYVIND", "ß", "İstanbul", "ligaturen ﬁ", "𠮷田", "🧑🏽‍🤝‍🧑🏻", "❤️", "1️⃣", "می\u200cخواهم", "ක්\u200dර",
		"Stichting 't Groene Sticht", "Koninklijke & Zn. B.V.", `"De Brug" e.o.`, "MBO/HBO", "3M", "!mpact", "=Kans", "@home", "-Plus", "St. Jan; regio #1",
		strings.Repeat("lang ", 12) + "genoeg",
	} {
		for kind, clean := range map[string]func(string) (string, bool){"line": cleanLine, "text": cleanText} {
			if got, ok := clean(text); got != norm.NFC.String(text) || !ok {
				t.Errorf("%s %q became %q, %v", kind, text, got, ok)
			}
		}
	}
}

func TestLinesAreTidied(t *testing.T) {
	for typed, want := range map[string]string{
		" \t Jan\u00a0 \t de\u3000Vries \r\n":  "Jan de Vries",
		"e\u0301":                              "é",
		"Nguye\u0302\u0303n":                   "Nguyễn",
		"\ufeffJan\u200b de\u00ad Vries\u2060": "Jan de Vries",
		"\u202eneeh\u202c, \u2066Jan\u2069":    "neeh, Jan",
		"Jan\U000e0041\U000e0042\U000e007f":    "Jan",
		"\u200b\u200d\u3164\u2800":             "",
		"\ufff9a\ufffab\ufffb":                 "ab",
		"":                                     "",
	} {
		if got, ok := cleanLine(typed); got != want || !ok {
			t.Errorf("%q became %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestTextsKeepTheirLines(t *testing.T) {
	for typed, want := range map[string]string{
		"\r\n een\r\ntwee\rdrie\nvier\r\n\r\nvijf \n":  "een\ntwee\ndrie\nvier\n\nvijf",
		"een\u2028twee\u2029drie\u0085vier\vvijf\fzes": "een\ntwee\ndrie\nvier\nvijf\nzes",
		"een\ttwee  drie": "een\ttwee  drie",
	} {
		if got, ok := cleanText(typed); got != want || !ok {
			t.Errorf("%q became %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	zalgo := "Z" + strings.Repeat("\u0301\u0316", 5000)
	for _, typed := range []string{
		"a\x00b", "a\x07b", "\x1b[31mrood", "a\x7fb", "a\u0080b", "a\u009fb", "a\ufffeb", "a\uffffb", "a\U0001fffeb", "a\ufdd0b", zalgo, "a" + strings.Repeat("\u20dd", 6),
	} {
		if got, ok := cleanLine(typed); ok {
			t.Errorf("line %.20q became %.20q", typed, got)
		}
		if got, ok := cleanText(typed); ok {
			t.Errorf("text %.20q became %.20q", typed, got)
		}
	}
	for _, typed := range []string{"a\nb", "a\rb", "a\r\nBcc: x@b.nl", "a\u2028b", "a\u2029b", "a\u0085b", "a\vb", "a\fb"} {
		if got, ok := cleanLine(typed); ok {
			t.Errorf("line %q became %q", typed, got)
		}
	}
}

func TestPhones(t *testing.T) {
	for _, number := range []string{
		"+31 6 12345678", "06-12345678", "06 12 34 56 78", "0612345678", "0031612345678", "+31 (0)6 12345678", "+31(0)20 123 4567", "(020) 123 45 67",
		"020/1234567", "06.12.34.56.78", "0522-123456", "0182 123456", "088-1234567", "085 1234567", "14 030", "140 30", "0970 12345678", "0800 1234", "0900-1234567",
		"+32 2 555 12 12", "+49 30 123456", "+297 582 1234", "+5999 717 1234", "0044 20 7946 0958", "(+31) 6 12345678", "+31 06 12345678",
		"020 123 45 67 tst 12", "020-1234567 toestel 3", "020 1234567 x12", "06–12345678", "06\u00a012345678",
	} {
		if !phoneOK(number) {
			t.Errorf("%q is refused", number)
		}
	}
	for _, number := range []string{
		"112", "061234567", "06123456789", "612345678", "0", "+", "00", "+31", "+31 6 1234567", "+31 6 123456789", "+0612345678", "++31612345678", "06+12345678",
		"06 1234 ABCD", "bel me", "06-12345678 of 020-1234567", "٠٦١٢٣٤٥٦٧٨", "+1234567890123456", "000000000000", "0012", "tst 12", "06-12345678;ext", "14 3",
	} {
		if phoneOK(number) {
			t.Errorf("%q is taken", number)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"Jan de Vries", "a\r\nb", "e\u0301\u0301", "\u202e", "\u1100\u1161\u11a8", "\u0344", "\ufb2c", " \u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for name, clean := range map[string]func(string) (string, bool){"line": cleanLine, "text": cleanText} {
			once, ok := clean(typed)
			if !ok {
				continue
			}
			if again, ok := clean(once); again != once || !ok {
				t.Errorf("%s %q became %q, and then %q (%v)", name, typed, once, again, ok)
			}
			if name == "line" && strings.ContainsFunc(once, lineBreak) {
				t.Errorf("%q has a line break", once)
			}
		}
		phoneOK(typed)
	})
}
