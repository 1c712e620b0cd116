package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"sync"
	"unicode/utf8"

	"aanmeldpunt/internal/content"
)

//go:embed html/*.html
var files embed.FS

// page is one page: the file that makes it, and what stands round its own matter.
type page struct {
	name    string // of its file
	Title   string // without the site's name
	Faulty  bool   // something was wrong with what was sent: the title says so first
	Section string // the entry of the menu it belongs to, by its path
	About   string // for search engines
	Link    string // the page's one address, for search engines
	Body    any
}

// laidOut is what the layout is made from.
type laidOut struct {
	page
	WholeTitle                      string
	Style, StyleSum, Icon, TeamMail string
	Menu                            []menuEntry
}

type menuEntry struct {
	Path, Text string
	Here       bool
}

var menu = []string{"/", "/regios", "/contact", "/mijn"}

// menuWords are the words of the menu, by path.
var menuWords = map[string]string{"/": "menu.start", "/regios": "menu.regios", "/contact": "menu.contact", "/mijn": "menu.mijn"}

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
			return "", fmt.Errorf("pages: no words for the field %q", key)
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
			return "", fmt.Errorf("pages: no words for %q", key)
		}
		return text, nil
	},
}

// templates holds each page's template, read when it is first shown: no start waits for a page that nobody asks for.
var templates sync.Map // of name to func() (*template.Template, error)

func templateOf(name string) (*template.Template, error) {
	read, _ := templates.LoadOrStore(name, sync.OnceValues(func() (*template.Template, error) {
		return template.New("layout.html").Funcs(words).ParseFS(files, "html/layout.html", "html/pieces.html", "html/fields.html", "html/"+name+".html")
	}))
	return read.(func() (*template.Template, error))()
}

// show answers with a page. Nothing is sent before the page is whole.
func (s *Service) show(w http.ResponseWriter, r *http.Request, status int, p page) error {
	made, err := templateOf(p.name)
	if err != nil {
		return err
	}
	out := laidOut{page: p, WholeTitle: p.wholeTitle(), Style: stylePath(), StyleSum: styleSum(), Icon: iconPath, TeamMail: s.Team.Email}
	for _, path := range menu {
		out.Menu = append(out.Menu, menuEntry{path, content.PageWords(menuWords[path], nil), path == p.Section})
	}
	body := bytes.NewBuffer(make([]byte, 0, 32<<10)) // no page is larger
	if err := made.Execute(body, out); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a reader who is gone sees nothing
	return nil
}

// longestTitle is how much of a title the list of a browser's tabs or a search engine shows, in characters.
const longestTitle = 70

// wholeTitle is what the browser shows: "Fout: " before the title where that is so (F6), the site's name behind
// it, as far as there is room.
func (p page) wholeTitle() string {
	title := p.Title
	if p.Faulty {
		title = content.FieldWords("formulier.foutTitel", map[string]string{"paginatitel": title})
	}
	whole := title + " - " + content.PageWords("site.naam", nil)
	if utf8.RuneCountInString(whole) > longestTitle {
		whole = title
	}
	if runes := []rune(whole); len(runes) > longestTitle {
		whole = string(runes[:longestTitle-1]) + "…"
	}
	return whole
}
