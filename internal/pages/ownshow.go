package pages

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// ownShown is how one's own page is shown this time.
type ownShown struct {
	notice  string
	summary *look.Summary
	change  string      // the reference of the entry whose form stands open
	erase   string      // … of the one about which is asked whether to erase it
	typed   *typed      // what was typed in that form; nil: what is stored
	faults  []mdt.Fault // … and what is wrong with it
}

// ownView is what one's own page shows.
type ownView struct {
	Path, Notice string
	Summary      *look.Summary
	Gone         bool // nothing is left of what the link is for
	Items        []itemView
	Kept         []keptView
	Looks        []string // who of the team opened what is shown, and when
	Fresh        string   // until when a fresh link works; empty for another
	Wishes       string   // what is said of the wishes that are not shown
	Erase        []look.Way
	Ask          *askView
	Again        bool // the buttons that mail a fresh link
	OldLinks     bool
}

// itemView is one entry on the page.
type itemView struct {
	ID, Title string
	State     stateView
	Texts     []string
	Facts     []row
	Join      string // where one takes part online
	Presses   []press
	Ways      []look.Way
	Parts     []partView
	PartsNote string
	Sessions  *sessionsView
	Given     []row
	Change    *changeView
}

// press is a button that does something.
type press struct {
	Path, Act, Reference, Part string
	Text, About                string // About is for whoever hears the button alone
	Question                   string // whether to go on waiting
	ID                         string
	Second                     bool
	Before                     string // what to know first
}

// partView is a part of the meeting with what one can do about it.
type partView struct {
	Name, When, Text string
	Presses          []press
}

// sessionsView are the sessions that belong to a meeting.
type sessionsView struct {
	Hint  string
	Lines []sessionLine
}

type sessionLine struct{ Name, When, Text, Href string }

// keptView is one thing that we hold.
type keptView struct{ What, Why, Until string }

// askView asks whether something is to be erased.
type askView struct {
	Text, Back string
	Press      press
}

func (s *Service) showOwn(w http.ResponseWriter, r *http.Request, status int, v *visit, shown ownShown) error {
	w.Header().Set("X-Robots-Tag", "noindex")
	view := ownView{Path: v.path(), Notice: shown.notice, Summary: shown.summary, Gone: len(v.items) == 0, Again: !v.fresh && !v.own.IsEmpty()}
	for _, i := range v.items {
		made, err := s.itemView(r, v, i, shown)
		if err != nil {
			return err
		}
		if view.Summary == nil && made.Change != nil && len(shown.faults) > 0 {
			view.Summary = &look.Summary{Title: content.FieldWords("formulier.fouten", nil),
				Faults: look.Pointed(look.Places(made.Change.Fields, made.Change.sent), shown.faults, s.Team.Email)}
		}
		view.Items = append(view.Items, made)
	}
	view.Kept, view.Looks = v.kept(), v.looks()
	if !v.fresh && slices.ContainsFunc(v.items, func(i item) bool { return i.registration != nil }) {
		view.Wishes = say("mijn.bewaren.wensen")
	}
	if v.fresh {
		view.Fresh = say("mijn.vers", "totEnMet", mdt.Deadline(v.link.Expires))
		view.Erase, view.Ask = v.erasable(), v.ask(shown.erase)
	}
	view.OldLinks = (v.fresh || v.kind == links.Everything) && !v.own.IsEmpty()
	title := v.title()
	if status >= http.StatusBadRequest {
		title = content.FieldWords("formulier.foutTitel", map[string]string{"paginatitel": title})
	}
	return s.show(w, r, status, page{name: "own", Title: title, Section: "/mijn", Body: view})
}

// title names the page by what its link is for.
func (v *visit) title() string {
	kind := v.kind
	switch kind {
	case links.Registration, links.Proposal, links.Leading, links.Interest, links.Message:
	default:
		kind = links.Everything
	}
	return say("mijn.titel."+kind, "bijeenkomst", v.meetings[v.meeting].Name)
}

