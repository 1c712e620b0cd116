package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

func (s *Service) letterDeskRoutes() []route {
	return []route{
		{pattern: lettersPath, sees: national, get: s.letterDesk, ahead: s.letterDeskAhead},
		{pattern: lettersPath + "/kapot", sees: national, get: s.brokenAddresses, ahead: s.brokenAhead},
		{pattern: lettersPath + "/{id}", sees: national, does: team, get: s.deskLetter, post: s.actOnLetter},
	}
}

// shelf is a state of letters as the desk's address names it.
type shelf struct {
	name  string
	state mdt.DeliveryState
	hand  bool // somebody may have to look: they are counted
}

var shelves = []shelf{
	{"mislukt", mdt.Failed, true}, {"geweigerd", mdt.Rejected, true}, {"onzeker", mdt.Unknown, true}, {"teruggekomen", mdt.Bounced, true},
	{"spam", mdt.Complained, true}, {"geblokkeerd", mdt.Suppressed, true}, {"tegengehouden", mdt.Held, true}, {"vertraagd", mdt.Delayed, true},
	{"klaar", mdt.Pending, true}, {"onderweg", mdt.Sending, false}, {"verstuurd", mdt.Accepted, false}, {"bezorgd", mdt.Delivered, false},
	{"vervallen", mdt.Dropped, false},
}

// mostOnShelf is how far letters of a state are counted: what is more is said with a plus.
const mostOnShelf = 100

// letterDeskView is the letters of one state.
type letterDeskView struct {
	Tabs  []tabView
	Title string
	Hint  string
	Rows  []letterRow
	Pager pager
}

// tabView is the way to one list among others.
type tabView struct {
	Path, Text, Count string
	Here              bool
}

// onDesk is a page of letters, or of addresses, with how many there are of what somebody may have to look at.
type onDesk struct {
	letters store.Listed[mdt.Letter]
	broken  store.Listed[store.BrokenAddress]
	counts  map[mdt.DeliveryState]int
}

// shelfOf is the one that an address asks for, or the first.
func shelfOf(r *http.Request) shelf {
	at := slices.IndexFunc(shelves, func(s shelf) bool { return s.name == r.URL.Query().Get("stand") })
	return shelves[max(0, at)]
}

func (s *Service) letterDeskAhead(r *http.Request) (any, error) {
	on := new(onDesk)
	err := beside(func() (err error) {
		page := store.Listing[mdt.Letter]{After: r.URL.Query().Get("na"), Limit: pageLength}
		on.letters, err = s.Store.ListLetters(r.Context(), shelfOf(r).state, page, s.Now())
		return listTrouble(err)
	}, func() (err error) { on.counts, err = s.onShelves(r); return err })
	return on, err
}

func (s *Service) letterDesk(w http.ResponseWriter, r *http.Request, v *visit) error {
	on, _ := v.ahead.(*onDesk)
	name := shelfOf(r).name
	view := letterDeskView{Tabs: tabs(on.counts, name), Title: say("beheer.brieven.bak." + name), Hint: say("beheer.brieven.bak." + name + ".uitleg"),
		Rows: s.letterRows(on.letters.Entries), Pager: pagerOf(lettersPath, url.Values{"stand": {name}}, r.URL.Query().Get("na"), on.letters.Next)}
	return s.show(w, v, http.StatusOK, page{name: "brieven", Title: say("beheer.brieven.titel"), Section: lettersPath, Done: done(r), Body: view})
}

// onShelves counts the letters that somebody may have to look at.
func (s *Service) onShelves(r *http.Request) (map[mdt.DeliveryState]int, error) {
	var states []mdt.DeliveryState
	for _, shelf := range shelves {
		if shelf.hand {
			states = append(states, shelf.state)
		}
	}
	return s.Store.CountStates(r.Context(), states, mostOnShelf)
}

// brokenName is the list of addresses that take no mail, among those of letters.
const brokenName = "kapot"

func tabs(counts map[mdt.DeliveryState]int, here string) (tabs []tabView) {
	for _, shelf := range shelves {
		tab := tabView{Path: lettersPath + "?stand=" + shelf.name, Text: say("beheer.brieven.bak." + shelf.name), Here: shelf.name == here}
		if n := counts[shelf.state]; n > 0 {
			tab.Count = upTo(n, mostOnShelf)
		}
		tabs = append(tabs, tab)
	}
	return append(tabs, tabView{Path: lettersPath + "/" + brokenName, Text: say("beheer.brieven.bak.kapot"), Here: here == brokenName})
}

// brokenView is the addresses that take no mail.
type brokenView struct {
	Tabs  []tabView
	Rows  []brokenRow
	Pager pager
}

type brokenRow struct{ Address, Since, Path, What string }

func (s *Service) brokenAhead(r *http.Request) (any, error) {
	on := new(onDesk)
	err := beside(func() (err error) {
		on.broken, err = s.Store.BrokenAddresses(r.Context(), r.URL.Query().Get("na"), pageLength, s.Now())
		return listTrouble(err)
	}, func() (err error) { on.counts, err = s.onShelves(r); return err })
	return on, err
}

func (s *Service) brokenAddresses(w http.ResponseWriter, r *http.Request, v *visit) error {
	on, _ := v.ahead.(*onDesk)
	view := brokenView{Tabs: tabs(on.counts, brokenName),
		Pager: pagerOf(lettersPath+"/"+brokenName, url.Values{}, r.URL.Query().Get("na"), on.broken.Next)}
	for _, b := range on.broken.Entries {
		view.Rows = append(view.Rows, brokenRow{b.Letter.To, mdt.ShortMoment(b.Since), deskLetterPath(b.Letter.ID), becameOf(b.Letter)})
	}
	return s.show(w, v, http.StatusOK, page{name: "kapot", Title: say("beheer.brieven.bak.kapot"), Section: lettersPath, Body: view})
}

