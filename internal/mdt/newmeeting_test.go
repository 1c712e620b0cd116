package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func TestNewMeetingNeedsNoMoreThanItsOwn(t *testing.T) {
	for _, kind := range mdt.Kinds {
		m := mdt.NewMeeting(kind)
		m.ID, m.Name, m.Place = "dag-2028", "Dag 2028", "Utrecht"
		m.Start, m.End = day(20), day(20).Add(time.Hour)
		if faults := mdt.CheckMeeting(mdt.Edited{Meeting: m}); len(faults) > 0 || m.Published {
			t.Errorf("%s: %+v", kind, faults)
		}
	}
}

func TestMeetingLike(t *testing.T) {
	on := func(text string) *time.Time { at := amsterdam(t, text); return &at }
	was := mdt.Meeting{ID: "dag-2027", Name: "Dag 2027", Kind: mdt.DecisionDay, Start: *on("2027-03-24 10:00"), End: *on("2027-03-24 16:00"),
		Place: "Utrecht", Online: true, OnlineLink: "https://vergaderen.example/1", Page: "https://mdt.example/2027", Capacity: 20, HeldBack: 2,
		Published: true, Cancelled: true, Sequence: 3, Version: 9, Paragraphs: map[string]string{"2": "Neem je laptop mee."},
		Registering: &mdt.Window{Opens: on("2027-02-01 09:00"), Closes: on("2027-03-22 00:00")}, Proposing: &mdt.Window{Pending: true},
		WaitingEnds: on("2027-03-23 12:00"), Parts: []mdt.Part{{ID: "a", Name: "A", Kind: "deelsessie", Start: *on("2027-03-24 11:00"), End: *on("2027-03-24 12:00"), Seats: 2}}}
	got := mdt.MeetingLike(was, *on("2028-03-29 13:00")) // another time of day, and summer by then
	want := was
	want.ID, want.Name, want.Start, want.End = "", "Dag 2028", *on("2028-03-29 13:00"), *on("2028-03-29 19:00")
	want.OnlineLink, want.Page, want.Published, want.Cancelled, want.Sequence, want.Version = "", "", false, false, 0, 0
	want.Registering = &mdt.Window{Opens: on("2028-02-07 09:00"), Closes: on("2028-03-27 00:00")}
	want.WaitingEnds = on("2028-03-28 12:00")
	want.Parts = []mdt.Part{{ID: "a", Name: "A", Kind: "deelsessie", Start: *on("2028-03-29 14:00"), End: *on("2028-03-29 15:00"), Seats: 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got.Parts[0].Name, got.Paragraphs["2"] = "B", ""
	if was.Parts[0].Name != "A" || was.Paragraphs["2"] == "" {
		t.Error("the earlier meeting changes with the new one")
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Beslisdag 2027": "beslisdag-2027", " 's-Gravenhage, café! ": "s-gravenhage-cafe", "Ĳburg & Zuid": "ijburg-zuid", "李": "", "--": "",
		"Een heel lange naam voor een bijeenkomst, zo lang dat hij niet past": "een-heel-lange-naam-voor-een-bijeenkomst-zo-lang-dat-hij-nie",
	} {
		if got := mdt.Slug(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