func (s *Service) itemView(r *http.Request, v *visit, i item, shown ownShown) (itemView, error) {
	view, err := itemView{ID: "deel-" + i.kind + "-" + i.reference}, error(nil)
	open := shown.change == i.reference || shown.change == "" && v.changesOne(i)
	switch {
	case i.registration != nil:
		err = s.registrationView(r, v, i, &view, open, shown)
	case i.proposal != nil:
		err = s.proposalView(r, v, i, &view, open, shown)
	case i.leading != nil:
		s.leadingView(v, i, &view)
	case i.interest != nil:
		v.interestView(i, &view)
	case i.message != nil:
		s.messageView(i, &view)
	}
	return view, err
}

// changesOne says whether an entry is the only one on the page that can be changed, or what the link is for.
func (v *visit) changesOne(i item) bool {
	n := 0
	for _, other := range v.items {
		if other.registration != nil || other.proposal != nil {
			n++
		}
	}
	return n == 1 || v.isLinked(i)
}

// kept tells what we hold of what the page shows, why, and until when.
func (v *visit) kept() (out []keptView) {
	line := func(what, kind, meeting string, until time.Time) {
		if meeting != "" {
			what += ": " + meeting
		}
		out = append(out, keptView{what, say("mijn.waarom." + kind), say("mijn.bewaren.tot", "dag", mdt.Day(until))})
	}
	for _, i := range v.items {
		line(say("mijn.bewaren."+i.kind), i.kind, i.meeting.Name, i.expires)
		if i.registration == nil || !v.fresh {
			continue
		}
		for _, wishes := range v.own.Wishes {
			if wishes.Of.Meeting == i.meeting.ID {
				line(say("mijn.bewaren.wensen.wat"), "wensen", i.meeting.Name, wishes.Expires)
			}
		}
	}
	if a := v.own.Address; a.Of.Confirmed != nil && len(v.items) > 0 {
		line(say("mijn.bewaren.adres"), "adres", "", a.Expires)
	}
	return out
}

// looks tell as what somebody of the team opened what the page shows, and when. Who it was is the team's own affair.
func (v *visit) looks() (out []string) {
	for _, look := range v.own.Looks() {
		for _, i := range v.items {
			if i.reference == look.Reference {
				out = append(out, say("mijn.gezien."+look.Role, "dag", look.Day.Words(), "wat", v.named(i)))
			}
		}
	}
	return out
}

// everything is what stands for all of a person where a reference names one entry.
const everything = "alles"

// erasable are the ways to what can be erased.
func (v *visit) erasable() (ways []look.Way) {
	for _, i := range v.items {
		ways = append(ways, look.Way{Href: v.path() + "?" + url.Values{"wis": {i.reference}}.Encode() + "#wissen",
			Text: say("mijn.wis.een", "wat", v.named(i))})
	}
	if !v.own.IsEmpty() {
		ways = append(ways, look.Way{Href: v.path() + "?wis=" + everything + "#wissen", Text: say("mijn.wis.alles")})
	}
	return ways
}

// named is what an entry is called where it is to be erased.
func (v *visit) named(i item) string {
	text := content.ErasedWords(i.kind)
	if i.meeting.Name != "" {
		text += " (" + i.meeting.Name + ")"
	}
	return text
}

// ask is the question whether to erase one entry, or everything.
func (v *visit) ask(reference string) *askView {
	if reference == "" || v.own.IsEmpty() {
		return nil
	}
	what, seat := say("mijn.wissen.alles"), true
	if reference != everything {
		at := slices.IndexFunc(v.items, func(i item) bool { return i.reference == reference })
		if at < 0 {
			return nil
		}
		what, seat = v.named(v.items[at]), v.items[at].registration.Active()
	}
	key := "mijn.wissen"
	if !seat {
		key = "mijn.wissen.geenPlek"
	}
	return &askView{Text: say(key, "wat", what), Back: v.path(),
		Press: press{Path: v.path(), Act: "wissen", Reference: reference, Text: content.FieldWords("knop.wissen", nil)}}
}
