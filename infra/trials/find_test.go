package trials

import (
	"context"
	"slices"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// names gives who is found, sorted.
func (d *desk) names(l store.RegistrationListing) []string {
	d.t.Helper()
	l.Limit = listPage
	found, err := d.store.ListRegistrations(context.Background(), "dag", l, d.now())
	if err != nil {
		d.t.Fatal(err)
	}
	names := []string{}
	for _, r := range found.Entries {
		names = append(names, r.Name)
	}
	slices.Sort(names)
	return names
}

func (d *desk) demandNames(what string, l store.RegistrationListing, want ...string) {
	d.t.Helper()
	if got := d.names(l); !slices.Equal(got, append([]string{}, want...)) {
		d.t.Errorf("%s: found %q, want %q", what, got, want)
	}
}

func byName(begins string) store.RegistrationListing {
	return store.RegistrationListing{Order: store.ByTheName, Begins: begins}
}

func byOrganisation(begins string) store.RegistrationListing {
	return store.RegistrationListing{Order: store.ByTheOrganisation, Begins: begins}
}

// TestEverybodyIsFound by the beginning of a name or an organisation however it is typed, as it is by now; not any
// more once it is erased or has passed its end.
func TestEverybodyIsFound(t *testing.T) {
	listsOn(t, testEverybodyIsFound)
}

func testEverybodyIsFound(t *testing.T, d *desk) {
	ctx := context.Background()
	d.open("dag", 100, nil)
	d.open("ander", 100, nil)
	organisations := map[string]string{"Piet van 't Hoff": "Jong & Actief", "Pietje Bell": "jong actief Rotterdam", "Zoë Ĳzer": ""}
	for name, email := range map[string]string{"Piet van 't Hoff": "piet@gast.example", "Pietje Bell": "bell@gast.example",
		"Zoë Ĳzer": "zoe@gast.example", "'s-Gravesande": "s@gast.example"} {
		d.send("dag", email, "", fields{"naam": name, "email": email, "organisatie": organisations[name]})
		d.send("ander", email, "", fields{"naam": name + " elders", "email": email})
	}
	for typed, want := range map[string][]string{
		"piet": {"Piet van 't Hoff", "Pietje Bell"}, "PIET VAN": {"Piet van 't Hoff"}, "piet van’t h": {"Piet van 't Hoff"},
		"zoe ij": {"Zoë Ĳzer"}, "’S grave": {"'s-Gravesande"}, "hoff": nil, "piet van 't hoffman": nil, "piet van 't hoff elders": nil,
		"": {"'s-Gravesande", "Piet van 't Hoff", "Pietje Bell", "Zoë Ĳzer"},
	} {
		d.demandNames("the name "+typed, byName(typed), want...)
	}
	for typed, want := range map[string][]string{
		"jong": {"Piet van 't Hoff", "Pietje Bell"}, "Jong-Actief R": {"Pietje Bell"}, "": {"Piet van 't Hoff", "Pietje Bell"},
	} {
		d.demandNames("the organisation "+typed, byOrganisation(typed), want...)
	}
	piet := d.person("piet@gast.example")
	_, entries := d.stands("dag", "piet@gast.example")
	form := mdt.ChangeForm{KeepWishes: true, Edition: entries[0].Edition}
	form.Name, form.Organisation = "Petra Hoff", ""
	if err := d.acts.Change(ctx, "dag", piet, form); err != nil {
		t.Fatal(err)
	}
	d.demandNames("the name that was", byName("piet van"))
	d.demandNames("the name that is", byName("petra"), "Petra Hoff")
	d.demandNames("the organisation that was", byOrganisation("jong & actief"), "Pietje Bell")
	d.cancel("dag", "bell@gast.example")
	d.demandNames("cancelled", store.RegistrationListing{Status: mdt.Cancelled}, "Pietje Bell")
	d.demandNames("no longer confirmed", store.RegistrationListing{Status: mdt.Confirmed}, "'s-Gravesande", "Petra Hoff", "Zoë Ĳzer")
	found, err := d.store.Find(ctx, entries[0].Reference)
	if want := (store.Found{Of: mdt.NoteRegistration, Person: piet, Meeting: "dag"}); err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("found %v, %v", found, err)
	}
	if err := d.acts.Erase(ctx, piet, ""); err != nil {
		t.Fatal(err)
	}
	d.demandNames("erased", byName("p"), "Pietje Bell")
	if found, err := d.store.Find(ctx, entries[0].Reference); err != nil || len(found) != 0 {
		t.Errorf("erased, and found %v, %v", found, err)
	}
	d.pass(3 * 365 * 24 * time.Hour)
	for what, l := range map[string]store.RegistrationListing{"all": {}, "one status": {Status: mdt.Confirmed}, "by name": byName("")} {
		d.demandNames("past their end: "+what, l)
	}
}

