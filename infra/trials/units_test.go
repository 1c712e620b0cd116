package trials

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
	"aanmeldpunt/internal/work"
)

// What a call costs: the calls as they go over DynamoDB's wire, and the capacity units that the database says
// they took. ARCHITECTURE's table holds these figures.
//
//	go test -run Units -v ./infra/trials

// metered gives a desk with every function of the API on a dynoxide that is metered.
func metered(t testing.TB) (*desk, *meter) {
	t.Helper()
	database := storetest.StartDynoxide(t)
	m := &meter{next: storetest.NewTransport()}
	d := newDesk(t, store.Retrying(database.Through(t, m).Counting(m.consumed)))
	atlas, err := mdt.ParseAtlas(content.Municipalities)
	if err != nil {
		t.Fatal(err)
	}
	d.api.Atlas = atlas
	mux := http.NewServeMux()
	mux.Handle("/v1/bijeenkomsten/{b}/aanmeldingen", d.api.Registrations())
	mux.Handle("/v1/bijeenkomsten/{b}/voorstellen", d.api.Proposals())
	mux.Handle("/v1/bijeenkomsten/{b}/attenderingen", d.api.Interests())
	mux.Handle("/v1/berichten", d.api.Messages())
	d.handler = mux
	if err := d.store.Fill(context.Background(), []mdt.Region{{ID: "delta", Name: "Delta", Facilitators: []mdt.Facilitator{
		{Name: "Femke", Email: "femke@delta.example"}}}}, nil); err != nil {
		t.Fatal(err)
	}
	d.meetings()
	return d, m
}

// meetings stores one meeting of each kind that costs something else, and reads them once: what is
// remembered of a meeting is not on the bill.
func (d *desk) meetings() {
	parts := func(m *mdt.Meeting) { m.Parts = []mdt.Part{{ID: "vol", Start: m.Start, End: m.End, Seats: 1}} }
	d.open("ruim", 100, nil)
	d.open("onbeperkt", 0, nil)
	d.open("vol", 1, nil)
	d.open("delen", 100, parts)
	d.open("organisaties", 100, func(m *mdt.Meeting) { m.PerOrg = 2 })
	d.open("dicht", 100, func(m *mdt.Meeting) { then := start.Add(-1); m.Registering.Closes = &then })
	d.open("geweest", 100, func(m *mdt.Meeting) { m.Start = start.Add(-time.Hour); m.End = start })
	d.open("straks", 100, func(m *mdt.Meeting) { m.Telling, m.Registering = &mdt.Window{}, &mdt.Window{Pending: true} })
	d.open("plannen", 100, func(m *mdt.Meeting) { m.Proposing = &mdt.Window{} })
	for _, id := range []string{"ruim", "onbeperkt", "vol", "delen", "organisaties", "dicht", "geweest", "straks", "plannen"} {
		d.call("/v1/bijeenkomsten/"+id+"/aanmeldingen", "", nil)
	}
	d.post("vol", "eerste@gast.example")
	d.post("ruim", "bekend@gast.example")
	d.post("vol", "bekend@gast.example")
	d.post("ruim", "ookbekend@gast.example")
	d.call("/v1/bijeenkomsten/delen/aanmeldingen", "", fields{"naam": "A", "email": "a@gast.example", "onderdelen": []string{"vol"}})
	for _, who := range []string{"b", "c"} {
		d.call("/v1/bijeenkomsten/organisaties/aanmeldingen", "",
			fields{"naam": "B", "email": who + "@gast.example", "organisatie": "Stichting Vol"})
	}
}

type fields map[string]any

// priced is a post with what it must cost.
type priced struct {
	name, path, key string
	body            fields
	code            int
	want            bill
}

func (p priced) post(d *desk) posted {
	if p.body["naam"] == nil && !strings.HasSuffix(p.path, "attenderingen") {
		p.body["naam"] = "Noor"
	}
	return d.call("/v1/"+p.path, p.key, p.body)
}

var twoGuests = []map[string]string{{"naam": "Gast", "email": "g1@gast.example"}, {"naam": "Gast", "email": "g2@gast.example"}}

