package main

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"aanmeldpunt/docs"
	"aanmeldpunt/internal/mdt"
)

//go:embed embedding.html
var embeddingPage string

// embedding shows the guide for the makers of websites, its examples filled in for this desk.
func (d *desk) embedding(w http.ResponseWriter, _ *http.Request) {
	page, err := makeEmbedding(d.fillEmbedding(docs.Embedding))
	if err != nil {
		http.Error(w, "the guide cannot be shown, read docs/inbouwen.md: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	_, _ = w.Write(page) // a reader who is gone sees nothing
}

// makeEmbedding makes a page of Markdown whose first line is its title.
func makeEmbedding(text string) ([]byte, error) {
	var body, page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(text), &body); err != nil {
		return nil, err
	}
	made, err := template.New("embedding.html").Parse(embeddingPage)
	if err != nil {
		return nil, err
	}
	title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
	headed := strings.ReplaceAll(body.String(), "<th>", `<th scope="col">`)
	err = made.Execute(&page, map[string]any{"Title": title, "Body": template.HTML(headed)})
	return page.Bytes(), err
}

// exampleMeeting is an address in the guide that names a meeting, and what one does there.
var exampleMeeting = regexp.MustCompile(`(/bijeenkomsten/)(netwerkbijeenkomst|regiodag-noord)((?:/[a-z-]+)?)`)

// fillEmbedding names this desk, the first website that may call it, and meetings that there are. Where nothing
// fits the example stays what it is.
func (d *desk) fillEmbedding(text string) string {
	names := []string{"https://aanmelden.example", d.site, "http://127.0.0.1:8080", d.site}
	if len(d.options.origins) > 0 {
		names = append(names, "https://www.jouwsite.example", d.options.origins[0])
	}
	text = strings.NewReplacer(names...).Replace(text)
	return exampleMeeting.ReplaceAllStringFunc(text, func(found string) string {
		piece := exampleMeeting.FindStringSubmatch(found)
		return piece[1] + d.meetingFor(piece[2], piece[3]) + piece[3]
	})
}

// meetingFor gives the example's own meeting where this network has it, else one where the same can be done now.
func (d *desk) meetingFor(example, act string) string {
	if slices.ContainsFunc(d.network.Meetings, func(m mdt.Meeting) bool { return m.ID == example }) {
		return example
	}
	for _, m := range d.network.Meetings {
		if m.Published && d.statusOf(m, act) == mdt.Open {
			return m.ID
		}
	}
	return example
}

// statusOf says whether one can do now what an address is for.
func (d *desk) statusOf(m mdt.Meeting, act string) mdt.ActionStatus {
	switch act {
	case "/voorstel", "/voorstellen":
		return m.ProposingStatus(d.clock.Now())
	case "/houd-me-op-de-hoogte", "/attenderingen":
		return m.TellingStatus(d.clock.Now())
	}
	return m.RegisteringStatus(mdt.Counter{}, d.clock.Now())
}
