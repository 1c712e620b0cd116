package forms

import (
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
	"github.com/google/go-cmp/cmp"
)

func TestAWholeProposal(t *testing.T) {
	body := `{"naam":"J","email":"j@b.nl","organisatie":"3M","thema":"Buddy's","doel":"reflecteren","soort":"casus",
		"toelichting":"een\n\ntwee","leiding":{"wie":"iemandAnders","naam":"O","email":"o@b.nl","rol":"jongere"},"regios":["noord"]}`
	want := mdt.ProposalForm{Name: "J", Email: address(t, "j@b.nl"), Organisation: "3M", Theme: "Buddy's", Goal: mdt.Reflect, Kind: mdt.Case,
		Explanation: "een\n\ntwee", Regions: []string{"noord"},
		Leader: mdt.Leader{Who: mdt.LedByOther, Name: "O", Email: address(t, "o@b.nl"), Role: mdt.RoleYoung}}
	for contentType, text := range map[string]string{asJSON: body, asForm: encoded(t, body)} {
		form, faults := Proposal(readAs(t, contentType, text, ProposalSpec()), regions)
		if diff := cmp.Diff(want, form); diff != "" || len(faults) > 0 {
			t.Errorf("%s: %v %s", contentType, faults, diff)
		}
	}
}

func TestFaultsOfAProposal(t *testing.T) {
	const good = `"naam":"J","email":"j@b.nl","thema":"T","doel":"inspireren","soort":"idee"`
	for _, test := range []struct {
		body string
		want []string
	}{
		{`{}`, []string{"#/naam naam.leeg", "#/email email.leeg", "#/thema thema.leeg", "#/doel doel.leeg", "#/soort soort.leeg"}},
		{`{` + good + `,"leiding":{}}`, nil},
		{`{` + good + `,"leiding":{"rol":"anders"}}`, nil},
		{`{` + good + `,"leiding":{"wie":"ikzelf","naam":"","email":"geen"}}`, nil},
		{`{` + good + `,"leiding":{"wie":"onbekend"}}`, nil},
		{`{` + good + `,"leiding":{"wie":"iemandAnders"}}`, []string{"#/leiding/naam leiding.naam.leeg", "#/leiding/email leiding.email.leeg"}},
		{`{` + good + `,"leiding":{"wie":"iemandAnders","naam":"O","email":"o","rol":"baas"}}`, []string{"#/leiding/rol leiding.rol.onbekend", "#/leiding/email leiding.email.vorm"}},
		{`{` + good + `,"leiding":{"wie":"niemand"}}`, []string{"#/leiding/wie leiding.wie.onbekend"}},
		{`{` + good + `,"leiding":{"naam":"O","email":"geen"}}`, nil},
		{`{` + good + `,"toelichting":"` + strings.Repeat("a", 5001) + `","regios":["?"]}`, []string{"#/toelichting toelichting.teLang", "#/regios/0 regio.onbekend"}},
	} {
		for contentType, text := range map[string]string{asJSON: test.body, asForm: encoded(t, test.body)} {
			_, faults := Proposal(readAs(t, contentType, text, ProposalSpec()), regions)
			if diff := cmp.Diff(test.want, codes(faults)); diff != "" {
				t.Errorf("%s as %s: %s", test.body, contentType, diff)
			}
		}
	}
}

func TestWhoLeadsIsKnownOrSaidToBeUnknown(t *testing.T) {
	for text, want := range map[string]mdt.Leader{
		``:                 {Who: mdt.LedByNobody},
		`"wie":"onbekend"`: {Who: mdt.LedByNobody},
		`"naam":"O"`:       {Who: mdt.LedByNobody},
		`"wie":"ikzelf","naam":"X","email":"x@b.nl"`: {Who: mdt.LedBySelf},
	} {
		form, _ := Proposal(readAs(t, asJSON, `{"leiding":{`+text+`}}`, ProposalSpec()), nil)
		if diff := cmp.Diff(want, form.Leader); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestMessages(t *testing.T) {
	body := `{"naam":"J","email":"j@b.nl","onderwerp":"anders","bericht":"a\r\nb","telefoon":"06-12345678","regio":"landelijk","gemeente":"'s-Gravenhage"}`
	want := mdt.MessageForm{Name: "J", Email: address(t, "j@b.nl"), Subject: mdt.SubjectOther, Text: "a\nb", Phone: "06-12345678",
		Region: mdt.Nationwide, Municipality: "'s-Gravenhage"}
	for contentType, text := range map[string]string{asJSON: body, asForm: encoded(t, body)} {
		form, faults := Message(readAs(t, contentType, text, MessageSpec()), regions)
		if diff := cmp.Diff(want, form); diff != "" || len(faults) > 0 {
			t.Errorf("%s: %v %s", contentType, faults, diff)
		}
	}
	_, faults := Message(readAs(t, asJSON, `{"regio":"west","onderwerp":"x","bericht":"\n \n"}`, MessageSpec()), regions)
	if diff := cmp.Diff([]string{"#/naam naam.leeg", "#/email email.leeg", "#/onderwerp onderwerp.onbekend", "#/bericht bericht.leeg", "#/regio regio.onbekend"}, codes(faults)); diff != "" {
		t.Error(diff)
	}
}

func TestConsentIsGivenOrThereIsNothing(t *testing.T) {
	for _, test := range []struct {
		contentType, body string
		given             bool
	}{
		{asJSON, `{"email":"j@b.nl","toestemming":true}`, true},
		{asJSON, `{"email":"j@b.nl","toestemming":false}`, false},
		{asJSON, `{"email":"j@b.nl"}`, false},
		{asJSON, `{"email":"j@b.nl","toestemming":"true"}`, false},
		{asJSON, `{"email":"j@b.nl","toestemming":1}`, false},
		{asForm, `email=j@b.nl&toestemming=on`, true},
		{asForm, `email=j@b.nl&toestemming=true`, true},
		{asForm, `email=j@b.nl&toestemming=1`, true},
		{asForm, `email=j@b.nl&toestemming=false&toestemming=true`, true},
		{asForm, `email=j@b.nl&toestemming=0`, false},
		{asForm, `email=j@b.nl&toestemming=`, false},
		{asForm, `email=j@b.nl&toestemming=nee`, false},
	} {
		_, faults := Interest(readAs(t, test.contentType, test.body, InterestSpec()))
		if (len(faults) == 0) != test.given {
			t.Errorf("%s: %v", test.body, faults)
		}
		if len(faults) > 0 && faults[0].Pointer != "#/toestemming" {
			t.Errorf("%s: %v", test.body, faults)
		}
	}
}
