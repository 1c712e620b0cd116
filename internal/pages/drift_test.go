package pages_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encoding/json"

	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
)

// tables are the tables of fields of the API, by the page that asks them and the call that takes them.
func (s *site) tables() map[string]struct {
	spec forms.Spec
	call string
} {
	type entry = struct {
		spec forms.Spec
		call string
	}
	return map[string]entry{
		metGasten: {forms.RegistrationSpec(*meetingOf(&s.network, "netwerkbijeenkomst")), "/v1/bijeenkomsten/netwerkbijeenkomst/aanmeldingen"},
		voorstel:  {forms.ProposalSpec(), "/v1/bijeenkomsten/netwerkbijeenkomst/voorstellen"},
		opHoogte:  {forms.InterestSpec(), "/v1/bijeenkomsten/regiodag-noord/attenderingen"},
		contact:   {forms.MessageSpec(), "/v1/berichten"},
	}
}

// names are the names that a form of a table sends.
func names(fields []forms.Field, above string, max int) (all []string) {
	for _, f := range fields {
		switch {
		case f.Kind == forms.Objects:
			for i := range f.Max {
				all = append(all, names(f.Fields, fmt.Sprintf("%s%s.%d.", above, f.Name, i), max)...)
			}
		case f.Kind == forms.Object:
			all = append(all, names(f.Fields, above+f.Name+".", max)...)
		default:
			all = append(all, above+f.Name)
		}
	}
	return all
}

var named = regexp.MustCompile(`<(?:input|textarea|select)[^>]* name="([^"]*)"`)

// TestAPageAsksWhatTheTableSays: the names of its fields are those of the table, in its order, with what is
// required and what can be chosen. At a meeting in one way nobody is asked which.
func TestAPageAsksWhatTheTableSays(t *testing.T) {
	s := newSite(t, nil)
	for path, table := range s.tables() {
		page := s.get(path)
		body := page.html[strings.Index(page.html, `<form class="form"`):]
		var asked []string
		for _, found := range named.FindAllStringSubmatch(body, -1) {
			if name := found[1]; !slices.Contains(asked, name) {
				asked = append(asked, name)
			}
		}
		want := slices.DeleteFunc(names(table.spec, "", 0), func(name string) bool { return name == "deelname" })
		want = append(want, "valstrik", "sleutel", "moment")
		if !slices.Equal(asked, want) {
			t.Errorf("%s asks\n%v, the table says\n%v", path, asked, want)
		}
		for _, f := range table.spec {
			checkField(t, path, page, f)
		}
	}
}

func checkField(t *testing.T, path string, page shown, f forms.Field) {
	t.Helper()
	if f.Kind == forms.Object || f.Kind == forms.Objects || f.Name == "deelname" {
		return
	}
	element := regexp.MustCompile(`<(?:input|textarea|select)[^>]* id="` + f.Name + `"[^>]*>`).FindString(page.html)
	required := strings.Contains(element, `aria-required="true"`)
	if group := regexp.MustCompile(`<fieldset[^>]*>\s*<legend>` + regexp.QuoteMeta(html.EscapeString(content.FieldWords(f.Name+".label", nil))) + `[ <]`).FindString(page.html); group != "" {
		required = strings.Contains(group, `aria-required="true"`)
	}
	if element == "" || required != f.Required {
		t.Errorf("%s: %s is required %v, the table says %v: %s", path, f.Name, required, f.Required, element)
	}
	if strings.Contains(element, " required") || strings.Contains(element, "maxlength") || strings.Contains(element, "placeholder") {
		t.Errorf("%s: %s leaves a check to the browser, or says its label in itself: %s", path, f.Name, element)
	}
	label := content.FieldWords(f.Name+".label", nil)
	optional := page.says(label + " " + content.FieldWords("formulier.nietVerplicht", nil))
	if !page.says(label) || optional == f.Required {
		t.Errorf("%s: the label of %s says that it is optional: %v", path, f.Name, optional)
	}
	for _, choice := range f.Choices {
		if !strings.Contains(page.html, `name="`+f.Name+`" value="`+choice+`"`) || !page.says(content.FieldWords(f.Name+".keuze."+choice, nil)) {
			t.Errorf("%s: %s has no choice %s", path, f.Name, choice)
		}
	}
}

