package mdt_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// starts are moments at which the example may be loaded: on every day of a week, around the turn of the
// year at which a municipality goes, before a change of the clock, and in a leap year.
func starts() []time.Time {
	all := []time.Time{before, after, time.Date(2027, 3, 7, 23, 30, 0, 0, time.UTC), time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC),
		time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC), time.Date(2400, 2, 29, 11, 0, 0, 0, time.UTC)}
	for d := range 7 {
		all = append(all, time.Date(2026, 11, 23+d, 22, 59, 0, 0, time.UTC), time.Date(2027, 10, 4+d, 6, 0, 0, 0, time.UTC))
	}
	return all
}

func TestExampleRegionsCoverTheCountryOnce(t *testing.T) {
	a := atlas(t)
	for _, start := range starts() {
		n := example(t, start)
		if len(n.Regions) != 19 {
			t.Fatalf("%d regions", len(n.Regions))
		}
		home := map[string]string{}
		for _, region := range n.Regions {
			if !strings.HasPrefix(region.Name, "Voorbeeldregio ") {
				t.Errorf("%q does not say that it is an example", region.Name)
			}
			for _, m := range a.Named(region.Municipalities, start) {
				if home[m.Code] != "" {
					t.Errorf("%s lies in %s and in %s", m.Name, home[m.Code], region.ID)
				}
				home[m.Code] = region.ID
			}
		}
		want := 342
		if !start.Before(after) {
			want = 341
		}
		if len(home) != want {
			t.Errorf("%v: %d municipalities, want %d", start, len(home), want)
		}
	}
}

func TestExampleRegionsAreNoProvinces(t *testing.T) {
	a, n := atlas(t), example(t, before)
	crossing := 0
	for _, region := range n.Regions {
		provinces := map[string]bool{}
		for _, m := range a.Named(region.Municipalities, before) {
			provinces[m.Province] = true
		}
		if len(provinces) > 1 {
			crossing++
		}
	}
	if crossing < 5 {
		t.Errorf("%d regions cross a border between provinces", crossing)
	}
}

func TestExampleFacilitators(t *testing.T) {
	for _, start := range starts() {
		n := example(t, start)
		var vacant, standIn, described []string
		for _, region := range n.Regions {
			who, none, alarm := region.Answering(start)
			if none {
				vacant = append(vacant, region.ID)
			} else if !strings.HasSuffix(who.Email, ".example") {
				t.Errorf("%s is no example address", who.Email)
			}
			if who.StandIn {
				standIn = append(standIn, region.ID)
			}
			if region.Phone != "" && region.Strategy != "" {
				described = append(described, region.ID)
			}
			if alarm != "" {
				t.Errorf("%s: %s", region.ID, alarm)
			}
		}
		got := [][]string{vacant, standIn, described}
		if diff := cmp.Diff([][]string{{"veen-en-esdorpen"}, {"hof-en-gouwe"}, {"lek-en-gooi"}}, got); diff != "" {
			t.Errorf("%v: %s", start, diff)
		}
	}
}

func TestExamplePeople(t *testing.T) {
	roles := map[string]int{}
	for _, p := range example(t, before).People {
		roles[p.Role]++
	}
	if roles[mdt.RoleTeam] == 0 || roles[mdt.RoleReader] == 0 || roles[mdt.RoleFacilitator] < 18 {
		t.Error(roles)
	}
}

