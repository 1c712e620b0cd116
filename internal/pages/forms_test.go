package pages_test

import (
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	aanmelden = "/bijeenkomsten/beslisdag/aanmelden"
	metGasten = "/bijeenkomsten/netwerkbijeenkomst/aanmelden"
	voorstel  = "/bijeenkomsten/netwerkbijeenkomst/voorstel"
	opHoogte  = "/bijeenkomsten/regiodag-noord/houd-me-op-de-hoogte"
	contact   = "/contact"
)

// whole are forms that are filled in well, by their address.
var whole = map[string]string{
	aanmelden: "naam=Noor&email=noor@gast.example",
	metGasten: "naam=Noor&email=noor@gast.example&telefoon=06-12345678&regios=lek-en-gooi&regios=landelijk&onderdelen=ronde-1-meekijken&introducees.0.naam=Bo" +
		"&introducees.0.email=bo@gast.example&antwoorden.vervoer=Met+de+auto&wensen=een+tolk",
	voorstel: "naam=Noor&email=noor@gast.example&thema=Samen&doel=inspireren&soort=idee&leiding.wie=iemandAnders&leiding.naam=Bo&leiding.email=bo@gast.example&leiding.rol=jongere",
	opHoogte: "email=noor@gast.example&toestemming=on",
	contact:  "naam=Noor&email=noor@gast.example&onderwerp=aansluiten&bericht=Hallo&gemeente=Utrecht",
}

// form posts a plain form.
func (s *site) form(path, body string, headers ...string) shown {
	s.t.Helper()
	return s.do("POST", path, body, append([]string{"Content-Type: application/x-www-form-urlencoded"}, headers...)...)
}

var input = regexp.MustCompile(`<input [^>]*>`)

func attribute(element, name string) string {
	found := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(element)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// hidden gives what a form hides.
func (p shown) hidden() url.Values {
	values := url.Values{}
	for _, element := range input.FindAllString(p.html, -1) {
		if attribute(element, "type") == "hidden" {
			values.Add(attribute(element, "name"), attribute(element, "value"))
		}
	}
	return values
}

// field gives the element of a field, as its opening tag.
func (p shown) field(id string) string {
	return regexp.MustCompile(`<(input|textarea|select|fieldset)[^>]* id="` + regexp.QuoteMeta(id) + `"[^>]*>`).FindString(p.html)
}

// ours fills in our own form the way a browser does, some seconds after it was shown.
func (s *site) ours(path, body string, after time.Duration) shown {
	s.t.Helper()
	shown := s.get(path)
	if shown.Code != 200 {
		s.t.Fatalf("%s: %d", path, shown.Code)
	}
	s.now = s.now.Add(after)
	return s.form(path, body+"&"+shown.hidden().Encode(), "Origin: "+siteAddress, "Sec-Fetch-Site: same-origin")
}

// TestAFormIsSentAndReadBack: each form leads to its receipt, which says what was sent and its reference.
func TestAFormIsSentAndReadBack(t *testing.T) {
	for path, says := range map[string][]string{
		aanmelden: {"Je aanmelding is verstuurd", "We hebben je aanmelding ontvangen.", "noor@gast.example", "Je naam Noor"},
		metGasten: {"Deelsessies", "Ronde 1: Meekijken met een begeleider", "Gast 1: Naam van je gast Bo", "Met de auto", "een tolk", "Voorbeeldregio Lek en Gooi Landelijk"},
		voorstel:  {"Je voorstel is verstuurd", "Inspireren: je deelt een voorbeeld uit de praktijk.", "Iemand anders", "Jongere"},
		opHoogte:  {"Je verzoek is verstuurd", "We mailen je als de aanmelding opengaat.", "Ja, mail mij als de aanmelding opengaat. Ja"},
		contact:   {"Je bericht is verstuurd", "Je bericht is verstuurd naar Noor el Idrissi.", "Aansluiten bij mijn regio", "Hallo"},
	} {
		s := newSite(t, nil)
		sent := s.ours(path, whole[path], 3*time.Second)
		where := sent.Header().Get("Location")
		if sent.Code != 303 || !strings.HasPrefix(where, "/bedankt/") || strings.Contains(where, "@") {
			t.Fatalf("%s: %d to %q: %s", path, sent.Code, where, sent.html)
		}
		thanks := s.get(where)
		if thanks.Code != 200 || thanks.Header().Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s: receipt %d", path, thanks.Code)
		}
		for _, text := range says {
			if text != "Deelsessies" && !thanks.says(text) {
				t.Errorf("%s: the receipt does not say %q", path, text)
			}
		}
		if reference := regexp.MustCompile(`class="code">([2-9A-HJ-NP-Z]{8})<`).FindStringSubmatch(thanks.html); reference == nil || !thanks.says("kenmerk "+reference[1]) {
			t.Errorf("%s: no reference in the receipt", path)
		}
		s.now = s.now.Add(15 * time.Minute)
		if late := s.get(where); late.Code != 200 || late.says("Noor") || late.says("noor@") || !late.says("Je formulier is verstuurd") {
			t.Errorf("%s: the receipt after a quarter of an hour: %d", path, late.Code)
		}
	}
}

