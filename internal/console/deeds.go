package console

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// entryDeed is something that the team can do with an entry: what it asks first, and when it can be done at all.
// Nothing is done before the letters that go with it were shown and agreed to.
type entryDeed struct {
	name string // of its words, and in its address
	log  mdt.Deed
	spec forms.Spec
	fits func(d *dossier, now time.Time) bool
	plan func(s *Service, d *dossier, v *visit, in *posted) (acts.Deed, []mdt.Fault)
}

// maxReason is the longest reason, in characters: one line of the log.
const maxReason = 500

var reasonSpec = forms.Spec{{Name: "reden", Kind: forms.Line, Code: "balie.reden", Required: true, Max: maxReason}}

// entryDeeds are what can be done with an entry, in the order of its page.
var entryDeeds = []entryDeed{
	{name: "toelaten", log: mdt.DeedApproved, fits: has(mdt.Requested), plan: func(s *Service, d *dossier, v *visit, in *posted) (acts.Deed, []mdt.Fault) {
		return s.Approving(d.meeting.ID, d.entry.Person), nil
	}},
	{name: "plaatsen", log: mdt.DeedPlaced, spec: append(slices.Clip(reasonSpec), forms.Field{Name: "extra", Kind: forms.Choices, Choices: []string{"ja"}}),
		fits: has(mdt.Requested, mdt.Waiting, mdt.Offered), plan: func(s *Service, d *dossier, v *visit, in *posted) (acts.Deed, []mdt.Fault) {
			why, faults := reason(in)
			return s.Placing(d.meeting.ID, d.entry.Person, in.own.Get("extra") == "ja", v.Name, why), faults
		}},
	{name: "adres", log: mdt.DeedCorrected, spec: forms.Spec{{Name: "email", Kind: forms.Email, Code: "mens.email", Required: true, Max: 254}},
		fits: has(mdt.Confirmed, mdt.Waiting, mdt.Offered, mdt.Requested), plan: planCorrection},
	{name: "afmelden", log: mdt.DeedCancelled, spec: reasonSpec, fits: has(mdt.Confirmed, mdt.Waiting, mdt.Offered, mdt.Requested),
		plan: func(s *Service, d *dossier, v *visit, in *posted) (acts.Deed, []mdt.Fault) {
			why, faults := reason(in)
			return s.Revoking(d.meeting.ID, d.entry.Person, v.Name, why), faults
		}},
	{name: "opnieuw", log: mdt.DeedResent, spec: forms.Spec{{Name: "brief", Kind: forms.Line, Max: 60}}, fits: never,
		plan: func(s *Service, d *dossier, v *visit, in *posted) (acts.Deed, []mdt.Fault) {
			return s.Resending(d.meeting.ID, d.entry.Person, in.own.Get("brief")), nil
		}},
}

// has tells of a status, while the meeting is still to end.
func has(statuses ...mdt.Status) func(*dossier, time.Time) bool {
	return func(d *dossier, now time.Time) bool {
		return slices.Contains(statuses, d.entry.Status) && !d.meeting.Cancelled && now.Before(d.meeting.End)
	}
}

// never is for what is begun elsewhere on the page.
func never(*dossier, time.Time) bool { return false }

func reason(in *posted) (string, []mdt.Fault) { return forms.Reason(in.values, "reden") }

// planCorrection corrects the address of the entry as it was on the form: somebody else may have corrected it since.
func planCorrection(s *Service, d *dossier, v *visit, in *posted) (acts.Deed, []mdt.Fault) {
	address, faults := forms.Address(in.values)
	if len(faults) == 0 && in.own.Get("stond") != d.entry.Email {
		faults = []mdt.Fault{{Pointer: "#/email", Code: "versie.nu", Args: map[string]string{"waarde": d.entry.Email}}}
	}
	return s.Correcting(d.meeting.ID, d.entry.Person, address), faults
}

func (s *Service) deedRoutes() (routes []route) {
	for _, deed := range entryDeeds {
		routes = append(routes, route{pattern: entriesPattern + "/{kenmerk}/" + deed.name, sees: team, does: team,
			get: s.askDeed(deed), post: s.doDeed(deed)})
	}
	return routes
}

// deedView is the form of a deed.
type deedView struct {
	Name, Text string
	Form       formView
}

