package forms

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// whole is a meeting with everything that the team can give one.
func wholeMeeting() mdt.Meeting {
	day := func(n, hour int) time.Time { return time.Date(2027, 3, n, hour, 0, 0, 0, mdt.Amsterdam).UTC() }
	on := func(n, hour int) *time.Time { at := day(n, hour); return &at }
	return mdt.Meeting{ID: "dag", Name: "Dag", Kind: mdt.DecisionDay, Description: "Kom!\n\nEcht.", Start: day(24, 10), End: day(24, 16),
		Place: "Utrecht", Online: true, OnlineLink: "https://a.example", Page: "https://b.example", BelongsTo: "ander", ByInvitation: true,
		Capacity: 20, HeldBack: 2, Approval: true, MaxGuests: 1, PerOrg: 3, Registering: &mdt.Window{Opens: on(1, 9), Closes: on(20, 0)},
		WaitingEnds: on(22, 12), Direct: true, OfferHours: 24, Telling: &mdt.Window{}, Proposing: &mdt.Window{Pending: true}, DecidedBy: on(10, 17),
		Reminders:  []mdt.Reminder{{Days: 7, At: "10:00"}, {Days: 0, At: "08:30"}},
		Parts:      []mdt.Part{{ID: "opening", Name: "Opening", Kind: "plenair", Start: day(24, 10), End: day(24, 11)}, {ID: "a", Name: "A", Kind: "deelsessie", Start: day(24, 11), End: day(24, 12), Seats: 5}},
		Paragraphs: map[string]string{"2": "Neem je laptop mee."}, Version: 4,
		Questions: []mdt.Question{{ID: "eten", Text: "Eet je mee?", Kind: mdt.YesNo, Required: true},
			{ID: "wat", Text: "Wat eet je?", Kind: mdt.OneOfQuestion, Choices: []string{"Alles", "Anders"}, ShowIf: &mdt.ShowIf{Question: "eten", Answers: []string{"ja"}}}},
	}
}

func encodedForm(t Typed) string { return url.Values(t).Encode() }

// TestFormsOfAMeetingGiveItBack: what stands in a form, sent as it is, changes nothing.
func TestFormsOfAMeetingGiveItBack(t *testing.T) {
	m := wholeMeeting()
	for name, c := range map[string]struct {
		spec  Spec
		typed Typed
		read  func(*Values) (mdt.Meeting, []mdt.Fault)
	}{
		"what": {MeetingSpec(), TypedMeeting(m), func(v *Values) (mdt.Meeting, []mdt.Fault) {
			now, _, faults := Meeting(v, m, []string{"ander"})
			return now, faults
		}},
		"seats":      {MeetingSeatsSpec(), TypedSeats(m), func(v *Values) (mdt.Meeting, []mdt.Fault) { return MeetingSeats(v, m) }},
		"programme":  {ProgrammeSpec(), TypedProgramme(m), func(v *Values) (mdt.Meeting, []mdt.Fault) { return Programme(v, m) }},
		"questions":  {QuestionsSpec(), TypedQuestions(m), func(v *Values) (mdt.Meeting, []mdt.Fault) { return Questions(v, m) }},
		"paragraphs": {ParagraphsSpec(), TypedParagraphs(m), func(v *Values) (mdt.Meeting, []mdt.Fault) { return Paragraphs(v, m) }},
	} {
		got, faults := c.read(readAs(t, asForm, encodedForm(c.typed), c.spec))
		if diff := cmp.Diff(m, got); diff != "" || len(faults) > 0 {
			t.Errorf("%s: %s %v", name, diff, faults)
		}
	}
}

func codesOf(faults []mdt.Fault) string {
	var told []string
	for _, f := range faults {
		told = append(told, strings.TrimPrefix(f.Pointer, "#/")+" "+f.Code)
	}
	return strings.Join(told, ", ")
}

func TestFaultsOfMeetingForms(t *testing.T) {
	m := wholeMeeting()
	what := func(v *Values) (mdt.Meeting, []mdt.Fault) {
		now, _, faults := Meeting(v, m, nil)
		return now, faults
	}
	seats := func(v *Values) (mdt.Meeting, []mdt.Fault) { return MeetingSeats(v, m) }
	parts := func(v *Values) (mdt.Meeting, []mdt.Fault) { return Programme(v, m) }
	for _, c := range []struct {
		name, sent string
		spec       Spec
		read       func(*Values) (mdt.Meeting, []mdt.Fault)
		want       string
	}{
		{"nothing", "", MeetingSpec(), what, "begintDag bewerken.begint.leeg, eindigtDag bewerken.eindigt.leeg, naam bewerken.naam.leeg"},
		{"an hour that does not exist", "naam=D&begintDag=28-3-2027&begintTijd=2.30&eindigtDag=28-3-2027&eindigtTijd=4", MeetingSpec(), what,
			"begintTijd bewerken.tijd.bestaatNiet, eindigtTijd bewerken.tijd.vorm"},
		{"a day that is none", "naam=D&begintDag=30-2-2027&begintTijd=2.30&eindigtDag=28-3-2027&eindigtTijd=4.00", MeetingSpec(), what, "begintDag bewerken.dag.vorm"},
		{"belongs to what is not there", "naam=D&begintDag=1-3-2027&begintTijd=2.30&eindigtDag=28-3-2027&eindigtTijd=4.00&hoortBij=weg", MeetingSpec(), what, "hoortBij bewerken.hoortBij.onbekend"},
		{"numbers", "plekken=veel&achtergehouden=-1&aanbodUren=1.5&introducees=2", MeetingSeatsSpec(), seats,
			"plekken bewerken.getal.vorm, achtergehouden bewerken.getal.vorm, aanbodUren bewerken.getal.vorm"},
		{"half a moment", "wachtlijstSluitDag=1-3-2027", MeetingSeatsSpec(), seats, "wachtlijstSluitTijd bewerken.tijd.vorm"},
		{"rows point where they were sent", "onderdelen.3.naam=A&onderdelen.3.van=9&onderdelen.3.tot=10.00&onderdelen.7.naam=B&onderdelen.7.dag=x&onderdelen.7.van=9.00", ProgrammeSpec(), parts,
			"onderdelen/3/van bewerken.tijd.vorm, onderdelen/7/dag bewerken.dag.vorm"},
	} {
		if _, faults := c.read(readAs(t, asForm, c.sent, c.spec)); codesOf(faults) != c.want {
			t.Errorf("%s: %s, want %s", c.name, codesOf(faults), c.want)
		}
	}
}