func TestAReceiptThatNobodyHas(t *testing.T) {
	s := newSite(t, nil)
	for _, bon := range []string{"x", strings.Repeat("a", 52), strings.Repeat("z", 4000), "%00", "..%2f", "é"} {
		if got := s.get("/bedankt/" + bon); got.Code != 200 || !got.says("Je formulier is verstuurd") {
			t.Errorf("%.20s: %d", bon, got.Code)
		}
	}
}

// TestTheSameKeyComesOutAtOnePage: whoever presses twice, or goes back and sends again, has sent once.
func TestTheSameKeyComesOutAtOnePage(t *testing.T) {
	for path, body := range whole {
		s := newSite(t, nil)
		first, second := s.form(path, body+"&sleutel=een"), s.form(path, body+"&sleutel=een")
		if first.Code != 303 || second.Code != 303 || first.Header().Get("Location") != second.Header().Get("Location") {
			t.Errorf("%s: %d %s, then %d %s", path, first.Code, first.Header().Get("Location"), second.Code, second.Header().Get("Location"))
		}
		if third := s.form(path, body+"&sleutel=twee"); third.Header().Get("Location") == first.Header().Get("Location") {
			t.Errorf("%s: another key comes out at the same page", path)
		}
		other := strings.Replace(body, "naam=Noor", "naam=Nora", 1)
		if path == opHoogte {
			other = body + "&naam=Nora"
		}
		changed := s.form(path, other+"&sleutel=een")
		key := changed.hidden().Get("sleutel")
		if changed.Code != 422 || !changed.says("Dit formulier is al verstuurd.") || key == "een" || key == "" {
			t.Errorf("%s with another name: %d, key %q", path, changed.Code, key)
		}
		if again := s.form(path, other+"&sleutel="+key); again.Code != 303 {
			t.Errorf("%s sent again with the new key: %d", path, again.Code)
		}
	}
}

// TestFaultsComeBackWithTheForm: 400, a title that says so, a summary whose links lead to the fields, each
// with its fault, and all that was typed.
func TestFaultsComeBackWithTheForm(t *testing.T) {
	for path, test := range map[string]struct {
		body   string
		faults map[string]string // id of the field: text
		kept   map[string]string // id of a field: value
	}{
		aanmelden: {"naam=+&email=geen+adres&telefoon=112&organisatie=%3Cb%3E%22%27", map[string]string{
			"naam": "Vul je naam in.", "email": "Vul een volledig e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
			"telefoon": "Vul een volledig telefoonnummer in, bijvoorbeeld 06 12345678 of +31 20 1234567."},
			map[string]string{"naam": " ", "email": "geen adres", "telefoon": "112", "organisatie": `<b>"'`}},
		metGasten: {"naam=Noor&email=noor@gast.example&onderdelen=ronde-1-meekijken&onderdelen=ronde-1-eerste-gesprek&onderdelen=weg&regios=nergens" +
			"&introducees.4.naam=Bo&introducees.4.email=noor@gast.example&antwoorden.vervoer=vliegtuig", map[string]string{
			"onderdelen_2": "Deze deelsessies zijn op hetzelfde moment. Kies er één.", "onderdelen": "Dit onderdeel bestaat niet meer. Kies een ander.",
			"regios": "We kennen deze regio niet. Kies een regio uit de lijst.", "introducees-4-email": "Vul voor je gast een ander e-mailadres in dan je eigen. Heeft je gast geen eigen adres? Mail ons.",
			"antwoorden-vervoer": "Kies een van de mogelijkheden."},
			map[string]string{"naam": "Noor", "introducees-4-naam": "Bo"}},
		voorstel: {"naam=N&email=n@gast.example&toelichting=een%0D%0Atwee&leiding.wie=iemandAnders&leiding.email=x", map[string]string{
			"thema": "Vul het thema van je deelsessie in.", "doel": "Kies het doel van je deelsessie.", "soort": "Kies wat je wilt inbrengen.",
			"leiding-naam": "Vul de naam in van wie de deelsessie leidt.", "leiding-email": "Vul een volledig e-mailadres in van wie de deelsessie leidt."},
			map[string]string{"leiding-email": "x"}},
		opHoogte: {"email=", map[string]string{"email": "Vul je e-mailadres in.",
			"toestemming": "Zet een vinkje als je wilt dat we je mailen. Anders kunnen we je niets sturen."}, nil},
		contact: {"naam=N&email=n@gast.example&gemeente=Bergen&regio=lek-en-gooi&bericht=&telefoon=06", map[string]string{
			"onderwerp": "Kies waar je bericht over gaat.", "bericht": "Schrijf je vraag of bericht.", "telefoon": "Vul een volledig telefoonnummer in"},
			map[string]string{"gemeente": "Bergen"}},
	} {
		s := newSite(t, nil)
		got := s.form(path, test.body)
		if got.Code != 400 || !strings.HasPrefix(got.title(), "Fout: ") || got.Header().Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s: %d %q", path, got.Code, got.title())
		}
		if !strings.Contains(got.html, `role="alert"`) || !regexp.MustCompile(`<h2[^>]* tabindex="-1" autofocus>Er is iets misgegaan\. Kijk deze vragen nog eens na\.</h2>`).MatchString(got.html) {
			t.Errorf("%s: no summary that takes the focus", path)
		}
		for id, text := range test.faults {
			if !strings.Contains(html.UnescapeString(got.html), `<a href="#`+id+`">`+text) {
				t.Errorf("%s: no link to #%s saying %q in %v", path, id, text, got.links())
			}
			if got.field(id) == "" {
				t.Errorf("%s: no field %s", path, id)
			}
			if n := strings.Count(html.UnescapeString(got.html), text); n < 2 {
				t.Errorf("%s: %q stands %d times, not at its field and above", path, text, n)
			}
		}
		for id, value := range test.kept {
			if kept := attribute(got.field(id), "value"); kept != value {
				t.Errorf("%s: %s holds %q, not %q", path, id, kept, value)
			}
		}
		checkDescriptions(t, path, got)
		if got.hidden().Get("moment") != "" || got.hidden().Get("sleutel") == "" {
			t.Errorf("%s: a form with faults has a moment, or no key: %v", path, got.hidden())
		}
	}
}

