package console

import (
	"net/http"
	"strconv"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// section is one of the forms in which a meeting is edited.
type section struct {
	below string // the last part of its path, and what its words are found under
	spec  func() forms.Spec
	typed func(mdt.Meeting) forms.Typed
	read  func(*forms.Values, mdt.Meeting, []string) (acts.Edit, []mdt.Fault)
	parts []formPart
	list  string // the field that is rows; empty: there are none
}

// formPart is some fields of a form under a heading of their own. A name that ends in "*" is that of a moment, which is
// typed in two fields.
type formPart struct {
	words  string
	fields []string
}

// only reads a form that says nothing of letters, and asks nothing of other meetings.
func only(read func(*forms.Values, mdt.Meeting) (mdt.Meeting, []mdt.Fault)) func(*forms.Values, mdt.Meeting, []string) (acts.Edit, []mdt.Fault) {
	return func(v *forms.Values, was mdt.Meeting, _ []string) (acts.Edit, []mdt.Fault) {
		now, faults := read(v, was)
		return acts.Edit{Meeting: now}, faults
	}
}

// sections are all of them, in the order in which they are shown.
var sections = []section{
	{below: "gegevens", spec: forms.MeetingSpec, typed: forms.TypedMeeting, read: readMeeting, parts: []formPart{
		{"wat", []string{"naam", "omschrijving"}}, {"wanneer", []string{"begint*", "eindigt*"}},
		{"waar", []string{"plaats", "online", "onlineLink"}}, {"overig", []string{"pagina", "hoortBij", "opUitnodiging"}}, {"mail", []string{"waarom"}}}},
	{below: "inschrijving", spec: forms.MeetingSeatsSpec, typed: forms.TypedSeats, read: only(forms.MeetingSeats), list: "herinneringen", parts: []formPart{
		{"plekken", []string{"plekken", "achtergehouden", "goedkeuring", "introducees", "perOrganisatie"}},
		{"aanmelden", []string{"aanmelden", "aanmeldenOpent*", "aanmeldenSluit*"}}, {"wachtlijst", []string{"wachtlijstSluit*", "directPlaatsen", "aanbodUren"}},
		{"attenderen", []string{"attenderen", "attenderenOpent*", "attenderenSluit*"}},
		{"voorstellen", []string{"voorstellen", "voorstellenOpent*", "voorstellenSluit*", "voorstelUitslag*"}}}},
	{below: "programma", spec: forms.ProgrammeSpec, typed: forms.TypedProgramme, read: only(forms.Programme), list: "onderdelen"},
	{below: "vragen", spec: forms.QuestionsSpec, typed: forms.TypedQuestions, read: only(forms.Questions), list: "vragen"},
	{below: "brieven", spec: forms.ParagraphsSpec, typed: forms.TypedParagraphs, read: only(forms.Paragraphs)},
}

func readMeeting(v *forms.Values, was mdt.Meeting, others []string) (acts.Edit, []mdt.Fault) {
	now, why, faults := forms.Meeting(v, was, others)
	return acts.Edit{Meeting: now, Why: why}, faults
}

// sectionRoutes are the pages of the forms.
func (s *Service) sectionRoutes() (routes []route) {
	for _, sec := range sections {
		routes = append(routes, route{pattern: meetingsPath + "{bijeenkomst}/" + sec.below, sees: team, does: team,
			get:  func(w http.ResponseWriter, r *http.Request, v *visit) error { return s.editSection(w, r, v, sec) },
			post: func(w http.ResponseWriter, r *http.Request, v *visit) error { return s.changeSection(w, r, v, sec) }})
	}
	return routes
}

func (s *Service) editSection(w http.ResponseWriter, r *http.Request, v *visit, sec section) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	return s.showSection(w, r, v, http.StatusOK, sec, *m, sec.typed(*m), nil, nil)
}

// changeSection does what the button says that was pressed: a row more or less, or the whole is stored.
func (s *Service) changeSection(w http.ResponseWriter, r *http.Request, v *visit, sec section) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	in, err := readRows(r, sec.spec(), sec.list)
	if err != nil {
		return err
	}
	seen := *m // the form goes on with the version that it was made from
	seen.Version = in.version()
	if in.deed() == "terug" || rowsChange(in.typed, sec.list, in.deed()) {
		return s.showSection(w, r, v, http.StatusOK, sec, seen, in.typed, nil, nil)
	}
	others, err := s.otherMeetings(r, m.ID)
	if err != nil {
		return err
	}
	edit, faults := sec.read(in.values, *m, ids(others))
	if len(faults) > 0 {
		return s.showSection(w, r, v, http.StatusBadRequest, sec, seen, in.typed, faults, nil)
	}
	edit.Meeting.Version, edit.Agreed = in.version(), agreed(in)
	if looked, err := s.looksOn(w, r, v, edit, meetingPath(m.ID, sec.below), in); looked {
		if err == nil {
			return nil
		}
		return s.sectionDone(w, r, v, sec, seen, in, err)
	}
	stored, err := s.SaveMeeting(r.Context(), edit)
	if err == nil {
		return s.sectionStored(w, r, v, stored)
	}
	return s.sectionDone(w, r, v, sec, seen, in, err)
}

// agreed is the number of letters that was said yes to; nil where none was asked about.
func agreed(in *posted) *int {
	n, err := strconv.Atoi(in.own.Get("akkoord"))
	if err != nil {
		return nil
	}
	return &n
}

func ids(meetings []mdt.Meeting) (all []string) {
	for _, m := range meetings {
		all = append(all, m.ID)
	}
	return all
}

// otherMeetings are all but one.
func (s *Service) otherMeetings(r *http.Request, but string) (others []mdt.Meeting, err error) {
	all, err := s.Store.Meetings(r.Context())
	for _, m := range all {
		if m.ID != but {
			others = append(others, m)
		}
	}
	return others, err
}
