package console

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// agreement is something that sends letters, on its way to be agreed to.
type agreement struct {
	deed        acts.Deed
	title, path string
	back        look.Way
	fields      []hidden // what was filled in, to be sent once more
	people      []string // whom it is done to, where they are many
	none        bool     // none of it can be done
	atMost      bool     // fewer letters may go: what one does may leave nothing to do for the next
}

// mailsView shows which letters would go.
type mailsView struct {
	Path, Text, Button string
	Changed            bool // other letters go than were shown before
	Fields             []hidden
	Repeats            bool // some field is sent more than once
	People             []string
	Letters            []mailView
	Many               bool // each unfolds
}

// mailView is a letter that would go.
type mailView struct{ To, Subject, Text string }

// mostUnfolded is how many letters stand on a page as they are.
const mostUnfolded = 3

// agree does a deed where the letters were agreed to that would go; else it shows them, and done is false.
func (s *Service) agree(w http.ResponseWriter, r *http.Request, v *visit, in *posted, a agreement) (done bool, err error) {
	asked := in.own.Get("mails") != ""
	if asked {
		if err = a.deed.DoShown(r.Context(), in.own.Get("mailsoorten")); !errors.Is(err, acts.ErrOtherLetters) {
			return err == nil, err
		}
	}
	letters, err := a.deed.Letters(r.Context())
	if err != nil {
		return false, err
	}
	a.fields = append(a.fields, hidden{"mailsoorten", acts.Kinds(letters)})
	return false, s.showMails(w, v, a, letters, asked)
}

// showMails shows letters with their number; again says that others were shown before.
func (s *Service) showMails(w http.ResponseWriter, v *visit, a agreement, letters []mdt.Letter, again bool) error {
	view := mailsView{Path: a.path, Changed: again, People: a.people, Fields: append(a.fields, hidden{"mails", strconv.Itoa(len(letters))}),
		Text: say("beheer.mails.aantal", "n", strconv.Itoa(len(letters))), Button: say("beheer.mails.verstuur", "n", strconv.Itoa(len(letters)))}
	for i, field := range a.fields {
		view.Repeats = view.Repeats || i > 0 && field.Name == a.fields[i-1].Name
	}
	if len(letters) == 0 {
		view.Text, view.Button = say("beheer.mails.geen"), say("beheer.mails.doe")
	}
	if a.atMost && len(letters) > 0 {
		view.Text = say("beheer.mails.hooguit", "n", strconv.Itoa(len(letters)))
	}
	for _, letter := range letters {
		subject, text, _, err := s.Letters.Show(letter)
		if err != nil {
			return err
		}
		view.Letters = append(view.Letters, mailView{letter.To, subject, text})
	}
	if a.none {
		view.Text, view.Button = say("beheer.samen.niemand"), ""
	}
	view.Many = len(view.Letters) > mostUnfolded
	status := http.StatusOK
	if again {
		status = http.StatusConflict
	}
	return s.show(w, v, status, page{name: "mails", Title: a.title, Section: "/console", Back: a.back, Body: view})
}

// carried are the fields of a form, and some of the page's own, to be sent once more.
func carried(in *posted, spec forms.Spec, own ...string) (fields []hidden) {
	for _, f := range spec {
		own = append(own, f.Name)
	}
	for name, values := range in.own {
		if !slices.Contains(own, name) && !nested(own, name) {
			continue
		}
		for _, value := range values {
			fields = append(fields, hidden{name, value})
		}
	}
	slices.SortStableFunc(fields, func(a, b hidden) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// nested says whether a name is that of something in one of these.
func nested(of []string, name string) bool {
	return slices.ContainsFunc(of, func(outer string) bool { return strings.HasPrefix(name, outer+".") })
}
