// Package look is how everything of ours looks that a person reads in a browser: the stylesheet, the pieces of
// HTML that forms are made of, and the views of fields and faults that fill them. Whoever shows pages has a
// layout and pages of its own.
//
// It knows the tables of forms and the words, and neither what is stored nor who asks.
package look

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"sync"
	"unicode/utf8"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

//go:embed html/*.html
var pieces embed.FS

// Way is a link; the first of several stands out.
type Way struct {
	Href, Text string
	First      bool
}

// Say gives words of a page, with args in pairs: name, value.
func Say(key string, pairs ...string) string {
	args := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return content.PageWords(key, args)
}

// Why says what a kind of things is held for, to whose they are.
func Why(kind mdt.NoteOf) string { return Say("mijn.waarom." + string(kind)) }

// Where says at which place a meeting is, or that it is online.
func Where(m mdt.Meeting) string {
	switch {
	case m.Place == "":
		return Say("waar.online")
	case m.Online:
		return Say("waar.allebei", "plaats", m.Place)
	}
	return m.Place
}

// repeats tells who validates our pages that a list of boxes has one name on purpose: that is how a form sends
// a list. Templates leave no other comments in a page.
const repeats = template.HTML("<!-- [html-validate-disable-block form-dup-name: a list repeats its name] -->")

// words are the functions that templates have: w gives the words of a page, its arguments in pairs, and field
// those of a form.
var words = template.FuncMap{
	"repeats": func() template.HTML { return repeats },
	"field": func(key string) (string, error) {
		text := content.FieldWords(key, nil)
		if text == "" {
			return "", fmt.Errorf("look: no words for the field %q", key)
		}
		return text, nil
	},
	"w": func(key string, pairs ...any) (string, error) {
		args := map[string]string{}
		for i := 0; i+1 < len(pairs); i += 2 {
			args[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
		}
		text := content.PageWords(key, args)
		if text == "" {
			return "", fmt.Errorf("look: no words for %q", key)
		}
		return text, nil
	},
}

// Pages are the templates of one room: html/layout.html round each page, html/pieces.html, and a file a page.
type Pages struct {
	Files fs.FS

	read sync.Map // of a page's name to func() (*template.Template, error)
}

// of reads a page when it is first shown: no start waits for a page that nobody asks for.
func (p *Pages) of(name string) (*template.Template, error) {
	read, _ := p.read.LoadOrStore(name, sync.OnceValues(func() (*template.Template, error) {
		made, err := template.New("layout.html").Funcs(words).ParseFS(pieces, "html/*.html")
		if err != nil {
			return nil, err
		}
		return made.ParseFS(p.Files, "html/layout.html", "html/pieces.html", "html/"+name+".html")
	}))
	return read.(func() (*template.Template, error))()
}

// largest is what a page hardly ever passes, in bytes.
const largest = 32 << 10

// Show answers with a page. Nothing is sent before the page is whole.
func (p *Pages) Show(w http.ResponseWriter, status int, name string, view any) error {
	made, err := p.of(name)
	if err != nil {
		return err
	}
	body := bytes.NewBuffer(make([]byte, 0, largest))
	if err := made.Execute(body, view); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a reader who is gone sees nothing
	return nil
}

// longestTitle is how much of a title the list of a browser's tabs or a search engine shows, in characters.
const longestTitle = 70

// Title is what the browser shows: "Fout: " before the page's title where something was wrong with what was
// sent (F6), the site's name behind it, as far as there is room.
func Title(title string, faulty bool, site string) string {
	if faulty {
		title = content.FieldWords("formulier.foutTitel", map[string]string{"paginatitel": title})
	}
	whole := title + " - " + site
	if utf8.RuneCountInString(whole) > longestTitle {
		whole = title
	}
	if runes := []rune(whole); len(runes) > longestTitle {
		whole = string(runes[:longestTitle-1]) + "…"
	}
	return whole
}
