package mdt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// Whatever names a region, by its id or by any municipality in it, exactly the one who answers there gets
// the message, and nobody else of all the others.
func TestEachRegionGoesToExactlyItsOwn(t *testing.T) {
	n, a, owner := example(t, before), atlas(t), map[string]string{}
	for _, region := range n.Regions {
		who, vacant, _ := region.Answering(before)
		if other, taken := owner[who.Email]; taken {
			t.Errorf("%s answers for %s and for %s", who.Name, other, region.ID)
		}
		owner[who.Email] = region.ID
		asks := [][2]string{{region.ID, ""}}
		for _, m := range a.Named(region.Municipalities, before) {
			asks = append(asks, [2]string{"", m.Name}, [2]string{"", m.Code}, [2]string{region.ID, m.Name})
		}
		for _, ask := range asks {
			r, fault := mdt.Route(n.Regions, a, ask[0], ask[1], before)
			if fault != nil || r.Region == nil || r.Region.ID != region.ID || r.ToTeam != vacant || r.Responder != who {
				t.Errorf("Route(%q) = %+v, %v; want %s", ask, r, fault, region.ID)
			}
		}
	}
	if len(owner) != 19 { // 18 people, and nobody for the vacant one
		t.Errorf("%d answer", len(owner))
	}
}

func TestRoute(t *testing.T) {
	tests := []struct {
		region, municipality string
		want                 string // region's id, and "team" where the team has it
		told                 string // the municipality's name
		fault                string // pointer and code
	}{
		{"", "", "team", "", ""},
		{"landelijk", "", "team", "", ""},
		{"landelijk", "Utrecht", "team", "Utrecht", ""},
		{"lek-en-gooi", "", "lek-en-gooi", "", ""},
		{"", "Wijdemeren", "lek-en-gooi", "Wijdemeren", ""},
		{"", "Loosdrecht", "lek-en-gooi", "Wijdemeren", ""},
		{"veen-en-esdorpen", "", "veen-en-esdorpen team", "", ""},
		{"", "Emmen", "veen-en-esdorpen team", "Emmen", ""},
		{"lek-en-gooi", "Utrecht", "lek-en-gooi", "Utrecht", ""},
		{"lek-en-gooi", "Emmen", "", "", "#/gemeente regio.gemeente"},
		{"atlantis", "", "", "", "#/regio regio.onbekend"},
		{"atlantis", "Emmen", "", "", "#/regio regio.onbekend"},
		{"", "Atlantis", "", "", "#/gemeente gemeente.onbekend"},
		{"lek-en-gooi", "Atlantis", "", "", "#/gemeente gemeente.onbekend"},
		{"", "Bergen", "", "", "#/gemeente gemeente.dubbel Bergen (NH.) of Bergen (L.)"},
		{"landelijk", "Bergen", "", "", "#/gemeente gemeente.dubbel Bergen (NH.) of Bergen (L.)"},
		{"kop-en-duin", "Bergen", "kop-en-duin", "Bergen (NH.)", ""},
		{"peel-en-kempen", "Bergen", "peel-en-kempen", "Bergen (L.)", ""},
		{"lek-en-gooi", "Bergen", "", "", "#/gemeente regio.gemeente"},
		{"", "Haaren", "", "", "#/gemeente gemeente.gesplitst Boxtel, Oisterwijk, Tilburg of Vught"},
		{"peel-en-kempen", "Haaren", "peel-en-kempen", "Boxtel", ""},
		{"langstraat-en-baronie", "Haaren", "", "", "#/gemeente gemeente.gesplitst Boxtel, Oisterwijk, Tilburg of Vught"},
	}
	n, a := example(t, before), atlas(t)
	for _, tt := range tests {
		r, fault := mdt.Route(n.Regions, a, tt.region, tt.municipality, before)
		got := ""
		if r.Region != nil {
			got = r.Region.ID
		}
		if r.ToTeam {
			got += " team"
		}
		problem := ""
		if fault != nil {
			problem = strings.TrimSpace(fault.Pointer + " " + fault.Code + " " + fault.Args["keuzes"])
		}
		want := []string{tt.want, tt.told, tt.fault}
		if diff := cmp.Diff(want, []string{strings.TrimSpace(got), r.Municipality, problem}); diff != "" {
			t.Errorf("Route(%q, %q): %s", tt.region, tt.municipality, diff)
		}
		if r.ToTeam == (r.Responder.Email != "") && fault == nil {
			t.Errorf("Route(%q, %q) goes to nobody or to two: %+v", tt.region, tt.municipality, r)
		}
	}
}

func TestRouteRaisesAnAlarm(t *testing.T) {
	regions := []mdt.Region{{ID: "een", Municipalities: []string{"GM0344"}, Facilitators: []mdt.Facilitator{{Name: "Ans Bakker"}}}}
	for _, ask := range [][2]string{{"een", ""}, {"", "Utrecht"}, {"", "Emmen"}} { // no address, twice; no region
		r, fault := mdt.Route(regions, atlas(t), ask[0], ask[1], before)
		if fault != nil || !r.ToTeam || r.Alarm == "" || strings.Contains(r.Alarm, "Ans") {
			t.Errorf("Route(%q) = %+v, %v; want the team and an alarm without a name", ask, r, fault)
		}
	}
	r, _ := mdt.Route(regions, atlas(t), "landelijk", "Emmen", before)
	if r.Alarm != "" {
		t.Errorf("a nationwide message raises %q", r.Alarm)
	}
}

func TestRouteFollowsTheDay(t *testing.T) {
	n, a := example(t, before), atlas(t)
	want := map[string]int{"Hugo Bos": 0, "Fatima Yildiz": 21} // the stand-in, until the facilitator is back
	for name, days := range want {
		r, _ := mdt.Route(n.Regions, a, "", "Den Haag", before.AddDate(0, 0, days))
		if r.Responder.Name != name || r.Responder.StandIn != (name == "Hugo Bos") {
			t.Errorf("after %d days: %+v, want %s", days, r.Responder, name)
		}
	}
}
