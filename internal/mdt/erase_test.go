package mdt_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// everythingOf is what a person has who did everything once.
func everythingOf() []mdt.Trace {
	return []mdt.Trace{
		{Of: "aanmelding", Path: "dag", Meeting: "dag", Reference: "REGISTER", Email: "noor@gast.example", Name: "Noor", Since: day(-3)},
		{Of: "adres"},
		{Of: "attendering", Path: "straks", Meeting: "straks", Reference: "WAITEDXX", Email: "noor@gast.example", Since: day(-4)},
		{Of: "bericht", Path: "m1", Reference: "MESSAGEX", Email: "noor@gast.example", Name: "N. de Vries", Since: day(-5)},
		{Of: "leiding", Path: "dag#v2", Meeting: "dag", Reference: "LEADINGX", Email: "noor@gast.example", Name: "Noortje", Since: day(-6)},
		{Of: "voorstel", Path: "dag#v1", Meeting: "dag", Reference: "PRPSALXX", Email: "noor@gast.example", Name: "Noor", Since: day(-7)},
		{Of: "wensen", Path: "dag", Meeting: "dag", Since: day(-3)},
	}
}

func paths(traces []mdt.Trace) (paths []string) {
	for _, t := range traces {
		paths = append(paths, string(t.Of)+"#"+t.Path)
	}
	return paths
}

// TestWhatAnErasureTakes: what goes, whom it is told, in which words.
func TestWhatAnErasureTakes(t *testing.T) {
	all := []string{"aanmelding#dag", "attendering#straks", "bericht#m1", "leiding#dag#v2", "voorstel#dag#v1"}
	for _, c := range []struct {
		name      string
		reference string
		traces    []mdt.Trace
		found     bool
		scope     []string
		counts    map[string]int
		address   bool // what is known of the address itself goes too
		what      []string
	}{
		{"everything", "", everythingOf(), true, all,
			map[string]int{"aanmelding": 1, "wensen": 1, "attendering": 1, "voorstel": 1, "leiding": 1, "bericht": 1}, true,
			[]string{"aanmelding", "wensen", "attendering", "voorstel", "leiding", "bericht", "alles"}},
		{"a registration with its wishes", "REGISTER", everythingOf(), true, []string{"aanmelding#dag"},
			map[string]int{"aanmelding": 1, "wensen": 1}, false, []string{"aanmelding", "wensen"}},
		{"an interest", "WAITEDXX", everythingOf(), true, []string{"attendering#straks"}, map[string]int{"attendering": 1}, false, []string{"attendering"}},
		{"a message", "MESSAGEX", everythingOf(), true, []string{"bericht#m1"}, map[string]int{"bericht": 1}, false, []string{"bericht"}},
		{"a proposal", "PRPSALXX", everythingOf(), true, []string{"voorstel#dag#v1"}, map[string]int{"voorstel": 1}, false, []string{"voorstel"}},
		{"somebody else's proposal", "LEADINGX", everythingOf(), true, []string{"leiding#dag#v2"}, map[string]int{"leiding": 1}, false, []string{"leiding"}},
		{"no such entry", "NOTHINGX", everythingOf(), false, nil, map[string]int{}, false, nil},
		{"nothing stands", "", nil, false, nil, map[string]int{}, false, nil},
		{"the only entry", "REGISTER", []mdt.Trace{everythingOf()[0], everythingOf()[1], everythingOf()[6]}, true, []string{"aanmelding#dag"},
			map[string]int{"aanmelding": 1, "wensen": 1}, true, []string{"aanmelding", "wensen", "alles"}},
		{"two of a kind", "", []mdt.Trace{{Of: "bericht", Path: "m1", Email: "noor@gast.example"}, {Of: "bericht", Path: "m2", Email: "noor@gast.example"}}, true,
			[]string{"bericht#m1", "bericht#m2"}, map[string]int{"bericht": 2}, false, []string{"bericht", "alles"}},
		{"what has passed its end goes and is not told", "", []mdt.Trace{{Of: "bericht", Path: "m1", Expired: true, Email: "noor@gast.example"}}, true,
			[]string{"bericht#m1"}, map[string]int{}, false, []string{"alles"}},
		{"only that with another entry", "REGISTER", []mdt.Trace{everythingOf()[0], {Of: "bericht", Path: "m1", Expired: true}}, true,
			[]string{"aanmelding#dag", "bericht#m1"}, map[string]int{"aanmelding": 1}, false, []string{"aanmelding", "alles"}},
		{"wishes that outlasted their registration", "", []mdt.Trace{{Of: "wensen", Path: "dag", Meeting: "dag"}, {Of: "adres", Email: "noor@gast.example"}}, true,
			[]string{"wensen#dag"}, map[string]int{"wensen": 1}, true, []string{"wensen", "alles"}},
		{"the lines about an entry go with it", "REGISTER", append(everythingOf(), logged("REGISTER", -1), logged("MESSAGEX", -1)), true,
			[]string{"aanmelding#dag", "logboek#REGISTER"}, map[string]int{"aanmelding": 1, "wensen": 1}, false, []string{"aanmelding", "wensen"}},
		{"all lines go with everything", "", append(everythingOf(), logged("REGISTER", -1), logged("LONGGONE", -1), logged("", -1)), true,
			append(slices.Clone(all), "logboek#REGISTER", "logboek#LONGGONE", "logboek#"),
			map[string]int{"aanmelding": 1, "wensen": 1, "attendering": 1, "voorstel": 1, "leiding": 1, "bericht": 1}, true,
			[]string{"aanmelding", "wensen", "attendering", "voorstel", "leiding", "bericht", "alles"}},
		{"only lines are left", "", []mdt.Trace{{Of: "adres", Email: "noor@gast.example"}, logged("LONGGONE", -1)}, true, []string{"logboek#LONGGONE"}, map[string]int{}, true, []string{"alles"}},
		{"lines are no entry", "LONGGONE", []mdt.Trace{{Of: "adres"}, logged("LONGGONE", -1)}, false, nil, map[string]int{}, false, nil},
		{"only the address is known", "", []mdt.Trace{{Of: "adres"}}, true, nil, map[string]int{}, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, found := mdt.BeginErasure("id", "p", c.reference, c.traces, noon)
			if found != c.found || !maps.Equal(e.Counts, c.counts) {
				t.Fatalf("found %v, %v; want %v, %v", found, e.Counts, c.found, c.counts)
			}
			if !found {
				return
			}
			scope := e.Scope(c.traces)
			if diff := cmp.Diff(c.scope, paths(scope)); diff != "" {
				t.Error(diff)
			}
			left := slices.DeleteFunc(slices.Clone(c.traces), func(t mdt.Trace) bool {
				return slices.Contains(paths(scope), string(t.Of)+"#"+t.Path) || t.Of == "wensen" && slices.Contains(c.scope, "aanmelding#"+t.Meeting)
			})
			address, letter := e.Last(left, noon)
			if diff := cmp.Diff(letter, e.Foreseen(c.traces, noon)); diff != "" {
				t.Errorf("another letter was foreseen: %s", diff)
			}
			if (address != nil) != c.address {
				t.Errorf("the address goes: %v", address != nil)
			}
			if letter == nil {
				if c.what != nil {
					t.Error("nobody is told")
				}
				return
			}
			if diff := cmp.Diff(c.what, letter.What); diff != "" {
				t.Error(diff)
			}
			if letter.Kind != mdt.LetterErased || letter.To != "noor@gast.example" || letter.Person != "" || letter.State != mdt.Pending || len(letter.Notes) > 0 {
				t.Errorf("%+v", letter)
			}
		})
	}
}

