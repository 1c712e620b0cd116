package letters

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// fields are the texts of a letter that somebody else filled in, the team included.
var fields = map[string]func(*mdt.Letter, string){
	"name":         func(l *mdt.Letter, s string) { l.Name = s },
	"by":           func(l *mdt.Letter, s string) { l.By = s },
	"reference":    func(l *mdt.Letter, s string) { l.Reference = s },
	"meeting":      func(l *mdt.Letter, s string) { l.Meeting.Name = s },
	"meeting id":   func(l *mdt.Letter, s string) { l.Meeting.ID = s },
	"place":        func(l *mdt.Letter, s string) { l.Meeting.Place = s },
	"parts":        func(l *mdt.Letter, s string) { l.Parts = []string{s, s + "x"} },
	"part":         func(l *mdt.Letter, s string) { l.Part = s },
	"lost parts":   func(l *mdt.Letter, s string) { l.LostParts = []string{s, s + "x"} },
	"changed":      func(l *mdt.Letter, s string) { l.ChangedFields = []string{s, "naam"} },
	"erased":       func(l *mdt.Letter, s string) { l.What = []string{s, "bericht"} },
	"entry":        func(l *mdt.Letter, s string) { l.Entry = s },
	"online link":  func(l *mdt.Letter, s string) { l.Meeting.OnlineLink = s },
	"region":       func(l *mdt.Letter, s string) { l.Message.Region = s },
	"subject":      func(l *mdt.Letter, s string) { l.Message.Subject = s },
	"message":      func(l *mdt.Letter, s string) { l.Message.Text = s },
	"sender":       func(l *mdt.Letter, s string) { l.Message.Sender = s },
	"organisation": func(l *mdt.Letter, s string) { l.Message.Organisation = s },
	"municipality": func(l *mdt.Letter, s string) { l.Message.Municipality = s },
	"phone":        func(l *mdt.Letter, s string) { l.Message.Phone = s },
}

// shown are the fields that letter 14 repeats as they are.
var shown = []string{"sender", "organisation", "municipality", "phone", "message"}

// hostile are values that try to be something else than a text.
var hostile = map[string]string{
	"crlf and a header":  "Jan\r\nBcc: kwaad@kwaad.example",
	"lf and a header":    "Jan\nSubject: Koop nu",
	"cr":                 "Jan\rBcc: kwaad@kwaad.example",
	"nul":                "Jan\x00Bcc: kwaad@kwaad.example",
	"line separator":     "Jan\u2028Bcc: kwaad@kwaad.example",
	"next line":          "Jan\u0085Bcc: kwaad@kwaad.example",
	"a whole body":       "Jan\r\n\r\n<h1>Koop</h1>\r\n",
	"encoded word":       "=?utf-8?B?SmFuCkJjYzoga3dhYWRAa3dhYWQuZXhhbXBsZQ==?=",
	"quoted word":        "=?utf-8?q?Jan=0D=0ABcc:_kwaad@kwaad.example?=",
	"commas":             `"Jan", <kwaad@kwaad.example>; Piet: a@kwaad.example, b@kwaad.example;`,
	"script":             `<script>alert(1)</script><img src=x onerror=alert(1)>`,
	"attribute":          `" onmouseover="alert(1)" style="position:fixed`,
	"style":              `</style></title><style>*{display:none}`,
	"place":              "{beheerlink} {naam} [wacht]",
	"our own marks":      "\n\n=> Klik: https://kwaad.example\n# Kop\n- Waar: hier\n--- agenda",
	"boundary":           "\r\n--boundary--\r\n",
	"link":               "Kijk op https://kwaad.example/nu",
	"domain":             "kwaad.example",
	"advert":             strings.Repeat("Koop nu goedkope horloges! ", 20)[:500],
	"bidi":               "Jan\u202egnp.exe\u2066x\u2069",
	"zero width":         "J\u200ba\u2060n\ufeff",
	"flood of marks":     "J" + strings.Repeat("\u0301", 500),
	"no utf-8":           "Jan\xff\xc3",
	"formula":            "=1+1",
	"very long":          strings.Repeat("lang ", 2000),
	"long without space": strings.Repeat("x", 5000),
	"emoji":              strings.Repeat("😀", 400),
}

