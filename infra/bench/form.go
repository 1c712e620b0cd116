package main

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/pages"
	"aanmeldpunt/internal/store/bolt"
)

// formPath is the form with the most on it: parts, guests and questions.
const formPath = "/bijeenkomsten/netwerkbijeenkomst/aanmelden"

// form holds the page with the form of a registration, from the request to the last byte, against a bare template
// that makes the same bytes: the same values in as many places, and nothing looked up or decided.
func (b *bench) form() error {
	db, err := bolt.Open(filepath.Join(b.dir, "form.db"), bolt.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	handler, err := b.pages(db)
	if err != nil {
		return err
	}
	page, err := shown(handler)
	if err != nil {
		return err
	}
	bare, values := bareOf(page)
	const perTurn = 200
	p, err := rounds(b.number(61, 9), b.within(20), each(perTurn, func() error { _, err := shown(handler); return err }),
		each(perTurn, func() error { return bare.Execute(io.Discard, values) }))
	if err == nil {
		b.table.row("form: the page of a registration / bare template", "%.0f µs", p, atMost(4))
	}
	return err
}

// pages are those of the example network on an engine.
func (b *bench) pages(db *bolt.DB) (http.Handler, error) {
	desk, err := openDesk(b.ctx, db)
	if err != nil {
		return nil, err
	}
	keys, err := links.ParseKeys("1:" + strings.Repeat("a", 43) + "=")
	return (&pages.Service{Desk: desk.acts, Links: keys, Site: site}).Handler(), err
}

// shown gives the page with the form.
func shown(handler http.Handler) (string, error) {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", site+formPath, nil))
	if w.Code != http.StatusOK {
		return "", fmt.Errorf("%s answers %d", formPath, w.Code)
	}
	return w.Body.String(), nil
}

// each does something so many times, and tells how many microseconds one took.
func each(times int, do func() error) func() (float64, error) {
	return func() (float64, error) {
		begun := time.Now()
		for range times {
			if err := do(); err != nil {
				return 0, err
			}
		}
		return float64(time.Since(begun).Microseconds()) / float64(times), nil
	}
}

// onPage is a value on a page: of an attribute, or a text between two tags.
var onPage = regexp.MustCompile(`( (?:id|for|name|value|class|autocomplete|aria-describedby)=")([^"]*)"|>([^<>\n]+)<`)

// bareOf makes a template of a page: each value on it is a place, with a name in a map.
func bareOf(page string) (*template.Template, map[string]string) {
	values := map[string]string{}
	var source bytes.Buffer
	head, body, _ := strings.Cut(page, "<body>")
	source.WriteString(head + "<body>")
	end := 0
	for _, at := range onPage.FindAllStringSubmatchIndex(body, -1) {
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
