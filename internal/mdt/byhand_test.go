package mdt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

func TestPlaceBeyond(t *testing.T) {
	decide(t, []decided{
		{name: "a seat more", scene: scene(waits("p", 5)), act: mdt.PlaceBeyond, want: told{"p bevestigd", "21 p", "+1 +0 -1", ""}},
		{name: "one that is free", scene: with(scene(waits("p", 5)), occupied(9)), act: mdt.PlaceBeyond, want: told{"p bevestigd", "21 p", "+1 +0 -1", ""}},
		{name: "who has one", scene: scene(seated("p")), act: mdt.PlaceBeyond, code: "handeling.kanNiet"},
	})
	more, _ := mdt.PlaceBeyond(scene(waits("p", 5)))
	if !more.Resized || more.Meeting.Capacity != 11 || more.Meeting.Version != scene(nil).Meeting.Version+1 || more.Count.MaxOccupied != nil {
		t.Errorf("%+v %+v", more.Meeting, more.Count)
	}
	if within, _ := mdt.PlaceBeyond(with(scene(waits("p", 5)), occupied(9))); within.Resized || within.Meeting.Capacity != 10 {
		t.Errorf("a seat was free, and the meeting got %d", within.Meeting.Capacity)
	}
}

func TestResend(t *testing.T) {
	over := with(scene(seated("p")), func(s *mdt.Scene) { s.Now = s.Meeting.End })
	nobody := seated("p")
	nobody.Email = ""
	for name, c := range map[string]struct {
		scene mdt.Scene
		kind  mdt.LetterKind
		code  string
	}{
		"a seat":                         {scene(seated("p")), mdt.LetterRegistered, ""},
		"a seat that is no more":         {scene(who("p", mdt.Cancelled)), mdt.LetterRegistered, "brief.achterhaald"},
		"cancelled":                      {scene(who("p", mdt.Cancelled)), mdt.LetterCancelled, ""},
		"waiting":                        {scene(waits("p", 5)), mdt.LetterWaiting, ""},
		"waiting, and a seat since":      {scene(seated("p")), mdt.LetterWaiting, "brief.achterhaald"},
		"an offer that stands":           {scene(offeredTo("p", 5)), mdt.LetterOffer, ""},
		"an offer that has lapsed":       {with(scene(offeredTo("p", 5)), func(s *mdt.Scene) { s.Now = day(1) }), mdt.LetterOffer, "brief.achterhaald"},
		"an offer that is accepted":      {scene(seated("p")), mdt.LetterOffer, "brief.achterhaald"},
		"a meeting that is over":         {over, mdt.LetterRegistered, "brief.achterhaald"},
		"no address":                     {scene(nobody), mdt.LetterRegistered, "brief.geenAdres"},
		"a link for an hour":             {scene(seated("p")), mdt.LetterLink, "handeling.kanNiet"},
		"no entry":                       {scene(nil), mdt.LetterRegistered, "handeling.kanNiet"},
		"that the whole was called off":  {scene(seated("p")), mdt.LetterCalledOff, "handeling.kanNiet"},
		"a reminder, on another day now": {scene(seated("p")), mdt.LetterReminder, ""},
		"one that is on its way":         {with(scene(seated("p")), underWay(mdt.LetterRegistered)), mdt.LetterRegistered, "brief.onderweg"},
		"another is on its way":          {with(scene(seated("p")), underWay(mdt.LetterReminder)), mdt.LetterRegistered, ""},
	} {
		old := mdt.Letter{Kind: c.kind, To: "fout@gast.example", Days: 7, Until: at(day(-3))}
		act, refusal := mdt.Resend(c.scene, old)
		if foreseen := codeOf(mdt.MayResend(c.scene, old)); foreseen != c.code {
			t.Errorf("%s: %q was foreseen", name, foreseen)
		}
		if code := codeOf(refusal); code != c.code {
			t.Errorf("%s: %q, want %q", name, code, c.code)
		}
		if c.code != "" {
			continue
		}
		l := act.Letters[0]
		if len(act.Letters) != 1 || l.Kind != c.kind || l.To != "p@gast.example" || !l.ByTeam || l.FromAPost() || len(act.Entries) > 0 || l.State != mdt.Pending {
			t.Errorf("%s: %+v", name, l)
		}
		if c.kind == mdt.LetterOffer && !l.Until.Equal(day(1)) || c.kind == mdt.LetterReminder && l.Days != 20 {
			t.Errorf("%s tells what was so then: until %v, %d days", name, l.Until, l.Days)
		}
	}
}

