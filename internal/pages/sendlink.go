package pages

import (
	"errors"
	"net/http"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
)

// linkForm is the form in which one asks for a link to one's own page.
func (s *Service) linkForm() *form {
	f := &form{name: "mijn", file: "mijn", section: "/mijn", path: "/mijn", title: say("mijn.titel"), button: say("mijn.knop"),
		under: say("mijn.onder"), spec: forms.LinkSpec()}
	f.fields = look.Fields{Hints: map[string]string{"email": say("mijn.email.uitleg")}}
	f.view.Facts = []string{say("mijn.inleiding")}
	return f
}

// askLink shows the form, or says that it was sent in.
func (s *Service) askLink(w http.ResponseWriter, r *http.Request) error {
	f := s.linkForm()
	if r.URL.Query().Get("gedaan") == "verstuurd" {
		w.Header().Set("X-Robots-Tag", "noindex")
		f.view.Note = say("mijn.verstuurd") + " " + say("mijn.verstuurd.geenMail")
	}
	return s.showForm(w, r, http.StatusOK, f, filled{})
}

// sendLink mails a link to whoever has something here. The answer is the same for every address.
func (s *Service) sendLink(w http.ResponseWriter, r *http.Request) error {
	f := s.linkForm()
	in, err := s.read(r, f.spec)
	if err != nil {
		return err
	}
	if often := s.Limited(r.RemoteAddr); often != nil {
		return s.refused(w, r, f, in, often)
	}
	email, faults := forms.Link(in.values)
	if len(faults) > 0 {
		return s.showForm(w, r, http.StatusBadRequest, f, in.again(faults))
	}
	if err := s.SendLink(r.Context(), email, acts.Post{From: r.RemoteAddr, Trap: in.values.Trap()}); err != nil {
		return s.refused(w, r, f, in, err)
	}
	w.Header().Set("Location", "/mijn?gedaan=verstuurd")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// behindLink answers what stands behind a mailed link: where that does not work, with a page that offers a new one.
func (s *Service) behindLink(do act) act {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := do(w, r)
		var t *trouble
		if errors.As(err, &t) && t.about == "link" {
			return s.gone(w, r)
		}
		return err
	}
}

// gone is the page of a link that does not work, with the form that asks for a new one. It says the same of an
// old link as of one that never was.
func (s *Service) gone(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("X-Robots-Tag", "noindex")
	f := s.linkForm()
	f.title, f.view.Facts = say("storing.link.titel"), []string{say("storing.link")}
	f.view.Fields, f.view.Path, f.view.Button = f.fields.Of(f.spec, "", ""), f.path, f.button
	f.view.Under, f.view.Above = f.under, content.FieldWords("formulier.boven", nil)
	return s.show(w, r, http.StatusNotFound, page{name: f.file, Title: f.title, Section: f.section, Body: f.view})
}
