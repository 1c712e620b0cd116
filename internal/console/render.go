package console

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"slices"
	"sync"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

//go:embed html/*.html
var files embed.FS

//go:embed beheer.css
var more string

//go:embed beheer.js
var code string

var templates = look.Pages{Files: files}

// say gives words of a page, with args in pairs: name, value.
var say = look.Say

var sheet = sync.OnceValue(func() look.Sheet { return look.NewSheet("/console/", more) })

// script is the desk's script and where it is: another script, another address.
var script = sync.OnceValue(func() (s struct{ path, sum string }) {
	sum := sha256.Sum256([]byte(code))
	s.path = "/console/beheer-" + hex.EncodeToString(sum[:6]) + ".js"
	s.sum = "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
	return s
})

// iconPath is the desk's own way to the site's picture.
const iconPath = "/console/favicon.svg"

func (s *Service) icon(w http.ResponseWriter, r *http.Request, _ *visit) error {
	return look.ServeIcon(w, r)
}

func (s *Service) style(w http.ResponseWriter, r *http.Request, _ *visit) error {
	return sheet().Serve(w, r)
}

func (s *Service) script(w http.ResponseWriter, _ *http.Request, _ *visit) error {
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return look.Give(w, "text/javascript; charset=utf-8", code)
}

// page is one page: the file that makes it, and what stands round its own matter.
type page struct {
	name    string // of its file
	Title   string // without the site's name
	Faulty  bool   // something was wrong with what was sent: the title says so first
	Section string // the entry of the menu it belongs to, by its path
	Done    string // what was just done, told before anything else
	Back    look.Way
	Body    any
}

// laidOut is what the layout is made from.
type laidOut struct {
	page
	look.Head
	Script, ScriptSum, Who, Role string
	Menu                         []menuEntry
	Ends, Warning                int64 // when the session ends (Unix seconds), and how long before that it says so
}

type menuEntry struct {
	Path, Text string
	Here       bool
}

// menu is what one can go to, and who.
var menu = []struct {
	path, words string
	roles       []string
}{
	{"/console", "beheer.menu.overzicht", everyone},
	{messagesPath, "beheer.menu.berichten", everyone},
	{regionsPath, "beheer.menu.regios", everyone},
	{"/console/mensen", "beheer.menu.mensen", team},
	{lettersPath, "beheer.menu.brieven", national},
	{suspectsPath, "beheer.menu.verdacht", national},
	{privacyPath, "beheer.menu.privacy", team},
	{logPath, "beheer.menu.logboek", team},
}

// show answers with a page; v is nil for somebody who is not in.
func (s *Service) show(w http.ResponseWriter, v *visit, status int, p page) error {
	out := laidOut{page: p, Head: sheet().Head(iconPath, look.Title(p.Title, p.Faulty, say("beheer.naam"))), Script: script().path, ScriptSum: script().sum}
	if v != nil {
		out.Who, out.Role = v.Name, say("beheer.rol."+v.Role)
		out.Ends, out.Warning = v.Session.Ends().Unix(), int64(mdt.SessionWarning.Seconds())
		for _, entry := range menu {
			if slices.Contains(entry.roles, v.Role) {
				out.Menu = append(out.Menu, menuEntry{entry.path, say(entry.words), entry.path == p.Section})
			}
		}
	}
	return templates.Show(w, status, p.name, out)
}

// onward answers what was done: 303 to a page.
func onward(w http.ResponseWriter, path string) error {
	w.Header().Set("Location", path)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}
