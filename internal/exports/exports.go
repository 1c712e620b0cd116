// Package exports hands the team its lists as spreadsheets, CSV and XLSX: the registrations and proposals of a
// meeting, and the messages. What somebody may not see stands in none of them.
//
// A file is made whole before its first byte is sent: one that cannot be completed is not handed out half. What is
// longer than one answer carries comes in parts, each a file with the same head; and every file that was handed out
// stands in the log.
package exports

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// Service is what exports are made with.
type Service struct {
	Store    *store.Store
	Gate     *access.Gate
	Now      func() time.Time
	Log      *slog.Logger
	TeamMail string        // whom to ask where something goes wrong
	Patience time.Duration // how long one request may try; 0: as long as its caller waits

	most int // bytes of a file, for tests; 0: as many as an answer of Lambda carries
}

// Paths are the addresses of the exports, with {names} for what differs.
var Paths = []string{
	"/console/bijeenkomsten/{bijeenkomst}/aanmeldingen.csv", "/console/bijeenkomsten/{bijeenkomst}/aanmeldingen.xlsx",
	"/console/bijeenkomsten/{bijeenkomst}/voorstellen.csv", "/console/bijeenkomsten/{bijeenkomst}/voorstellen.xlsx",
	"/console/berichten.csv", "/console/berichten.xlsx",
}

// policy is the content security policy (W3): our own stylesheet on the page that says what went wrong.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Handler serves the exports, and answers 404 with a page for every other path.
func (s *Service) Handler() http.Handler {
	frame := web.Frame{Policy: policy, Patience: s.Patience, Fail: s.fail}
	return frame.Round(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "noindex")
		if err := s.serve(w, r); err != nil {
			s.fail(w, r, err)
		}
	}))
}

// serve lets whoever may have an export have it. Nobody who is not in is told whether there is one.
func (s *Service) serve(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Gate.Enter(r)
	if err != nil {
		return err
	}
	a, err := asked(r)
	if err != nil {
		return err
	}
	if a.wishes && !v.SeesWishes() {
		return &trouble{status: http.StatusForbidden}
	}
	l, err := s.list(r.Context(), v, a)
	if err != nil {
		return err
	}
	if r.Method == http.MethodHead {
		a.headers(w.Header(), s.Now())
		return nil
	}
	return s.handOut(w, r, v, a, l)
}

// handOut makes the file, writes down that it was handed out, and only then sends it.
func (s *Service) handOut(w http.ResponseWriter, r *http.Request, v *access.Visit, a ask, l list) error {
	ctx, now := r.Context(), s.Now()
	after, err := s.begin(ctx, v, a)
	if err != nil {
		return err
	}
	out, err := a.begin(l, s.room())
	if err != nil {
		return err
	}
	next, err := l.fill(ctx, after, out)
	if errors.Is(err, store.ErrInvalid) { // where the last part ended is no place any more
		return errNoPlace
	}
	if err = errors.Join(err, out.close()); err != nil {
		return err
	}
	if next != "" {
		a.more = true
		if err := s.Store.KeepPlace(ctx, v.ID, a.placeOf(a.part+1), next, now); err != nil {
			return err
		}
	}
	line := mdt.LogLine{What: mdt.DeedExported, About: a.name + "." + a.format, Meeting: a.meeting, Count: out.rows, Reason: a.reason}
	if err := s.Gate.Note(ctx, v, line); err != nil {
		return err
	}
	a.headers(w.Header(), now)
	out.headers(w.Header())
	out.send(w)
	return nil
}
