package console

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// attendanceView is who comes, to print and to tick off at the door.
type attendanceView struct {
	When, Where string
	People      []attendee
	Only        bool // just those who named a region of whoever looks
}

// attendee is one line of it, with an empty box for the door.
type attendee struct {
	Name, Organisation, Role, Reference, How string
	Parts                                    []string
}

// pageOfPeople is how many registrations are read at once.
const pageOfPeople = 1000

// comes gives everyone who has a seat at a meeting and of whom somebody may know, by name.
func (s *Service) comes(ctx context.Context, m *mdt.Meeting, v *visit) (people []mdt.Registration, err error) {
	for after := ""; ; {
		wanted := store.RegistrationListing{Status: mdt.Confirmed, Listing: store.Listing[mdt.Registration]{After: after, Limit: pageOfPeople,
			Keep: func(entry *mdt.Registration) bool { return v.SeesEntry(entry.Regions) }}}
		found, err := s.Store.ListRegistrations(ctx, m.ID, wanted, s.Now())
		if err != nil {
			return nil, err
		}
		people = append(people, found.Entries...)
		if after = found.Next; after == "" {
			break
		}
	}
	slices.SortStableFunc(people, func(a, b mdt.Registration) int {
		return strings.Compare(mdt.SearchKey(a.Name), mdt.SearchKey(b.Name))
	})
	return people, nil
}

// lookAtThem gives who comes to the meeting that a path names, and writes down that somebody looked, and at which list.
func (s *Service) lookAtThem(r *http.Request, v *visit, at string) (*mdt.Meeting, []mdt.Registration, error) {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return nil, nil, err
	}
	people, err := s.comes(r.Context(), m, v)
	if err != nil {
		return nil, nil, err
	}
	return m, people, s.Gate.NoteList(r.Context(), v.Visit, at, m.ID)
}

func (s *Service) attendance(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, people, err := s.lookAtThem(r, v, listAttendance)
	if err != nil {
		return err
	}
	view := attendanceView{When: mdt.Moment(m.Start), Where: look.Where(*m), Only: !v.SeesAll()}
	for _, entry := range people {
		one := attendeeOf(*m, entry)
		if view.Only {
			one.How = "" // a facilitator sees name, organisation and parts
		}
		view.People = append(view.People, one)
	}
	return s.show(w, v, http.StatusOK, page{name: "deelnemers", Title: say("beheer.deelnemers.titel", "bijeenkomst", m.Name), Section: "/console", Back: backToMeeting(m), Body: view})
}

func attendeeOf(m mdt.Meeting, entry mdt.Registration) attendee {
	a := attendee{Name: entry.Name, Organisation: entry.Organisation, Role: entry.Role, Reference: entry.Reference}
	if m.Both() {
		a.How = say("beheer.deelname." + string(entry.Attendance))
	}
	for _, p := range m.Parts {
		if slices.Contains(entry.Parts, p.ID) {
			a.Parts = append(a.Parts, p.Name)
		}
	}
	return a
}

// badges are cards with the names of those who come to the place.
func (s *Service) badges(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, people, err := s.lookAtThem(r, v, listBadges)
	if err != nil {
		return err
	}
	view := attendanceView{When: mdt.Moment(m.Start)}
	for _, entry := range people {
		if entry.Attendance != mdt.AttendOnline && m.Place != "" {
			view.People = append(view.People, attendeeOf(*m, entry))
		}
	}
	return s.show(w, v, http.StatusOK, page{name: "naamkaartjes", Title: say("beheer.naamkaartjes.titel", "bijeenkomst", m.Name), Section: "/console", Back: backToMeeting(m), Body: view})
}
