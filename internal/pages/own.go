package pages

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// visit is one look at one's own page: the link, and what stands behind it.
type visit struct {
	token     string
	link      links.Link
	kind      string // of entry that the link is for
	meeting   string // … with its meeting, and its reference; empty where it has none
	reference string
	fresh     bool
	now       time.Time
	own       mdt.Dossier
	meetings  map[string]mdt.Meeting
	counters  map[string]mdt.Counter
	led       *mdt.Proposal // what the person leads, on the page of that alone
	items     []item
}

// item is one entry that the page shows.
type item struct {
	kind         string
	meeting      mdt.Meeting
	reference    string
	expires      time.Time
	registration *mdt.Registration
	proposal     *mdt.Proposal
	leading      *mdt.Leading
	interest     *mdt.Interest
	message      *mdt.Message
}

// deadLink is every link that does not work: what is wrong with it is not told.
func deadLink() error { return &trouble{status: http.StatusNotFound, about: "link"} }

// linkOf reads the token of a link to one's own page.
func (s *Service) linkOf(token string, now time.Time) (link links.Link, fresh bool, err error) {
	if link, err = s.Links.Verify(links.Own, token, now); err == nil {
		return link, false, nil
	}
	if link, err = s.Links.Verify(links.Fresh, token, now); err == nil {
		return link, true, nil
	}
	return link, false, deadLink()
}

// visit opens a link: one round trip, for meetings and counters are remembered.
func (s *Service) visit(r *http.Request) (*visit, error) {
	v := &visit{token: r.PathValue("token"), now: s.Now()}
	var err error
	if v.link, v.fresh, err = s.linkOf(v.token, v.now); err != nil {
		return nil, err
	}
	v.kind, v.meeting, v.reference = entryOf(v.link.Entry)
	return v, s.look(r.Context(), v)
}

// entryOf takes apart what a link is for.
func entryOf(entry string) (kind, meeting, reference string) {
	parts := append(strings.Split(entry, "/"), "", "")
	if parts[0] == links.Message {
		return parts[0], "", parts[1]
	}
	return parts[0], parts[1], parts[2]
}

