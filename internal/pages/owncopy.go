package pages

import (
	"encoding/json"
	"net/http"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// copied is everything that we hold of a person, for a machine to read (GDPR, article 15 and 20). Names are those
// of the table and of the API.
type copied struct {
	Made    time.Time   `json:"gemaaktOp"`
	Pieces  []pieceOut  `json:"gegevens"`
	Letters []letterOut `json:"brieven"`
}

// letterOut is a letter that we sent, or are to send.
type letterOut struct {
	Why  string     `json:"waarom"`
	Sent mdt.Letter `json:"inhoud"`
}

// pieceOut is one thing that we hold, why, and when it is erased by itself.
type pieceOut struct {
	Kind    string    `json:"soort"`
	Meeting string    `json:"bijeenkomst,omitempty"`
	Why     string    `json:"waarom"`
	Until   time.Time `json:"gewistOp"`
	Holds   any       `json:"inhoud"`
}

// copy gives everything of the person to take along, whatever the link is for. A mail that was passed on must not
// open it: it takes a fresh link.
func (s *Service) copy(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if !v.fresh {
		return s.showOwn(w, r, http.StatusForbidden, v, ownShown{summary: s.summary("409", nil, say("mijn.nieuweLinkNodig"))})
	}
	letters, err := s.OwnLetters(r.Context(), v.own)
	if err != nil {
		return err
	}
	out := copied{Made: v.now.UTC(), Pieces: pieces(v.own), Letters: []letterOut{}}
	for _, letter := range letters {
		out.Letters = append(out.Letters, letterOut{say("mijn.waarom.brief"), letter})
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	w.Header().Set("Content-Disposition", `attachment; filename="gegevens.json"`)
	return look.Give(w, "application/json", string(text))
}

// pieces lists what a dossier holds. What it holds of others under their own address is not in it.
func pieces(d mdt.Dossier) (out []pieceOut) {
	add := func(kind, meeting string, until time.Time, holds any) {
		out = append(out, pieceOut{kind, meeting, say("mijn.waarom." + kind), until, holds})
	}
	for _, e := range d.Registrations {
		e.Of.BroughtBy = ""
		guests := make([]mdt.Brought, len(e.Of.Guests))
		for i, guest := range e.Of.Guests {
			guests[i].Name = guest.Name
		}
		e.Of.Guests = guests
		add(links.Registration, e.Of.Meeting, e.Expires, e.Of)
	}
	for _, e := range d.Wishes {
		add("wensen", e.Of.Meeting, e.Expires, e.Of)
	}
	for _, e := range d.Interests {
		add(links.Interest, e.Of.Meeting, e.Expires, e.Of)
	}
	for _, e := range d.Proposals {
		e.Of.Leader.Person = ""
		add(links.Proposal, e.Of.Meeting, e.Expires, e.Of)
	}
	for _, e := range d.Leading {
		e.Of.By = ""
		add(links.Leading, e.Of.Meeting, e.Expires, e.Of)
	}
	for _, e := range d.Messages {
		add(links.Message, "", e.Expires, e.Of)
	}
	for _, e := range d.Suspects {
		add("verdacht", e.Of.Meeting, e.Expires, e.Of)
	}
	if d.Address.Of.Confirmed != nil || d.Address.Of.Broken != nil || d.Address.Of.LinkLetters != nil || d.Address.Of.FreshLetters != nil {
		add("adres", "", d.Address.Expires, d.Address.Of)
	}
	return out
}
