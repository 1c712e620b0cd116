package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// pageLength is how many entries stand on a page of a list.
const pageLength = 50

const entriesPattern = "/console/bijeenkomsten/{bijeenkomst}/aanmeldingen"

func (s *Service) entryRoutes() []route {
	return []route{
		{pattern: entriesPattern, sees: everyone, get: s.entries, ahead: s.entriesAhead},
		{pattern: entriesPattern + "/zoeken", sees: everyone, get: s.toEntries, does: everyone, post: s.searchEntries},
		{pattern: entriesPattern + "/nieuw", sees: team, does: team, get: s.askNew, post: s.addNew},
		{pattern: entriesPattern + "/samen", sees: team, does: team, get: s.toEntries, post: s.doMany},
		{pattern: entriesPattern + "/{kenmerk}", sees: everyone, get: s.entry, ahead: s.entryAhead},
		{pattern: entriesPattern + "/{kenmerk}/wijzigen", sees: team, does: team, get: s.askChange, post: s.doChange},
		{pattern: entriesPattern + "/{kenmerk}/notitie", sees: team, does: team, get: s.toEntry, post: s.addNote},
		{pattern: "/console/brieven/{id}/zoals-verzonden", sees: national, get: s.letterAsSent},
	}
}

func entriesPath(meeting string) string {
	return "/console/bijeenkomsten/" + url.PathEscape(meeting) + "/aanmeldingen"
}

func entryPath(meeting, reference string) string {
	return entriesPath(meeting) + "/" + url.PathEscape(reference)
}

// filter is what a list of registrations is narrowed to, as its address says it. None of it is anybody's.
type filter struct {
	status, part, region, tag string
	broken                    bool
	order                     string // oldestFirst, or empty
	after                     string
}

// oldestFirst turns a list that goes by moment round.
const oldestFirst = "oudste"

func filterOf(values url.Values) filter {
	return filter{status: values.Get("stand"), part: values.Get("onderdeel"), region: values.Get("regio"), tag: values.Get("etiket"),
		broken: values.Get("adres") == "kapot", order: values.Get("volgorde"), after: values.Get("na")}
}

// values are the filter as an address has it, without the place in the list.
func (f filter) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"stand": f.status, "onderdeel": f.part, "regio": f.region, "etiket": f.tag, "volgorde": f.order} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if f.broken {
		v.Set("adres", "kapot")
	}
	return v
}

// keeps says whether an entry is one that the filter asks for; nil where it leaves nothing out but a status.
func (f filter) keeps() func(*mdt.Registration) bool {
	if f.part+f.region+f.tag == "" {
		return nil
	}
	return func(r *mdt.Registration) bool {
		_, waits := r.Place(f.part)
		return (f.part == "" || slices.Contains(r.Parts, f.part) || waits) && (f.region == "" || slices.Contains(r.Regions, f.region)) &&
			(f.tag == "" || slices.Contains(r.Tags, f.tag))
	}
}

// listed is what a list is made from: the meeting, its counts and a page.
type listed struct {
	meeting mdt.Meeting
	counter mdt.Counter
	regions []mdt.Region
	wrong   error // why there is no page: told to whoever may know of the meeting
	store.Listed[mdt.Registration]
}

