package console

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

const suspectsPath = "/console/verdacht"

// suspectRoutes: whose form it is stands in what a button sends, and in no address.
func (s *Service) suspectRoutes() []route {
	return []route{{pattern: suspectsPath, sees: national, does: team, get: s.suspects, ahead: s.suspectsAhead, post: s.rescue}}
}

// suspectsView is the forms that look like spam.
type suspectsView struct {
	Rows  []suspectView
	Pager pager
	Acts  bool // whoever looks may rescue
}

// suspectView is one form. What it says is shown as text: an address in it is no link.
type suspectView struct {
	Path, ID, Who     string
	What, Where, From string
	Came, Lapses      string
	Facts             []factView
}

// suspectPage is a page of them with the names of what they are for.
type suspectPage struct {
	store.Listed[mdt.Suspect]
	names names
}

func (s *Service) suspectsAhead(r *http.Request) (any, error) {
	page := new(suspectPage)
	err := beside(func() (err error) {
		page.Listed, err = s.Store.ListSuspects(r.Context(), store.Listing[mdt.Suspect]{After: r.URL.Query().Get("na"), Limit: pageLength}, s.Now())
		return listTrouble(err)
	}, func() (err error) { page.names, err = s.namesInLog(r); return err })
	return page, err
}

func (s *Service) suspects(w http.ResponseWriter, r *http.Request, v *visit) error {
	found, _ := v.ahead.(*suspectPage)
	view := suspectsView{Pager: pagerOf(suspectsPath, url.Values{}, r.URL.Query().Get("na"), found.Next), Acts: v.ChangesThings()}
	for _, suspect := range found.Entries {
		view.Rows = append(view.Rows, suspectRow(suspect, found.names, v))
	}
	if err := s.Gate.NoteList(r.Context(), v.Visit, listSuspects, ""); err != nil {
		return err
	}
	return s.show(w, v, http.StatusOK, page{name: "verdacht", Title: say("beheer.verdacht.titel"), Section: suspectsPath, Done: done(r), Body: view})
}

func suspectRow(suspect mdt.Suspect, n names, v *visit) suspectView {
	email, _ := suspect.Sender()
	return suspectView{Path: suspectsPath, ID: suspect.ID, Who: string(suspect.Person), What: say("beheer.privacy.soort." + string(suspect.Kind)),
		Where: n.meetings[suspect.Meeting], From: email, Came: mdt.ShortMoment(suspect.Came), Lapses: mdt.ShortDay(mdt.SuspectExpires(suspect.Came)),
		Facts: n.saidIn(suspect, v.SeesWishes())}
}

// saidIn is what a form says, field by field.
func (n names) saidIn(suspect mdt.Suspect, wishes bool) (facts []factView) {
	add := func(field, value string) {
		if value = strings.TrimSpace(value); value != "" {
			facts = append(facts, factView{say("beheer.verdacht.veld." + field), value})
		}
	}
	_, name := suspect.Sender()
	add("naam", name)
	switch {
	case suspect.Registration != nil:
		f := suspect.Registration
		add("organisatie", f.Organisation)
		add("functie", f.Role)
		add("telefoon", f.Phone)
		add("regios", n.regionsOf(f.Regions))
		for _, guest := range f.Guests {
			add("introducees", guest.Name+" "+guest.Email.Mail)
		}
		for _, id := range slices.Sorted(maps.Keys(f.Answers)) {
			add("antwoord", answerWords(f.Answers[id]))
		}
		if wishes {
			add("wensen", f.Wishes)
		}
	case suspect.Proposal != nil:
		f := suspect.Proposal
		add("organisatie", f.Organisation)
		add("thema", f.Theme)
		add("toelichting", f.Explanation)
		add("leiding", strings.TrimSpace(f.Leader.Name+" "+f.Leader.Email.Mail))
	case suspect.Message != nil:
		f := suspect.Message
		add("organisatie", f.Organisation)
		add("telefoon", f.Phone)
		add("bericht", f.Text)
	}
	return facts
}