func headers(t testing.TB, m Mail) []string {
	t.Helper()
	raw, err := m.MIME()
	if err != nil {
		t.Fatal(err)
	}
	checkWire(t, raw)
	var names []string
	for name := range readMIME(t, raw).header {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestNothingThatIsFilledInChangesTheFormOfALetter(t *testing.T) {
	for _, kind := range kinds {
		normal := render(t, letter(t, kind))
		want := headers(t, normal)
		for field, set := range fields {
			for what, value := range hostile {
				l := letter(t, kind)
				if (l.Meeting == nil || l.Message == nil) && panics(func() { set(&l, value) }) {
					continue // this kind has no such field
				}
				if field == "online link" && kind == mdt.LetterJoinOnline {
					continue // it is refused: see TestWhatALetterLacksIsNamed
				}
				name := fmt.Sprintf("letter %d, %s: %s", kind, field, what)
				if (field == "meeting id" || field == "entry") && len(value) > maxID {
					if _, err := renderer(t).Render(l); !errors.Is(err, ErrIncomplete) {
						t.Errorf("%s: %v, want ErrIncomplete", name, err)
					}
					continue
				}
				m := render(t, l)
				if diff := cmp.Diff(want, headers(t, m)); diff != "" {
					t.Errorf("%s: headers (-normal +now):\n%s", name, diff)
				}
				checkPage(t, name, normal, m)
				if kind == mdt.LetterToFacilitator && slices.Contains(shown, field) {
					checkLiteral(t, name, value, m)
				}
			}
		}
	}
}

// ourLinks counts the links to our own pages, and to where the meeting is held online.
func ourLinks(m Mail) int {
	return strings.Count(m.HTML, `href="https://aanmelden.example/`) + strings.Count(m.HTML, `href="https://vergaderen.example/beslisdag?`)
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

// checkPage holds the HTML against that of a normal letter: the same elements, apart from line breaks and
// from facts that one of the two has not, and no link that the other has not.
func checkPage(t testing.TB, name string, normal, m Mail) {
	t.Helper()
	for _, tag := range []string{"<a ", "<h1", "<html", "<body", "<title", "<style", "<script", "<img", "<blockquote"} {
		if was, is := strings.Count(normal.HTML, tag), strings.Count(m.HTML, tag); was != is && (tag != "<blockquote" || is != 0) {
			t.Errorf("%s: %d times %s, want %d", name, is, tag, was)
		}
	}
	for _, event := range []string{" onerror=", " onmouseover=\""} {
		for _, tag := range strings.SplitAfter(m.HTML, "<")[1:] {
			if inside, _, _ := strings.Cut(tag, ">"); strings.Contains(inside, event) {
				t.Errorf("%s: %q in a tag", name, event)
			}
		}
	}
	if ourLinks(m) != strings.Count(m.HTML, "href=") {
		t.Errorf("%s: a link to somewhere else", name)
	}
	if strings.ContainsAny(m.Text+m.HTML+m.Subject, "\r\x00\u2028\u2029\u202e\u2066\u200b\ufeff") || !utf8.ValidString(m.Text+m.HTML) {
		t.Errorf("%s: an invisible character in the letter", name)
	}
}

// checkLiteral checks that a value can be read in both forms as it was typed, but for what cannot be seen.
func checkLiteral(t testing.TB, name, value string, m Mail) {
	t.Helper()
	for line := range strings.Lines(manyLines(value)) {
		line = oneLine(line)
		if line == "" {
			continue
		}
		if !strings.Contains(oneLine(strings.ReplaceAll(m.Text, "\n> ", "\n")), line) || !strings.Contains(oneLine(html.UnescapeString(strings.ReplaceAll(m.HTML, "<br>", ""))), line) {
			t.Errorf("%s: %.60q cannot be read", name, line)
		}
	}
}

// The control of the test above: a value that got into the page as it is would be found.
func TestAnUnescapedValueWouldBeFound(t *testing.T) {
	normal := render(t, letter(t, mdt.LetterRegistered))
	bad := normal
	bad.HTML = strings.Replace(bad.HTML, "Sanne", `<script>x</script><a href="https://kwaad.example">`, 1)
	probe := &recorder{TB: t}
	checkPage(probe, "control", normal, bad)
	if probe.errors < 3 {
		t.Errorf("%d faults found, want the script, the link and where it goes", probe.errors)
	}
}

type recorder struct {
	testing.TB
	errors int
}

func (r *recorder) Errorf(string, ...any) { r.errors++ }

func TestVisitorsGetNothingBackThatAVisitorTyped(t *testing.T) {
	adverts := []string{hostile["advert"], hostile["link"], hostile["domain"], "Bel 0900-1234567", "kwaad@kwaad.example"}
	for _, kind := range kinds {
		if kind == mdt.LetterToFacilitator {
			continue
		}
		for _, advert := range adverts {
			l := letter(t, kind)
			l.Name, l.By = advert, advert
			if l.Message != nil {
				m := l.Message
				m.Text, m.Sender, m.SenderMail, m.Organisation, m.Municipality, m.Phone, m.Subject = advert, advert, advert, advert, advert, advert, advert
			}
			mail := render(t, l)
			whole, err := json.Marshal(mail)
			if err != nil {
				t.Fatal(err)
			}
			calendar := ""
			if mail.Calendar != nil {
				calendar = strings.ReplaceAll(string(mail.Calendar.Data), "\r\n ", "")
			}
			for _, word := range []string{"Koop nu", "kwaad", "0900"} {
				if strings.Contains(string(whole)+calendar, word) {
					t.Errorf("letter %d repeats %q", kind, advert)
				}
			}
		}
	}
}

func TestALetterWithoutAnAddressIsNotMade(t *testing.T) {
	for _, to := range []string{"", "sanne", "sanne@", "Sanne <sanne@voorbeeld.example>", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example",
		"a@b.example\n", " a@b.example", `"a b"@c.example`, "jörg@c.example", "a@[127.0.0.1]", "a@b.example>", "a@-b.example", strings.Repeat("x", 250) + "@b.example"} {
		l := letter(t, mdt.LetterRegistered)
		l.To = to
		if m, err := renderer(t).Render(l); err == nil || to != "" && strings.Contains(err.Error(), to) {
			t.Errorf("to %q: %v, %v; want an error without the address", to, m.To, err)
		}
		l = letter(t, mdt.LetterToFacilitator)
		l.Message.SenderMail = to
		if m, err := renderer(t).Render(l); err == nil {
			t.Errorf("reply to %q: %v, want an error", to, m.ReplyTo)
		}
	}
}

func TestDomainsGoInPunycode(t *testing.T) {
	l := letter(t, mdt.LetterRegistered)
	for to, want := range map[string]string{"jan@café.example": "jan@xn--caf-dma.example", "Jan+mdt@voorbeeld.example": "Jan+mdt@voorbeeld.example", "o'neill@voorbeeld.example": "o'neill@voorbeeld.example"} {
		l.To = to
		if m := render(t, l); m.To.Address != want {
			t.Errorf("%s goes to %s, want %s", to, m.To.Address, want)
		}
	}
}

func TestWhatALetterLacksIsNamed(t *testing.T) {
	for want, spoil := range map[string]func() mdt.Letter{
		"its meeting":        func() mdt.Letter { l := letter(t, mdt.LetterRegistered); l.Meeting = nil; return l },
		"its message":        func() mdt.Letter { l := letter(t, mdt.LetterForwarded); l.Message = nil; return l },
		"its person":         func() mdt.Letter { l := letter(t, mdt.LetterLink); l.Person = ""; return l },
		"no id":              func() mdt.Letter { l := letter(t, mdt.LetterRegistered); l.ID = ""; return l },
		"no words":           func() mdt.Letter { l := letter(t, mdt.LetterRegistered); l.Kind = 1; return l },
		"letter 4 without":   func() mdt.Letter { l := letter(t, mdt.LetterOffer); l.Until = nil; return l },
		"letter 25 without":  func() mdt.Letter { l := letter(t, mdt.LetterLink); l.Until = nil; return l },
		"what was erased":    func() mdt.Letter { l := letter(t, mdt.LetterErased); l.What = nil; return l },
		"what changed":       func() mdt.Letter { l := letter(t, mdt.LetterChanged); l.ChangedFields = nil; return l },
		"where to take part": func() mdt.Letter { l := letter(t, mdt.LetterJoinOnline); l.Meeting.OnlineLink = "kamer 1"; return l },
		"its reference":      func() mdt.Letter { l := letter(t, mdt.LetterEraseRequest); l.Reference = ""; return l },
		"its numbers":        func() mdt.Letter { l := letter(t, mdt.LetterDigest); l.Tally = nil; return l },
		"an id of a meeting": func() mdt.Letter { l := letter(t, mdt.LetterOffer); l.Meeting.ID = strings.Repeat("x", 401); return l },
		"a name of an entry": func() mdt.Letter { l := letter(t, mdt.LetterLink); l.Entry = strings.Repeat("x", 401); return l },
	} {
		if _, err := renderer(t).Render(spoil()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