func underWay(kind mdt.LetterKind) func(*mdt.Scene) {
	return func(s *mdt.Scene) { s.Letters = append(s.Letters, mdt.Letter{ID: "b", Kind: kind}) }
}

func codeOf(r *mdt.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}

var right = mdt.Address{Mail: "goed@gast.example", Normal: "goed@gast.example"}

// correction is of p to q, with what stands under q.
func correction(entry, standing *mdt.Registration, others ...*mdt.Registration) mdt.Correction {
	return mdt.Correction{Scene: scene(entry), Email: right, Owner: mdt.Entrant{Person: "q", Reference: "QQQQQQQQ", Standing: standing}, Others: others}
}

func TestCorrectAddress(t *testing.T) {
	past := correction(seated("p"), nil)
	past.Now = past.Meeting.End
	guest := seated("p")
	guest.BroughtBy, guest.BroughtName = "n", "Bo"
	for name, c := range map[string]struct {
		of      mdt.Correction
		code    string
		entries string
		letter  mdt.LetterKind
	}{
		"a seat":            {correction(seated("p"), nil), "", "-p q bevestigd", mdt.LetterRegistered},
		"in line":           {correction(waits("p", 5), nil), "", "-p q wachtlijst 5", mdt.LetterWaiting},
		"an offer":          {correction(offeredTo("p", 5), nil), "", "-p q aanbod 5", mdt.LetterOffer},
		"a guest":           {correction(guest, nil), "", "-p q bevestigd", mdt.LetterGuest},
		"cancelled there":   {correction(seated("p"), who("q", mdt.Cancelled)), "", "-p q bevestigd", mdt.LetterRegistered},
		"registered there":  {correction(seated("p"), seated("q")), "balie.adresBezet", "", 0},
		"waiting there":     {correction(seated("p"), waits("q", 1)), "balie.adresBezet", "", 0},
		"cancelled itself":  {correction(who("p", mdt.Cancelled), nil), "handeling.kanNiet", "", 0},
		"nothing to mend":   {correction(nil, nil), "handeling.kanNiet", "", 0},
		"a meeting is over": {past, "handeling.kanNiet", "", 0},
	} {
		act, refusal := mdt.CorrectAddress(c.of)
		if code := codeOf(refusal); code != c.code {
			t.Errorf("%s: %q, want %q", name, code, c.code)
		}
		if c.code != "" {
			continue
		}
		var entries []string
		for _, e := range act.Entries {
			if e.New == nil {
				entries = append(entries, "-"+string(e.Was.Person))
				continue
			}
			entries = append(entries, strings.TrimSuffix(fmt.Sprint(e.New.Person, " ", e.New.Status, " ", e.New.Number), " 0"))
		}
		if got := strings.Join(entries, " "); got != c.entries {
			t.Errorf("%s: %s, want %s", name, got, c.entries)
		}
		if !act.Count.IsZero() || len(act.Letters) != 1 || act.Letters[0].Kind != c.letter || act.Letters[0].To != right.Mail || act.Letters[0].Person != "q" {
			t.Errorf("%s: %+v %+v", name, act.Count, act.Letters)
		}
	}
}

