package console

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// sectionStored goes on where a form was stored. Where there are fewer seats now than are given away it says what that
// does: nothing to anybody, and no offers for a while.
func (s *Service) sectionStored(w http.ResponseWriter, r *http.Request, v *visit, m mdt.Meeting) error {
	counters, err := s.Store.Counters(r.Context(), []string{m.ID})
	if err != nil {
		return err
	}
	if tooMany(m, counters[0]) {
		return s.meetingDone(w, r, v, m.ID, "bijeenkomstminderplekken", nil)
	}
	return s.meetingDone(w, r, v, m.ID, "bijeenkomstgewijzigd", nil)
}

// sectionDone answers why a form was not stored: something is wrong with it, letters have to be agreed to, or somebody
// else was first.
func (s *Service) sectionDone(w http.ResponseWriter, r *http.Request, v *visit, sec section, m mdt.Meeting, in *posted, err error) error {
	var faulty *acts.Faulty
	var outdated *acts.Outdated
	var unagreed *acts.Unagreed
	switch {
	case errors.As(err, &faulty):
		return s.showSection(w, r, v, http.StatusBadRequest, sec, m, in.typed, s.faultsIn(sec, forms.MeetingFaults(faulty.Faults, nil)), nil)
	case errors.As(err, &outdated):
		return s.showSection(w, r, v, http.StatusConflict, sec, outdated.Now, in.typed, nil, stands(sec, outdated.Now, in.typed))
	case errors.As(err, &unagreed):
		return s.askMeeting(w, v, unagreed.Plan, meetingPath(m.ID, sec.below), in)
	}
	return s.meetingDone(w, r, v, m.ID, "bijeenkomstgewijzigd", err)
}

// faultsIn are faults as one form tells them: of what another form asks it says which one that is, once.
func (s *Service) faultsIn(sec section, faults []mdt.Fault) (told []mdt.Fault) {
	met := map[string]bool{}
	for _, f := range faults {
		if in := sectionOf(look.FieldName(f.Pointer)); in != sec.below {
			f = mdt.Fault{Pointer: "#/" + in, Code: "bewerken.elders", Args: map[string]string{"deel": sectionTitle(in), "fout": look.FaultWords(f, s.Team.Email)}}
		}
		if !met[f.Pointer] {
			told = append(told, f)
		}
		met[f.Pointer] = true
	}
	return told
}

// sectionOf finds the form that asks for a field.
func sectionOf(name string) string {
	first, _, _ := strings.Cut(name, ".")
	for _, sec := range sections {
		if slices.ContainsFunc(sec.spec(), func(f forms.Field) bool { return f.Name == first }) {
			return sec.below
		}
	}
	return ""
}

// meetingDeed is what the log says of what was done with a meeting.
func meetingDeed(done string) mdt.Deed {
	switch done {
	case "bijeenkomstgepubliceerd":
		return mdt.DeedPublished
	case "bijeenkomstafgelast":
		return mdt.DeedCalledOff
	}
	return mdt.DeedMeeting
}

// meetingDone writes down what was done with a meeting, and goes to its first page.
func (s *Service) meetingDone(w http.ResponseWriter, r *http.Request, v *visit, id, what string, err error) error {
	var refused *acts.Refused
	if errors.As(err, &refused) {
		return &trouble{status: http.StatusNotFound}
	}
	if err == nil {
		err = s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: meetingDeed(what), About: id})
	}
	if err != nil {
		return err
	}
	return onward(w, meetingPath(id, "")+"?gedaan="+what)
}

// standing is a field of a form that somebody else gave another value: what stands now, and what was typed.
type standing struct{ Label, Now, Typed, name string }

// chosenInWords gives what was chosen the words that it has on the page.
func chosenInWords(differs []standing, fields []look.FieldView) []standing {
	for i := range differs {
		at := slices.IndexFunc(fields, func(f look.FieldView) bool { return f.Name == differs[i].name })
		if at < 0 {
			continue
		}
		for _, o := range fields[at].Options {
			for _, value := range []*string{&differs[i].Now, &differs[i].Typed} {
				if *value != "" && *value == o.Value {
					*value = o.Label
				}
			}
		}
	}
	return differs
}