func TestNewRows(t *testing.T) {
	m := wholeMeeting()
	now, faults := Programme(readAs(t, asForm, "onderdelen.0.naam=Opening&onderdelen.0.van=9.00&onderdelen.0.tot=10.00&onderdelen.1.naam=Opening&onderdelen.1.van=11.00&onderdelen.1.tot=12.00", ProgrammeSpec()), m)
	if len(faults) > 0 || now.Parts[0].ID != "opening-2" || now.Parts[1].ID != "opening-3" || now.Parts[0].Kind != "deelsessie" || !now.Parts[1].Start.Equal(m.Start.Add(time.Hour)) {
		t.Errorf("%+v %v", now.Parts, faults)
	}
	now, faults = Questions(readAs(t, asForm, "vragen.0.tekst=Eet+je+mee%3F&vragen.0.soort=jaNee&vragen.1.tekst=Wat%3F&vragen.1.soort=keuze&vragen.1.keuzes=a%0D%0A%0D%0A+b+&vragen.1.toonVraag=1", QuestionsSpec()), mdt.Meeting{})
	if len(faults) > 0 || now.Questions[0].ID != "eet-je-mee" || cmp.Diff(now.Questions[1].Choices, []string{"a", "b"}) != "" || now.Questions[1].ShowIf.Question != "eet-je-mee" {
		t.Errorf("%+v %v", now.Questions, faults)
	}
}

func TestANewMeetingIsRead(t *testing.T) {
	earlier := []mdt.Meeting{wholeMeeting()}
	when := "&begintDag=29-3-2028&begintTijd=10.00&eindigtDag=29-3-2028&eindigtTijd=17.00"
	m, faults := NewMeeting(readAs(t, asForm, "soort=regiodag&naam=Regiodag+Noord"+when+"&plaats=Assen", NewMeetingSpec()), earlier)
	if len(faults) > 0 || m.ID != "regiodag-noord" || m.Kind != mdt.RegionalDay || m.Place != "Assen" || m.Published {
		t.Errorf("%+v %v", m, faults)
	}
	m, faults = NewMeeting(readAs(t, asForm, "zoals=dag&naam=Dag+2028&id=Dag-28"+when, NewMeetingSpec()), earlier)
	if len(faults) > 0 || m.ID != "dag-28" || m.Kind != mdt.DecisionDay || m.Place != "Utrecht" || len(m.Parts) != 2 || m.End.Sub(m.Start) != 7*time.Hour {
		t.Errorf("%+v %v", m, faults)
	}
	_, faults = NewMeeting(readAs(t, asForm, "naam=D"+when, NewMeetingSpec()), earlier)
	if codesOf(faults) != "soort bewerken.soort.onbekend" {
		t.Error(codesOf(faults))
	}
}

// TestFaultsOfAMeetingPointAtItsForms: every pointer of a fault is that of a field.
func TestFaultsOfAMeetingPointAtItsForms(t *testing.T) {
	for pointer, want := range map[string]string{
		"#/begint": "#/begintDag", "#/eindigt": "#/eindigtDag", "#/aanmelden/opent": "#/aanmeldenOpentDag", "#/voorstellen/sluit": "#/voorstellenSluitDag",
		"#/wachtlijstSluit": "#/wachtlijstSluitDag", "#/onderdelen/2/begint": "#/onderdelen/2/van", "#/onderdelen/2/eindigt": "#/onderdelen/2/tot",
		"#/vragen/1/toonAls/vraag": "#/vragen/1/toonVraag", "#/vragen/1/toonAls/antwoorden": "#/vragen/1/toonAntwoorden", "#/alineas/2": "#/alineas/2",
		"#/herinneringen/0/om": "#/herinneringen/0/om", "#/naam": "#/naam",
	} {
		got := MeetingFaults([]mdt.Fault{{Pointer: pointer}}, nil)
		if got[0].Pointer != want {
			t.Errorf("%s becomes %s, want %s", pointer, got[0].Pointer, want)
		}
	}
	have := []mdt.Fault{{Pointer: "#/begintDag", Code: "a"}}
	if got := MeetingFaults([]mdt.Fault{{Pointer: "#/begint", Code: "b"}}, have); len(got) != 1 || got[0].Code != "a" {
		t.Errorf("%+v", got)
	}
}