// beside does things at once, and gives the first error.
func beside(do ...func() error) error {
	errs := make([]error, len(do))
	var wg sync.WaitGroup
	for i, one := range do {
		wg.Go(func() { errs[i] = web.Caught(one) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// entriesAhead reads a page of a list as whoever sees everything would see it.
func (s *Service) entriesAhead(r *http.Request) (any, error) {
	return s.listPage(r.Context(), r.PathValue("bijeenkomst"), filterOf(r.URL.Query()), nil)
}

// listPage reads a page, with only those whom may lets through (nil: all).
func (s *Service) listPage(ctx context.Context, meeting string, f filter, may func(*mdt.Registration) bool) (*listed, error) {
	l := new(listed)
	err := beside(func() error { return s.about(ctx, meeting, l) },
		func() error { l.Listed, l.wrong = s.readPage(ctx, meeting, f, may); return nil })
	return l, err
}

// about reads what a list says of its meeting; one that is not there, a 404.
func (s *Service) about(ctx context.Context, meeting string, l *listed) error {
	return beside(func() error {
		known, err := s.Catalogue.Any(ctx, meeting)
		if err == nil && known == nil {
			err = &trouble{status: http.StatusNotFound}
		}
		if err == nil {
			l.meeting = *known
		}
		return err
	}, func() error {
		counters, err := s.Store.Counters(ctx, []string{meeting})
		if err == nil {
			l.counter = counters[0]
		}
		return err
	}, func() (err error) { l.regions, err = s.Catalogue.Regions(ctx); return err })
}

func (s *Service) readPage(ctx context.Context, meeting string, f filter, may func(*mdt.Registration) bool) (store.Listed[mdt.Registration], error) {
	if f.broken {
		return s.brokenPage(ctx, meeting, f, may)
	}
	q := store.RegistrationListing{Status: mdt.Status(f.status), Listing: store.Listing[mdt.Registration]{
		Keep: kept(f.keeps(), may), After: f.after, Limit: pageLength}}
	if f.order == oldestFirst {
		q.Order = store.Oldest
	}
	found, err := s.Store.ListRegistrations(ctx, meeting, q, s.Now())
	return found, listTrouble(err)
}

// listTrouble is what a place that is in no list is: somebody's own work on the address.
func listTrouble(err error) error {
	if errors.Is(err, store.ErrInvalid) {
		return &trouble{status: http.StatusBadRequest}
	}
	return err
}

// brokenPage reads those whose address takes no mail: few, so that what else the filter asks is looked at here.
func (s *Service) brokenPage(ctx context.Context, meeting string, f filter, may func(*mdt.Registration) bool) (store.Listed[mdt.Registration], error) {
	found, err := s.Store.ListBroken(ctx, meeting, f.after, pageLength, s.Now())
	err = listTrouble(err)
	keep := kept(f.keeps(), may)
	found.Entries = slices.DeleteFunc(found.Entries, func(r mdt.Registration) bool {
		return f.status != "" && string(r.Status) != f.status || keep != nil && !keep(&r)
	})
	return found, err
}

// may says which entries somebody may know of; nil: all.
func (v *visit) may() func(*mdt.Registration) bool {
	if v.SeesAll() {
		return nil
	}
	return func(r *mdt.Registration) bool { return v.SeesEntry(r.Regions) }
}

// knowsOf says whether somebody may know of a meeting: a facilitator of those that everyone knows.
func (v *visit) knowsOf(m mdt.Meeting) error {
	if !m.Published && !v.SeesAll() {
		return &trouble{status: http.StatusNotFound}
	}
	return nil
}

func (s *Service) entries(w http.ResponseWriter, r *http.Request, v *visit) error {
	l, _ := v.ahead.(*listed)
	f := filterOf(r.URL.Query())
	if err := v.knowsOf(l.meeting); err != nil {
		return err
	}
	if v.SeesAll() && !f.offered(l, r.URL.Query().Get("adres")) {
		return unknownChoice(entriesPath(l.meeting.ID))
	}
	if may := v.may(); may != nil {
		f = filter{part: f.part, order: f.order, after: f.after} // who is among those with a tag or a state would tell of it
		l.Listed, l.wrong = s.readPage(r.Context(), l.meeting.ID, f, may)
	}
	if l.wrong != nil {
		return l.wrong
	}
	if err := s.Gate.NoteList(r.Context(), v.Visit, listEntries, l.meeting.ID); err != nil {
		return err
	}
	view := s.entriesView(l, v)
	view.Sorts = sortViews(l.meeting.ID, f, "")
	view.Narrows = s.narrows(l, f, v)
	view.Pager = pagerOf(view.Path, f.values(), f.after, l.Next)
	return s.showEntries(w, r, v, l, view)
}

func (s *Service) toEntries(w http.ResponseWriter, r *http.Request, _ *visit) error {
	return onward(w, entriesPath(r.PathValue("bijeenkomst")))
}

func (s *Service) showEntries(w http.ResponseWriter, r *http.Request, v *visit, l *listed, view entriesView) error {
	return s.show(w, v, http.StatusOK, page{name: "aanmeldingen", Title: say("beheer.aanmeldingen.titel", "bijeenkomst", l.meeting.Name), Section: "/console",
		Done: done(r), Back: look.Way{Href: "/console/bijeenkomsten/" + url.PathEscape(l.meeting.ID), Text: l.meeting.Name}, Body: view})
}