// deskLetterView is one letter, what became of it, and what can be done.
type deskLetterView struct {
	Path, To, State, Class, Happened string
	Facts                            []factView
	Again                            bool
	Not                              string // why it cannot be sent once more
	Mend                             bool   // the address may be wrong
	Entry                            string // where what it is about stands
	Shown                            string // where it stands as it was sent
	Reason                           string // as the mailer or SES wrote it down
}

type factView struct{ Name, Value string }

func (s *Service) deskLetter(w http.ResponseWriter, r *http.Request, v *visit) error {
	letter, entry, err := s.letterOf(r)
	if err != nil {
		return err
	}
	if err := s.noteLetter(r, v, mdt.DeedSeen, letter); err != nil {
		return err
	}
	return s.showLetter(w, r, v, http.StatusOK, letter, entry)
}

func (s *Service) letterOf(r *http.Request) (mdt.Letter, *mdt.Registration, error) {
	letter, entry, err := s.LetterWithEntry(r.Context(), r.PathValue("id"))
	if errors.Is(err, acts.ErrNoLetter) {
		err = &trouble{status: http.StatusNotFound}
	}
	return letter, entry, err
}

func meetingOfLetter(l mdt.Letter) string {
	if l.Meeting == nil {
		return ""
	}
	return l.Meeting.ID
}

func (s *Service) showLetter(w http.ResponseWriter, r *http.Request, v *visit, status int, l mdt.Letter, entry *mdt.Registration) error {
	_, code := l.Again(entry, s.Now())
	view := deskLetterView{Path: deskLetterPath(l.ID), To: l.To, State: say("beheer.brieven.stand." + string(l.State)), Class: deliveryClass(l.State),
		Happened: becameOf(l), Facts: letterFacts(l), Again: code == "" && v.ChangesThings(), Shown: letterPath(l.ID), Reason: l.Reason}
	if code != "" && v.ChangesThings() {
		view.Not = say("beheer.brieven.niet." + code)
	}
	if _, _, _, err := s.Letters.Show(l); err != nil { // it could never be sent either: its reason says so
		view.Shown = ""
	}
	if view.Entry = about(l, entry); entry != nil {
		view.Mend = l.State == mdt.Bounced || l.State == mdt.Suppressed
	}
	return s.show(w, v, status, page{name: "brief", Title: say("beheer.brieven.mail", "wat", letterKind(l.Kind)), Section: lettersPath, Done: done(r),
		Back: look.Way{Href: lettersPath, Text: say("beheer.brieven.titel")}, Body: view})
}

// about is where what a letter is about stands; empty where that has no page.
func about(l mdt.Letter, entry *mdt.Registration) string {
	switch {
	case entry != nil:
		return entryPath(entry.Meeting, entry.Reference)
	case l.Reference == "":
		return ""
	case l.Kind == mdt.LetterProposal || l.Kind == mdt.LetterLeader:
		return proposalPath(l.Reference)
	case l.Kind == mdt.LetterForwarded || l.Kind == mdt.LetterToFacilitator:
		return messagePath(l.Reference)
	}
	return ""
}

// letterFacts are what is known of a letter, where it is.
func letterFacts(l mdt.Letter) (facts []factView) {
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, factView{say("beheer.brieven.feit." + name), value})
		}
	}
	add("naam", l.Name)
	if l.Meeting != nil {
		add("bijeenkomst", l.Meeting.Name)
	}
	add("kenmerk", l.Reference)
	add("gemaakt", mdt.Moment(l.Created))
	add("veranderd", mdt.Moment(l.Changed))
	if l.State == mdt.Pending || l.State == mdt.Held || l.State == mdt.Unknown {
		add("aanDeBeurt", mdt.Moment(l.Due))
	}
	add("pogingen", strconv.Itoa(l.Attempts))
	add("ses", l.MessageID)
	return facts
}

// actOnLetter sends a letter once more.
func (s *Service) actOnLetter(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, forms.Spec{})
	if err != nil {
		return err
	}
	if in.deed() != "opnieuw" {
		return &trouble{status: http.StatusBadRequest}
	}
	letter, err := s.SendAgain(r.Context(), r.PathValue("id"))
	var refused *acts.Refused
	switch {
	case errors.Is(err, acts.ErrNoLetter):
		return &trouble{status: http.StatusNotFound}
	case errors.As(err, &refused):
		_, entry, err := s.letterOf(r)
		if err != nil {
			return err
		}
		return s.showLetter(w, r, v, http.StatusConflict, letter, entry)
	case err != nil:
		return err
	}
	if err := s.noteLetter(r, v, mdt.DeedResent, letter); err != nil {
		return err
	}
	return onward(w, deskLetterPath(letter.ID)+"?gedaan=briefopnieuw")
}

// noteLetter writes down what was done with a letter: with its person, or by the letter's own id. The reference of what
// a letter to somebody else is about would outlast that.
func (s *Service) noteLetter(r *http.Request, v *visit, what mdt.Deed, l mdt.Letter) error {
	line := mdt.LogLine{What: what, Meeting: meetingOfLetter(l), About: l.Reference, Subject: l.Person}
	if l.Person == "" {
		line.About = l.ID
	}
	return s.Gate.Note(r.Context(), v.Visit, line)
}