var (
	anID  = regexp.MustCompile(` id="([^"]*)"`)
	refer = regexp.MustCompile(` (?:for|aria-describedby|aria-labelledby|list)="([^"]*)"`)
)

// checkDescriptions holds every id to standing once, and every reference to leading somewhere.
func checkDescriptions(t *testing.T, path string, got shown) {
	t.Helper()
	ids := map[string]int{}
	for _, found := range anID.FindAllStringSubmatch(got.html, -1) {
		if ids[found[1]]++; ids[found[1]] > 1 {
			t.Errorf("%s: the id %s stands twice", path, found[1])
		}
	}
	for _, found := range refer.FindAllStringSubmatch(got.html, -1) {
		for _, id := range strings.Fields(found[1]) {
			if ids[id] == 0 {
				t.Errorf("%s: %s leads to no id", path, found[0])
			}
		}
	}
	for _, link := range got.links() {
		if id, here := strings.CutPrefix(link, "#"); here && ids[id] == 0 {
			t.Errorf("%s: the link %s leads nowhere", path, link)
		}
	}
}

// TestTheChosenStaysChosen: boxes, buttons, lists and texts as they were, also what can no longer be chosen.
func TestTheChosenStaysChosen(t *testing.T) {
	s := newSite(t, nil)
	got := s.form(metGasten, "naam=&email=x&regios=lek-en-gooi&onderdelen=ronde-2-werven&onderdelen=opening&antwoorden.vervoer=Met+de+auto&wensen=a%0Ab&introducees.0.naam=Bo")
	for _, want := range []string{`value="lek-en-gooi" checked`, `value="ronde-2-werven" checked`, `value="Met de auto" checked`, "\na\nb</textarea>", `name="introducees.0.naam" type="text" value="Bo"`} {
		if !strings.Contains(got.html, want) {
			t.Errorf("not kept: %s", want)
		}
	}
	got = s.form(contact, "regio=lek-en-gooi&onderwerp=anders&bericht=een%0D%0A%3Ctwee%3E")
	for _, want := range []string{`<option value="lek-en-gooi" selected>`, `value="anders" checked`, "een\r\n&lt;twee&gt;</textarea>"} {
		if !strings.Contains(got.html, want) {
			t.Errorf("not kept: %s", want)
		}
	}
	if got := s.form(opHoogte, "email=x&toestemming=1"); !strings.Contains(got.field("toestemming"), " checked") {
		t.Error("the consent is not ticked any more")
	}
	if got := s.get(opHoogte); strings.Contains(got.field("toestemming"), " checked") {
		t.Error("consent is ticked beforehand")
	}
}