// look reads what stands behind the link, also again after an act that was refused.
func (s *Service) look(ctx context.Context, v *visit) (err error) {
	if v.own, err = s.Own(ctx, mdt.PersonID(v.link.Person)); err != nil {
		return err
	}
	if !v.own.Takes(v.link.Issued) {
		return deadLink()
	}
	if v.meetings, err = s.meetingsOf(ctx, v); err != nil {
		return err
	}
	v.items = s.itemsOf(v)
	if v.led, err = s.ledOn(ctx, v); err != nil {
		return err
	}
	ids := []string{}
	for id := range v.meetings {
		if v.shows(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	counted, err := s.Catalogue.Counters(ctx, ids...)
	v.counters = make(map[string]mdt.Counter, len(ids))
	for i := range counted {
		v.counters[ids[i]] = counted[i]
	}
	return err
}

// meetingsOf gives the meetings by id: the published ones, and whatever others the person has to do with.
func (s *Service) meetingsOf(ctx context.Context, v *visit) (map[string]mdt.Meeting, error) {
	listed, err := s.Catalogue.Meetings(ctx)
	if err != nil {
		return nil, err
	}
	meetings := map[string]mdt.Meeting{}
	for _, m := range listed {
		meetings[m.ID] = m
	}
	for _, id := range append(meetingIDs(v.own), v.meeting) {
		if _, known := meetings[id]; known || id == "" {
			continue
		}
		m, err := s.Catalogue.Any(ctx, id)
		if err != nil {
			return nil, err
		}
		if m == nil { // it was taken away altogether
			m = &mdt.Meeting{ID: id, Name: say("mijn.bijeenkomst")}
		}
		meetings[id] = *m
	}
	return meetings, nil
}

func meetingIDs(d mdt.Dossier) (ids []string) {
	for _, e := range d.Registrations {
		ids = append(ids, e.Of.Meeting)
	}
	for _, e := range d.Interests {
		ids = append(ids, e.Of.Meeting)
	}
	for _, e := range d.Proposals {
		ids = append(ids, e.Of.Meeting)
	}
	for _, e := range d.Leading {
		ids = append(ids, e.Of.Meeting)
	}
	return ids
}

// shows says whether what belongs to a meeting stands on the page: of a link for one meeting that meeting, and
// the sessions that belong to it.
func (v *visit) shows(meeting string) bool {
	switch {
	case v.kind == links.Everything:
		return true
	case v.meeting == "":
		return false
	}
	return meeting == v.meeting || v.meetings[meeting].BelongsTo == v.meeting
}

// itemsOf lists what the page shows: what the link is for first, then by the day of the meeting.
func (s *Service) itemsOf(v *visit) (items []item) {
	add := func(i item, shown bool) {
		if shown {
			items = append(items, i)
		}
	}
	for i := range v.own.Registrations {
		e := &v.own.Registrations[i]
		add(item{kind: links.Registration, meeting: v.meetings[e.Of.Meeting], reference: e.Of.Reference, expires: e.Expires, registration: &e.Of}, v.shows(e.Of.Meeting))
	}
	for i := range v.own.Proposals {
		e := &v.own.Proposals[i]
		add(item{kind: links.Proposal, meeting: v.meetings[e.Of.Meeting], reference: e.Of.Reference, expires: e.Expires, proposal: &e.Of}, v.shows(e.Of.Meeting))
	}
	for i := range v.own.Leading {
		e := &v.own.Leading[i]
		reference := s.Identity.Reference("voorstel", e.Of.Proposal)
		add(item{kind: links.Leading, meeting: v.meetings[e.Of.Meeting], reference: reference, expires: e.Expires, leading: &e.Of}, v.shows(e.Of.Meeting))
	}
	for i := range v.own.Interests {
		e := &v.own.Interests[i]
		add(item{kind: links.Interest, meeting: v.meetings[e.Of.Meeting], reference: e.Of.Reference, expires: e.Expires, interest: &e.Of}, v.shows(e.Of.Meeting))
	}
	for i := range v.own.Messages {
		e := &v.own.Messages[i]
		add(item{kind: links.Message, reference: e.Of.Reference, expires: e.Expires, message: &e.Of}, v.kind == links.Everything || e.Of.Reference == v.reference)
	}
	slices.SortStableFunc(items, v.compare)
	return items
}

func (v *visit) compare(a, b item) int {
	if a, b := v.isLinked(a), v.isLinked(b); a != b {
		if a {
			return -1
		}
		return 1
	}
	if a, b := a.message != nil, b.message != nil; a != b { // they have no day
		if b {
			return -1
		}
		return 1
	}
	return a.meeting.Start.Compare(b.meeting.Start)
}

// isLinked says whether an entry is the one that the link is for.
func (v *visit) isLinked(i item) bool {
	if i.kind != v.kind {
		return false
	}
	return i.reference == v.reference || v.reference == "" && i.meeting.ID == v.meeting
}

// ledOn reads the proposal that the link is for where somebody else sent it in: it stands under that person.
func (s *Service) ledOn(ctx context.Context, v *visit) (*mdt.Proposal, error) {
	if v.kind == links.Leading && len(v.items) > 0 && v.isLinked(v.items[0]) {
		return s.Led(ctx, *v.items[0].leading)
	}
	return nil, nil
}

// path is the address of the page, or of what stands below it.
func (v *visit) path() string { return "/mijn/" + v.token }

// own shows one's own page. Nothing is changed by looking.
func (s *Service) own(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	asked := r.URL.Query()
	shown := ownShown{notice: noticeWords(asked.Get("gedaan")), change: asked.Get("wijzig"), erase: asked.Get("wis")}
	return s.showOwn(w, r, http.StatusOK, v, shown)
}

// notices are what the page may say was done: the address names one of them, and holds nothing else.
var notices = strings.Fields("afgemeld alAfgemeld geaccepteerd doorgegeven losgelaten wacht wachtOnderdeel onderdeelAf gewijzigd ingetrokken " +
	"geenBericht leiding link oudeLinks gewist")

func noticeWords(name string) string {
	if !slices.Contains(notices, name) {
		return ""
	}
	return say("gedaan." + name)
}
