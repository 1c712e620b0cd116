package pages

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// ownSpec is what every form on one's own page sends beside its own fields.
var ownSpec = forms.Spec{{Name: "handeling", Kind: forms.Line, Max: 40}, {Name: "kenmerk", Kind: forms.Line, Max: 40},
	{Name: "onderdeel", Kind: forms.Line, Max: 200}, {Name: "wachten", Kind: forms.Line, Max: 10}, {Name: editionField, Kind: forms.Line, Max: 20}}

// asked is what a form on one's own page asks for.
type asked struct {
	act, reference, part string
	keepWaiting          bool
	body                 url.Values
}

// deed is what an act did: the name of the notice that says so, or what keeps it from being done.
type deed func(*http.Request, *visit, asked, item) (notice string, err error)

// aboutEntries are the acts on one entry: which kinds it is done to, and how.
func (s *Service) aboutEntries(act string) (kinds []string, do deed) {
	registrations := []string{links.Registration}
	switch act {
	case "wijzigen":
		return []string{links.Registration, links.Proposal}, s.change
	case "afmelden":
		return registrations, s.cancel
	case "accepteren":
		return registrations, s.accept
	case "doorgeven":
		return registrations, s.pass
	case "wachten":
		return registrations, s.wait
	case "intrekken":
		return []string{links.Proposal, links.Leading, links.Interest}, s.withdraw
	}
	return nil, nil
}

