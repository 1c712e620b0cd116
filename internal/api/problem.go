package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// problem is an error answer (RFC 9457). Code names what is wrong for programs, Detail for people; Errors
// lists every fault of an input at once.
type problem struct {
	Type    string  `json:"type"`
	Title   string  `json:"title"`
	Status  int     `json:"status"`
	Detail  string  `json:"detail"`
	Code    string  `json:"code,omitempty"`
	Pointer string  `json:"pointer,omitempty"`
	Errors  []fault `json:"errors,omitempty"`

	retryAfter time.Duration
}

type fault struct {
	In      string `json:"in"`
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

func (p *problem) Error() string { return p.Code }

// titles are the short names of the problems, by status.
var titles = map[int]string{
	http.StatusBadRequest:            "Niet goed ingevuld",
	http.StatusNotFound:              "Niet gevonden",
	http.StatusMethodNotAllowed:      "Dat kan hier niet",
	http.StatusConflict:              "Dat kan nu niet",
	http.StatusRequestEntityTooLarge: "Te groot",
	http.StatusUnsupportedMediaType:  "Soort niet bekend",
	http.StatusUnprocessableEntity:   "Al eerder verstuurd",
	http.StatusTooManyRequests:       "Te vaak",
	http.StatusInternalServerError:   "Storing",
	http.StatusServiceUnavailable:    "Even niet bereikbaar",
}

func newProblem(status int, code string, args map[string]string) *problem {
	return &problem{Type: "urn:aanmeldpunt:" + code, Title: titles[status], Status: status, Code: code,
		Detail: content.Fault(code, args)}
}

func notFound(code string) *problem { return newProblem(http.StatusNotFound, code, nil) }

func methodNotAllowed() *problem {
	return newProblem(http.StatusMethodNotAllowed, "methode.onbekend", nil)
}

// invalid is the 400 that carries all faults: of the body, or of the header that a pointer names.
func invalid(faults []mdt.Fault) *problem {
	p := newProblem(http.StatusBadRequest, "invoer", nil)
	for _, f := range faults {
		in := "header"
		if strings.HasPrefix(f.Pointer, "#") {
			in = "body"
		}
		p.Errors = append(p.Errors, fault{in, f.Pointer, f.Code, content.Fault(f.Code, f.Args)})
	}
	return p
}

// conflict is the 409 of a refusal.
func (s *Service) conflict(r *mdt.Refusal) *problem {
	args := map[string]string{"teammail": s.Team.Email}
	for name, value := range r.Args {
		args[name] = value
	}
	if id, ok := args["bijeenkomst"]; ok {
		args["link"] = s.page(id, args["pagina"])
	}
	p := newProblem(http.StatusConflict, r.Code, args)
	p.Pointer = r.Pointer
	return p
}

// tooOften is the 429 of a network that posts more than it may.
func tooOften(t *acts.TooOften) *problem {
	p := newProblem(http.StatusTooManyRequests, "teVaak", map[string]string{"n": strconv.Itoa(t.Minutes())})
	p.retryAfter = t.After
	return p
}

// problemOf is the one table from errors to answers. What is not in it is a fault of ours: no cause is shown.
func (s *Service) problemOf(err error) *problem {
	var known *problem
	var unread *forms.Unread
	var refused *acts.Refused
	var often *acts.TooOften
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &refused):
		return s.conflict(refused.Refusal)
	case errors.As(err, &often):
		return tooOften(often)
	case errors.Is(err, acts.ErrKeyUsed):
		return keyUsedOtherwise()
	case errors.As(err, &unread):
		p := newProblem(unread.Status, unread.Code, map[string]string{"teammail": s.Team.Email})
		if len(unread.Faults) > 0 {
			p.Errors = invalid(unread.Faults).Errors
		}
		return p
	case store.Passes(err):
		p := newProblem(http.StatusServiceUnavailable, "storing", map[string]string{"teammail": s.Team.Email})
		p.retryAfter = web.Soon
		return p
	}
	return newProblem(http.StatusInternalServerError, "storing", map[string]string{"teammail": s.Team.Email})
}

// fail answers with the problem that an error is, and logs what is ours to mend.
func (s *Service) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "status", p.Status, "error", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	web.Later(h, p.retryAfter)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a caller that is gone hears nothing
}

// answer writes a JSON answer.
func answer(w http.ResponseWriter, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // a caller that is gone hears nothing
	return nil
}
