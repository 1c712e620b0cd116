package pages_test

import (
	"html"
	"html/template"
	"io"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The form of a registration as the page serves it, from the request to the last byte, against a bare template
// that makes the same bytes: the same values in as many places, and nothing looked up or decided.
//
//	go test -run '^$' -bench Form ./internal/pages

func BenchmarkForm(b *testing.B) {
	s := newSite(b, nil)
	handler := s.service.Handler()
	request := httptest.NewRequest("GET", siteAddress+metGasten, nil)
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, request); w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}

func BenchmarkFormBare(b *testing.B) {
	page := newSite(b, nil).get(metGasten).html
	bare, values := bareOf(page)
	b.ReportAllocs()
	for b.Loop() {
		if err := bare.Execute(io.Discard, values); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTheBareTemplateMakesTheSameBytes, or the benchmark compares with something else.
func TestTheBareTemplateMakesTheSameBytes(t *testing.T) {
	page := newSite(t, nil).get(metGasten).html
	bare, values := bareOf(page)
	var out strings.Builder
	if err := bare.Execute(&out, values); err != nil || out.String() != page {
		t.Errorf("%v: %d bytes, not %d", err, out.Len(), len(page))
	}
	if len(values) < 300 {
		t.Errorf("only %d values", len(values))
	}
}

// value is a value on a page: of an attribute, or a text between two tags.
var value = regexp.MustCompile(`( (?:id|for|name|value|class|autocomplete|aria-describedby)=")([^"]*)"|>([^<>\n]+)<`)

// bareOf makes a template of a page: each value on it is a place, with a name in a map.
func bareOf(page string) (*template.Template, map[string]string) {
	values := map[string]string{}
	var source strings.Builder
	head, body, _ := strings.Cut(page, "<body>")
	source.WriteString(head + "<body>")
	end := 0
	for _, at := range value.FindAllStringSubmatchIndex(body, -1) {
		from, to := at[4], at[5] // of the attribute's value
		if from < 0 {
			from, to = at[6], at[7]
		}
		source.WriteString(body[end:from])
		name := "v" + strconv.Itoa(len(values))
		source.WriteString("{{." + name + "}}")
		values[name] = html.UnescapeString(body[from:to])
		end = to
	}
	source.WriteString(body[end:])
	// A comment is no text to a template, which would leave it out.
	text := strings.NewReplacer("<!--", "{{comment `<!--", "-->", "-->`}}").Replace(source.String())
	comment := template.FuncMap{"comment": func(text string) template.HTML { return template.HTML(text) }}
	return template.Must(template.New("bare").Funcs(comment).Parse(text)), values
}
