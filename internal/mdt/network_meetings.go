package mdt

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// fileMeeting is a meeting as it stands in a network file: moments are texts, and a meeting is published
// unless the file says that it is not.
type fileMeeting struct {
	Meeting
	Start       string      `json:"begint"`
	End         string      `json:"eindigt"`
	Published   *bool       `json:"gepubliceerd"`
	Registering *fileWindow `json:"aanmelden"`
	Proposing   *fileWindow `json:"voorstellen"`
	Telling     *fileWindow `json:"attenderen"`
	WaitingEnds string      `json:"wachtlijstSluit"`
	DecidedBy   string      `json:"voorstelUitslag"`
	Parts       []filePart  `json:"onderdelen"`
	Sequence    int         `json:"-"` // counted by what changes a meeting, never given
	News        []News      `json:"-"`
	Version     int64       `json:"-"`
}

type fileWindow struct {
	Opens   string `json:"opent"`
	Closes  string `json:"sluit"`
	Pending bool   `json:"nogOnbekend"`
}

type filePart struct {
	Part
	Start string `json:"begint"`
	End   string `json:"eindigt"`
}

// maxGuests keeps a registration with its guests and their letters within one transaction of the table.
const maxGuests = 10

func (r *networkReader) meetings(file []fileMeeting) []Meeting {
	ids := map[string]bool{}
	meetings := make([]Meeting, len(file))
	for i, f := range file {
		where := fmt.Sprintf("bijeenkomst %q", f.ID)
		r.id(where, f.ID, ids)
		meetings[i] = r.meeting(where, f)
	}
	for _, m := range meetings {
		if m.BelongsTo != "" && (!ids[m.BelongsTo] || m.BelongsTo == m.ID) {
			r.fault("bijeenkomst %q: hoortBij noemt %q, en dat is geen andere bijeenkomst.", m.ID, m.BelongsTo)
		}
	}
	return meetings
}

func (r *networkReader) meeting(where string, f fileMeeting) Meeting {
	m := f.Meeting
	m.Start, m.End = r.span(where, f.Start, f.End)
	m.Published = f.Published == nil || *f.Published
	m.Registering = r.window(where+", aanmelden", f.Registering, m.Start)
	m.Proposing = r.window(where+", voorstellen", f.Proposing, m.Start)
	m.Telling = r.window(where+", attenderen", f.Telling, m.Start)
	m.WaitingEnds = r.momentOrNil(where+", wachtlijstSluit", f.WaitingEnds)
	m.DecidedBy = r.momentOrNil(where+", voorstelUitslag", f.DecidedBy)
	m.Parts = r.parts(where, m, f.Parts)
	r.questions(where, m.Questions)
	r.facts(where, m)
	r.edited(where, m)
	return m
}

func (r *networkReader) facts(where string, m Meeting) {
	r.filled(where, "naam", m.Name)
	if !slices.Contains([]Kind{DecisionDay, NetworkDay, InfoSession, RegionalDay}, m.Kind) {
		r.fault("%s: de soort %q is geen beslisdag, netwerkbijeenkomst, informatiesessie of regiodag.", where, m.Kind)
	}
	if m.Place == "" && !m.Online {
		r.fault("%s: geef een plaats, of zet online op true.", where)
	}
	if m.WaitingEnds != nil && m.WaitingEnds.After(m.Start) {
		r.fault("%s: de wachtlijst sluit na het begin.", where)
	}
	r.webAddress(where+", pagina", m.Page)
	if m.OnlineLink != "" && !m.Online {
		r.fault("%s: onlineLink hoort bij een bijeenkomst met online op true.", where)
	}
	r.count(where+", plekken", m.Capacity)
	r.count(where+", perOrganisatie", m.PerOrg)
	r.count(where+", introducees", m.MaxGuests)
	r.count(where+", aanbodUren", m.OfferHours)
	r.reminders(where, m.Reminders)
	r.webAddress(where+", onlineLink", m.OnlineLink)
	if m.MaxGuests > maxGuests {
		r.fault("%s: hooguit %d introducees.", where, maxGuests)
	}
}

func (r *networkReader) webAddress(where, text string) {
	if page, err := url.Parse(text); err != nil || text != "" && (page.Scheme != "https" || page.Host == "") {
		r.fault("%s: %q is geen adres dat met https:// begint.", where, text)
	}
}

// maxReminders keeps a mistake from mailing people every day.
const maxReminders = 5

