package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// held is a dossier with one registration, kept until a moment.
func held(until time.Time, note mdt.AddressNote) mdt.Dossier {
	return mdt.Dossier{Person: "p", Address: mdt.Kept[mdt.AddressNote]{Of: note},
		Registrations: []mdt.Kept[mdt.Registration]{{Of: mdt.Registration{Meeting: "dag", Email: "Noor@gast.example", Name: "Noor"}, Expires: until}}}
}

func ago(spans ...time.Duration) (moments []int64) {
	for _, span := range spans {
		moments = append(moments, noon.Add(-span).Unix())
	}
	return moments
}

// TestWhatIsKnownOfAnAddress: what is past its end may be gone at any moment.
func TestWhatIsKnownOfAnAddress(t *testing.T) {
	for _, c := range []struct {
		until time.Time
		want  bool
	}{{time.Time{}, false}, {noon, false}, {noon.Add(time.Second), true}} {
		own := held(day(90), mdt.AddressNote{})
		own.Address.Expires = c.until
		fresh, refusal := mdt.FreshLink(own, "aanmelding/dag", "", noon)
		if sent := mdt.SendLink(own, mdt.Address{}, noon); own.AddressKnown(noon) != c.want || sent.Known != c.want || refusal != nil || fresh.Known != c.want {
			t.Errorf("until %s: known %v, a link %v, a fresh one %v", c.until, own.AddressKnown(noon), sent.Known, fresh.Known)
		}
	}
}

// TestSendLink: three times in any 24 hours where there is something to open, else something that means nothing.
func TestSendLink(t *testing.T) {
	typed := mdt.Address{Mail: "noor@gast.example", Normal: "noor@gast.example"}
	led := mdt.Dossier{Person: "p", Leading: []mdt.Kept[mdt.Leading]{{Of: mdt.Leading{Person: "p"}, Expires: day(90)}}}
	for _, c := range []struct {
		name  string
		own   mdt.Dossier
		to    string
		until time.Time
		gone  time.Time // when the letter goes
		sent  []int64
	}{
		{"the first", held(day(90), mdt.AddressNote{}), "Noor@gast.example", day(90), noon.Add(30 * 24 * time.Hour), ago(0)},
		{"all is gone soon", held(day(9), mdt.AddressNote{}), "Noor@gast.example", day(9), day(9), ago(0)},
		{"the third", held(day(90), mdt.AddressNote{LinkLetters: ago(3*time.Hour, time.Hour)}), "Noor@gast.example", day(90), noon.Add(30 * 24 * time.Hour), ago(3*time.Hour, time.Hour, 0)},
		{"the fourth", held(day(90), mdt.AddressNote{LinkLetters: ago(23*time.Hour, 2*time.Hour, time.Hour)}), "", noon.Add(24 * time.Hour), noon.Add(24 * time.Hour), nil},
		{"a day after the first of three", held(day(90), mdt.AddressNote{LinkLetters: ago(24*time.Hour, 2*time.Hour, time.Hour)}), "Noor@gast.example", day(90), noon.Add(30 * 24 * time.Hour), ago(2*time.Hour, time.Hour, 0)},
		{"fresh links do not count", held(day(90), mdt.AddressNote{FreshLetters: ago(1, 2, 3, 4)}), "Noor@gast.example", day(90), noon.Add(30 * 24 * time.Hour), ago(0)},
		{"who only leads", led, "noor@gast.example", day(90), noon.Add(30 * 24 * time.Hour), ago(0)},
		{"nobody", mdt.Dossier{Person: "p"}, "", noon.Add(24 * time.Hour), noon.Add(24 * time.Hour), nil},
		{"only the address is known", mdt.Dossier{Person: "p", Address: mdt.Kept[mdt.AddressNote]{Of: mdt.AddressNote{Confirmed: at(noon)}, Expires: day(90)}}, "", noon.Add(24 * time.Hour), noon.Add(24 * time.Hour), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mdt.SendLink(c.own, typed, noon)
			if got.Decoy != (c.to == "") || got.Letter.To != c.to || !got.Letter.Until.Equal(c.until) || !got.Letter.Expires.Equal(c.gone) {
				t.Errorf("decoy %t, to %q until %s, kept until %s", got.Decoy, got.Letter.To, got.Letter.Until, got.Letter.Expires)
			}
			if diff := cmp.Diff(c.sent, got.Sent); diff != "" && !got.Decoy {
				t.Error(diff)
			}
			if got.Decoy && (got.Letter.Person != "" || got.Letter.Name != "") {
				t.Errorf("a decoy names somebody: %+v", got.Letter)
			}
		})
	}
}

func TestFreshLink(t *testing.T) {
	for _, c := range []struct {
		name string
		own  mdt.Dossier
		to   string
		code string
	}{
		{"the first", held(day(90), mdt.AddressNote{LinkLetters: ago(1, 2, 3)}), "", ""},
		{"the fifth", held(day(90), mdt.AddressNote{FreshLetters: ago(4, 3, 2, 1)}), "", ""},
		{"the sixth", held(day(90), mdt.AddressNote{FreshLetters: ago(5, 4, 3, 2, 1)}), "", "link.teVaak"},
		{"a leader whose address is known elsewhere", mdt.Dossier{Leading: make([]mdt.Kept[mdt.Leading], 1)}, "bo@gast.example", ""},
		{"a leader of whom no address is known", mdt.Dossier{Leading: make([]mdt.Kept[mdt.Leading], 1)}, "", "handeling.kanNiet"},
		{"nothing is left", mdt.Dossier{}, "bo@gast.example", "handeling.kanNiet"},
	} {
		got, refusal := mdt.FreshLink(c.own, "aanmelding/dag", c.to, noon)
		if code(refusal) != c.code {
			t.Errorf("%s: refused by %q", c.name, code(refusal))
		}
		if c.code == "" && (!got.Letter.Fresh || got.Letter.Entry != "aanmelding/dag" || !got.Letter.Until.Equal(noon.Add(time.Hour)) || got.Letter.To == "") {
			t.Errorf("%s: %+v", c.name, got.Letter)
		}
	}
}

// TestLinksEnd: what was issued before the moment works no more, what was issued at it does.
func TestLinksEnd(t *testing.T) {
	ended := mdt.Dossier{Address: mdt.Kept[mdt.AddressNote]{Of: mdt.AddressNote{LinksFrom: at(noon)}}}
	for issued, works := range map[time.Time]bool{noon.Add(-time.Second): false, noon: true, noon.Add(time.Second): true} {
		if ended.Takes(issued) != works {
			t.Errorf("issued %s: works %t", issued, !works)
		}
	}
	if !(mdt.Dossier{}).Takes(time.Time{}) {
		t.Error("nobody ended anything")
	}
}

func TestDossierExpires(t *testing.T) {
	d := held(day(3), mdt.AddressNote{})
	d.Messages = []mdt.Kept[mdt.Message]{{Expires: day(5)}}
	d.Address.Expires = day(9)
	if got := d.Expires(); !got.Equal(day(5)) {
		t.Errorf("%s: that of the address does not count", got)
	}
	if got := (mdt.Dossier{}).Expires(); !got.IsZero() {
		t.Errorf("nothing expires at %s", got)
	}
}
