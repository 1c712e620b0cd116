package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"sync"

	"aanmeldpunt/internal/content"
)

//go:embed html/*.html
var files embed.FS

// page is one page: the file that makes it, and what stands round its own matter.
type page struct {
	name    string // of its file
	Title   string // without the site's name
	Section string // the entry of the menu it belongs to, by its path
	About   string // for search engines
	Link    string // the page's one address, for search engines
	Body    any
}

// laidOut is what the layout is made from.
type laidOut struct {
	page
	Style, Icon, TeamMail string
	Menu                  []menuEntry
}

type menuEntry struct {
	Path, Text string
	Here       bool
}

var menu = []string{"/", "/regios", "/contact", "/mijn"}

// menuWords are the words of the menu, by path.
var menuWords = map[string]string{"/": "menu.start", "/regios": "menu.regios", "/contact": "menu.contact", "/mijn": "menu.mijn"}

// words are the functions that templates have: w gives the words of a page, its arguments in pairs.
var words = template.FuncMap{
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
		return template.New("layout.html").Funcs(words).ParseFS(files, "html/layout.html", "html/pieces.html", "html/"+name+".html")
	}))
	return read.(func() (*template.Template, error))()
}

// show answers with a page. Nothing is sent before the page is whole.
func (s *Service) show(w http.ResponseWriter, r *http.Request, status int, p page) error {
	made, err := templateOf(p.name)
	if err != nil {
		return err
	}
	out := laidOut{page: p, Style: stylePath(), Icon: iconPath, TeamMail: s.Team.Email}
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
