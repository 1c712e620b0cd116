package exports

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

// TestRegistrations spells out what the team gets: in the order in which they came, in words.
func TestRegistrations(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("=Noor", theirs, mdt.Nationwide)
	d.register("Jaap", another)
	got := d.as(sam).file(below + "aanmeldingen.csv")
	for _, row := range got[1:] {
		row[0] = "kenmerk"
	}
	want := [][]string{
		{"Kenmerk", "Stand", "Naam", "E-mailadres", "Organisatie", "Rol", "Telefoon", "Regio's", "Deelname", "Onderdelen", "Meegenomen door", "Gasten", "Aangemeld op", "Plek sinds",
			"Hoe kom je naar de bijeenkomst?"},
		{"kenmerk", "Heeft een plek", "=Noor", "deelnemer-1795683660@jongeren.example", "Stichting =Noor", "begeleider", "0612345678", "Voorbeeldregio Wad en Wierden, Landelijk", "",
			"Opening met lunch, Ronde 2: Volhouden als het lastig wordt", "", "0", "2026-11-26 10:01", "2026-11-26 10:01", "Met de auto"},
		{"kenmerk", "Heeft een plek", "Jaap", "deelnemer-1795683720@jongeren.example", "Stichting Jaap", "begeleider", "0612345678", "Voorbeeldregio Meren en Eilanden", "",
			"Opening met lunch, Ronde 2: Volhouden als het lastig wordt", "", "0", "2026-11-26 10:02", "2026-11-26 10:02", "Met de auto"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWhoSeesWhat: a facilitator gets three columns of those who named his region, and nobody but the team wishes.
func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor", theirs)
	d.register("Jaap", another)
	d.register("Ali")
	d.register("Els", mdt.Nationwide)
	for email, want := range map[string][]string{sam: {"Noor", "Jaap", "Ali", "Els"}, wim: {"Noor", "Jaap", "Ali", "Els"}, femke: {"Noor"}, jelle: {"Jaap"}} {
		rows := d.as(email).file(below + "aanmeldingen.csv")
		if diff := cmp.Diff(want, columnOf(rows, "Naam")); diff != "" {
			t.Errorf("%s: %s", email, diff)
		}
		if email == femke {
			if diff := cmp.Diff([][]string{{"Naam", "Organisatie", "Onderdelen"}, {"Noor", "Stichting Noor", "Opening met lunch, Ronde 2: Volhouden als het lastig wordt"}}, rows); diff != "" {
				t.Error(diff)
			}
		}
		if strings.Contains(fmt.Sprint(rows), "tolk") {
			t.Errorf("%s gets wishes", email)
		}
	}
	const form = "wensen=ja&reden=Voor+de+tolken"
	got := d.as(sam).do("POST", below+"aanmeldingen.csv", form)
	if diff := cmp.Diff([]string{"Een tolk voor Noor", "Een tolk voor Jaap", "Een tolk voor Ali", "Een tolk voor Els"}, columnOf(d.rows(got), "Wensen")); diff != "" {
		t.Error(diff)
	}
	for _, email := range []string{wim, femke} {
		if got := d.as(email).do("POST", below+"aanmeldingen.csv", form); got.Code != 403 || strings.Contains(got.Body.String(), "tolk") {
			t.Errorf("%s: %d %s", email, got.Code, got.Body)
		}
	}
	for body, want := range map[string]int{"wensen=ja": 400, "wensen=ja&reden=+%09+": 400, "wensen=ja&reden=" + strings.Repeat("a", 501): 400, "reden=zomaar": 200, "wensen=nee": 200, "%zz": 400} {
		if got := d.as(sam).do("POST", below+"aanmeldingen.csv", body); got.Code != want || got.Code == 200 && strings.Contains(got.Body.String(), "tolk") {
			t.Errorf("%s: %d %s", body, got.Code, got.Body)
		}
	}
	if got := d.as(sam).do("POST", below+"voorstellen.csv", form); got.Code != 400 {
		t.Errorf("wishes of proposals: %d", got.Code)
	}
	if got := d.as(sam).do("GET", below+"aanmeldingen.csv?wensen=ja&reden=x", ""); strings.Contains(got.Body.String(), "tolk") {
		t.Error("an address asks for wishes")
	}
}

// TestWishesThatAreOver stand in nothing any more.
func TestWishesThatAreOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor")
	d.now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) // the meeting was weeks ago
	got := d.rows(d.as(sam).do("POST", below+"aanmeldingen.csv", "wensen=ja&reden=Voor+de+tolken"))
	if len(got) != 2 || got[1][len(got[1])-1] != "" {
		t.Error(got)
	}
}

