package console_test

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// TestTheFirstPageOfAMeetingShowsWhatCanBeDone: of a concept, of one that is public, that is over, that was called off.
func TestTheFirstPageOfAMeetingShowsWhatCanBeDone(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*mdt.Meeting)
		after  time.Duration
		want   string
	}{
		{"a concept", func(m *mdt.Meeting) { m.Published = false }, 0, "Bewerken, Publiceren, Naamkaartjes"},
		{"public", func(*mdt.Meeting) {}, 0, "Bewerken, Afgelasten, Naamkaartjes"},
		{"by invitation", func(m *mdt.Meeting) { m.ByInvitation = true }, 0, "Bewerken, Uitnodigen of afgelasten, Naamkaartjes"},
		{"over", func(*mdt.Meeting) {}, 400 * 24 * time.Hour, "Bewerken, Naamkaartjes"},
		{"called off", func(m *mdt.Meeting) { m.Cancelled = true }, 0, ""},
	} {
		d := newDesk(t)
		m := d.stored("beslisdag")
		test.change(&m)
		none := 0
		if _, err := d.service.SaveMeeting(t.Context(), acts.Edit{Meeting: m, Agreed: &none}); err != nil {
			t.Fatal(test.name, err)
		}
		d.set(now.Add(test.after))
		page := d.as(sam).get(beslisdag)
		var ways []string
		for _, way := range []string{"Bewerken", "Publiceren", "Uitnodigen of afgelasten", "Afgelasten", "Naamkaartjes"} {
			if strings.Contains(page.html, ">"+way+"</a></li>") {
				ways = append(ways, way)
			}
		}
		if got := strings.Join(ways, ", "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if !strings.Contains(page.html, ">Aanmeldingen</a></li>") {
			t.Errorf("%s: its entries cannot be seen", test.name)
		}
	}
}

// TestFewerSeatsThanAreTaken: nobody goes, and it is said in words wherever the numbers stand.
func TestFewerSeatsThanAreTaken(t *testing.T) {
	d := newDesk(t)
	d.open()
	d.comes("beslisdag", "noor@gast.example", "sam@gast.example", "bo@gast.example")
	p, path := d.as(sam), beslisdag+"/inschrijving"
	version := d.stored("beslisdag").Version
	got := p.do("POST", path, d.sent("beslisdag", forms.TypedSeats, "plekken", "2", "achtergehouden", "0"))
	if now := d.stored("beslisdag").Version; got.Code != 303 || now != version+1 {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	page := p.get(got.Header().Get("Location"))
	if !page.says("We halen niemand weg.") || !page.says("3 / 2 1 te veel") || !page.says("Er gaat pas weer een aanbod uit") {
		t.Errorf("%s", page.html)
	}
	if page := p.get("/console"); !page.says("3 / 2 1 te veel") {
		t.Error("the first page does not say it")
	}
	if page := p.get(beslisdag + "/aanmeldingen"); !page.says("3 van de 2 plekken bezet, 1 te veel") {
		t.Error("the list does not say it")
	}
	if got = p.do("POST", path, d.sent("beslisdag", forms.TypedSeats, "plekken", "3", "achtergehouden", "0")); got.Code != 303 {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	if page := p.get(got.Header().Get("Location")); page.says("te veel") || page.says("We halen niemand weg.") || !page.says("Bewaard.") {
		t.Error("with enough seats it still says that there are too many")
	}
}

// TestAnOfferOfTheEveningIsToCome: it begins in the morning, and until then it has not happened.
func TestAnOfferOfTheEveningIsToCome(t *testing.T) {
	d := newDesk(t)
	d.small(1)
	first := d.enters("Eerste", "een@gast.example", nil)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	d.set(time.Date(2026, 11, 26, 21, 30, 0, 0, time.UTC)) // 22.30
	p := d.as(sam)
	if got := p.agreeTo("2", first+"/afmelden", "reden", "Belde."); got.Code != 303 {
		t.Fatal(got.Code)
	}
	past := func() (happened, ahead string) {
		_, after, found := strings.Cut(p.get(path).html, "Wat er gaat gebeuren")
		if !found {
			t.Fatal("nothing is ahead")
		}
		ahead, happened, _ = strings.Cut(after, "Wat er gebeurde")
		return happened, ahead
	}
	happened, ahead := past()
	if strings.Contains(happened, "een plek aangeboden") || !strings.Contains(ahead, `vr 27 nov 2026, 09.00</span> Krijgt een plek aangeboden.`) ||
		!strings.Contains(ahead, "Dan is de tijd om te kiezen voorbij.") || !strings.Contains(ahead, "Dan gaat een mail weg") {
		t.Errorf("in the evening: %s %s", ahead, happened)
	}
	d.set(time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)) // 9.00
	p = d.as(sam)
	if happened, ahead = past(); !strings.Contains(happened, `vr 27 nov 2026, 09.00</span> Kreeg een plek aangeboden.`) || strings.Contains(ahead, "Krijgt") {
		t.Errorf("in the morning: %s %s", ahead, happened)
	}
	if !strings.Contains(ahead, "Dan is de tijd om te kiezen voorbij.") {
		t.Errorf("its end is not ahead: %s", ahead)
	}
}
