package console_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

func (d *desk) stored(id string) mdt.Meeting {
	d.t.Helper()
	m, err := d.store.Meeting(d.t.Context(), id)
	if err != nil || m == nil {
		d.t.Fatalf("%s: %v", id, err)
	}
	return *m
}

// sent is the form of a meeting as it stands, sent again with some fields changed.
func (d *desk) sent(id string, of func(mdt.Meeting) forms.Typed, pairs ...string) string {
	d.t.Helper()
	m := d.stored(id)
	values := url.Values(of(m))
	values.Set("versie", fmt.Sprint(m.Version))
	values.Set("handeling", "bewaren")
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

// registered lets somebody come to a meeting.
func (d *desk) comes(id string, emails ...string) {
	d.t.Helper()
	for _, email := range emails {
		address, _ := mdt.ParseAddress(email)
		if _, err := d.service.Register(d.t.Context(), d.stored(id), mdt.RegistrationForm{Name: "Noor", Email: address}, acts.Post{}); err != nil {
			d.t.Fatal(email, err)
		}
	}
}

// letters counts those of a kind that wait to be sent.
func (d *desk) letters(kind mdt.LetterKind) (n int) {
	d.t.Helper()
	ids, _, err := d.store.Due(d.t.Context(), mdt.Pending, d.time().AddDate(1, 0, 0), "")
	if err != nil {
		d.t.Fatal(err)
	}
	all, err := d.store.Letters(d.t.Context(), ids)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, l := range all {
		if l.Kind == kind {
			n++
		}
	}
	return n
}

// open lets people register for the example's Beslisdag, however the example has it.
func (d *desk) open() {
	d.t.Helper()
	m := d.stored("beslisdag")
	m.Registering, m.MaxGuests, m.Approval = &mdt.Window{}, 2, false
	if _, err := d.service.SaveMeeting(d.t.Context(), acts.Edit{Meeting: m}); err != nil {
		d.t.Fatal(err)
	}
}

// formValues is what a browser would send of the page's main form.
func (p shown) formValues() url.Values {
	values := url.Values{}
	_, form, _ := strings.Cut(p.html, `<form class="form`)
	form, _, _ = strings.Cut(form, "</form>")
	for _, element := range inputs.FindAllString(form, -1) {
		kind := attribute(element, "type")
		if (kind == "radio" || kind == "checkbox") && !strings.Contains(element, " checked") {
			continue
		}
		values.Add(attribute(element, "name"), attribute(element, "value"))
	}
	for _, found := range areas.FindAllStringSubmatch(form, -1) {
		values.Add(found[1], html.UnescapeString(found[2]))
	}
	for _, found := range selects.FindAllStringSubmatch(form, -1) {
		if chosen := selected.FindStringSubmatch(found[2]); chosen != nil {
			values.Add(found[1], html.UnescapeString(chosen[1]))
		}
	}
	return values
}

// meetingMatrix is who may make and edit meetings.
func (d *desk) meetingMatrix() map[string]may {
	return map[string]may{
		"/console/nieuwe-bijeenkomst":                          {path: "/console/nieuwe-bijeenkomst", get: "t", post: "t", body: "soort=regiodag&naam=Nieuw&begintDag=1-3-2027&begintTijd=9.00&eindigtDag=1-3-2027&eindigtTijd=12.00&plaats=Assen"},
		"/console/bijeenkomsten/{bijeenkomst}/bellen":          {path: "/console/bijeenkomsten/" + dag + "/bellen", get: "tr", post: "t", body: "gezien=1000&wie=" + d.silent("Stil", "06 12345678", "matrix")},
		"/console/bijeenkomsten/{bijeenkomst}/gegevens":        {path: "/console/bijeenkomsten/beslisdag/gegevens", get: "t", post: "t", body: d.sent("beslisdag", forms.TypedMeeting)},
		"/console/bijeenkomsten/{bijeenkomst}/inschrijving":    {path: "/console/bijeenkomsten/beslisdag/inschrijving", get: "t", post: "t", body: "handeling=terug"},
		"/console/bijeenkomsten/{bijeenkomst}/programma":       {path: "/console/bijeenkomsten/beslisdag/programma", get: "t", post: "t", body: "handeling=terug"},
		"/console/bijeenkomsten/{bijeenkomst}/vragen":          {path: "/console/bijeenkomsten/beslisdag/vragen", get: "t", post: "t", body: "handeling=terug"},
		"/console/bijeenkomsten/{bijeenkomst}/brieven":         {path: "/console/bijeenkomsten/beslisdag/brieven", get: "t", post: "t", body: "handeling=terug"},
		"/console/bijeenkomsten/{bijeenkomst}/brieven/{brief}": {path: "/console/bijeenkomsten/beslisdag/brieven/2", get: "t"},
		"/console/bijeenkomsten/{bijeenkomst}/publiceren":      {path: "/console/bijeenkomsten/beslisdag/publiceren", get: "t", post: "t", body: "handeling=terug"},
	}
}

var (
	inputs    = regexp.MustCompile(`<input [^>]*>`)
	areas     = regexp.MustCompile(`(?s)<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>`)
	selects   = regexp.MustCompile(`(?s)<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	selected  = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	attribute = func(element, name string) string {
		found := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(element)
		if found == nil {
			return ""
		}
		return html.UnescapeString(found[1])
	}
)
