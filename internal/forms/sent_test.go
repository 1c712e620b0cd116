package forms

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sentBack is what a form filled with the values would send.
func sentBack(v *Values) string {
	var pairs []string
	for name, value := range v.Sent() {
		pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(value))
	}
	return strings.Join(pairs, "&")
}

// TestWhatWasTypedComesBack: a form filled with what came in sends the same values, right or wrong, as they
// were typed and under the numbers they had.
func TestWhatWasTypedComesBack(t *testing.T) {
	for _, body := range []string{
		"naam=+Noor++%C3%A9&email=geen+adres&telefoon=112&regios=noord&regios=nergens&deelname=thuis&onderdelen=a&onderdelen=b" +
			"&introducees.3.naam=G&introducees.7.email=x&antwoorden.verhaal=een%0D%0Atwee&antwoorden.dagen=Ma&antwoorden.lunch=on&wensen=%3Cb%3E",
		"antwoorden.lunch=off", "antwoorden.lunch=misschien", "",
	} {
		read := readAs(t, asForm, body, RegistrationSpec(meeting()))
		if got := sentBack(read); got != body {
			t.Errorf("sent %q\nback %q", body, got)
		}
	}
	asked := `{"naam":"Noor","antwoorden":{"lunch":true,"dagen":["Ma","Di"]},"introducees":[{"naam":"G","email":"g@gast.example"}]}`
	v := readAs(t, asJSON, asked, RegistrationSpec(meeting()))
	again := readAs(t, asForm, sentBack(v), RegistrationSpec(meeting()))
	if diff := cmp.Diff(string(v.Canonical()), string(again.Canonical())); diff != "" {
		t.Error(diff)
	}
	for name := range v.Sent() { // whoever has seen enough gets no more
		if name != "naam" {
			t.Errorf("%s after the first", name)
		}
		break
	}
}

// TestTheTrap: a machine fills every field in. It is no fault, no value, and it says so; people leave it empty.
func TestTheTrap(t *testing.T) {
	for _, test := range []struct {
		contentType, body string
		sprung            bool
	}{
		{asForm, "naam=Noor&valstrik=http%3A%2F%2Fspam.example", true},
		{asForm, "naam=Noor&valstrik=x&valstrik=", true},
		{asForm, "naam=Noor&valstrik=&valstrik=+", false},
		{asForm, "naam=Noor&leiding.valstrik=x", false},
		{asJSON, `{"naam":"Noor","valstrik":"x"}`, true},
		{asJSON, `{"naam":"Noor","valstrik":" "}`, false},
		{asJSON, `{"naam":"Noor"}`, false},
	} {
		v := readAs(t, test.contentType, test.body, ProposalSpec())
		if v.Trap() != test.sprung {
			t.Errorf("%s: the trap says %v", test.body, v.Trap())
		}
		if len(v.faults) > 0 || sentBack(v) != "naam=Noor" {
			t.Errorf("%s: %v, %s", test.body, v.faults, sentBack(v))
		}
	}
	for body, want := range map[string]string{
		`{"valstrik":5}`:                 "#/valstrik verzoek.vorm",
		`{"valstrik":null}`:              "#/valstrik verzoek.vorm",
		`{"valstrik":"","valstrik":"x"}`: "#/valstrik verzoek.vorm",
		`{"leiding":{"valstrik":"x"}}`:   "#/leiding/valstrik verzoek.veld",
	} {
		if got := codes(readAs(t, asJSON, body, ProposalSpec()).faults); !cmp.Equal(got, []string{want}) {
			t.Errorf("%s: %v", body, got)
		}
	}
}