func TestProposalsAndMessages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	m, _ := d.service.Store.Meeting(ctx, meeting)
	address, _ := mdt.ParseAddress("noor@jongeren.example")
	leader, _ := mdt.ParseAddress("sam@jongeren.example")
	for i, regions := range [][]string{{theirs}, {another}, nil} {
		form := mdt.ProposalForm{Name: "Noor", Email: address, Organisation: "De Brug", Theme: fmt.Sprint("Thema ", i), Goal: "inspireren", Kind: "casus", Explanation: "een\ntwee", Regions: regions,
			Leader: mdt.Leader{Who: "iemandAnders", Name: "Sam", Email: leader, Role: "jongere"}}
		if _, err := d.acts.Propose(ctx, *m, form, acts.Post{}); err != nil {
			t.Fatal(err)
		}
		routed := mdt.Routed{Responder: mdt.Responder{Name: "Femke", Email: femke}}
		if len(regions) > 0 {
			routed.Region = &mdt.Region{ID: regions[0]}
		}
		if _, err := d.acts.Ask(ctx, mdt.MessageForm{Name: "Ali", Email: address, Subject: "anders", Text: fmt.Sprint("=Bericht ", i)}, routed, nil, acts.Post{}); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Minute)
	}
	for email, want := range map[string][2][]string{
		sam: {{"Thema 0", "Thema 1", "Thema 2"}, {"=Bericht 0", "=Bericht 1", "=Bericht 2"}}, femke: {{"Thema 0"}, {"=Bericht 0"}}, jelle: {{"Thema 1"}, {"=Bericht 1"}},
	} {
		proposals, messages := d.as(email).file(below+"voorstellen.csv"), d.as(email).file("/console/berichten.csv")
		if diff := cmp.Diff(want, [2][]string{columnOf(proposals, "Thema"), columnOf(messages, "Bericht")}); diff != "" {
			t.Errorf("%s: %s", email, diff)
		}
		if email != sam && strings.Contains(fmt.Sprint(proposals), "@") {
			t.Errorf("%s gets addresses: %v", email, proposals)
		}
	}
	rows := d.as(sam).file(below + "voorstellen.csv")
	rows[1][0] = "kenmerk"
	want := []string{"kenmerk", "Ontvangen", "Thema 0", "Inspireren", "Een casus of hulpvraag", "een\ntwee", "Noor", "De Brug", "Voorbeeldregio Wad en Wierden", "2026-11-26 10:00",
		"noor@jongeren.example", "Iemand anders", "Sam", "sam@jongeren.example", "Jongere"}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Error(diff)
	}
}