func (n names) regionsOf(ids []string) string {
	var found []string
	for _, id := range ids {
		if name := n.regions[id]; name != "" {
			found = append(found, name)
		}
	}
	return strings.Join(found, ", ")
}

// rescue makes of a form what it would have been, once it was shown which letters that sends.
func (s *Service) rescue(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, forms.Spec{})
	if err != nil {
		return err
	}
	if len(in.field("wie")) > web.LongestName || len(in.field("id")) > web.LongestName {
		return &trouble{status: http.StatusBadRequest}
	}
	person, id := mdt.PersonID(in.field("wie")), in.field("id")
	suspect, err := s.SuspectOf(r.Context(), person, id)
	if err == nil && in.deed() == "redden" {
		err = s.Rescuing(person, id).DoShown(r.Context(), in.field("soorten"))
	}
	var refused *acts.Refused
	status := http.StatusConflict
	switch {
	case errors.Is(err, acts.ErrNoSuspect):
		return &trouble{status: http.StatusConflict, about: "verdacht", back: suspectsPath}
	case errors.As(err, &refused):
		return s.askRescue(w, r, v, http.StatusConflict, suspect, nil, refused)
	case err != nil && !errors.Is(err, acts.ErrOtherLetters): // a seat may be a place in line by now
		return err
	case in.deed() == "redden" && err == nil:
		return s.rescued(w, r, v, suspect)
	case in.deed() == "vragen":
		status = http.StatusOK
	case in.deed() != "redden":
		return &trouble{status: http.StatusBadRequest}
	}
	letters, err := s.Rescuing(person, id).Letters(r.Context())
	if errors.As(err, &refused) {
		return s.askRescue(w, r, v, http.StatusConflict, suspect, nil, refused)
	}
	if err != nil {
		return err
	}
	return s.askRescue(w, r, v, status, suspect, letters, nil)
}

// rescued writes down that it was done.
func (s *Service) rescued(w http.ResponseWriter, r *http.Request, v *visit, suspect mdt.Suspect) error {
	line := mdt.LogLine{What: mdt.DeedRescued, About: suspect.Reference, Meeting: suspect.Meeting, Subject: suspect.Person}
	if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
		return err
	}
	return onward(w, suspectsPath+"?gedaan=gered")
}

// rescueView asks whether a form is to be rescued: what it says, and which letters go out then.
type rescueView struct {
	suspectView
	Letters []preview
	Count   int
	Kinds   string // what the letters tell
	Refused string // why it cannot be done
}

// preview is a letter that is not stored yet.
type preview struct{ To, Subject, Text string }

// previews makes letters readable that have yet to go out.
func (s *Service) previews(letters []mdt.Letter) (shown []preview, err error) {
	for _, letter := range letters {
		letter.ID = "voorbeeld" // it has none before it is stored
		subject, text, _, err := s.Letters.Show(letter)
		if err != nil {
			return nil, err
		}
		shown = append(shown, preview{letter.To, subject, text})
	}
	return shown, nil
}

func (s *Service) askRescue(w http.ResponseWriter, r *http.Request, v *visit, status int, suspect mdt.Suspect, letters []mdt.Letter, refused *acts.Refused) error {
	names, err := s.namesInLog(r)
	if err != nil {
		return err
	}
	view := rescueView{suspectView: suspectRow(suspect, names, v), Count: len(letters), Kinds: acts.Kinds(letters)}
	if view.Letters, err = s.previews(letters); err != nil {
		return err
	}
	if refused != nil {
		view.Refused = look.FaultWords(mdt.Fault{Code: refused.Code, Args: refused.Args}, s.Team.Email)
	}
	return s.show(w, v, status, page{name: "redden", Title: say("beheer.verdacht.redden"), Section: suspectsPath, Faulty: status >= http.StatusBadRequest,
		Back: look.Way{Href: suspectsPath, Text: say("beheer.verdacht.titel")}, Body: view})
}