func TestExampleMeetingsStandAsPromised(t *testing.T) {
	type standing struct {
		State                           string
		Registering, Proposing, Telling mdt.ActionStatus
	}
	want := map[string]standing{
		"startbijeenkomst":             {"geweest", mdt.Closed, mdt.NoAction, mdt.NoAction},
		"regiodag-delta":               {"gepland", mdt.Closed, mdt.NoAction, mdt.NoAction},
		"informatiesessie-samenwerken": {"gepland", mdt.Open, mdt.NoAction, mdt.NoAction},
		"informatiesessie-beslissen":   {"gepland", mdt.Open, mdt.NoAction, mdt.NoAction},
		"beslisdag":                    {"gepland", mdt.Open, mdt.NoAction, mdt.NoAction},
		"netwerkbijeenkomst":           {"gepland", mdt.Open, mdt.Open, mdt.NoAction},
		"regiodag-noord":               {"gepland", mdt.NotYetOpen, mdt.NoAction, mdt.Open},
	}
	for _, start := range starts() {
		got := map[string]standing{}
		for _, m := range example(t, start).Meetings {
			got[m.ID] = standing{m.State(start), m.RegisteringStatus(mdt.Counter{}, start), m.ProposingStatus(start), m.TellingStatus(start)}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v: %s", start, diff)
		}
	}
}

// At every open meeting a name and an address are enough: nothing is asked that must be answered, and
// nobody has to choose between the place and the screen.
func TestExampleOpenMeetingsAskLittle(t *testing.T) {
	var small, pairs, three []string
	for _, m := range example(t, before).Meetings {
		if m.RegisteringStatus(mdt.Counter{}, before) != mdt.Open {
			continue
		}
		if m.Both() || slices.ContainsFunc(m.Questions, func(q mdt.Question) bool { return q.Required }) {
			t.Errorf("%s asks for more than a name and an address", m.ID)
		}
		if !before.AddDate(0, 0, 7).Before(m.WaitingListEnd()) {
			t.Errorf("%s is over within a week", m.ID)
		}
		if m.Capacity > 0 && m.Capacity <= 20 {
			small = append(small, m.ID)
		}
		if m.MaxGuests == 2 {
			pairs = append(pairs, m.ID)
		}
		if m.PerOrg == 3 {
			three = append(three, m.ID)
		}
	}
	got := [][]string{small, pairs, three}
	if diff := cmp.Diff([][]string{{"informatiesessie-samenwerken"}, {"netwerkbijeenkomst"}, {"beslisdag"}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestExampleInformationSessionsComeBeforeTheirDay(t *testing.T) {
	for _, start := range starts() {
		meetings := map[string]mdt.Meeting{}
		for _, m := range example(t, start).Meetings {
			meetings[m.ID] = m
		}
		sessions := 0
		for _, m := range meetings {
			if day := meetings["beslisdag"]; m.BelongsTo == day.ID && m.Kind == mdt.InfoSession && m.Online && m.End.Before(day.Start) {
				sessions++
			}
		}
		if sessions != 2 {
			t.Errorf("%v: %d sessions before the day", start, sessions)
		}
	}
}

func TestExampleNetworkDayHasTwoRounds(t *testing.T) {
	n := example(t, before)
	i := slices.IndexFunc(n.Meetings, func(m mdt.Meeting) bool { return m.ID == "netwerkbijeenkomst" })
	day := n.Meetings[i]
	rounds, tight := map[time.Time]int{}, 0
	for _, p := range day.Parts {
		if p.Kind == "deelsessie" {
			rounds[p.Start]++
		}
		if p.Seats == 2 {
			tight++
		}
	}
	counts := []int{}
	for _, n := range rounds {
		counts = append(counts, n)
	}
	if diff := cmp.Diff([]int{4, 4}, counts); diff != "" || tight != 1 || len(day.Questions) != 1 {
		t.Errorf("rounds %s, %d parts with two seats, %d questions", diff, tight, len(day.Questions))
	}
	if !day.Parts[1].Overlaps(day.Parts[2]) || day.Parts[1].Overlaps(day.Parts[5]) {
		t.Error("sessions of one round overlap, those of two do not")
	}
	if day.Proposing.Closes == nil || day.DecidedBy == nil || !day.Proposing.Closes.Before(*day.DecidedBy) || !day.DecidedBy.Before(day.Start) {
		t.Error("proposals close, are decided on and are held in that order")
	}
}