// TestACorrectedEntryTakesAllAlong: its letters, its wishes, and what others' entries say of it.
func TestACorrectedEntryTakesAllAlong(t *testing.T) {
	entry, namer, guest := seated("p", "a"), seated("n"), seated("g")
	entry.BroughtBy, entry.LetterIDs, entry.Tags = "n", []string{"b1"}, []string{"vip"}
	entry.Guests = []mdt.Brought{{Person: "g", Name: "Gast"}}
	namer.Guests = []mdt.Brought{{Person: "x", Name: "X"}, {Person: "p", Name: "P"}}
	guest.BroughtBy = "p"
	was := who("q", mdt.Cancelled)
	c := correction(entry, was, namer, guest)
	c.Wishes, c.Letters = "rolstoel", []mdt.Letter{{ID: "b1"}}
	act, refusal := mdt.CorrectAddress(c)
	if refusal != nil {
		t.Fatal(refusal)
	}
	moved := act.Entries[1].New
	if moved.Version != was.Version+1 || moved.Reference != "QQQQQQQQ" || !slices.Equal(moved.LetterIDs, entry.LetterIDs) || !slices.Equal(moved.Parts, entry.Parts) ||
		!slices.Equal(moved.Tags, entry.Tags) || moved.Revision != entry.Revision+1 {
		t.Errorf("moved: %+v", moved)
	}
	if act.Wishes.Person != "q" || act.Wishes.Text != "rolstoel" || act.OldWishes.Person != "p" || act.OldWishes.Text != "" {
		t.Errorf("wishes: %+v, %+v", act.Wishes, act.OldWishes)
	}
	if !slices.Equal(act.Drops, []string{"b1"}) {
		t.Errorf("still to go: %v", act.Drops)
	}
	if got := act.Entries[2].New.Guests; got[1].Person != "q" || got[0].Person != "x" || namer.Guests[1].Person != "p" {
		t.Errorf("who brought them names %+v, and what was read %+v", got, namer.Guests)
	}
	if got := act.Entries[3].New.BroughtBy; got != "q" {
		t.Errorf("the guest was brought by %s", got)
	}
}

// TestASpellingIsCorrectedInPlace: another spelling of the same address moves nothing.
func TestASpellingIsCorrectedInPlace(t *testing.T) {
	c := correction(seated("p"), seated("p"))
	c.Owner.Person, c.Email.Mail = "p", "P@gast.example"
	act, refusal := mdt.CorrectAddress(c)
	if refusal != nil || len(act.Entries) != 1 || act.Entries[0].New.Email != "P@gast.example" || act.OldWishes != nil || len(act.Letters) != 1 {
		t.Errorf("%+v, %+v", act, refusal)
	}
	c.Email.Mail = c.Entry.Email
	if act, refusal := mdt.CorrectAddress(c); refusal != nil || len(act.Entries)+len(act.Letters) > 0 {
		t.Errorf("the same address: %+v, %+v", act, refusal)
	}
}

func TestAnnotate(t *testing.T) {
	entry := who("p", mdt.Cancelled)
	entry.Tags = []string{"pers", "vip"}
	act, refusal := mdt.Annotate(scene(entry), mdt.Annotation{Tags: []string{"vip", "catering"}, Untag: "pers", Remark: &mdt.Remark{By: "Sam", Text: "Belde."}})
	now := act.Entries[0].New
	if refusal != nil || !slices.Equal(now.Tags, []string{"catering", "vip"}) || len(now.Remarks) != 1 || len(act.Letters) > 0 || !act.Count.IsZero() || now.Version != entry.Version+1 {
		t.Errorf("%+v, %+v", act, refusal)
	}
	if len(entry.Tags) != 2 || len(entry.Remarks) != 0 {
		t.Errorf("what was read became %+v", entry)
	}
	if act, _ := mdt.Annotate(scene(entry), mdt.Annotation{Tags: []string{"vip"}}); len(act.Entries) > 0 {
		t.Error("nothing new was stored")
	}
	entry.Remarks = make([]mdt.Remark, mdt.MaxRemarks)
	if _, refusal := mdt.Annotate(scene(entry), mdt.Annotation{Remark: &mdt.Remark{}}); codeOf(refusal) != "balie.notitieTeVeel" {
		t.Errorf("one remark too many: %+v", refusal)
	}
	var many []string
	for i := range mdt.MaxTags {
		many = append(many, "t"+string(rune('a'+i)))
	}
	if _, refusal := mdt.Annotate(scene(entry), mdt.Annotation{Tags: many}); codeOf(refusal) != "balie.etiketTeVeel" {
		t.Errorf("too many tags: %+v", refusal)
	}
}