// stands are the fields in which what was typed differs from what stands by now.
func stands(sec section, now mdt.Meeting, typed map[string][]string) (out []standing) {
	stored := sec.typed(now)
	names := map[string]bool{}
	for name := range stored {
		names[name] = true
	}
	for name := range typed {
		names[name] = true
	}
	for name := range names {
		if !slices.Equal(stored[name], typed[name]) {
			out = append(out, standing{sectionLabel(sec, name), shownValue(stored[name]), shownValue(typed[name]), name})
		}
	}
	slices.SortFunc(out, func(a, b standing) int { return compare(a.Label, b.Label) })
	return out
}

// planView asks whether a meeting may be stored that sends letters: how many, to whom, and each of them to be read.
type planView struct {
	Path    string
	Deed    string // what the button asks for that was pressed
	Fields  []hidden
	Groups  []look.Way // how many of each sort of people
	Total   int
	Again   bool // it was asked before, and the number is another now
	Letters []sampleView
	Readers []readersSort // whose letters can be read one by one
	Mute    string        // how many of them have no address
	CallOff bool
}

// sampleView is a letter as it would go out.
type sampleView struct{ To, Subject, Text string }

// askMeeting shows the letters first; nothing is stored.
func (s *Service) askMeeting(w http.ResponseWriter, v *visit, plan acts.Plan, path string, in *posted) error {
	n := plan.Reach.Sum()
	view := planView{Path: path, Deed: in.deed(), Total: n, Again: in.own.Has("akkoord"), Fields: append(resent(in), hidden{"akkoord", itoa(int64(n))}, hidden{askedDeed, in.deed()}), Readers: sortsOf(plan.Reach),
		CallOff: plan.News != nil && plan.News.CalledOff}
	for _, group := range []struct {
		words string
		n     int
	}{{"plek", plan.Reach.Seated}, {"aanbod", plan.Reach.Offered}, {"wachtlijst", plan.Reach.Waiting},
		{"gevraagd", plan.Reach.Asked}, {"attendering", plan.Reach.Interested}, {"voorstel", plan.Reach.Proposers}, {"nieuw", plan.Reach.Offers}} {
		if group.n > 0 {
			view.Groups = append(view.Groups, look.Way{Text: say("beheer.bevestig.groep."+group.words, "n", itoa(int64(group.n)))})
		}
	}
	if plan.Reach.Mute > 0 {
		view.Mute = say("beheer.bevestig.zonderAdres", "n", itoa(int64(plan.Reach.Mute)))
	}
	for _, letter := range s.samples(plan) {
		if subject, text, _, err := s.Letters.Show(letter); err == nil {
			view.Letters = append(view.Letters, sampleView{say("beheer.bevestig.aan." + groupOf(letter)), subject, text})
		}
	}
	return s.show(w, v, http.StatusOK, page{name: "bijeenkomstvraag", Title: say("beheer.bevestig.titel", "n", itoa(int64(n))), Section: "/console",
		Back: backToMeeting(&plan.Now), Body: view})
}

// groupOf names the people who get a letter.
func groupOf(l mdt.Letter) string {
	switch {
	case l.ToInterested():
		return "attendering"
	case l.Undecided():
		return "voorstel"
	case l.Kind == mdt.LetterOffer, l.Kind == mdt.LetterPlaced:
		return "nieuw"
	case l.Asked:
		return "gevraagd"
	case l.Waiting && l.Until != nil:
		return "aanbod"
	case l.Waiting:
		return "wachtlijst"
	}
	return "plek"
}

// samples are the letters that a plan sends, one for each group of people.
func (s *Service) samples(plan acts.Plan) (letters []mdt.Letter) {
	if plan.News != nil {
		letters = plan.Now.SampleNews(*plan.News, plan.Reach, s.Now())
	}
	if plan.Reach.Offers > 0 {
		kind := mdt.LetterOffer
		if plan.Now.Direct {
			kind = mdt.LetterPlaced
		}
		if letter, known := plan.Now.SampleLetter(kind, s.Now()); known {
			letters = append(letters, letter)
		}
	}
	return letters
}
