package forms

import (
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
	"github.com/google/go-cmp/cmp"
)

const whole = `{
	"naam": "  Nguyễn \t Thị Ánh ", "email": "Anh@CAFÉ.nl", "organisatie": "=Kans & Zn.", "functie": "jongere",
	"telefoon": "+31 (0)6 12345678", "regios": ["zuid", "landelijk", "zuid"], "deelname": "online",
	"onderdelen": ["a", "c"], "introducees": [{"naam": "O", "email": "o@b.nl"}, {"naam": "P", "email": "p@b.nl"}],
	"antwoorden": {"verhaal": "een\ntwee", "vervoer": "Fiets & voet", "dagen": ["Di"], "lunch": true},
	"wensen": "Een tolk."}`

func address(t *testing.T, typed string) mdt.Address {
	t.Helper()
	a, code := mdt.ParseAddress(typed)
	if code != "" {
		t.Fatal(code)
	}
	return a
}

func TestAWholeRegistration(t *testing.T) {
	want := mdt.RegistrationForm{
		Name: "Nguyễn Thị Ánh", Email: address(t, "Anh@xn--caf-dma.nl"), Organisation: "=Kans & Zn.", Role: "jongere",
		Phone: "+31 (0)6 12345678", Regions: []string{"zuid", "landelijk"}, Attendance: mdt.AttendOnline,
		Parts:   []string{"a", "c"},
		Guests:  []mdt.Guest{{Name: "O", Email: address(t, "o@b.nl")}, {Name: "P", Email: address(t, "p@b.nl")}},
		Answers: map[string]any{"verhaal": "een\ntwee", "vervoer": "Fiets & voet", "dagen": []string{"Di"}, "lunch": true},
		Wishes:  "Een tolk.",
	}
	for contentType, body := range map[string]string{asJSON: whole, asForm: encoded(t, whole)} {
		form, faults := Registration(readAs(t, contentType, body, RegistrationSpec(meeting())), meeting(), regions)
		if len(faults) > 0 {
			t.Errorf("%s: %v", contentType, faults)
		}
		if diff := cmp.Diff(want, form); diff != "" {
			t.Errorf("%s: %s", contentType, diff)
		}
	}
}

func TestANameAndAnAddressAreEnough(t *testing.T) {
	m := mdt.Meeting{Place: "Zaal"}
	for contentType, body := range map[string]string{
		asJSON: `{"naam":"Jan","email":"jan@b.nl","organisatie":"","regios":[],"antwoorden":{},"introducees":[],"deelname":""}`,
		asForm: "naam=Jan&email=jan@b.nl&organisatie=&regios=&introducees.0.naam=&introducees.0.email=&deelname=&site=3&",
	} {
		form, faults := Registration(readAs(t, contentType, body, RegistrationSpec(m)), m, regions)
		if diff := cmp.Diff(mdt.RegistrationForm{Name: "Jan", Email: address(t, "jan@b.nl")}, form); diff != "" || len(faults) > 0 {
			t.Errorf("%s: %v %s", contentType, faults, diff)
		}
	}
}

// Each case is the whole registration with some fields set to something else, as JSON and as a form.
func TestFaultsOfARegistration(t *testing.T) {
	long := strings.Repeat("é", 201)
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"nothing", `{}`, []string{"#/naam naam.leeg", "#/email email.leeg", "#/deelname deelname.leeg", "#/antwoorden/lunch antwoord.leeg"}},
		{"blank", `{"naam":" \u00a0\u200b","email":" ","deelname":"locatie","antwoorden":{"lunch":false}}`, []string{"#/naam naam.leeg", "#/email email.leeg"}},
		{"all at once", `{"naam":"a\u0000b","email":"x","telefoon":"112","organisatie":"` + long + `","functie":"a\nb",
			"regios":["noord","west"],"deelname":"thuis","onderdelen":["a","z","b"],"introducees":[{"email":"x"},{"naam":"O","email":"jörg@b.nl"}],
			"antwoorden":{"vervoer":"Auto","dagen":["Ma","Wo"],"lunch":true}}`,
			[]string{"#/naam naam.tekens", "#/email email.vorm", "#/organisatie organisatie.teLang", "#/functie functie.tekens",
				"#/telefoon telefoon.vorm", "#/regios/1 regio.onbekend", "#/deelname deelname.onbekend",
				"#/onderdelen/1 onderdeel.onbekend", "#/onderdelen/2 onderdeel.overlap",
				"#/introducees/0/naam introducee.naam.leeg", "#/introducees/0/email introducee.email.vorm", "#/introducees/1/email introducee.email.lokaalAscii",
				"#/antwoorden/vervoer antwoord.onbekend", "#/antwoorden/dagen/1 antwoord.onbekend"}},
		{"guests", `{"naam":"J","email":"Jan@b.nl","deelname":"locatie","antwoorden":{"lunch":true},
			"introducees":[{"naam":"O","email":"jan@B.NL"},{"naam":"P","email":"p@b.nl"},{"naam":"Q","email":"P@b.nl"}]}`,
			[]string{"#/introducees introducee.teVeel", "#/introducees/0/email introducee.zelfde", "#/introducees/2/email introducee.dubbel"}},
	} {
		for contentType, body := range map[string]string{asJSON: test.body, asForm: encoded(t, test.body)} {
			_, faults := Registration(readAs(t, contentType, body, RegistrationSpec(meeting())), meeting(), regions)
			if diff := cmp.Diff(test.want, codes(faults)); diff != "" {
				t.Errorf("%s as %s: %s", test.name, contentType, diff)
			}
		}
	}
}

