package console

import (
	"context"
	"net/http"
	"slices"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// dossier is one registration with all that the desk shows of it.
type dossier struct {
	listed
	entry   *mdt.Registration
	wishes  string
	address mdt.AddressNote
	letters []mdt.Letter
	log     []mdt.LogLine // what the team did with it
}

// entryAhead reads an entry beside the look at the session: whose it is, what stands there, its letters.
func (s *Service) entryAhead(r *http.Request) (any, error) {
	return s.dossierOf(r.Context(), r.PathValue("bijeenkomst"), r.PathValue("kenmerk"))
}

// dossierOf reads an entry by its reference, in three round trips; one that is not there is a 404.
func (s *Service) dossierOf(ctx context.Context, meeting, reference string) (*dossier, error) {
	d := new(dossier)
	var person mdt.PersonID
	err := beside(func() error { return s.about(ctx, meeting, &d.listed) },
		func() (err error) { person, err = s.whose(ctx, meeting, reference); return err })
	if err != nil {
		return nil, err
	}
	if person == "" {
		return nil, &trouble{status: http.StatusNotFound}
	}
	all, err := s.Store.Dossier(ctx, person, s.Now())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all.Registrations, func(kept mdt.Kept[mdt.Registration]) bool { return kept.Of.Meeting == meeting })
	if at < 0 {
		return nil, &trouble{status: http.StatusNotFound}
	}
	d.entry, d.wishes, d.address = &all.Registrations[at].Of, all.WishesOf(meeting), all.Address.Of
	for _, line := range all.Log {
		if line.Of.About == reference && line.Of.Meeting == meeting {
			d.log = append(d.log, line.Of)
		}
	}
	d.letters, err = s.Store.Letters(ctx, d.entry.LetterIDs)
	slices.SortFunc(d.letters, func(a, b mdt.Letter) int { return b.Created.Compare(a.Created) })
	return d, err
}

// seen says whether somebody may see an entry, and writes down that they did, before anything of it is shown.
func (s *Service) seen(r *http.Request, v *visit, d *dossier) error {
	if !v.SeesEntry(d.entry.Regions) || v.knowsOf(d.meeting) != nil {
		return &trouble{status: http.StatusNotFound}
	}
	return s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSeen, About: d.entry.Reference, Meeting: d.meeting.ID, Subject: d.entry.Person})
}

func (s *Service) entry(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, _ := v.ahead.(*dossier)
	if err := s.seen(r, v, d); err != nil {
		return err
	}
	view, err := s.entryView(d, v, r.URL.Query().Get("brief"))
	if err != nil {
		return err
	}
	return s.showEntry(w, v, d, page{name: "aanmelding", Done: done(r), Body: view})
}

func (s *Service) showEntry(w http.ResponseWriter, v *visit, d *dossier, p page) error {
	return s.showEntryAs(w, v, d, http.StatusOK, p)
}

// showEntryAs shows a page about one entry.
func (s *Service) showEntryAs(w http.ResponseWriter, v *visit, d *dossier, status int, p page) error {
	if p.Title == "" {
		p.Title = d.entry.Name
	}
	if p.Back.Href == "" {
		p.Back = look.Way{Href: entriesPath(d.meeting.ID), Text: say("beheer.aanmeldingen.titel", "bijeenkomst", d.meeting.Name)}
	}
	p.Section = "/console"
	return s.show(w, v, status, p)
}

// entryView is the page of one entry. A facilitator sees its name, organisation and parts.
type entryView struct {
	Path         string
	Whole, Acts  bool
	State, Class string
	Facts        []fact
	Happened     []happened
	ToCome       []happened
	Letters      []letterView
	Remarks      []remarkView
	Tags         []string
	Ways         []look.Way // what the team can do
	Notes        formView
}

type fact struct{ Label, Text, Href string }

// happened is one thing that happened, at its moment.
type happened struct{ When, Text string }

type remarkView struct{ When, By, Text string }

func (s *Service) entryView(d *dossier, v *visit, open string) (entryView, error) {
	r := d.entry
	view := entryView{Path: entryPath(r.Meeting, r.Reference), Whole: v.SeesAll(), Acts: v.ChangesThings()}
	if !view.Whole {
		view.Facts = facts("organisatie", r.Organisation, "onderdelen", partWords(d.meeting, *r))
		return view, nil
	}
	view.Class, view.State = statusClass(r.Status), say("beheer.stand."+string(r.Status))
	view.Facts = s.entryFacts(d, v)
	view.Happened, view.ToCome, view.Tags = history(d, v, s.Now()), toCome(d, s.Now()), r.Tags
	for _, remark := range r.Remarks {
		view.Remarks = append(view.Remarks, remarkView{mdt.Moment(remark.At), remark.By, remark.Text})
	}
	if view.Acts {
		view.Ways, view.Notes = s.entryWays(d, view.Path), s.view(noteForm(d), nil, nil)
	}
	again := notHere
	if view.Acts {
		again = s.resends(d)
	}
	var err error
	view.Letters, err = s.letterViews(d.letters, open, again)
	return view, err
}

// resends says of each letter of an entry whether it may be sent once more.
func (s *Service) resends(d *dossier) func(mdt.Letter) bool {
	scene := mdt.Scene{Now: s.Now(), Meeting: d.meeting, Entry: d.entry}
	for _, letter := range d.letters {
		if letter.Unsettled() {
			scene.Letters = append(scene.Letters, letter)
		}
	}
	return func(l mdt.Letter) bool { return mdt.MayResend(scene, l) == nil }
}

// facts gives what there is of pairs: the name of its words, the text.
func facts(pairs ...string) (out []fact) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, fact{Label: say("beheer.feit." + pairs[i]), Text: pairs[i+1]})
		}
	}
	return out
}

// entryWays are the pages of what the team can do with an entry as it stands.
func (s *Service) entryWays(d *dossier, path string) (ways []look.Way) {
	for _, deed := range entryDeeds {
		if deed.fits(d, s.Now()) {
			ways = append(ways, look.Way{Href: path + "/" + deed.name, Text: say("beheer." + deed.name + ".knop")})
		}
	}
	if has(mdt.Confirmed, mdt.Waiting, mdt.Offered, mdt.Requested)(d, s.Now()) {
		ways = append(ways, look.Way{Href: path + "/wijzigen", Text: say("beheer.wijzigen.knop")})
	}
	return ways
}