func (r *networkReader) reminders(where string, reminders []Reminder) {
	if len(reminders) > maxReminders {
		r.fault("%s: hooguit %d herinneringen.", where, maxReminders)
	}
	for i, reminder := range reminders {
		r.count(where+", herinneringen, dagen", reminder.Days)
		if _, err := time.Parse("15:04", reminder.At); err != nil {
			r.fault("%s: de herinnering om %q heeft geen tijd als 10:00.", where, reminder.At)
		}
		if slices.Contains(reminders[:i], reminder) {
			r.fault("%s: de herinnering %d dagen van tevoren staat er twee keer.", where, reminder.Days)
		}
	}
}

func (r *networkReader) count(where string, n int) {
	if n < 0 {
		r.fault("%s: %d is minder dan nul.", where, n)
	}
}

// span reads a beginning and an end.
func (r *networkReader) span(where, from, to string) (start, end time.Time) {
	start, end = r.moment(where+", begint", from), r.moment(where+", eindigt", to)
	if !start.IsZero() && !end.IsZero() && !end.After(start) {
		r.fault("%s: het einde ligt niet na het begin.", where)
	}
	return start, end
}

func (r *networkReader) moment(where, text string) time.Time {
	if text == "" {
		r.fault("%s: vul een tijdstip in.", where)
		return time.Time{}
	}
	t, err := readMoment(text, r.start)
	if err != nil {
		r.fault("%s: %q %v.", where, text, err)
	}
	return t
}

func (r *networkReader) momentOrNil(where, text string) *time.Time {
	if text == "" {
		return nil
	}
	if t := r.moment(where, text); !t.IsZero() {
		return &t
	}
	return nil
}

func (r *networkReader) window(where string, f *fileWindow, start time.Time) *Window {
	if f == nil {
		return nil
	}
	w := &Window{Opens: r.momentOrNil(where+", opent", f.Opens), Closes: r.momentOrNil(where+", sluit", f.Closes), Pending: f.Pending}
	if w.Pending && w.Opens != nil {
		r.fault("%s: opent is bekend en nogOnbekend is true. Kies één van de twee.", where)
	}
	if w.Opens != nil && w.Closes != nil && !w.Opens.Before(*w.Closes) {
		r.fault("%s: het sluit voordat het opent.", where)
	}
	if w.Opens != nil && !start.IsZero() && !w.Opens.Before(start) {
		r.fault("%s: het opent pas als de bijeenkomst al begonnen is.", where)
	}
	return w
}

func (r *networkReader) parts(where string, m Meeting, file []filePart) []Part {
	ids := map[string]bool{}
	var parts []Part
	for _, f := range file {
		at := fmt.Sprintf("%s, onderdeel %q", where, f.ID)
		r.id(at, f.ID, ids)
		r.filled(at, "naam", f.Name)
		r.count(at+", plekken", f.Seats)
		if f.Kind != "plenair" && f.Kind != "deelsessie" {
			r.fault("%s: de soort %q is geen plenair of deelsessie.", at, f.Kind)
		}
		p := f.Part
		p.Start, p.End = r.span(at, f.Start, f.End)
		known := !m.Start.IsZero() && !m.End.IsZero() && !p.Start.IsZero() && !p.End.IsZero()
		if known && (p.Start.Before(m.Start) || p.End.After(m.End)) {
			r.fault("%s: dit valt buiten de tijd van de bijeenkomst.", at)
		}
		parts = append(parts, p)
	}
	return parts
}

// questionIDs are ids that can stand behind "antwoorden." in the name of a form's field.
var questionIDs = pattern(`^[A-Za-z0-9][A-Za-z0-9-]{0,59}$`)

func (r *networkReader) questions(where string, questions []Question) {
	ids := map[string]bool{}
	for _, q := range questions {
		at := fmt.Sprintf("%s, vraag %q", where, q.ID)
		if !questionIDs().MatchString(q.ID) || ids[q.ID] {
			r.fault("%s: het id mag alleen letters, cijfers en streepjes hebben, en één keer voorkomen.", at)
		}
		ids[q.ID] = true
		r.filled(at, "tekst", q.Text)
		r.choices(at, q)
	}
}

func (r *networkReader) choices(where string, q Question) {
	switch q.Kind {
	case OneOfQuestion, ManyOf:
		if len(q.Choices) == 0 {
			r.fault("%s: geef keuzes.", where)
		}
	case TextQuestion, YesNo:
		if len(q.Choices) > 0 {
			r.fault("%s: bij de soort %q horen geen keuzes.", where, q.Kind)
		}
	default:
		r.fault("%s: de soort %q is geen tekst, keuze, meerkeuze of jaNee.", where, q.Kind)
	}
	for i, choice := range q.Choices {
		if strings.TrimSpace(choice) == "" || slices.Contains(q.Choices[:i], choice) {
			r.fault("%s: de keuze %q is leeg of staat er twee keer.", where, choice)
		}
	}
}
