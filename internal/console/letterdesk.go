package console

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

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

// shelfOf is the one that an address asks for, the first where it asks for none, and nil for what is none.
func shelfOf(r *http.Request) *shelf {
	name := cmp.Or(r.URL.Query().Get("stand"), shelves[0].name)
	if at := slices.IndexFunc(shelves, func(s shelf) bool { return s.name == name }); at >= 0 {
		return &shelves[at]
	}
	return nil
}

func (s *Service) letterDeskAhead(r *http.Request) (any, error) {
	on, at := new(onDesk), shelfOf(r)
	if at == nil {
		return nil, unknownChoice(lettersPath)
	}
	err := beside(func() (err error) {
		page := store.Listing[mdt.Letter]{After: r.URL.Query().Get("na"), Limit: pageLength}
		on.letters, err = s.Store.ListLetters(r.Context(), at.state, page, s.Now())
		return listTrouble(err)
	}, func() (err error) { on.counts, err = s.onShelves(r); return err })
	return on, err
}

func (s *Service) letterDesk(w http.ResponseWriter, r *http.Request, v *visit) error {
	on, _ := v.ahead.(*onDesk)
	if err := s.Gate.NoteList(r.Context(), v.Visit, listLetters, ""); err != nil {
		return err
	}
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
	if err := s.Gate.NoteList(r.Context(), v.Visit, listBroken, ""); err != nil {
		return err
	}
	view := brokenView{Tabs: tabs(on.counts, brokenName),
		Pager: pagerOf(lettersPath+"/"+brokenName, url.Values{}, r.URL.Query().Get("na"), on.broken.Next)}
	for _, b := range on.broken.Entries {
		view.Rows = append(view.Rows, brokenRow{b.Letter.To, mdt.ShortMoment(b.Since), deskLetterPath(b.Letter.ID), becameOf(b.Letter)})
	}
	return s.show(w, v, http.StatusOK, page{name: "kapot", Title: say("beheer.brieven.bak.kapot"), Section: lettersPath, Body: view})
}