var registrations = []priced{
	{"fresh", "ruim", "", fields{"email": "vers@gast.example"}, 201, bill{"Get+Update Transact", 12, 2}},
	{"fresh, no limit", "onbeperkt", "", fields{"email": "vers@gast.example"}, 201, bill{"Get+Update Transact", 12, 2}},
	{"known", "ruim", "", fields{"email": "bekend@gast.example"}, 201, bill{"Get+Update Transact", 8, 2}},
	{"known, again within a day", "ruim", "", fields{"email": "bekend@gast.example"}, 201, bill{"Get+Update Transact", 5, 2}},
	{"cancelled before", "ruim", "", fields{"email": "terug@gast.example"}, 201, bill{"Get+Update Transact", 12, 2}},
	{"waiting", "vol", "", fields{"email": "vers@gast.example"}, 201, bill{"Get+Update Update Transact", 15, 2}},
	{"waiting, known", "vol", "", fields{"email": "bekend@gast.example"}, 201, bill{"Get+Update Update Transact", 9, 2}},
	{"waiting, known, within a day", "vol", "", fields{"email": "bekend@gast.example"}, 201, bill{"Get+Update Update Transact", 6, 2}},
	{"with a key", "ruim", "k1", fields{"email": "sleutel@gast.example"}, 201, bill{"Get+Update Transact", 14, 2}},
	{"the same key again", "ruim", "k1", fields{"email": "sleutel@gast.example"}, 201, bill{"Get+Update Transact", 1, 2}},
	{"known, with a key", "ruim", "k5", fields{"email": "ookbekend@gast.example"}, 201, bill{"Get+Update Transact", 10, 2}},
	{"with wishes", "ruim", "", fields{"email": "wens@gast.example", "wensen": "tolk"}, 201, bill{"Get+Update Transact", 14, 2}},
	{"with an organisation", "organisaties", "", fields{"email": "o@gast.example", "organisatie": "Stichting"}, 201, bill{"Get+Update Transact", 15, 2}},
	{"with all of that", "organisaties", "k6", fields{"email": "alles@gast.example", "organisatie": "Stichting", "wensen": "tolk"}, 201, bill{"Get+Update Transact", 19, 2}},
	{"with two guests", "ruim", "", fields{"email": "g0@gast.example", "introducees": twoGuests}, 201, bill{"Get+Update Transact", 30, 4}},
	{"waiting with two guests", "vol", "", fields{"email": "g0@gast.example", "introducees": twoGuests}, 201, bill{"Get+Update Update Transact", 37, 4}},
	{"looks like spam", "ruim", "", fields{"email": "s@gast.example", "valstrik": "x"}, 201, bill{"Get+Update Transact", 4, 3}},
	{"looks like spam, waiting", "vol", "k7", fields{"email": "s@gast.example", "valstrik": "x"}, 201, bill{"Get+Update Update Transact", 7, 3}},
	{"closed", "dicht", "", fields{"email": "vers@gast.example"}, 409, bill{"Get", 0, 2}},
	{"over", "geweest", "", fields{"email": "vers@gast.example"}, 409, bill{"Get", 0, 2}},
	{"a full part", "delen", "", fields{"email": "vers@gast.example", "onderdelen": []string{"vol"}}, 409, bill{"Get+Update", 1, 2}},
	{"a full part, known", "delen", "", fields{"email": "a@gast.example", "onderdelen": []string{"vol"}}, 409, bill{"Get+Update", 1, 2}},
	{"a full organisation", "organisaties", "", fields{"email": "vol@gast.example", "organisatie": "stichting-vol"}, 409, bill{"Get+Update Transact", 1, 2}},
	{"invalid", "ruim", "", fields{"email": "geen adres"}, 400, bill{"", 0, 0}},
}

func idea(more fields) fields {
	f := fields{"email": "vers@gast.example", "thema": "Regen", "doel": "inspireren", "soort": "idee"}
	for name, value := range more {
		f[name] = value
	}
	return f
}

