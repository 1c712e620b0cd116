package letters

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/content/lint"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// key is a secret for tests alone.
const key = "k1:dGVzdGluZy1zZWNyZXQtdGVzdGluZy1zZWNyZXQtMTIz"

func renderer(t testing.TB) *Renderer {
	t.Helper()
	keys, err := links.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(Settings{Site: "https://aanmelden.example", Sender: "noreply@aanmelden.example",
		TeamMail: "team@aanmelden.example", Links: keys})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func local(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, mdt.Amsterdam)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// letter is an ordinary letter of a kind, with everything such a letter can have.
func letter(t testing.TB, kind mdt.LetterKind) mdt.Letter {
	t.Helper()
	l := mdt.Letter{ID: "b7k2m9", Kind: kind, To: "sanne@voorbeeld.example", Name: "Sanne van 't Hoff",
		Person: "mfzwizltmfqtgmrsgeztcnbzgi", Reference: "K7M3PQ9X", Created: local(t, "2027-01-20 09:30"),
		Meeting: &mdt.LetterMeeting{ID: "beslisdag-2027", Name: "Beslisdag 2027", Start: local(t, "2027-03-24 12:00"),
			End: local(t, "2027-03-24 14:00"), Place: "De Voorbeeldzaal, Utrecht"}}
	if change, ok := examples[kind]; ok {
		change(t, &l)
	}
	return l
}

// examples make an ordinary letter one of its kind.
var examples = map[mdt.LetterKind]func(testing.TB, *mdt.Letter){
	mdt.LetterRegistered: func(_ testing.TB, l *mdt.Letter) { l.Revision, l.Parts = 1, chosen },
	mdt.LetterWaiting:    func(_ testing.TB, l *mdt.Letter) { waits(l) },
	mdt.LetterOffer:      func(t testing.TB, l *mdt.Letter) { waits(l); l.Until = at(t, "2027-01-22 15:30") },
	mdt.LetterLapsed:     func(_ testing.TB, l *mdt.Letter) { waits(l) },
	mdt.LetterCancelled:  func(_ testing.TB, l *mdt.Letter) { l.Revision, l.HadSeat = 2, true },
	mdt.LetterReminder:   func(_ testing.TB, l *mdt.Letter) { l.Revision, l.Days, l.Parts = 2, 7, chosen },
	mdt.LetterProposal: func(t testing.TB, l *mdt.Letter) {
		l.Meeting.Deadline, l.Meeting.DecidedBy = at(t, "2027-02-11 00:00"), at(t, "2027-02-20 00:00")
	},
	mdt.LetterForwarded:     func(_ testing.TB, l *mdt.Letter) { forwarded(l) },
	mdt.LetterToFacilitator: func(_ testing.TB, l *mdt.Letter) { forwarded(l); toFacilitator(l) },
	mdt.LetterInterest:      func(testing.TB, *mdt.Letter) {},
	mdt.LetterOpened: func(t testing.TB, l *mdt.Letter) {
		l.Meeting.Seats, l.Meeting.Closes, l.ErasedOn = 120, at(t, "2027-03-11 00:00"), at(t, "2027-02-19 09:30")
	},
	mdt.LetterErased: func(_ testing.TB, l *mdt.Letter) {
		l.Meeting, l.Name, l.Reference, l.What = nil, "", "", []string{"aanmelding", "wensen", "bericht", "alles"}
	},
	mdt.LetterGuest:    func(_ testing.TB, l *mdt.Letter) { l.Revision, l.By = 1, "Noor de Wit" },
	mdt.LetterKnown:    func(testing.TB, *mdt.Letter) {},
	mdt.LetterLeader:   func(_ testing.TB, l *mdt.Letter) { l.By = "Noor de Wit" },
	mdt.LetterPlaced:   func(_ testing.TB, l *mdt.Letter) { l.Revision, l.Parts = 1, chosen },
	mdt.LetterLeftLine: func(testing.TB, *mdt.Letter) {},
	mdt.LetterNoPlace:  func(testing.TB, *mdt.Letter) {},
	mdt.LetterChanged: func(_ testing.TB, l *mdt.Letter) {
		l.Revision, l.Parts, l.ChangedFields = 2, chosen, []string{"functie", "onderdelen", "wensen"}
	},
	mdt.LetterLink: func(t testing.TB, l *mdt.Letter) {
		l.Meeting, l.Reference, l.Until = nil, "", at(t, "2027-07-20 09:30")
	},
	mdt.LetterJoinOnline: func(_ testing.TB, l *mdt.Letter) {
		online(l)
		linked(l)
		l.Parts = chosen[:1]
	},
	mdt.LetterCalledOff: func(_ testing.TB, l *mdt.Letter) {
		l.Meeting.Sequence, l.Revision, l.Why = 1, 1, "de zaal kan die dag niet."
	},
	mdt.LetterMoved: func(t testing.TB, l *mdt.Letter) {
		l.Meeting.Sequence, l.Revision, l.Parts = 1, 1, chosen
		moved(t, l, func(was *mdt.LetterMeeting) {
			was.Start, was.End = local(t, "2027-03-23 12:00"), local(t, "2027-03-23 14:00")
		})
	},
	mdt.LetterRevoked: func(_ testing.TB, l *mdt.Letter) {
		l.Revision, l.HadSeat, l.Why = 2, true, "je hebt je twee keer aangemeld."
	},
	mdt.LetterEraseRequest: func(_ testing.TB, l *mdt.Letter) { toFacilitator(l); l.Meeting = nil },
	mdt.LetterDigest: func(_ testing.TB, l *mdt.Letter) {
		l.Meeting, l.Person, l.Reference, l.To, l.Name = nil, "", "", "team@aanmelden.example", "Team MDT"
		l.Tally = &mdt.LetterTally{Failed: 2, Broken: 1, Open: 4}
	},
}

// moved makes a letter one about a meeting that was something else.
func moved(_ testing.TB, l *mdt.Letter, change func(*mdt.LetterMeeting)) {
	was := *l.Meeting
	change(&was)
	l.Was = &was
}

func proposed(l *mdt.Letter) {
	l.Entry, l.Parts, l.Revision = "voorstel/beslisdag-2027/K7M3PQ9X", nil, 0
}

func interested(l *mdt.Letter) {
	l.Entry, l.Parts, l.Revision = "attendering/beslisdag-2027", nil, 0
}

var chosen = []string{"Jongeren aan tafel", "Samen met de gemeente"}

func at(t testing.TB, s string) *time.Time {
	moment := local(t, s)
	return &moment
}

func forwarded(l *mdt.Letter) {
	l.Meeting = nil
	l.Message = &mdt.LetterMessage{Region: "Voorbeeldregio Eemland", Subject: mdt.SubjectJoin,
		Text: "Hallo,\n\nWij willen aansluiten bij jullie regio.\nMet wie kan ik praten?", Sender: "Sanne van 't Hoff",
		SenderMail: "sanne@voorbeeld.example", Organisation: "Stichting 't Voorbeeld", Municipality: "Amersfoort", Phone: "06 12345678"}
}

func toFacilitator(l *mdt.Letter) {
	l.To, l.Name, l.Person = "facilitator.eemland@mdt.example", "Femke Facilitator", ""
}

// kinds are the letters that exist.
var kinds = slices.Sorted(maps.Keys(examples))

func TestEveryLetterWithWordsHasAnExampleAndNoOther(t *testing.T) {
	var worded []mdt.LetterKind
	for number := range renderer(t).words {
		worded = append(worded, mdt.LetterKind(number))
	}
	slices.Sort(worded)
	if diff := cmp.Diff(worded, kinds); diff != "" {
		t.Errorf("(-with words +with an example):\n%s", diff)
	}
	read := map[mdt.LetterKind]bool{}
	for _, v := range variants {
		read[v.kind] = true
	}
	if diff := cmp.Diff(kinds, slices.Sorted(maps.Keys(read))); diff != "" {
		t.Errorf("(-with an example +read by somebody):\n%s", diff)
	}
}

func render(t testing.TB, l mdt.Letter) Mail {
	t.Helper()
	m, err := renderer(t).Render(l)
	if err != nil {
		t.Fatalf("letter %d: %v", l.Kind, err)
	}
	return m
}

func TestEveryLetterGreetsAndCloses(t *testing.T) {
	for _, kind := range kinds {
		l := letter(t, kind)
		l.Name = "Sanne van 't Hoff"
		m := render(t, l)
		if !strings.Contains(m.Text, "Hallo "+l.Name+",") || !strings.Contains(m.Text, "Groet,\nTeam MDT\n") {
			t.Errorf("letter %d: %s", kind, m.Text)
		}
	}
}

// read are the lines of a letter as somebody reads them, without the addresses of links.
func read(m Mail) string {
	lines := strings.Split(m.Subject+"\n\n"+m.Text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "https://") }), "\n")
}

