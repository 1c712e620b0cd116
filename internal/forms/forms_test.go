package forms

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// meeting has a place and a way to take part online, parts of which two overlap, guests, and a question of each kind.
func meeting() mdt.Meeting {
	at := func(hour, minute int) time.Time { return time.Date(2027, 3, 10, hour, minute, 0, 0, time.UTC) }
	return mdt.Meeting{
		ID: "dag", Name: "Dag", Place: "Zaal", Online: true, Start: at(9, 0), End: at(17, 0), MaxGuests: 2,
		Parts: []mdt.Part{
			{ID: "a", Start: at(9, 0), End: at(10, 0)},
			{ID: "b", Start: at(9, 30), End: at(10, 30)},
			{ID: "c", Start: at(10, 0), End: at(11, 0)},
		},
		Questions: []mdt.Question{
			{ID: "verhaal", Kind: mdt.TextQuestion},
			{ID: "vervoer", Kind: mdt.OneOfQuestion, Choices: []string{"Trein", "Fiets & voet"}},
			{ID: "dagen", Kind: mdt.ManyOf, Choices: []string{"Ma", "Di"}},
			{ID: "lunch", Kind: mdt.YesNo, Required: true},
		},
	}
}

var regions = []string{"noord", "zuid"}

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
)

func post(contentType, body string) *http.Request {
	r := httptest.NewRequest("POST", "/", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return r
}

func readAs(t *testing.T, contentType, body string, spec Spec) *Values {
	t.Helper()
	v, err := Read(post(contentType, body), spec)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return v
}

// unread gives the status of a body that cannot be read, 0 for one that can.
func unread(t *testing.T, r *http.Request, spec Spec) int {
	t.Helper()
	_, err := Read(r, spec)
	var u *Unread
	if err != nil && !errors.As(err, &u) {
		t.Fatalf("error %v", err)
	}
	if u == nil {
		return 0
	}
	return u.Status
}

// codes gives faults as "pointer code", the way a website sees them.
func codes(faults []mdt.Fault) []string {
	var list []string
	for _, f := range faults {
		list = append(list, f.Pointer+" "+f.Code)
	}
	return list
}

// encoded writes values of JSON as a form would send them.
func encoded(t *testing.T, text string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	flatten(form, "", value)
	return form.Encode()
}

func flatten(form url.Values, name string, value any) {
	switch value := value.(type) {
	case string:
		form.Add(name, value)
	case bool:
		form.Add(name, map[bool]string{true: "on", false: "false"}[value])
	case map[string]any:
		for key, inner := range value {
			flatten(form, strings.TrimPrefix(name+"."+key, "."), inner)
		}
	case []any:
		for i, inner := range value {
			if _, group := inner.(map[string]any); group {
				flatten(form, name+"."+string(rune('0'+i)), inner)
			} else {
				flatten(form, name, inner)
			}
		}
	}
}