func TestTagsAndReferencesAsTheyAreTyped(t *testing.T) {
	for typed, want := range map[string]string{"VIP": "vip", " pers en media ": "pers-en-media", "a--b": "a-b", "dag_2": "dag-2", "": "", "-": "", "noor@gast": "", "é": "", strings.Repeat("a", 31): ""} {
		if got, ok := mdt.ParseTag(typed); ok != (want != "") || ok && got != want {
			t.Errorf("tag %q: %q, %t", typed, got, ok)
		}
	}
	for typed, want := range map[string]string{"k7m3pq9x": "K7M3PQ9X", " K7M3 PQ9X ": "K7M3PQ9X", "K7M3PQ9": "", "K7M3PQ9XX": "", "O7M3PQ9X": "", "": ""} {
		if got, ok := mdt.ParseReference(typed); ok != (want != "") || ok && got != want {
			t.Errorf("reference %q: %q, %t", typed, got, ok)
		}
	}
}

// TestRegisterByHand: the team takes entries down whether or not one can register, and hears who is there already.
func TestRegisterByHand(t *testing.T) {
	closed := func(m *mdt.Meeting) { m.Registering = &mdt.Window{Closes: at(day(-1))} }
	for name, c := range map[string]struct {
		meeting mdt.Meeting
		taken   int
		change  func(*mdt.RegisterRequest)
		code    string
		status  mdt.Status
		letters int
	}{
		"open":              {openMeeting(nil), 3, nil, "", mdt.Confirmed, 1},
		"closed":            {openMeeting(closed), 3, nil, "", mdt.Confirmed, 1},
		"a concept":         {openMeeting(func(m *mdt.Meeting) { m.Published = false }), 3, nil, "", mdt.Confirmed, 1},
		"after approval":    {openMeeting(func(m *mdt.Meeting) { m.Approval = true }), 3, nil, "", mdt.Confirmed, 1},
		"full":              {openMeeting(nil), 10, nil, "", mdt.Waiting, 1},
		"with two":          {openMeeting(nil), 3, withGuests(nil, nil), "", mdt.Confirmed, 3},
		"there already":     {openMeeting(nil), 3, func(r *mdt.RegisterRequest) { r.Self.Standing = seated("p") }, "balie.adresBezet", "", 0},
		"a guest is there":  {openMeeting(nil), 3, withGuests(nil, seated("g")), "balie.groepBezet", "", 0},
		"cancelled before":  {openMeeting(nil), 3, func(r *mdt.RegisterRequest) { r.Self.Standing = who("p", mdt.Cancelled) }, "", mdt.Confirmed, 1},
		"a meeting is over": {openMeeting(func(m *mdt.Meeting) { m.Start, m.End = noon.Add(-2*time.Hour), noon.Add(-time.Hour) }), 3, nil, "bijeenkomst.geweest", "", 0},
	} {
		r := request(c.meeting, counts(c.taken, 0))
		r.Number = 7
		if c.change != nil {
			c.change(&r)
		}
		got, refusal := mdt.RegisterByHand(r)
		if code := codeOf(refusal); code != c.code {
			t.Errorf("%s: %q, want %q", name, code, c.code)
		}
		if c.code != "" {
			continue
		}
		if got.Entries[0].New.Status != c.status || len(got.Letters) != c.letters || !got.Letters[0].ByTeam || got.Meeting.Approval != c.meeting.Approval || got.Meeting.Published != c.meeting.Published {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func withGuests(standing ...*mdt.Registration) func(*mdt.RegisterRequest) {
	return func(r *mdt.RegisterRequest) {
		for i, s := range standing {
			r.Guests = append(r.Guests, mdt.Entrant{Person: mdt.PersonID("g" + string(rune('0'+i))), Standing: s})
			r.Form.Guests = append(r.Form.Guests, mdt.Guest{Name: "Gast", Email: mdt.Address{Mail: "g@gast.example"}})
		}
	}
}
