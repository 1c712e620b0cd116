package forms

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func TestAWholeRegion(t *testing.T) {
	body := `{"naam":" Regio  Noord","telefoon":"030 555 01 90","regiostrategie":"een\ntwee","facilitators":[
		{"naam":"Ans","email":"ans@regio.example","totEnMet":"30-6-2027","afwezig":[
			{"vanaf":"1-2-2027","totEnMet":"2027-02-05","vervanger":"Bo","vervangerEmail":"bo@regio.example"},{"vanaf":"6-2-2027"}]},
		{"naam":"Cas","vanaf":"1-7-2027"}]}`
	was := mdt.Region{ID: "noord", Name: "Noord", Municipalities: []string{"GM0001"}, Version: 3, Facilitators: []mdt.Facilitator{{Name: "Dot"}}}
	want := mdt.Region{ID: "noord", Name: "Regio Noord", Municipalities: []string{"GM0001"}, Version: 3, Phone: "030 555 01 90", Strategy: "een\ntwee",
		Facilitators: []mdt.Facilitator{
			{Name: "Ans", Email: "ans@regio.example", Until: "2027-06-30", Absences: []mdt.Absence{
				{From: "2027-02-01", Until: "2027-02-05", StandIn: &mdt.StandIn{Name: "Bo", Email: "bo@regio.example"}}, {From: "2027-02-06"}}},
			{Name: "Cas", From: "2027-07-01"},
		}}
	for contentType, text := range map[string]string{asJSON: body, asForm: encoded(t, body)} {
		now, faults := Region(readAs(t, contentType, text, RegionSpec()), was)
		if diff := cmp.Diff(want, now); diff != "" || len(faults) > 0 {
			t.Errorf("%s: %v %s", contentType, faults, diff)
		}
	}
	vacant, faults := Region(readAs(t, asForm, "naam=Noord&facilitators.0.naam=&facilitators.0.afwezig.0.vanaf=", RegionSpec()), was)
	if len(vacant.Facilitators) > 0 || len(faults) > 0 {
		t.Errorf("rows that are empty: %+v, %v", vacant.Facilitators, faults)
	}
}

// TestFaultsOfARegion: each at its own row, also where rows before it were left empty.
func TestFaultsOfARegion(t *testing.T) {
	for _, test := range []struct {
		body string
		want []string
	}{
		{"naam=", []string{"#/naam regiobeheer.naam.leeg"}},
		{"naam=N&telefoon=12&facilitators.0.email=a@b.nl", []string{"#/telefoon telefoon.vorm", "#/facilitators/0/naam regiobeheer.facilitator.naam.leeg"}},
		{"naam=N&facilitators.3.naam=A&facilitators.3.email=a&facilitators.7.naam=B&facilitators.7.vanaf=31-2-2027", []string{
			"#/facilitators/3/email regiobeheer.facilitator.email.vorm", "#/facilitators/7/vanaf regiobeheer.facilitator.vanaf.dag"}},
		{"naam=N&facilitators.0.naam=A&facilitators.0.vanaf=1 maart 27&facilitators.0.totEnMet=1 maart 2027", []string{"#/facilitators/0/vanaf bewerken.dag.jaar"}},
		{"naam=N&facilitators.3.naam=A&facilitators.7.naam=B", []string{"#/facilitators/7/vanaf regiobeheer.facilitator.vanaf.dubbel"}},
		{"naam=N&facilitators.3.naam=A&facilitators.3.afwezig.2.vanaf=2-2-2027&facilitators.3.afwezig.2.totEnMet=1-2-2027&facilitators.3.afwezig.5.vervangerEmail=x", []string{
			"#/facilitators/3/afwezig/5/vervangerEmail regiobeheer.vervanger.email.vorm",
			"#/facilitators/3/afwezig/2/totEnMet regiobeheer.afwezig.totEnMet.voorVanaf", "#/facilitators/3/afwezig/5/vanaf regiobeheer.afwezig.vanaf.leeg"}},
		{"naam=N&facilitators.0.naam=A&facilitators.0.afwezig.0.vanaf=1-2-2027&facilitators.0.afwezig.0.vervangerEmail=b@b.nl", []string{
			"#/facilitators/0/afwezig/0/vervanger regiobeheer.vervanger.naam.leeg"}},
		{"naam=N&facilitators.0.afwezig.x.vanaf=1-2-2027&facilitators.0.afwezig.vanaf=1-2-2027&facilitators.0.naam.x=A&facilitators.0.afwezig.0=A", nil}, // names of nothing
	} {
		_, faults := Region(readAs(t, asForm, test.body, RegionSpec()), mdt.Region{})
		if diff := cmp.Diff(test.want, codes(faults)); diff != "" {
			t.Errorf("%s: %s", test.body, diff)
		}
	}
}

// TestNewRegion: called as somebody types it, or by what its name makes, and like no other.
func TestNewRegion(t *testing.T) {
	there := []mdt.Region{{ID: "noord"}}
	for _, test := range []struct{ body, id, fault string }{
		{"naam=Duin en Déla", "duin-en-dela", ""},
		{"naam=Duin&id=Zand", "zand", ""},
		{"naam=Noord", "noord", "#/id regiobeheer.id.bezet"},
		{"naam=Landelijk", "landelijk", "#/id regiobeheer.id.vorm"},
		{"naam=Duin&id=a b", "a b", "#/id regiobeheer.id.vorm"},
		{"naam=…", "", "#/id regiobeheer.id.vorm"},
		{"id=zand", "zand", "#/naam regiobeheer.naam.leeg"},
	} {
		now, faults := NewRegion(readAs(t, asForm, test.body, NewRegionSpec()), there)
		if got := strings.Join(codes(faults), ", "); now.ID != test.id || got != test.fault || len(now.Municipalities) > 0 {
			t.Errorf("%s: %q, %q, want %q, %q", test.body, now.ID, got, test.id, test.fault)
		}
	}
}