// actOwn does what a button on one's own page asks for, and leads back to the page. Whoever presses one has
// read a mail at that address: it is confirmed.
func (s *Service) actOwn(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	a, err := s.askedOf(r)
	if err != nil {
		return err
	}
	if err := s.Confirm(r.Context(), v.own); err != nil {
		return err
	}
	notice, err := s.doOwn(r, v, a)
	if err != nil {
		return s.ownRefused(w, r, v, a, err)
	}
	w.Header().Set("Location", v.path()+"?gedaan="+notice)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

func (s *Service) askedOf(r *http.Request) (a asked, err error) {
	body, err := bodyOf(r)
	if err != nil {
		return a, unread(err)
	}
	in, err := s.read(r, ownSpec)
	if err != nil {
		return a, err
	}
	one := func(name string) string {
		if values := in.sent[name]; len(values) > 0 {
			return values[0]
		}
		return ""
	}
	if a.body, err = url.ParseQuery(string(body)); err != nil {
		return a, &trouble{status: http.StatusBadRequest}
	}
	a.act, a.reference, a.part, a.keepWaiting = one("handeling"), one("kenmerk"), one("onderdeel"), one("wachten") != "nee"
	return a, nil
}

// errWhich says that it is not clear which entry, or which act, is meant; errFresh that it takes a fresh link.
var (
	errWhich = errors.New("pages: which entry is meant")
	errFresh = errors.New("pages: a fresh link is needed")
	errAgain = errors.New("pages: it was done before")
)

// badFields says what is wrong with what was typed; conflict, that it was made from an older state.
type badFields struct {
	typed    *typed
	faults   []mdt.Fault
	conflict bool
}

func (*badFields) Error() string { return "pages: fields to be mended" }

func (s *Service) doOwn(r *http.Request, v *visit, a asked) (string, error) {
	if kinds, do := s.aboutEntries(a.act); do != nil {
		i, found := v.meant(a.reference, kinds)
		if !found {
			return "", errWhich
		}
		return do(r, v, a, i)
	}
	switch a.act {
	case "verselink":
		return "link", s.FreshLink(r.Context(), v.own.Person, v.link.Entry)
	case "linksbeeindigen":
		if !v.fresh && v.kind != links.Everything {
			return "", errFresh
		}
		return "oudeLinks", s.EndLinks(r.Context(), v.own, v.link.Issued)
	case "wissen":
		return s.erase(r, v, a)
	}
	return "", errWhich
}

// meant finds the entry that is meant: the one that is named, or the only one that it can be.
func (v *visit) meant(reference string, kinds []string) (item, bool) {
	var can []item
	for _, i := range v.items {
		if slices.Contains(kinds, i.kind) && (reference == "" || i.reference == reference) {
			can = append(can, i)
		}
	}
	switch {
	case len(can) == 0:
		return item{}, false
	case len(can) == 1 || v.isLinked(can[0]):
		return can[0], true
	}
	return item{}, false
}

// typedFault keeps what was typed with a refusal that is told at the form.
func typedFault(err error, in *typed) error {
	var no *acts.Refused
	switch {
	case !errors.As(err, &no):
		return err
	case no.Code == "versie.conflict":
		return &badFields{typed: in, conflict: true}
	case no.Pointer != "":
		return errors.Join(&badFields{typed: in, faults: []mdt.Fault{{Pointer: no.Pointer, Code: no.Code, Args: no.Args}}}, err)
	}
	return err
}

// ownRefused shows the page as it stands now, with why nothing was done.
func (s *Service) ownRefused(w http.ResponseWriter, r *http.Request, v *visit, a asked, err error) error {
	var no *acts.Refused
	var bad *badFields
	refused := errors.As(err, &no)
	if !refused && !errors.As(err, &bad) && !errors.Is(err, errWhich) && !errors.Is(err, errFresh) && !errors.Is(err, errAgain) {
		return err
	}
	if err := s.look(r.Context(), v); err != nil {
		return err
	}
	if errors.Is(err, errAgain) || refused && a.act == "afmelden" && v.isCancelled(a.reference) {
		return s.showOwn(w, r, http.StatusOK, v, ownShown{notice: noticeWords("alAfgemeld")})
	}
	shown, status := ownShown{}, http.StatusConflict
	switch {
	case errors.As(err, &bad) && bad.conflict:
		return s.showConflict(w, r, v, bad)
	case errors.As(err, &bad):
		if !refused {
			status = http.StatusBadRequest
		}
		shown = ownShown{change: bad.typed.reference, typed: bad.typed, faults: bad.faults}
	case errors.Is(err, errWhich):
		status, shown.summary = http.StatusBadRequest, s.summary("400", nil, say("mijn.welke"))
	case errors.Is(err, errFresh):
		status, shown.summary = http.StatusForbidden, s.summary("409", nil, say("mijn.nieuweLinkNodig"))
	default:
		shown.summary = s.summary("409", nil, refusalWords(no.Refusal, s.Team.Email))
	}
	return s.showOwn(w, r, status, v, shown)
}

// isCancelled says whether the registration that is meant is cancelled.
func (v *visit) isCancelled(reference string) bool {
	i, found := v.meant(reference, []string{links.Registration})
	return found && i.registration.Status == mdt.Cancelled
}

// showConflict tells the second of two tabs what is stored by now; what was typed stays, and saves with the next press.
func (s *Service) showConflict(w http.ResponseWriter, r *http.Request, v *visit, bad *badFields) error {
	shown := ownShown{change: bad.typed.reference, typed: bad.typed}
	i, found := v.meant(bad.typed.reference, []string{links.Registration, links.Proposal})
	if !found {
		return deadLink()
	}
	of := s.registrationForm
	if i.proposal != nil {
		of = s.proposalForm
	}
	f, err := of(r, v, i)
	if err != nil {
		return err
	}
	shown.faults = f.between(bad.typed)
	shown.summary = &look.Summary{Title: content.Fault("versie.conflict", nil), Faults: s.pointedIn(v, i, f, shown)}
	return s.showOwn(w, r, http.StatusConflict, v, shown)
}

// pointedIn leads from the summary to the fields that differ.
func (s *Service) pointedIn(v *visit, i item, f *ownForm, shown ownShown) []look.Way {
	view := v.changeView(i, f, true, shown)
	ways := look.Pointed(look.Places(view.Fields, view.sent), shown.faults, s.Team.Email)
	for at, fault := range shown.faults {
		name := look.FieldName(fault.Pointer)
		for _, field := range view.Fields {
			if field.Name == name {
				ways[at].Text = field.Label + ": " + ways[at].Text
			}
		}
	}
	return ways
}