var others = []priced{
	{"proposal", "bijeenkomsten/plannen/voorstellen", "", idea(nil), 201, bill{"Update Transact", 8, 0}},
	{"proposal with a key", "bijeenkomsten/plannen/voorstellen", "k2", idea(nil), 201, bill{"Update Transact", 8, 0}},
	{"proposal, the same key", "bijeenkomsten/plannen/voorstellen", "k2", idea(nil), 201, bill{"Update Transact", 1, 0}},
	{"proposal led by another", "bijeenkomsten/plannen/voorstellen", "", idea(fields{
		"leiding": map[string]string{"wie": "iemandAnders", "naam": "Sam", "email": "sam@gast.example"}}), 201, bill{"Update Transact", 13, 0}},
	{"proposal that looks like spam", "bijeenkomsten/plannen/voorstellen", "", idea(fields{"valstrik": "x"}), 201, bill{"Update Transact", 4, 0}},
	{"proposal refused", "bijeenkomsten/ruim/voorstellen", "", idea(nil), 409, bill{"", 0, 0}},
	{"interest", "bijeenkomsten/straks/attenderingen", "", fields{"email": "vers@gast.example", "toestemming": true}, 201, bill{"Get+Update Transact", 8, 1}},
	{"interest, known", "bijeenkomsten/straks/attenderingen", "", fields{"email": "vers@gast.example", "toestemming": true}, 201, bill{"Get+Update Transact", 4, 1}},
	{"interest with a key", "bijeenkomsten/straks/attenderingen", "k3", fields{"email": "ook@gast.example", "toestemming": true}, 201, bill{"Get+Update Transact", 10, 1}},
	{"interest refused", "bijeenkomsten/ruim/attenderingen", "", fields{"email": "vers@gast.example", "toestemming": true}, 409, bill{"Get", 0, 1}},
	{"message", "berichten", "", fields{"email": "vers@gast.example", "onderwerp": "anders", "bericht": "Hoe werkt het?", "regio": "delta"}, 201, bill{"Get+Update Transact", 12, 1}},
	{"message with a key", "berichten", "k4", fields{"email": "vers@gast.example", "onderwerp": "anders", "bericht": "Hoe werkt het?"}, 201, bill{"Get+Update Transact", 12, 1}},
}

// TestUnits asserts the whole bill of every kind of post, with networks limited as they are where it is deployed.
func TestUnits(t *testing.T) {
	d, m := metered(t)
	m.hold = 20 * time.Millisecond
	d.post("ruim", "terug@gast.example")
	d.cancel("ruim", "terug@gast.example")
	d.pass(time.Minute)
	d.acts.Limits = acts.NewLimits()
	var tests []priced
	for _, test := range registrations {
		test.path = "bijeenkomsten/" + test.path + "/aanmeldingen"
		tests = append(tests, test)
	}
	for _, test := range append(tests, others...) {
		var answer posted
		got := m.of(test.want.Calls, func() { answer = test.post(d) })
		if answer.code != test.code {
			t.Errorf("%s: answered %d %s", test.name, answer.code, answer.body)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		t.Logf("%-28s %-20s %2.0f WU %v RU", test.name, got.Calls, got.Write, got.Read)
	}
}

// TestUnitsOfALetter: a claim and a result, each one write and a move in the index; between them the turn of a
// letter that a post caused, at an address that nobody confirmed.
func TestUnitsOfALetter(t *testing.T) {
	d, m := metered(t)
	mailer, office := d.mailer()
	letters := func(email string) []string {
		ids, err := d.store.LettersTo(context.Background(), d.person(email))
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	vol := letters("bekend@gast.example") // of two meetings
	for _, c := range []struct {
		name   string
		limits work.Reserving
		id     string
		want   bill
	}{
		{"without limits", nil, letters("eerste@gast.example")[0], bill{"Update Update", 6, 0}},
		{"the first to an address", d.store, vol[0], bill{"Update Update Update", 7, 0}},
		{"the second", d.store, vol[1], bill{"Update Update Update Update", 7, 0}}, // what is refused reports no units
	} {
		mailer.Limits = c.limits
		got := m.of(c.want.Calls, func() { mailer.Send(context.Background(), []string{c.id}) })
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	if len(office.kind) != 2 {
		t.Errorf("sent to %d", len(office.kind))
	}
}