// logged is a line of the log about an entry, so many days from now.
func logged(about string, days int) mdt.Trace {
	return mdt.Trace{Of: "logboek", Path: about, Reference: about, Since: day(days)}
}

// TestLinesThatComeWhileAnErasureRuns: once the entry is gone a line about it goes, whenever it came; one about what
// somebody sent in again stays.
func TestLinesThatComeWhileAnErasureRuns(t *testing.T) {
	e, _ := mdt.BeginErasure("id", "p", "REGISTER", everythingOf(), noon)
	late := mdt.Trace{Of: "logboek", Path: "late", Reference: "REGISTER", Since: noon.Add(time.Minute)}
	before := mdt.Trace{Of: "logboek", Path: "before", Reference: "REGISTER", Since: day(-1)}
	other := mdt.Trace{Of: "logboek", Path: "other", Reference: "MESSAGEX", Since: day(-1)}
	address, message := mdt.Trace{Of: "adres"}, everythingOf()[3]
	again := mdt.Trace{Of: "aanmelding", Path: "dag", Reference: "REGISTER", Since: noon.Add(time.Second)}
	for _, c := range []struct {
		name   string
		traces []mdt.Trace
		want   []string
	}{
		{"the entry still stands", append(everythingOf(), late), []string{"aanmelding#dag"}},
		{"the entry is gone", []mdt.Trace{address, message, late, before, other}, []string{"logboek#late", "logboek#before"}},
		{"the person came again", []mdt.Trace{address, message, again, late, before}, []string{"logboek#before"}},
		{"nothing else is left", []mdt.Trace{address, late, other}, []string{"logboek#late", "logboek#other"}},
	} {
		if diff := cmp.Diff(c.want, paths(e.Scope(c.traces))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestWhatACorrectedEntryLeavesBehind: lines about what is gone, and the address where nothing else is known of it.
func TestWhatACorrectedEntryLeavesBehind(t *testing.T) {
	address, message := mdt.Trace{Of: "adres"}, everythingOf()[3]
	gone, other := logged("REGISTER", -1), logged("MESSAGEX", -1)
	for _, c := range []struct {
		name   string
		traces []mdt.Trace
		want   []string
	}{
		{"nothing", nil, nil},
		{"nobody's address", []mdt.Trace{address, gone}, []string{"adres#", "logboek#REGISTER"}},
		{"somebody else's", []mdt.Trace{address, message, gone, other}, []string{"logboek#REGISTER"}},
	} {
		if diff := cmp.Diff(c.want, paths(mdt.LeftBehind(c.traces))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestAnErasureLeavesWhatCameLater: who comes again while an erasure that was cut off waits keeps the new entry.
func TestAnErasureLeavesWhatCameLater(t *testing.T) {
	e, _ := mdt.BeginErasure("id", "p", "", everythingOf(), noon)
	again := []mdt.Trace{{Of: "aanmelding", Path: "dag", Meeting: "dag", Since: noon.Add(time.Second)}, {Of: "adres"}, {Of: "wensen", Path: "dag", Meeting: "dag"}}
	if scope := e.Scope(again); scope != nil {
		t.Errorf("%v go", paths(scope))
	}
	address, letter := e.Last(again, noon)
	if address != nil || slices.Contains(letter.What, "alles") {
		t.Errorf("the address goes: %v; told: %v", address != nil, letter.What)
	}
	if !e.Covers("REGISTER") || (mdt.Erasure{Reference: "A"}).Covers("B") || (mdt.Erasure{Reference: "A"}).Covers("") {
		t.Error("everything covers one entry, and one entry covers itself")
	}
}

// TestEraseRequests: whoever may have a message is asked to erase it too, and nobody else.
func TestEraseRequests(t *testing.T) {
	asked := func(d mdt.Delivery) bool {
		letter := mdt.EraseRequest(mdt.Letter{Kind: mdt.LetterToFacilitator, To: "femke@delta.example", Name: "Femke", Reference: "MESSAGEX", Delivery: d}, noon)
		if letter != nil && (letter.Kind != mdt.LetterEraseRequest || letter.To != "femke@delta.example" || letter.Reference != "MESSAGEX" || letter.Message != nil) {
			t.Errorf("%+v", letter)
		}
		return letter != nil
	}
	for _, c := range []struct {
		delivery mdt.Delivery
		want     bool
	}{
		{mdt.Delivery{State: mdt.Pending}, false},
		{mdt.Delivery{State: mdt.Held}, false},
		{mdt.Delivery{State: mdt.Dropped}, false},
		{mdt.Delivery{State: mdt.Pending, Attempts: 1}, true}, // a claim that was lost may have sent it
		{mdt.Delivery{State: mdt.Sending, Attempts: 1}, true},
		{mdt.Delivery{State: mdt.Unknown, Attempts: 1}, true},
		{mdt.Delivery{State: mdt.Accepted, Attempts: 1}, true},
		{mdt.Delivery{State: mdt.Delivered, Attempts: 1}, true},
		{mdt.Delivery{State: mdt.Complained, Attempts: 1}, true},
		{mdt.Delivery{State: mdt.Bounced, Attempts: 1}, false},
		{mdt.Delivery{State: mdt.Suppressed, Attempts: 1}, false},
		{mdt.Delivery{State: mdt.Rejected, Attempts: 1}, false},
		{mdt.Delivery{State: mdt.Bounced, Attempts: 2, Doubts: 1}, true},
		{mdt.Delivery{State: mdt.Failed, Attempts: 3, Doubts: 3}, true},
	} {
		if got := asked(c.delivery); got != c.want {
			t.Errorf("%+v: asked %v", c.delivery, got)
		}
	}
	if mdt.EraseRequest(mdt.Letter{Kind: mdt.LetterForwarded, Delivery: mdt.Delivery{State: mdt.Accepted, Attempts: 1}}, noon) != nil {
		t.Error("the sender is asked to erase it")
	}
}

// TestSpent: letters that hold the last of somebody go once they came to their end, whichever it was.
func TestSpent(t *testing.T) {
	for _, state := range mdt.States {
		waits := slices.Contains([]mdt.DeliveryState{mdt.Pending, mdt.Held, mdt.Sending, mdt.Unknown}, state)
		for kind, want := range map[mdt.LetterKind]bool{mdt.LetterErased: !waits, mdt.LetterEraseRequest: !waits && state != mdt.Failed, mdt.LetterCancelled: false} {
			if got := (mdt.Letter{Kind: kind, Delivery: mdt.Delivery{State: state}}).Spent(); got != want {
				t.Errorf("letter %d, %s: %v", kind, state, got)
			}
		}
	}
}

// TestGuestsStayNamed: who registers again still names those who were brought before, as their entries do.
func TestGuestsStayNamed(t *testing.T) {
	r := guests(request(openMeeting(nil), counts(0, 0)), nil)
	r.Self.Standing = &mdt.Registration{Status: mdt.Cancelled, Guests: []mdt.Brought{{Person: "g1", Name: "Oud"}, {Person: "g9", Name: "Eerder"}}}
	got, refusal := mdt.Register(r)
	if refusal != nil {
		t.Fatal(refusal)
	}
	if diff := cmp.Diff([]mdt.Brought{{Person: "g1", Name: "Gast 1"}, {Person: "g9", Name: "Eerder"}}, got.Entries[0].New.Guests); diff != "" {
		t.Error(diff)
	}
}