// TestEveryRouteHasItsPeople: each address, each kind of visitor, each method; nothing but the log is written.
func TestEveryRouteHasItsPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor", theirs)
	ended := d.as(sam)
	gone := d.as(wim)
	if err := d.service.Gate.CloseAll(t.Context(), identityOf(t, d, wim)); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range Paths {
		path := strings.Replace(pattern, "{bijeenkomst}", meeting, 1)
		for who, p := range map[string]*person{"nobody": d.nobody(), "ended": ended, "signed out everywhere": gone, "team": nil, "reader": nil, "facilitator": nil, "another": nil} {
			if who == "ended" {
				d.now = d.now.Add(13 * time.Hour)
			} else if email := map[string]string{"team": sam, "reader": wim, "facilitator": femke, "another": jelle}[who]; email != "" {
				d.now = d.now.Add(time.Millisecond)
				p = d.as(email)
			}
			in := p.cookie != nil && p != ended && p != gone
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} {
				d.engine.changed()
				got := p.do(method, path, "")
				want := map[bool]int{true: 405, false: 401}[in]
				switch reads := method == "GET" || method == "HEAD"; {
				case in && (reads || method == "POST"):
					want = 200
				case reads:
					want = 303
				}
				if got.Code != want {
					t.Errorf("%s %s by %s: %d, want %d", method, path, who, got.Code, want)
				}
				if want == 303 && got.Header().Get("Location") != "/console/login?next="+strings.ReplaceAll(path, "/", "%2F") {
					t.Errorf("%s sends to %s", path, got.Header().Get("Location"))
				}
				if want == 405 && got.Header().Get("Allow") != "GET, HEAD, POST" {
					t.Errorf("%s allows %s", path, got.Header().Get("Allow"))
				}
				changed := d.engine.changed()
				if wrote := []string{"logboek"}; want == 200 && method != "HEAD" && !slices.Equal(changed, wrote) || (want != 200 || method == "HEAD") && len(changed) > 0 {
					t.Errorf("%s %s by %s wrote %v", method, path, who, changed)
				}
			}
			if who == "ended" {
				d.now = d.now.Add(-13 * time.Hour)
			}
		}
	}
	for _, path := range []string{"/console/bijeenkomsten/geen/aanmeldingen.csv", below + "aanmeldingen.pdf", below + "wensen.csv", "/console/berichten.csv/", "/console/berichten.csv?deel=0",
		"/console/berichten.csv?deel=-1", "/console/berichten.csv?deel=01", "/console/berichten.csv?deel=x"} {
		if got := d.as(sam).do("GET", path, ""); got.Code != 404 {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
}

func identityOf(t *testing.T, d *desk, email string) mdt.PersonID {
	t.Helper()
	address, code := mdt.ParseAddress(email)
	if code != "" {
		t.Fatal(code)
	}
	return d.service.Gate.Identity.Person(address)
}

// TestFormsOfOthers: another site's form gets no wishes and leaves no line in the log.
func TestFormsOfOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor")
	p := d.as(sam)
	for _, from := range []string{"Origin: https://elders.example", "Origin: null", "Sec-Fetch-Site: cross-site"} {
		d.engine.changed()
		got := p.do("POST", below+"aanmeldingen.csv", "wensen=ja&reden=x", from)
		if got.Code != 403 || strings.Contains(got.Body.String(), "tolk") || len(d.engine.changed()) > 0 {
			t.Errorf("%s: %d", from, got.Code)
		}
	}
	if got := p.do("POST", below+"aanmeldingen.csv", "wensen=ja&reden=x", "Sec-Fetch-Site: same-origin"); got.Code != 200 {
		t.Errorf("our own page: %d", got.Code)
	}
}

// TestAConceptIsNobodysElse: a facilitator does not hear of a meeting that is not published.
func TestAConceptIsNobodysElse(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	m, _ := d.service.Store.Meeting(t.Context(), meeting)
	concept := *m
	concept.ID, concept.Published = "concept", false
	if err := d.service.Store.Fill(t.Context(), nil, []mdt.Meeting{concept}); err != nil {
		t.Fatal(err)
	}
	for email, want := range map[string]int{sam: 200, wim: 200, femke: 404} {
		if got := d.as(email).do("GET", "/console/bijeenkomsten/concept/aanmeldingen.csv", ""); got.Code != want {
			t.Errorf("%s: %d", email, got.Code)
		}
	}
}

