package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

	"aanmeldpunt/internal/ical"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// calendarView are the ways to put a meeting in a calendar.
type calendarView struct{ File, Google, Outlook string }

// calendarLinks gives them for a meeting that is still to come.
func (s *Service) calendarLinks(m mdt.Meeting, now time.Time) *calendarView {
	if m.State(now) != "gepland" {
		return nil
	}
	const basic = "20060102T150405Z"
	page := s.Site + meetingPath(m, "")
	google := url.Values{"action": {"TEMPLATE"}, "text": {m.Name}, "details": {page}, "location": {look.Where(m)}, "ctz": {"Europe/Amsterdam"},
		"dates": {m.Start.UTC().Format(basic) + "/" + m.End.UTC().Format(basic)}}
	outlook := url.Values{"path": {"/calendar/action/compose"}, "rru": {"addevent"}, "subject": {m.Name}, "body": {page}, "location": {look.Where(m)},
		"startdt": {m.Start.UTC().Format(time.RFC3339)}, "enddt": {m.End.UTC().Format(time.RFC3339)}}
	return &calendarView{
		File:    meetingPath(m, "agenda.ics"),
		Google:  "https://calendar.google.com/calendar/render?" + google.Encode(),
		Outlook: "https://outlook.office.com/calendar/deeplink/compose?" + outlook.Encode(),
	}
}

// agenda gives the meeting as a calendar entry that anyone may have.
func (s *Service) agenda(w http.ResponseWriter, r *http.Request) error {
	m := meetingOf(r)
	event := ical.Event{UID: s.publicID(m), Sequence: m.Sequence, Status: ical.Confirmed, Stamp: s.Now(), Start: m.Start, End: m.End,
		Summary: m.Name, Description: m.Description, Location: look.Where(m), URL: s.Site + meetingPath(m, ""), Organizer: s.Team.Email}
	if m.Cancelled {
		event.Status = ical.Cancelled
	}
	w.Header().Set("Content-Disposition", `attachment; filename="bijeenkomst.ics"`)
	return look.Give(w, "text/calendar; charset=utf-8; method="+string(ical.Publish), string(ical.Write(ical.Publish, event)))
}

// publicID is the calendar's name for a meeting, the same for ever and for everyone. Entries that came by
// mail have a name of their own: they belong to one person.
func (s *Service) publicID(m mdt.Meeting) string {
	host := s.Site
	if u, err := url.Parse(s.Site); err == nil {
		host = u.Hostname()
	}
	sum := sha256.Sum256([]byte("bijeenkomst\x00" + m.ID))
	return hex.EncodeToString(sum[:16]) + "@" + strings.TrimPrefix(host, "www.")
}
