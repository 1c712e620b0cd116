package console

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

func compare(a, b string) int { return cmp.Compare(a, b) }

// sectionView is the page of one form of a meeting.
type sectionView struct {
	Intro   string
	Ways    []sectionWay
	Summary *look.Summary
	Stands  []standing
	Path    string
	Hidden  []hidden
	Parts   []partView
	List    *listView
	Letters []letterWay // the letters that can be looked at
	Shown   *letterWay  // the one that stands on the page
}

type sectionWay struct {
	Href, Text string
	Here       bool
}

// partView is some fields under a heading.
type partView struct {
	Title, Intro string
	Items        []itemView
}

// itemView is a field, or the two of a moment under one name.
type itemView struct {
	Moment string // its name; empty: it is one field
	ID     string
	Fields []look.FieldView
}

// listView is rows that can be added to and taken away.
type listView struct {
	Name, Title, Intro, Add, Away string
	Rows                          []formRow
	AddTo                         string
	Faults                        []string
	Pairs                         bool
}

// formRow is one row, under its number in the form.
type formRow struct {
	ID, Key, Title string
	Fields         []look.FieldView
	Faults         []string
	Hidden         hidden // what it is the row of; without a value where it is new
}

func (s *Service) showSection(w http.ResponseWriter, r *http.Request, v *visit, status int, sec section, m mdt.Meeting,
	typed map[string][]string, faults []mdt.Fault, differs []standing) error {
	others, err := s.otherMeetings(r, m.ID)
	if err != nil {
		return err
	}
	view := s.sectionView(sec, m, typed, faults, others)
	view.Stands = chosenInWords(differs, view.all())
	view.open(r.URL.Query().Get("brief"))
	return s.show(w, v, status, page{name: "bijeenkomstbewerken", Title: sectionTitle(sec.below) + ": " + m.Name, Section: "/console",
		Faulty: len(faults) > 0, Back: backToMeeting(&m), Body: view})
}

func sectionTitle(below string) string { return say("beheer.bewerken.deel." + below) }

func (s *Service) sectionView(sec section, m mdt.Meeting, typed map[string][]string, faults []mdt.Fault, others []mdt.Meeting) sectionView {
	b := s.sectionFields(sec, m, typed, faults, others)
	view := sectionView{Intro: say("beheer.bewerken.deel." + sec.below + ".uitleg"), Path: meetingPath(m.ID, sec.below), Hidden: []hidden{{"versie", itoa(m.Version)}}}
	for _, other := range sections {
		view.Ways = append(view.Ways, sectionWay{meetingPath(m.ID, other.below), sectionTitle(other.below), other.below == sec.below})
	}
	for _, part := range sec.parts {
		view.Parts = append(view.Parts, partOf(b, sec.spec(), part))
	}
	if sec.list != "" {
		view.List = listOf(b, sec)
	}
	if sec.below == "brieven" {
		view.Parts = []partView{paragraphPart(b)}
		view.Letters = letterWays(m, s.Now())
	}
	if len(faults) > 0 {
		view.Summary = &look.Summary{Title: content.FieldWords("formulier.fouten", nil),
			Faults: look.Pointed(look.Places(view.all(), typed), faults, s.Team.Email)}
	}
	return view
}

// all are the fields of the form in the order of the page.
func (v *sectionView) all() (fields []look.FieldView) {
	for _, part := range v.Parts {
		for _, item := range part.Items {
			fields = append(fields, item.Fields...)
		}
	}
	if v.List != nil {
		for _, row := range v.List.Rows {
			fields = append(fields, row.Fields...)
		}
	}
	return fields
}

// sectionFields makes the fields of a form with the words of the desk.
func (s *Service) sectionFields(sec section, m mdt.Meeting, typed map[string][]string, faults []mdt.Fault, others []mdt.Meeting) *look.Fields {
	b := &look.Fields{Sent: typed, Faults: look.FaultsOf(faults, s.Team.Email), Labels: map[string]string{}, Hints: map[string]string{}, Options: map[string][]look.Option{}}
	sectionWords(b, sec.spec(), "")
	b.Options["hoortBij"] = []look.Option{{Label: say("beheer.bewerken.hoortBij.geen")}}
	for _, other := range others {
		b.Options["hoortBij"] = append(b.Options["hoortBij"], look.Option{Value: other.ID, Label: other.Name})
	}
	for _, name := range []string{"aanmelden", "attenderen", "voorstellen"} {
		b.Options[name] = options("beheer.bewerken.venster.", forms.WindowNone, forms.WindowPending, forms.WindowOpen)
	}
	return b
}