// TestPageAndAPIFindTheSameFaults: whatever is sent, a page tells every fault that the API tells, in the same words.
func TestPageAndAPIFindTheSameFaults(t *testing.T) {
	bad := []string{"", "x", "geen adres", "112", strings.Repeat("x", 6000), "a\x00b", "\u202e", "1", "misschien", "Bergen", "landelijk", "iemandAnders"}
	for path, body := range whole {
		s := newSite(t, nil)
		table, ok := s.tables()[path]
		if !ok {
			continue
		}
		service := &api.Service{Desk: s.service.Desk, Site: siteAddress}
		handler := map[string]http.Handler{metGasten: service.Registrations(), voorstel: service.Proposals(), opHoogte: service.Interests(), contact: service.Messages()}[path]
		values, err := url.ParseQuery(body)
		if err != nil {
			t.Fatal(err)
		}
		for name := range values {
			for _, value := range bad {
				changed := url.Values{}
				for other, sent := range values {
					changed[other] = sent
				}
				changed[name] = []string{value}
				r := httptest.NewRequest("POST", table.call, strings.NewReader(changed.Encode()))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				var problem struct {
					Detail string
					Errors []struct{ Pointer, Detail string }
				}
				if w.Code != 201 {
					if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil {
						t.Fatal(err)
					}
				}
				page := s.form(path, changed.Encode())
				if same := map[int]int{201: 303}[w.Code]; page.Code != w.Code && page.Code != same {
					t.Errorf("%s, %s=%.20q: the API answers %d, the page %d", path, name, value, w.Code, page.Code)
				}
				if n := strings.Count(page.html, `<li><a href="#`); w.Code == 400 && n != len(problem.Errors) {
					t.Errorf("%s, %s=%.20q: %d faults, the page leads to %d", path, name, value, len(problem.Errors), n)
				}
				for _, e := range problem.Errors {
					if !page.says(e.Detail) {
						t.Errorf("%s, %s=%.20q: the page does not say %q (%s)", path, name, value, e.Detail, e.Pointer)
					}
				}
			}
		}
	}
}

// TestFieldsOfOthersAreNotFilledInByTheBrowser: what a browser knows is the visitor's own (F12).
func TestFieldsOfOthersAreNotFilledInByTheBrowser(t *testing.T) {
	s := newSite(t, nil)
	page := s.get(metGasten)
	for id, want := range map[string]string{"naam": "name", "email": "email", "telefoon": "tel", "organisatie": "organization", "functie": "organization-title",
		"introducees-0-naam": "", "introducees-0-email": "", "introducees-1-email": "", "valstrik": "off"} {
		if got := attribute(page.field(id), "autocomplete"); page.field(id) == "" || got != want {
			t.Errorf("%s: autocomplete %q, want %q", id, got, want)
		}
	}
	if got := attribute(s.get(voorstel).field("leiding-email"), "autocomplete"); got != "" {
		t.Errorf("the leader's address: autocomplete %q", got)
	}
}

// TestTheTrapIsNoTrapForPeople: labelled, out of the way of Tab, hidden by its place and not by display.
func TestTheTrapIsNoTrapForPeople(t *testing.T) {
	s := newSite(t, nil)
	page := s.get(aanmelden)
	if trap := page.field("valstrik"); attribute(trap, "type") != "text" || attribute(trap, "tabindex") != "-1" || !strings.Contains(page.html, `<label for="valstrik">Laat dit veld leeg</label>`) {
		t.Errorf("%s", trap)
	}
	for _, link := range page.links() {
		if strings.HasPrefix(link, "/stijl-") && regexp.MustCompile(`\.trap[^}]*(display: none|visibility)`).MatchString(s.get(link).html) {
			t.Error("the trap is hidden from machines too")
		}
	}
}