// TestTheLog says who took what, how many, and why; and without that line there is no file.
func TestTheLog(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor", theirs)
	d.register("Jaap", another)
	d.as(femke).file(below + "aanmeldingen.csv")
	d.now = d.now.Add(time.Second)
	d.as(sam).do("POST", below+"aanmeldingen.xlsx", "wensen=ja&reden=Voor+de%0a+tolken")
	var got []mdt.LogLine
	for _, line := range d.exported() {
		got = append(got, mdt.LogLine{Role: line.Role, About: line.About, Meeting: line.Meeting, Count: line.Count, Reason: line.Reason, By: line.By})
	}
	want := []mdt.LogLine{{Role: "team", About: "aanmeldingen.xlsx", Meeting: meeting, Count: 2, Reason: "Voor de tolken", By: identityOf(t, d, sam)},
		{Role: "facilitator", About: "aanmeldingen.csv", Meeting: meeting, Count: 1, By: identityOf(t, d, femke)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p := d.as(jelle)
	d.engine.noLog = true
	if got := p.do("GET", below+"aanmeldingen.csv", ""); got.Code != 503 || strings.Contains(got.Body.String(), "Jaap") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// TestNoHalfFile: whichever read fails, there is a page and no file, and no line that says there was one.
func TestNoHalfFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.fill(1500)
	for _, path := range []string{below + "aanmeldingen.csv", below + "aanmeldingen.xlsx", "/console/berichten.csv"} {
		for at := 1; ; at++ {
			p := d.as(sam)
			d.engine.queries, d.engine.failAt = 0, at
			got := p.do("GET", path, "")
			d.engine.failAt = 0
			if got.Code == 200 {
				if at < 3 {
					t.Errorf("%s: a failing read %d is not seen", path, at)
				}
				break
			}
			if got.Code != 503 || got.Header().Get("Retry-After") == "" || strings.Contains(got.Body.String(), "Deelnemer") || got.Header().Get("Content-Disposition") != "" {
				t.Errorf("%s at read %d: %d %.200s", path, at, got.Code, got.Body)
			}
		}
	}
	if got := d.exported(); len(got) != 3 {
		t.Errorf("the log tells of %d files", len(got))
	}
}

// fill registers many, straight into the store.
func (d *desk) fill(n int) {
	d.t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	m, err := d.service.Store.Meeting(d.t.Context(), meeting)
	if err != nil {
		d.t.Fatal(err)
	}
	open := *m
	open.Capacity, open.PerOrg = 0, 0
	for i := range n {
		letters := make([]byte, 800)
		for j := range letters {
			letters[j] = byte('!' + random.IntN(90))
		}
		d.now = d.now.Add(time.Millisecond)
		address, _ := mdt.ParseAddress(fmt.Sprintf("deelnemer-%d@jongeren.example", i))
		form := mdt.RegistrationForm{Name: fmt.Sprint("Deelnemer ", i), Email: address, Organisation: string(letters), Regions: []string{[]string{theirs, another}[i%2]}}
		if _, err := d.acts.Register(d.t.Context(), open, form, acts.Post{}); err != nil {
			d.t.Fatal(err)
		}
	}
}

// TestParts: a file that is full goes on in the next, with the same head, and all parts together are everybody once,
// also when somebody in an earlier part goes, and others come, in between.
func TestParts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.fill(600)
	d.service.most = 20_000
	for email, want := range map[string]int{sam: 600, femke: 300} {
		p := d.as(email)
		var names, heads []string
		part := 1
		for path := below + "aanmeldingen.csv"; path != ""; part++ {
			got := p.do("GET", path, "")
			rows := d.rows(got)
			heads = append(heads, strings.Join(rows[0], ";"))
			names = append(names, columnOf(rows, "Naam")...)
			link, name := got.Header().Get("Link"), got.Header().Get("Content-Disposition")
			if path = ""; link != "" {
				if want := fmt.Sprintf("<%saanmeldingen.csv?deel=%d>; rel=\"next\"", below, part+1); link != want {
					t.Fatalf("the next is %s, want %s", link, want)
				}
				path = fmt.Sprintf("%saanmeldingen.csv?deel=%d", below, part+1)
			}
			if !strings.Contains(name, fmt.Sprintf("aanmeldingen-netwerkbijeenkomst-2026-11-26-deel-%d.csv", part)) {
				t.Errorf("part %d is called %s", part, name)
			}
		}
		slices.Sort(heads)
		if all := slices.Compact(slices.Sorted(slices.Values(names))); len(names) != want || len(all) != want || part < 4 || len(slices.Compact(heads)) != 1 {
			t.Errorf("%s: %d rows of %d people in %d parts with %d heads", email, len(names), len(all), part-1, len(slices.Compact(heads)))
		}
	}
	p := d.as(sam)
	first := columnOf(p.file(below+"aanmeldingen.csv"), "Naam")
	d.now = d.now.Add(time.Second)
	d.erase("deelnemer-3@jongeren.example")
	d.register("Later")
	second := columnOf(p.file(below+"aanmeldingen.csv?deel=2"), "Naam")
	if want := fmt.Sprint("Deelnemer ", len(first)); second[0] != want {
		t.Errorf("part 2 begins with %s, want %s", second[0], want)
	}
	if got := d.as(wim).do("GET", below+"aanmeldingen.csv?deel=2", ""); got.Code != 409 || !strings.Contains(got.Body.String(), "Haal eerst het deel ervoor op") {
		t.Errorf("a part of nobody's: %d %s", got.Code, got.Body)
	}
	d.now = d.now.Add(58 * time.Minute)
	p = d.as(sam)
	if got := p.do("GET", below+"aanmeldingen.csv?deel=2", ""); got.Code != 200 {
		t.Errorf("within the hour: %d", got.Code)
	}
	d.now = d.now.Add(2 * time.Minute)
	p = d.as(sam)
	if got := p.do("GET", below+"aanmeldingen.csv?deel=2", ""); got.Code != 409 {
		t.Errorf("after the hour: %d", got.Code)
	}
	if got := p.do("GET", below+"aanmeldingen.csv", ""); got.Header().Get("Vary") != "Accept-Encoding" || got.Header().Get("Content-Encoding") != "" || got.Body.Len() > 80_000 {
		t.Errorf("%v, %d bytes", got.Header(), got.Body.Len())
	}
}

// erase takes somebody's entry away.
func (d *desk) erase(email string) {
	d.t.Helper()
	ctx := d.t.Context()
	p := identityOf(d.t.(*testing.T), d, email)
	traces, err := d.service.Store.Traces(ctx, p, d.now)
	if err == nil {
		err = d.service.Store.EraseTrace(ctx, traces...)
	}
	if err != nil || len(traces) == 0 {
		d.t.Fatal(len(traces), err)
	}
}

// TestAFileNeverOutgrowsAnAnswer: with texts that nothing can compress, every file ends before an answer is full.
func TestAFileNeverOutgrowsAnAnswer(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2, 2))
	text := func() string {
		runes := make([]rune, 2000)
		for i := range runes {
			runes[i] = rune(0x4e00 + random.IntN(0x5000)) // three bytes each
		}
		return string(runes)
	}
	columns := []sheets.Column{{Head: "Bericht"}, {Head: "Nog een"}}
	for _, a := range []ask{{format: "csv"}, {format: "csv", gzip: true}, {format: "xlsx"}} {
		out, err := a.begin(list{columns: columns}, new(Service).room())
		for err == nil && !out.full() {
			err = out.row([]sheets.Cell{sheets.Text(text()), sheets.Text(text())})
		}
		if err == nil {
			err = out.close()
		}
		if err != nil || out.bytes.Len() > mostBytes || out.bytes.Len() < mostBytes-2*behind {
			t.Errorf("%s, compressed %v: %d bytes, %v", a.format, a.gzip, out.bytes.Len(), err)
		}
	}
}

