package console_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/forms"
)

// may says who can do what at one path: t is the team, r who reads, f the facilitator whose region it is about, o
// one of another region. "" is nobody; * anyone, also who is not in.
type may struct {
	path      string // that the pattern stands for
	get, post string
	body      string // of a post that is taken
	theirs    bool   // it belongs to the region of f: for o it is as if it were not there
}

// matrix is who may do what at every path of the desk, by pattern, as it was agreed and not as the code has it.
func (d *desk) matrix() map[string]may {
	all := map[string]may{
		"/console":                             {path: "/console", get: "trfo"},
		"/console/login":                       {path: "/console/login", get: "*"},
		"/console/terug":                       {path: "/console/terug", get: "*"},
		"/console/klaar":                       {path: "/console/klaar", get: "trfo"},
		"/console/uit":                         {path: "/console/uit", get: "*", post: "trfo"},
		"/console/verlengen":                   {path: "/console/verlengen", post: "trfo"},
		"/console/bijeenkomsten/{bijeenkomst}": {path: "/console/bijeenkomsten/beslisdag", get: "trfo"},
		"/console/bijeenkomsten/{bijeenkomst}/uitvoer":      {path: "/console/bijeenkomsten/beslisdag/uitvoer", get: "trfo"},
		"/console/bijeenkomsten/{bijeenkomst}/deelnemers":   {path: "/console/bijeenkomsten/beslisdag/deelnemers", get: "trfo"},
		"/console/bijeenkomsten/{bijeenkomst}/naamkaartjes": {path: "/console/bijeenkomsten/beslisdag/naamkaartjes", get: "tr"},
		"/console/regiobestanden":                           {path: "/console/regiobestanden", get: "tr", post: "t", body: "bestand=" + strings.Join(forms.FacilitatorColumns, "%3B")},
		"/console/regiobestanden/regios.csv":                {path: "/console/regiobestanden/regios.csv", get: "tr"},
		"/console/regiobestanden/facilitators.csv":          {path: "/console/regiobestanden/facilitators.csv", get: "tr"},
		"/console/gemeenten":                                {path: "/console/gemeenten", get: "tr", post: "t", body: "gemeente=Delft&naar=wad-en-wierden&handeling=terug"},
		"/console/regios":                                   {path: "/console/regios", get: "trfo"},
		"/console/regios/{regio}":                           {path: "/console/regios/wad-en-wierden", get: "trf", theirs: true},
		"/console/regios/{regio}/wijzigen":                  {path: "/console/regios/wad-en-wierden/wijzigen", get: "t", post: "t", body: "handeling=erbij&naam=Wad"},
		"/console/nieuwe-regio":                             {path: "/console/nieuwe-regio", get: "t", post: "t", body: "handeling=erbij&naam=Duin"},
		"/console/mensen":                                   {path: "/console/mensen", get: "t", post: "t", body: "naam=Nu&email=nu@mdt-team.example&rol=lezer"},
		"/console/mensen/{wie}":                             {path: "/console/mensen/" + d.idOf("anouk@vecht-en-reest.example"), get: "t", post: "t", body: "handeling=uitloggen"},
	}
	maps.Copy(all, d.entryMatrix())
	maps.Copy(all, d.privacyMatrix())
	maps.Copy(all, d.meetingMatrix())
	return all
}

// TestEveryRouteHasItsPeople: every route, each kind of visitor, every method.
func TestEveryRouteHasItsPeople(t *testing.T) {
	d := newDesk(t)
	matrix := d.matrix()
	seen := map[string]bool{}
	for _, access := range d.service.Accesses() {
		seen[access.Pattern] = true
		row, known := matrix[access.Pattern]
		if strings.HasSuffix(access.Pattern, ".css") || strings.HasSuffix(access.Pattern, ".js") || strings.HasSuffix(access.Pattern, ".svg") {
			row, known = may{path: access.Pattern, get: "*"}, true
		}
		if !known {
			t.Errorf("%s stands in no row of the matrix: who may see it, and who may act there?", access.Pattern)
			continue
		}
		d.tryRow(t, row)
	}
	for pattern := range matrix {
		if !seen[pattern] {
			t.Errorf("%s is in the matrix and not at the desk", pattern)
		}
	}
}

// tryRow holds one path against its row, for everybody and every method.
func (d *desk) tryRow(t *testing.T, row may) {
	t.Helper()
	ended := d.as(sam)
	d.set(d.time().Add(13 * time.Hour))
	defer func() { d.set(now) }()
	for who, visitor := range map[string]func() *person{
		"-": d.nobody, "e": func() *person { return ended },
		"t": func() *person { return d.as(sam) }, "r": func() *person { return d.as(wim) },
		"f": func() *person { return d.as(femke) }, "o": func() *person { return d.as(jelle) },
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"} {
			p := visitor()
			d.engine.changed()
			got := p.do(method, row.path, row.bodyOf(method))
			changed := d.engine.changed()
			allowed, wrong := row.judge(who, method, got.Code)
			if wrong {
				t.Errorf("%s %s by %q answered %d", method, row.path, who, got.Code)
			}
			if (method != "POST" || !allowed) && len(changed) > 0 {
				t.Errorf("%s %s by %q changed %v", method, row.path, who, changed)
			}
		}
	}
}

func (m may) bodyOf(method string) string {
	if method == http.MethodPost {
		return m.body
	}
	return ""
}

// judge says whether somebody may do this here, and whether the answer tells otherwise.
func (m may) judge(who, method string, code int) (allowed, wrong bool) {
	reads := method == "GET" || method == "HEAD"
	list := m.post
	if reads {
		list = m.get
	}
	out := who == "-" || who == "e"
	switch {
	case list == "*":
		return true, code >= 500 || code == 401
	case out && reads:
		return false, code != http.StatusSeeOther
	case out:
		return false, code != http.StatusUnauthorized
	case !reads && method != "POST", list == "":
		return false, code != http.StatusMethodNotAllowed
	case !strings.Contains(list, who) && m.theirs && who == "o":
		return false, code != http.StatusNotFound
	case !strings.Contains(list, who):
		return false, code != http.StatusForbidden
	}
	return true, !slices.Contains([]int{200, 303}, code)
}

// TestFormsOfOthersChangeNothing: a form that another site has somebody send is refused, on every route that takes one.
func TestFormsOfOthersChangeNothing(t *testing.T) {
	d := newDesk(t)
	matrix, n := d.matrix(), 0
	for _, access := range d.service.Accesses() {
		if !access.Posts {
			continue
		}
		row := matrix[access.Pattern]
		for _, from := range []string{"Origin: https://elders.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"} {
			p := d.as(sam)
			d.engine.changed()
			if got := p.do("POST", row.path, row.body, from); got.Code != http.StatusForbidden {
				t.Errorf("%s with %s answered %d", row.path, from, got.Code)
			}
			if changed := d.engine.changed(); len(changed) > 0 {
				t.Errorf("%s with %s changed %v", row.path, from, changed)
			}
			n++
		}
		p := d.as(sam) // the same form of our own page is taken: the guard and nothing else kept it out
		if got := p.do("POST", row.path, row.body, "Origin: "+site, "Sec-Fetch-Site: same-origin"); got.Code >= 400 {
			t.Errorf("%s of our own page answered %d", row.path, got.Code)
		}
	}
	if n < 12 {
		t.Errorf("only %d forms", n)
	}
}
