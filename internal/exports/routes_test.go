package exports

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

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
	for _, path := range []string{"/console/bijeenkomsten/geen/aanmeldingen.csv", "/console/bijeenkomsten/" + strings.Repeat("a", 10_000) + "/aanmeldingen.csv", below + "aanmeldingen.pdf", below + "wensen.csv", "/console/berichten.csv/", "/console/berichten.csv?deel=0",
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

// TestAReasonOutlivesItsSession: what was typed why wishes are wanted stands in the page that says that one is signed out, and
// can be sent once more, for the same part; what another site sends stands in no page.
func TestAReasonOutlivesItsSession(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const body = "wensen=ja&reden=Tolken+%3Cregelen%3E"
	got := d.nobody().do("POST", below+"aanmeldingen.xlsx?deel=2", body)
	for _, want := range []string{`action="` + below + `aanmeldingen.xlsx?deel=2"`, `name="reden" value="Tolken &lt;regelen&gt;"`, `name="wensen" value="ja"`, "Je was te lang weg"} {
		if got.Code != http.StatusUnauthorized || !strings.Contains(got.Body.String(), want) {
			t.Errorf("%d without %s: %s", got.Code, want, got.Body)
		}
	}
	if other := d.nobody().do("POST", below+"aanmeldingen.xlsx", body, "Sec-Fetch-Site: cross-site"); other.Code != http.StatusUnauthorized || strings.Contains(other.Body.String(), "Tolken") {
		t.Errorf("of another site: %d %s", other.Code, other.Body)
	}
	if elsewhere := d.nobody().do("POST", "//elders.example/x", body); strings.Contains(elsewhere.Body.String(), `action="//`) {
		t.Errorf("it would be sent elsewhere: %s", elsewhere.Body)
	}
	if log := d.log.String(); strings.Contains(log, "Tolken") {
		t.Error("the log has it")
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
	for _, about := range []string{"400", "403", "404", "405", "500", "503", "deel", "herkomst", "reden", "reden.lang"} {
		status := http.StatusBadRequest
		if v := d.service.page(&trouble{status: status, about: about}); v.Title == "" || v.Text == "" {
			t.Errorf("no words for %s", about)
		}
	}
}