// TestTooQuick: what comes back within two seconds is asked about, with one button; nothing is dropped, and
// the button works. Later, again after a fault, or from a website nothing is asked.
func TestTooQuick(t *testing.T) {
	for path, body := range whole {
		s := newSite(t, nil)
		asked := s.ours(path, body+"&extra=1", 1999*time.Millisecond)
		if asked.Code != 200 || !asked.says("Klopt dit?") || !asked.says("Ja, versturen") || strings.Count(asked.html, "<button") != 1 || !asked.says("noor@gast.example") {
			t.Fatalf("%s: %d", path, asked.Code)
		}
		sent := s.form(path, asked.hidden().Encode(), "Origin: "+siteAddress)
		if sent.Code != 303 {
			t.Fatalf("%s: the button gives %d %s", path, sent.Code, sent.html)
		}
		if got := s.ours(path, body, 2*time.Second); got.Code != 303 {
			t.Errorf("%s after two seconds: %d", path, got.Code)
		}
	}
	s := newSite(t, nil)
	faulty := s.ours(aanmelden, "naam=Noor", 0)
	if faulty.Code != 400 {
		t.Errorf("a fault is told first: %d", faulty.Code)
	}
	if got := s.form(aanmelden, whole[aanmelden]+"&"+faulty.hidden().Encode()); got.Code != 303 {
		t.Errorf("after a fault: %d", got.Code)
	}
	moment := s.get(aanmelden).hidden().Get("moment")
	for name, moment := range map[string]string{"none": "", "made up": "AAAA", "changed": moment[:20] + "A" + moment[21:], "of another form": s.get(contact).hidden().Get("moment")} {
		if got := s.form(aanmelden, whole[aanmelden]+"&moment="+escaped(moment)); got.Code != 303 {
			t.Errorf("a moment that is %s: %d", name, got.Code)
		}
	}
	if got := s.form(aanmelden, whole[aanmelden]+"&moment="+escaped(moment)); got.Code != 200 {
		t.Errorf("the true moment: %d", got.Code)
	}
}

// TestTheConfirmationKeepsEverything: key, where to go on, and what a machine filled in.
func TestTheConfirmationKeepsEverything(t *testing.T) {
	s := newSite(t, nil)
	asked := s.ours(metGasten, whole[metGasten]+"&terugNaar="+escaped(website+"/klaar")+"&valstrik=x", 0)
	hidden := asked.hidden()
	want, err := url.ParseQuery(whole[metGasten])
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range want {
		if !slices.Equal(hidden[name], values) {
			t.Errorf("%s: %q, not %q", name, hidden[name], values)
		}
	}
	if hidden.Get("sleutel") == "" || hidden.Get("terugNaar") != website+"/klaar" || hidden.Get("valstrik") == "" || hidden.Has("moment") {
		t.Errorf("%v", slices.Sorted(maps.Keys(hidden)))
	}
}

// TestWhereASuccessLeads: to the website that asked for it, and to no other place.
func TestWhereASuccessLeads(t *testing.T) {
	for back, want := range map[string]string{
		website + "/klaar?x=1#y": website + "/klaar?x=1#y",
		website:                  website,
		"https://www.website.example.evil.example/":  "",
		"https://www.website.example@evil.example/":  "",
		"https://x@www.website.example/":             "",
		"//www.website.example/":                     "",
		"http://www.website.example/":                "",
		"https://www.website.example:444/":           "",
		"javascript:alert(1)":                        "",
		"/elders":                                    "",
		"https://www.website.example\\@evil.example": "",
		"https://evil.example/":                      "",
		" " + website + "/":                          "",
		website + "/\r\nX: y":                        "",
	} {
		s := newSite(t, nil)
		got := s.form(aanmelden, whole[aanmelden]+"&terugNaar="+escaped(back), "Origin: "+website)
		where := got.Header().Get("Location")
		if got.Code != 303 || want != "" && where != want || want == "" && !strings.HasPrefix(where, "/bedankt/") {
			t.Errorf("%q: %d to %q", back, got.Code, where)
		}
	}
	s := newSite(t, nil)
	faulty := s.form(aanmelden, "naam=Noor&terugNaar="+escaped(website+"/klaar"), "Origin: "+website)
	if faulty.Code != 400 || faulty.hidden().Get("terugNaar") != website+"/klaar" {
		t.Fatalf("%d %v", faulty.Code, faulty.hidden())
	}
	if got := s.form(aanmelden, whole[aanmelden]+"&"+faulty.hidden().Encode(), "Origin: "+siteAddress); got.Header().Get("Location") != website+"/klaar" {
		t.Errorf("after a fault: to %q", got.Header().Get("Location"))
	}
}