// TestProposalsAndMessagesStandInTheirLists, the newest first, and are found by their reference.
func TestProposalsAndMessagesStandInTheirLists(t *testing.T) {
	d, _ := metered(t)
	ctx := context.Background()
	for _, who := range []string{"a", "b", "c"} {
		d.call("/v1/bijeenkomsten/plannen/voorstellen", "", idea(fields{"naam": who, "email": who + "@gast.example"}))
		d.call("/v1/berichten", "", fields{"naam": who, "email": who + "@gast.example", "onderwerp": "anders", "bericht": "Hoe?"})
		d.pass(time.Minute)
	}
	proposals, err1 := d.store.ListProposals(ctx, "plannen", store.Listing[mdt.Proposal]{Limit: 2}, d.now())
	messages, err2 := d.store.ListMessages(ctx, store.MessageListing{Listing: store.Listing[mdt.Message]{Limit: 2}}, d.now())
	if err1 != nil || err2 != nil || len(proposals.Entries) != 2 || len(messages.Entries) != 2 || proposals.Next == "" || messages.Next == "" {
		t.Fatalf("%v %v, %v %v", proposals, err1, messages, err2)
	}
	p, m := proposals.Entries[0], messages.Entries[0]
	if p.Name != "c" || m.Name != "c" {
		t.Errorf("%s and %s stand first", p.Name, m.Name)
	}
	for reference, want := range map[string]store.Found{
		p.Reference: {Of: mdt.NoteProposal, Person: p.Person, Meeting: "plannen", ID: p.ID},
		m.Reference: {Of: mdt.NoteMessage, Person: m.Person, ID: m.ID},
	} {
		if found, err := d.store.Find(ctx, reference); err != nil || len(found) != 1 || found[0] != want {
			t.Errorf("found %v, %v, want %v", found, err, want)
		}
	}
	some, err := d.store.ListMessages(ctx, store.MessageListing{Listing: store.Listing[mdt.Message]{Limit: 2, After: messages.Next}}, d.now())
	if err != nil || len(some.Entries) != 1 || some.Entries[0].Name != "a" || some.Next != "" {
		t.Errorf("the second page: %v, %v", some, err)
	}
}

// TestBrokenAddressesAreFound: whose letter came back, in this meeting, as long as that is known, once a page.
func TestBrokenAddressesAreFound(t *testing.T) {
	listsOn(t, func(t *testing.T, d *desk) {
		ctx := context.Background()
		d.open("dag", 100, nil)
		d.open("ander", 100, nil)
		for _, who := range []string{"a", "b", "c", "d"} {
			d.post("dag", who+"@gast.example")
		}
		d.post("ander", "e@gast.example")
		d.post("ander", "a@gast.example")
		for email, report := range map[string]mdt.Report{"a": mdt.ReportBounced, "b": mdt.ReportComplained, "c": mdt.ReportDelivered, "e": mdt.ReportBounced} {
			ids, err := d.store.LettersTo(ctx, d.person(email+"@gast.example"))
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				d.store.Claim(ctx, id, d.now())
				if _, err := d.store.Report(ctx, id, report, "", d.now()); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, limit := range []int{1, 50} {
			var got []string
			entries, _ := follow(t, func(after string) (store.Listed[mdt.Registration], error) {
				return d.store.ListBroken(ctx, "dag", after, limit, d.now())
			})
			for _, r := range entries {
				got = append(got, r.Email)
			}
			slices.Sort(got)
			if !slices.Equal(slices.Compact(got), []string{"a@gast.example", "b@gast.example"}) {
				t.Errorf("by %d: %q", limit, got)
			}
		}
	})
}
