package console

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

const privacyPath = "/console/privacy"

// privacyRoutes: whom it is about is asked with a form, and stands in no address.
func (s *Service) privacyRoutes() []route {
	return []route{{pattern: privacyPath, sees: team, does: team, get: s.privacy, post: s.actForPerson}}
}

// privacyView is where one looks for somebody, and what is kept how long.
type privacyView struct {
	Form   formView
	Terms  []termRow
	Coming []comingRow
}

func (s *Service) privacy(w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.showPrivacy(w, r, v, nil, nil)
}

func (s *Service) showPrivacy(w http.ResponseWriter, r *http.Request, v *visit, typed map[string][]string, faults []mdt.Fault) error {
	coming, err := s.coming(r)
	if err != nil {
		return err
	}
	view := privacyView{Form: s.view(personForm(), typed, faults), Terms: terms(), Coming: coming}
	return s.show(w, v, statusOf(faults), page{name: "privacy", Title: say("beheer.privacy.titel"), Section: privacyPath,
		Faulty: len(faults) > 0, Done: done(r), Body: view})
}

// personSpec asks for an address, or for the reference of an entry: whom the team took down may have no address.
var personSpec = forms.Spec{{Name: "wie", Kind: forms.Line, Required: true, Max: 1000}}

func personForm() form {
	return form{name: "privacy", path: privacyPath, button: "beheer.privacy.knop.zoek", spec: personSpec,
		fields: look.Fields{}, hidden: []hidden{{"handeling", "zoeken"}}}
}

// sought is the person a form of this page is about.
type sought struct {
	*posted
	who    string // as they were asked for: an address, or a reference
	person mdt.PersonID
	holds  mdt.Dossier
}

// actForPerson does what a button says for one person: look, take a copy, ask what would be erased, erase.
func (s *Service) actForPerson(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, personSpec)
	if err != nil {
		return err
	}
	p := &sought{posted: in, who: strings.TrimSpace(in.field("wie"))}
	fault, err := s.seek(r, p)
	if err != nil {
		return err
	}
	if fault != "" {
		return s.showPrivacy(w, r, v, in.typed, []mdt.Fault{{Pointer: "#/wie", Code: fault}})
	}
	switch in.deed() {
	case "", "zoeken":
		return s.lookUp(w, r, v, p)
	case "kopie":
		return s.copyOf(w, r, v, p)
	case "wissen":
		return s.askErasing(w, r, v, p, false)
	case "wisja":
		return s.erase(w, r, v, p)
	}
	return &trouble{status: http.StatusBadRequest}
}

// seek finds who is meant, and everything of them; fault is what is wrong with what was typed.
func (s *Service) seek(r *http.Request, p *sought) (fault string, err error) {
	address, code := mdt.ParseAddress(p.who)
	reference, given := mdt.ParseReference(p.who)
	switch {
	case code == "":
		p.who, p.person = address.Mail, s.Identity.Person(address)
	case given:
		found, err := s.Store.Find(r.Context(), reference)
		if err != nil {
			return "", err
		}
		if p.who = reference; len(found) > 0 {
			p.person = found[0].Person
		}
	case p.who == "":
		return "privacy.wie.leeg", nil
	default:
		return "privacy.wie.vorm", nil
	}
	if p.person != "" {
		p.holds, err = s.Own(r.Context(), p.person)
	}
	return "", err
}

// personView is everything that is held of one person.
type personView struct {
	Path, Who    string
	Member, Role string // the line of the list of who may come in, where the person is on it
	Pieces       []pieceRow
	Letters      []letterRow
	Log          int // lines of the log
	Known        bool
}

// pieceRow is one thing that is held.
type pieceRow struct{ What, Reference, Path, Where, Why, Until string }

func (s *Service) lookUp(w http.ResponseWriter, r *http.Request, v *visit, p *sought) error {
	letters, err := s.OwnLetters(r.Context(), p.holds)
	if err != nil {
		return err
	}
	var member *mdt.Staff
	if p.person != "" {
		if member, err = s.Store.StaffMember(r.Context(), p.person); err != nil {
			return err
		}
	}
	view := personView{Path: privacyPath, Who: p.who, Log: len(p.holds.Log), Letters: s.letterRows(letters)}
	if view.Pieces, err = s.pieceRows(r, p); err != nil {
		return err
	}
	if member != nil {
		view.Member, view.Role = staffPath+"/"+url.PathEscape(string(member.ID)), say("beheer.rol."+member.Role)
	}
	view.Known = len(view.Pieces)+len(view.Letters)+view.Log > 0
	if err := s.noteLookUp(r, v, p); err != nil {
		return err
	}
	return s.show(w, v, http.StatusOK, page{name: "persoon", Title: say("beheer.privacy.persoon"), Section: privacyPath,
		Back: look.Way{Href: privacyPath, Text: say("beheer.privacy.titel")}, Body: view})
}

// noteLookUp writes down that somebody searched, and of each entry that was found that it was seen.
func (s *Service) noteLookUp(r *http.Request, v *visit, p *sought) error {
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched}); err != nil {
		return err
	}
	for _, piece := range s.piecesOf(p) {
		if piece.Reference == "" || piece.Kind == mdt.NoteLeading {
			continue
		}
		line := mdt.LogLine{What: mdt.DeedSeen, About: piece.Reference, Meeting: piece.Meeting, Subject: p.person}
		if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
			return err
		}
	}
	return nil
}

// piecesOf are the things that are held of a person, the lines of the log apart. A proposal that they lead goes by
// its own reference.
func (s *Service) piecesOf(p *sought) []mdt.CopiedPiece {
	pieces := p.holds.Copied(nil, func(kind mdt.NoteOf) string { return say("beheer.privacy.waarom." + string(kind)) }, s.Now()).Pieces
	for i, piece := range pieces {
		if led, is := piece.Holds.(mdt.Leading); is {
			pieces[i].Reference = s.Identity.Reference("voorstel", led.Proposal)
		}
	}
	return slices.DeleteFunc(pieces, func(piece mdt.CopiedPiece) bool { return piece.Kind == mdt.EntryLog })
}

func (s *Service) pieceRows(r *http.Request, p *sought) (rows []pieceRow, err error) {
	names, err := s.namesInLog(r)
	if err != nil {
		return nil, err
	}
	for _, piece := range s.piecesOf(p) {
		row := pieceRow{What: say("beheer.privacy.soort." + string(piece.Kind)), Reference: piece.Reference, Where: names.meetings[piece.Meeting],
			Why: piece.Why, Until: mdt.ShortDay(piece.Until)}
		switch piece.Kind {
		case mdt.NoteRegistration:
			row.Path = entryPath(piece.Meeting, piece.Reference)
		case mdt.NoteProposal, mdt.NoteLeading:
			row.Path = proposalPath(piece.Reference)
		case mdt.NoteMessage:
			row.Path = messagePath(piece.Reference)
		case mdt.EntrySuspect:
			row.Path = suspectsPath
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// copyOf gives everything of a person as a file, as they get it themselves with a fresh link.
func (s *Service) copyOf(w http.ResponseWriter, r *http.Request, v *visit, p *sought) error {
	letters, err := s.OwnLetters(r.Context(), p.holds)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(p.holds.Copied(letters, look.Why, s.Now()), "", "  ")
	if err != nil {
		return err
	}
	line := mdt.LogLine{What: mdt.DeedCopied}
	if !p.holds.IsEmpty() {
		line.Subject = p.person
	}
	if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="gegevens.json"`)
	return look.Give(w, "application/json", string(text))
}
