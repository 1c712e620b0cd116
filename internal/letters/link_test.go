package letters

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// entries are what the personal links of each letter are for; a letter that is not here holds none.
var entries = map[mdt.LetterKind]string{
	mdt.LetterRegistered: "aanmelding/beslisdag-2027",
	mdt.LetterWaiting:    "aanmelding/beslisdag-2027",
	mdt.LetterOffer:      "aanmelding/beslisdag-2027",
	mdt.LetterLapsed:     "aanmelding/beslisdag-2027",
	mdt.LetterCancelled:  "aanmelding/beslisdag-2027",
	mdt.LetterReminder:   "aanmelding/beslisdag-2027",
	mdt.LetterProposal:   "voorstel/beslisdag-2027/K7M3PQ9X",
	mdt.LetterForwarded:  "bericht/K7M3PQ9X",
	mdt.LetterInterest:   "attendering/beslisdag-2027",
	mdt.LetterOpened:     "attendering/beslisdag-2027",
	mdt.LetterGuest:      "aanmelding/beslisdag-2027",
	mdt.LetterKnown:      "aanmelding/beslisdag-2027",
	mdt.LetterLeader:     "leiding/beslisdag-2027/K7M3PQ9X",
	mdt.LetterPlaced:     "aanmelding/beslisdag-2027",
	mdt.LetterLeftLine:   "aanmelding/beslisdag-2027",
	mdt.LetterNoPlace:    "aanmelding/beslisdag-2027",
	mdt.LetterChanged:    "aanmelding/beslisdag-2027",
	mdt.LetterLink:       "alles",
	mdt.LetterCalledOff:  "aanmelding/beslisdag-2027",
	mdt.LetterMoved:      "aanmelding/beslisdag-2027",
	mdt.LetterRevoked:    "aanmelding/beslisdag-2027",
	mdt.LetterJoinOnline: "aanmelding/beslisdag-2027",
}

var token = regexp.MustCompile(`https://aanmelden\.example/(mijn|afmelden)/([\w-]+)`)

func TestLinksAreForTheirLetter(t *testing.T) {
	keys, err := links.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		l := letter(t, kind)
		want := links.Link{Purpose: links.Own, Person: string(l.Person), Entry: entries[kind], Issued: l.Created.UTC(),
			Expires: local(t, "2027-09-24 14:00").UTC()} // half a year after the meeting
		if l.Meeting == nil {
			want.Expires = local(t, "2027-07-20 09:30").UTC() // half a year after the message, or the link's own end
		}
		m := render(t, l)
		found := token.FindAllStringSubmatch(m.Text, -1)
		if (len(found) > 0) != (want.Entry != "") || len(found) > 2 {
			t.Errorf("letter %d has %d personal links", kind, len(found))
		}
		for _, f := range found {
			expected := want
			if kind.Unsolicited() && f[1] == "afmelden" {
				expected.Purpose = links.Unsubscribe
			}
			got, err := keys.Verify(expected.Purpose, f[2], l.Created)
			if err != nil || !cmp.Equal(got, expected) || f[1] != expected.Purpose.Path() {
				t.Errorf("letter %d: %s is %+v, %v; want %+v", kind, f[1], got, err, expected)
			}
		}
		for _, f := range token.FindAllString(m.HTML, -1) {
			if !strings.Contains(m.Text, f) {
				t.Errorf("letter %d: the page has another link than the text: %s", kind, f)
			}
		}
		if m.Calendar != nil && token.MatchString(strings.ReplaceAll(string(m.Calendar.Data), "\r\n ", "")) {
			t.Errorf("letter %d: a personal link in the calendar entry", kind)
		}
	}
}

func TestAFreshLinkIsForItsEntryAndItsHour(t *testing.T) {
	keys, err := links.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	l := letter(t, mdt.LetterLink)
	end := l.Created.Add(time.Hour)
	l.Fresh, l.Entry, l.Until = true, "aanmelding/beslisdag-2027", &end
	m := render(t, l)
	found := token.FindStringSubmatch(m.Text)
	got, err := keys.Verify(links.Fresh, found[2], l.Created)
	want := links.Link{Purpose: links.Fresh, Person: string(l.Person), Entry: l.Entry, Issued: l.Created.UTC(), Expires: end.UTC()}
	if err != nil || !cmp.Equal(got, want) || found[1] != "mijn" {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	if _, err := keys.Verify(links.Own, found[2], l.Created); err != links.ErrBroken {
		t.Errorf("taken for one's own link: %v", err)
	}
	if _, err := keys.Verify(links.Fresh, found[2], end); err != links.ErrExpired {
		t.Errorf("an hour later: %v, want ErrExpired", err)
	}
	if !strings.Contains(m.Text, "tot woensdag 20 januari 2027, 10.30 uur") {
		t.Errorf("the letter does not say until when:\n%s", m.Text)
	}
}

func TestLettersToOthersHoldNoPersonalLink(t *testing.T) {
	for kind, person := range map[mdt.LetterKind]mdt.PersonID{mdt.LetterToFacilitator: "p", mdt.LetterEraseRequest: "p", mdt.LetterDigest: "p", mdt.LetterErased: "p"} {
		l := letter(t, kind)
		l.Person = person // one that has no place there
		m := render(t, l)
		if found := token.FindAllString(m.Text+m.HTML, -1); found != nil {
			t.Errorf("letter %d: %v", kind, found)
		}
	}
}

func TestTheMeetingsOwnPageGoesFirst(t *testing.T) {
	l := letter(t, mdt.LetterInterest)
	meeting := *l.Meeting
	meeting.Page = "https://www.website.example/beslisdag"
	l.Meeting = &meeting
	m := render(t, l)
	for name, text := range map[string]string{"text": m.Text, "HTML": m.HTML, "calendar": string(m.Calendar.Data)} {
		if !strings.Contains(text, meeting.Page) || strings.Contains(text, "/bijeenkomsten/") {
			t.Errorf("the %s shows another page", name)
		}
	}
}

func TestSettingsThatCannotBeAreRefused(t *testing.T) {
	good := Settings{Site: "https://aanmelden.example/", Sender: "noreply@aanmelden.example", TeamMail: "team@aanmelden.example"}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Settings){
		"site":   func(s *Settings) { s.Site = "aanmelden.example" },
		"sender": func(s *Settings) { s.Sender = "Team <noreply@aanmelden.example>" },
		"team":   func(s *Settings) { s.TeamMail = "" },
	} {
		s := good
		change(&s)
		if _, err := New(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a wrong %s: %v", want, err)
		}
	}
}
