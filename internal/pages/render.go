package pages

import (
	"embed"
	"net/http"
	"sync"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
)

//go:embed html/*.html
var files embed.FS

var templates = look.Pages{Files: files}

// sheet is the look as it is: the pages add nothing to it.
var sheet = sync.OnceValue(func() look.Sheet { return look.NewSheet("/", "") })

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
	look.Head
	TeamMail string
	Menu     []menuEntry
}

type menuEntry struct {
	Path, Text string
	Here       bool
}

var menu = []string{"/", "/regios", "/contact", "/mijn"}

// menuWords are the words of the menu, by path.
var menuWords = map[string]string{"/": "menu.start", "/regios": "menu.regios", "/contact": "menu.contact", "/mijn": "menu.mijn"}

// show answers with a page.
func (s *Service) show(w http.ResponseWriter, _ *http.Request, status int, p page) error {
	out := laidOut{page: p, Head: sheet().Head(look.IconPath, look.Title(p.Title, p.Faulty, content.PageWords("site.naam", nil))), TeamMail: s.Team.Email}
	for _, path := range menu {
		out.Menu = append(out.Menu, menuEntry{path, content.PageWords(menuWords[path], nil), path == p.Section})
	}
	return templates.Show(w, status, p.name, out)
}