func TestHowOneTakesPartMustFitTheMeeting(t *testing.T) {
	for _, test := range []struct {
		place    string
		online   bool
		deelname string
		fault    string
	}{
		{"Zaal", true, "", "deelname.leeg"},
		{"Zaal", true, "locatie", ""},
		{"Zaal", false, "", ""},
		{"Zaal", false, "locatie", ""},
		{"Zaal", false, "online", "deelname.onbekend"},
		{"", true, "", ""},
		{"", true, "online", ""},
		{"", true, "locatie", "deelname.onbekend"},
	} {
		m := mdt.Meeting{Place: test.place, Online: test.online}
		v := readAs(t, asForm, "naam=J&email=j@b.nl&deelname="+test.deelname, RegistrationSpec(m))
		_, faults := Registration(v, m, nil)
		if got := strings.TrimPrefix(strings.Join(codes(faults), ";"), "#/deelname "); got != test.fault {
			t.Errorf("%+v: %q", test, got)
		}
	}
}

func TestGuestsWhereNobodyMayBeBrought(t *testing.T) {
	m := mdt.Meeting{Place: "Zaal"}
	_, faults := Registration(readAs(t, asJSON, `{"naam":"J","email":"j@b.nl","introducees":[{}]}`, RegistrationSpec(m)), m, nil)
	if diff := cmp.Diff([]string{"#/introducees introducee.geen"}, codes(faults)); diff != "" {
		t.Error(diff)
	}
}

// A page points at the field by the number it gave it, so a fault keeps that number.
func TestNumbersOfGuestsMayHaveGaps(t *testing.T) {
	body := "naam=J&email=j@b.nl&deelname=locatie&antwoorden.lunch=1&introducees.999999999.naam=B&introducees.7.naam=A&introducees.7.email=a@b.nl" +
		"&introducees.99999999999999999999.naam=C&introducees.-1.naam=D&introducees.07.naam=E&introducees..naam=F&introducees.8=G&introducees.9.id=H"
	form, faults := Registration(readAs(t, asForm, body, RegistrationSpec(meeting())), meeting(), regions)
	if diff := cmp.Diff([]string{"#/introducees/999999999/email introducee.email.leeg"}, codes(faults)); diff != "" {
		t.Error(diff)
	}
	if len(form.Guests) != 2 || form.Guests[0].Name != "A" || form.Guests[1].Name != "B" {
		t.Errorf("guests %+v", form.Guests)
	}
}

func TestLongListsEnd(t *testing.T) {
	_, faults := Registration(readAs(t, asForm, "naam=J&email=j@b.nl"+strings.Repeat("&regios=noord", 60), RegistrationSpec(mdt.Meeting{})), mdt.Meeting{}, regions)
	if diff := cmp.Diff([]mdt.Fault{{Pointer: "#/regios", Code: "regio.teVeel", Args: map[string]string{"n": "50"}}}, faults); diff != "" {
		t.Error(diff)
	}
}

func TestTouchingPartsDoNotOverlap(t *testing.T) {
	for parts, want := range map[string]int{`["a","c"]`: 0, `["a","a"]`: 0, `["c","b","a"]`: 2} {
		_, faults := Registration(readAs(t, asJSON, `{"naam":"J","email":"j@b.nl","deelname":"online","antwoorden":{"lunch":true},"onderdelen":`+parts+`}`, RegistrationSpec(meeting())), meeting(), nil)
		if len(faults) != want {
			t.Errorf("%s: %v", parts, faults)
		}
	}
}