func TestCompressed(t *testing.T) {
	t.Parallel()
	for accepts, want := range map[string]bool{"": false, "gzip": true, "gzip, deflate, br": true, "br;q=1.0, gzip;q=0.8": true, "gzip;q=0": false, "gzip;q=0.0": false, "identity": false, "GZIP": true, "x-gzip": false} {
		if got := compressed(accepts); got != want {
			t.Errorf("%q: %v", accepts, got)
		}
	}
}

// TestThePageThatSaysWhy is for everyone.
func TestThePageThatSaysWhy(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for status, got := range map[int]*bytes.Buffer{404: d.as(sam).do("GET", "/console/bijeenkomsten/geen/aanmeldingen.csv", "").Body, 403: d.as(wim).do("POST", below+"aanmeldingen.csv", "wensen=ja&reden=x").Body,
		409: d.as(sam).do("GET", "/console/berichten.csv?deel=2", "").Body, 400: d.as(sam).do("POST", below+"aanmeldingen.csv", "wensen=ja").Body, 401: d.nobody().do("POST", "/console/berichten.csv", "").Body} {
		for _, empty := range []string{"<title> ", "<h1></h1>", `<p class="lead"></p>`} {
			if strings.Contains(got.String(), empty) {
				t.Errorf("%d has no words: %s", status, got)
			}
		}
	}
	for _, about := range []string{"400", "401", "403", "404", "405", "500", "503", "deel", "herkomst", "reden", "reden.lang"} {
		status := http.StatusBadRequest
		if v := d.service.page(&trouble{status: status, about: about}); v.Title == "" || v.Text == "" {
			t.Errorf("no words for %s", about)
		}
	}
}