// options are choices with the words of the desk.
func options(words string, values ...string) (out []look.Option) {
	for _, value := range values {
		out = append(out, look.Option{Value: value, Label: say(words + value)})
	}
	return out
}

// sectionWords gives the fields of a table, and of the rows in it, their words.
func sectionWords(b *look.Fields, fields []forms.Field, key string) {
	for _, f := range fields {
		name, words := f.Name, key+f.Name
		for _, half := range []string{"Dag", "Tijd"} {
			if rest, is := strings.CutSuffix(name, half); is && rest != "" {
				words = "moment." + strings.ToLower(half)
			}
		}
		b.Labels[key+name], b.Hints[key+name] = say("beheer.bewerken."+words), say("beheer.bewerken."+words+".uitleg")
		sectionWords(b, f.Fields, key+name+".")
	}
}

// sectionLabel is what a field is called where it stands by itself, a row's with the number of the row.
func sectionLabel(sec section, name string) string {
	key, row := name, ""
	if list, rest, in := strings.Cut(name, "."); in && list == sec.list {
		number, field, _ := strings.Cut(rest, ".")
		n, _ := strconv.Atoi(number)
		key, row = list+"."+field, say("beheer.bewerken."+list+".rij", "n", strconv.Itoa(n+1))+": "
	}
	if number, in := strings.CutPrefix(name, "alineas."); in {
		return say("beheer.bewerken.brief." + number)
	}
	for _, half := range []string{"Dag", "Tijd"} {
		if rest, is := strings.CutSuffix(key, half); is && rest != "" {
			return say("beheer.bewerken."+rest) + ", " + strings.ToLower(say("beheer.bewerken.moment."+strings.ToLower(half)))
		}
	}
	return row + say("beheer.bewerken."+key)
}

func shownValue(values []string) string { return strings.Join(values, ", ") }

// partOf makes some fields of a table.
func partOf(b *look.Fields, spec forms.Spec, part formPart) partView {
	view := partView{Title: say("beheer.bewerken.groep." + part.words), Intro: say("beheer.bewerken.groep." + part.words + ".uitleg")}
	for _, name := range part.fields {
		moment, is := strings.CutSuffix(name, "*")
		if !is {
			view.Items = append(view.Items, itemView{Fields: settled(b.Of(fieldsOf(spec, name), "", ""))})
			continue
		}
		fields := b.Of(fieldsOf(spec, moment+"Dag", moment+"Tijd"), "", "")
		for i := range fields { // said once, at the moment itself
			fields[i].Optional = false
		}
		view.Items = append(view.Items, itemView{Moment: momentName(moment), ID: moment, Fields: fields})
	}
	return view
}

// momentName is what a moment is called, and whether it can be left out.
func momentName(moment string) string {
	name := say("beheer.bewerken." + moment)
	if moment != "begint" && moment != "eindigt" {
		name += " " + content.FieldWords("formulier.nietVerplicht", nil)
	}
	return name
}

// fieldsOf are the fields of a table with these names.
func fieldsOf(spec forms.Spec, names ...string) forms.Spec {
	return slices.DeleteFunc(slices.Clone(spec), func(f forms.Field) bool { return !slices.Contains(names, f.Name) })
}

// settled are fields of which one answer always stands: they can be left as they are, and nobody has to be told so. A
// browser knows none of the answers: it knows those of whoever types.
func settled(fields []look.FieldView) []look.FieldView {
	for i := range fields {
		if fields[i].Name == "hoortBij" || fields[i].Name == "zoals" { // there come to be many
			fields[i].Kind = "select"
		}
		if fields[i].Kind == "radios" || fields[i].Kind == "select" {
			fields[i].Optional = false
		}
	}
	return ofOthers(fields)
}