func (deed entryDeed) form(d *dossier) form {
	f := form{name: deed.name, path: entryPath(d.meeting.ID, d.entry.Reference) + "/" + deed.name, button: "beheer.mails.kijk", spec: deed.spec,
		hidden: []hidden{{"stond", d.entry.Email}}}
	f.fields = look.Fields{Options: map[string][]look.Option{"extra": {{Value: "ja", Label: say("beheer.plaatsen.extra.ja")}}}}
	return f
}

func (s *Service) askDeed(deed entryDeed) act {
	return func(w http.ResponseWriter, r *http.Request, v *visit) error {
		d, err := s.dossierOf(r.Context(), r.PathValue("bijeenkomst"), r.PathValue("kenmerk"))
		if err != nil {
			return err
		}
		if !deed.fits(d, s.Now()) {
			return onward(w, entryPath(d.meeting.ID, d.entry.Reference))
		}
		if err := s.seen(r, v, d); err != nil {
			return err
		}
		return s.showDeed(w, v, d, deed, http.StatusOK, nil, nil)
	}
}

func (s *Service) showDeed(w http.ResponseWriter, v *visit, d *dossier, deed entryDeed, status int, typed map[string][]string, faults []mdt.Fault) error {
	view := deedView{Name: d.entry.Name, Text: say("beheer." + deed.name + ".uitleg"), Form: s.view(deed.form(d), typed, faults)}
	return s.show(w, v, status, page{name: "handeling", Title: say("beheer."+deed.name+".titel", "naam", d.entry.Name), Section: "/console", Faulty: len(faults) > 0,
		Back: look.Way{Href: entryPath(d.meeting.ID, d.entry.Reference), Text: d.entry.Name}, Body: view})
}

// doDeed shows which letters a deed sends, and does it once they were agreed to.
func (s *Service) doDeed(deed entryDeed) act {
	return func(w http.ResponseWriter, r *http.Request, v *visit) error {
		d, err := s.dossierOf(r.Context(), r.PathValue("bijeenkomst"), r.PathValue("kenmerk"))
		if err != nil {
			return err
		}
		in, err := read(r, deed.spec)
		if err != nil {
			return err
		}
		planned, faults := deed.plan(s, d, v, in)
		if len(faults) > 0 {
			return s.showDeed(w, v, d, deed, http.StatusBadRequest, in.typed, faults)
		}
		back := look.Way{Href: entryPath(d.meeting.ID, d.entry.Reference), Text: d.entry.Name}
		agreed := agreement{deed: planned, title: say("beheer."+deed.name+".titel", "naam", d.entry.Name), path: r.URL.EscapedPath(), back: back,
			fields: carried(in, deed.spec, "stond")}
		done, err := s.agree(w, r, v, in, agreed)
		var no *acts.Refused
		if errors.As(err, &no) {
			return s.refusedDeed(w, v, d, deed, in, no)
		}
		if err != nil || !done {
			return err
		}
		return s.didDeed(w, r, v, d, deed, in)
	}
}

// refusedDeed says why something cannot be done, at the form where it has one.
func (s *Service) refusedDeed(w http.ResponseWriter, v *visit, d *dossier, deed entryDeed, in *posted, no *acts.Refused) error {
	fault := mdt.Fault{Pointer: no.Pointer, Code: no.Code, Args: no.Args}
	if fault.Pointer == "" {
		fault.Pointer = "#/"
	}
	return s.showDeed(w, v, d, deed, http.StatusConflict, in.typed, []mdt.Fault{fault})
}

// didDeed writes down what was done, and goes back to the entry, which may have moved.
func (s *Service) didDeed(w http.ResponseWriter, r *http.Request, v *visit, d *dossier, deed entryDeed, in *posted) error {
	subject, reference := d.entry.Person, d.entry.Reference
	if deed.name == "adres" {
		address, _ := forms.Address(in.values)
		subject = s.Identity.Person(address)
		reference = s.Identity.Reference("aanmelding", d.meeting.ID, string(subject))
	}
	line := mdt.LogLine{What: deed.log, About: reference, Meeting: d.meeting.ID, Subject: subject}
	if slices.ContainsFunc(deed.spec, func(f forms.Field) bool { return f.Name == "reden" }) {
		line.Reason, _ = reason(in) // as it was checked
	}
	if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
		return err
	}
	return onward(w, entryPath(d.meeting.ID, reference)+"?gedaan=aanmelding"+deed.name)
}