func TestLettersReadEasilyAndSayTheRightDay(t *testing.T) {
	for _, v := range variants {
		if v.kind == mdt.LetterToFacilitator {
			continue // most of it is a visitor's
		}
		for _, fault := range lint.Faults(read(v.render(t))) {
			t.Errorf("%s: %s", v.name, fault)
		}
	}
	l := letter(t, mdt.LetterOffer) // the control: what a letter names is judged too
	l.Meeting.Name = "Indien dag op maandag 24 maart 2027"
	if faults := lint.Faults(read(render(t, l))); len(faults) < 2 {
		t.Errorf("only %q found", faults)
	}
}

func TestLettersSayWhatTheyKnow(t *testing.T) {
	for _, c := range []struct {
		what      string
		kind      mdt.LetterKind
		change    func(*mdt.Letter)
		says, not []string
	}{
		{"an offer that ends at midnight", mdt.LetterOffer, func(l *mdt.Letter) { l.Until = at(t, "2027-03-13 00:00") },
			[]string{"tot en met vrijdag 12 maart 2027, 23.59 uur"}, []string{"00.00 uur"}},
		{"an offer that ends in summer time", mdt.LetterOffer, func(l *mdt.Letter) { l.Until = at(t, "2027-03-28 15:00") },
			[]string{"tot zondag 28 maart 2027, 15.00 uur"}, nil},
		{"an offer for a part", mdt.LetterOffer, ofPart, []string{"Er is een plek voor jou: Jongeren aan tafel\n", "een plek vrij bij Jongeren aan tafel"}, nil},
		{"a first lapse", mdt.LetterLapsed, same, []string{"Je staat nog op de wachtlijst.", "Je van de wachtlijst halen"}, []string{"Ik wacht nog"}},
		{"a second lapse", mdt.LetterLapsed, func(l *mdt.Letter) { l.Twice = true }, []string{"Je staat nog op de wachtlijst.", "'Ik wacht nog'", "Je houdt je plaats"}, nil},
		{"a lapse after the list's end", mdt.LetterLapsed, func(l *mdt.Letter) { l.Waiting = false }, []string{"De wachtlijst is gesloten."}, []string{"nog op de wachtlijst", "Ik wacht nog"}},
		{"who had a seat and cancels", mdt.LetterCancelled, same, []string{"Je plek is weer vrij", "uit je agenda"}, nil},
		{"who had none", mdt.LetterCancelled, func(l *mdt.Letter) { l.HadSeat = false }, nil, []string{"Je plek", "agenda"}},
		{"a week before", mdt.LetterReminder, same, []string{"Over 7 dagen: Beslisdag 2027\n"}, []string{"Morgen", "Vandaag"}},
		{"two days before", mdt.LetterReminder, func(l *mdt.Letter) { l.Days = 2 }, []string{"Over 2 dagen: Beslisdag 2027\n"}, nil},
		{"a day before", mdt.LetterReminder, func(l *mdt.Letter) { l.Days = 1 }, []string{"Morgen: Beslisdag 2027\n"}, []string{"dagen", "Vandaag"}},
		{"the day itself", mdt.LetterReminder, func(l *mdt.Letter) { l.Days = 0 }, []string{"Vandaag: Beslisdag 2027\n"}, []string{"dagen", "Morgen"}},
		{"a reminder before the link may be told", mdt.LetterReminder, func(l *mdt.Letter) { l.Meeting.Online = true }, []string{"Waar: online, de link krijg je nog"}, []string{"Voorbeeldzaal"}},
		{"opened with seats and an end", mdt.LetterOpened, same, []string{"Aantal plekken: 120", "tot en met woensdag 10 maart 2027, 23.59 uur",
			"wissen we op vrijdag 19 februari 2027", "wachtlijst", "Geen mail meer krijgen"}, nil},
		{"opened without", mdt.LetterOpened, func(l *mdt.Letter) { l.Meeting.Seats, l.Meeting.Closes, l.ErasedOn = 0, nil, nil }, nil, []string{"plekken", "wachtlijst", "tot en met", "wissen we"}},
		{"everything erased", mdt.LetterErased, same, []string{"- je aanmelding\n", "- je bericht\n", "Dit was alles", "binnen 35 dagen"}, []string{"mijn", "- alles"}},
		{"one thing erased", mdt.LetterErased, func(l *mdt.Letter) { l.What = []string{"voorstel"} }, []string{"- je voorstel"}, []string{"Dit was alles", "agenda", "aangemeld"}},
		{"two of one kind erased", mdt.LetterErased, func(l *mdt.Letter) { l.What = []string{"bericht", "bericht", "alles"} }, []string{"gewist:\n- je bericht\nDit was alles"}, nil},
		{"placed without a chosen part", mdt.LetterPlaced, full, []string{"Je doet mee aan: Jongeren aan tafel\n", "intussen vol of voorbij:\n- Samen met de gemeente\n"}, nil},
		{"registered without a chosen part", mdt.LetterRegistered, full, []string{"intussen vol of voorbij:\n- Samen met de gemeente\n"}, nil},
		{"every field changed", mdt.LetterChanged, func(l *mdt.Letter) {
			l.ChangedFields = strings.Fields("naam organisatie functie telefoon regios deelname onderdelen antwoorden wensen")
		}, []string{"veranderd:\n- Je naam\n- De naam van je organisatie\n- Je rol\n- Je telefoonnummer\n- Je regio's\n- Hoe je meedoet\n" +
			"- Waar je aan meedoet\n- Je antwoorden op de vragen\n- Wat je nodig hebt om mee te doen\n"}, []string{"Jongeren aan tafel"}},
		{"a fresh link", mdt.LetterLink, func(l *mdt.Letter) { l.Fresh, l.Until = true, at(t, "2027-01-20 10:30") }, []string{"tot woensdag 20 januari 2027, 10.30 uur", "wissen"}, nil},
		{"one thing waits", mdt.LetterDigest, func(l *mdt.Letter) { *l.Tally = mdt.LetterTally{Open: 1} }, []string{"1 zaak wacht\n", "Vragen die langer dan 5 werkdagen open staan: 1"}, []string{"spam", "Mails"}},
		{"more wait", mdt.LetterDigest, func(l *mdt.Letter) { *l.Tally = mdt.LetterTally{Failed: 1, Broken: 2, Suspect: 3, Open: 4} },
			[]string{"10 zaken wachten\n", "verstuurd: 1\n", "werken: 2\n", "spam: 3\n", "staan: 4\n"}, nil},
		{"erase a message", mdt.LetterEraseRequest, same, []string{"Wis bericht K7M3PQ9X\n", "ook in je mailbox"}, []string{"Sanne", "Beslisdag"}},
	} {
		l := letter(t, c.kind)
		c.change(&l)
		text := read(render(t, l))
		for _, words := range c.says {
			if !strings.Contains(text, words) {
				t.Errorf("%s: no %q in\n%s", c.what, words, text)
			}
		}
		for _, words := range c.not {
			if strings.Contains(text, words) {
				t.Errorf("%s: %q in\n%s", c.what, words, text)
			}
		}
	}
}
