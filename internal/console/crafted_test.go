package console_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"aanmeldpunt/internal/console"
)

// crafted is far longer than anything that a page of ours puts in a field or an address.
var crafted = strings.Repeat("A", 10_000)

var (
	fieldNames = regexp.MustCompile(`(?:Get|field|FormValue|Has)\("([a-zA-Z]+)"\)|hidden\{"([a-zA-Z]+)"|Name: "([a-zA-Z]+)"|name="([a-zA-Z.]+)"`)
	deedNames  = regexp.MustCompile(`"handeling", "([a-z]+)"|deed\(\) [!=]= "([a-z]+)"|name="handeling" value="([a-z]+)"`)
)

// inSource are the names that the desk's own code and pages have for something: one that comes later is among them.
func inSource(t *testing.T, what *regexp.Regexp) (names []string) {
	t.Helper()
	code, err1 := filepath.Glob("*.go")
	pages, err2 := filepath.Glob("html/*.html")
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for _, file := range append(code, pages...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range what.FindAllStringSubmatch(string(text), -1) {
			names = append(names, strings.Join(found[1:], ""))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestWhatIsCraftedIsNoFaultOfOurs: no piece of a path, no value of a query and no field of a form that is far too long
// is ever answered as if we had failed. Each route has a desk of its own, on which nothing was undone by another.
func TestWhatIsCraftedIsNoFaultOfOurs(t *testing.T) {
	names := inSource(t, fieldNames)
	if len(names) < 40 {
		t.Fatalf("only %d names", len(names))
	}
	var tried, refused atomic.Int64
	t.Cleanup(func() {
		if tried.Load() < 4000 || refused.Load() < 50 {
			t.Errorf("only %d tried, and %d refused", tried.Load(), refused.Load())
		}
	})
	for _, access := range newDesk(t).service.Accesses() {
		t.Run(strings.ReplaceAll(access.Pattern, "/", "."), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			row, p := d.matrix()[access.Pattern], d.as(sam)
			try := func(method, path, body string) {
				got := p.do(method, path, body)
				if tried.Add(1); got.Code >= 500 {
					t.Errorf("%s %.90s with %.130s answered %d", method, path, body, got.Code)
				}
				if got.Code == http.StatusBadRequest {
					refused.Add(1)
				}
				if access.Pattern == "/console/uit" {
					p = d.as(sam)
				}
			}
			for _, piece := range regexp.MustCompile(`\{[a-z]+\}`).FindAllString(access.Pattern, -1) {
				try("GET", strings.Replace(access.Pattern, piece, crafted, 1), "")
				try("POST", strings.Replace(access.Pattern, piece, crafted, 1), "")
			}
			for _, name := range names {
				if access.Gets && row.path != "" {
					try("GET", row.path+"?"+url.Values{name: {crafted}}.Encode(), "")
				}
			}
			for _, deed := range buttons(t, access) {
				for _, name := range names {
					try("POST", row.path, row.crafted(t, deed, name))
				}
			}
		})
	}
}

// buttons are those that a route knows, none first: a route that takes any reads none of them.
func buttons(t *testing.T, access console.Access) []string {
	if !access.Posts {
		return nil
	}
	d := newDesk(t)
	row, all := d.matrix()[access.Pattern], inSource(t, deedNames)
	if len(all) < 20 {
		t.Fatalf("only %d buttons", len(all))
	}
	known := []string{""}
	for _, deed := range append([]string{"onzin"}, all...) {
		form, err := url.ParseQuery(row.body)
		if err != nil {
			t.Fatal(err)
		}
		form.Set("handeling", deed)
		taken := d.as(sam).do("POST", row.path, form.Encode()).Code != http.StatusBadRequest
		if taken && deed == "onzin" {
			return known
		}
		if taken {
			known = append(known, deed)
		}
	}
	return known
}

// crafted is a form that is taken, with a button of the desk and one field far too long.
func (m may) crafted(t *testing.T, deed, name string) string {
	form, err := url.ParseQuery(m.body)
	if err != nil {
		t.Fatal(err)
	}
	if deed != "" {
		form.Set("handeling", deed)
	}
	form.Set(name, crafted)
	return form.Encode()
}
