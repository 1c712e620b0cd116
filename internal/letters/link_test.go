package letters

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

func TestLinksAreForTheirLetter(t *testing.T) {
	keys, err := links.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	want := map[mdt.LetterKind]links.Link{
		mdt.LetterRegistered: {Purpose: links.Own, Entry: "aanmelding/beslisdag-2027"},
		mdt.LetterWaiting:    {Purpose: links.Own, Entry: "aanmelding/beslisdag-2027"},
		mdt.LetterGuest:      {Purpose: links.Own, Entry: "aanmelding/beslisdag-2027"},
		mdt.LetterKnown:      {Purpose: links.Own, Entry: "aanmelding/beslisdag-2027"},
		mdt.LetterProposal:   {Purpose: links.Own, Entry: "voorstel/beslisdag-2027/K7M3PQ9X"},
		mdt.LetterLeader:     {Purpose: links.Own, Entry: "leiding/beslisdag-2027/K7M3PQ9X"},
		mdt.LetterInterest:   {Purpose: links.Own, Entry: "attendering/beslisdag-2027"},
		mdt.LetterForwarded:  {Purpose: links.Own, Entry: "bericht/K7M3PQ9X"},
	}
	token := regexp.MustCompile(`https://aanmelden\.example/(mijn|afmelden)/([\w-]+)`)
	for kind, link := range want {
		l := letter(t, kind)
		if link.Person, link.Expires = string(l.Person), local(t, "2027-09-24 14:00").UTC(); l.Meeting == nil {
			link.Expires = local(t, "2027-07-20 09:30").UTC()
		}
		m := render(t, l)
		found := token.FindAllStringSubmatch(m.Text, -1)
		if len(found) == 0 || len(found) > 2 {
			t.Errorf("letter %d has %d personal links", kind, len(found))
		}
		for _, f := range found {
			expected := link
			expected.Issued = l.Created.UTC()
			if kind == mdt.LetterInterest && f[1] == "afmelden" {
				expected.Purpose = links.Unsubscribe
			}
			got, err := keys.Verify(expected.Purpose, f[2], l.Created)
			if err != nil || !cmp.Equal(got, expected) || f[1] != string(expected.Purpose) {
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

func TestAFacilitatorGetsNoPersonalLink(t *testing.T) {
	m := render(t, letter(t, mdt.LetterToFacilitator))
	if links := regexp.MustCompile(`https://aanmelden\.example/\w+/[\w-]+`).FindAllString(m.Text+m.HTML, -1); links != nil {
		t.Errorf("%v", links)
	}
}

func TestTheTentativeEntryBecomesTheDefiniteOne(t *testing.T) {
	field := func(l mdt.Letter, name string) string {
		for line := range strings.SplitSeq(string(render(t, l).Calendar.Data), "\r\n") {
			if value, ok := strings.CutPrefix(line, name+":"); ok {
				return value
			}
		}
		return ""
	}
	told, registered := letter(t, mdt.LetterInterest), letter(t, mdt.LetterRegistered)
	told.Reference = "ZZZZZZZZ" // an interest has another kenmerk than a registration
	other, elsewhere, moved := registered, registered, registered
	other.Person = "nobody"
	meeting, later := *registered.Meeting, *registered.Meeting
	meeting.ID, later.Sequence = "netwerkdag-2027", 1
	elsewhere.Meeting, moved.Meeting = &meeting, &later
	movedTold := told
	movedTold.Meeting = &later
	uid := field(registered, "UID")
	if field(told, "UID") != uid || field(moved, "UID") != uid || field(other, "UID") == uid || field(elsewhere, "UID") == uid {
		t.Error("the UID is not one per person and meeting")
	}
	if strings.Contains(uid, "mfzw") || strings.Contains(uid, "beslisdag") {
		t.Errorf("the UID %s shows what it is made of", uid)
	}
	sequences := []string{field(told, "SEQUENCE"), field(registered, "SEQUENCE"), field(movedTold, "SEQUENCE"), field(moved, "SEQUENCE")}
	if !slices.Equal(sequences, []string{"0", "1", "1", "2"}) || field(told, "STATUS") != "TENTATIVE" || field(registered, "STATUS") != "CONFIRMED" {
		t.Errorf("sequences %v", sequences)
	}
}

func TestWhoWaitsGetsNoCalendarEntry(t *testing.T) {
	for _, kind := range kinds {
		l := letter(t, kind)
		l.Waiting = true
		if m := render(t, l); m.Calendar != nil && kind != mdt.LetterInterest {
			t.Errorf("letter %d has one", kind)
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
