package pages

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// post is what came in: the fields of the table, and what a page hides beside them.
type post struct {
	values   *forms.Values
	sent     map[string][]string
	moment   string
	returnTo string
}

// takes gives the act that takes a form in. What is wrong is told in the order of the API: what cannot be read,
// too often, all faults of the fields, what the state of things forbids.
func (s *Service) takes(of func(*http.Request) (*form, error)) act {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := of(r)
		if err != nil {
			return err
		}
		in, err := s.read(r, f.spec)
		if err != nil {
			return err
		}
		if wait := s.Limited(r.RemoteAddr); wait != nil {
			return s.refused(w, r, f, in, wait)
		}
		do, faults := f.judge(in.values)
		switch {
		case len(faults) > 0:
			return s.showForm(w, r, http.StatusBadRequest, f, in.again(faults))
		case s.tooQuick(f.path, in.moment):
			return s.confirm(w, r, f, in)
		}
		return s.store(w, r, f, in, do)
	}
}

// again is the form as it came, to be shown with faults. The key stays: nothing has used it.
func (p *post) again(faults []mdt.Fault) filled {
	return filled{sent: p.sent, key: p.key(), returnTo: p.returnTo, faults: faults}
}

// key is the key that came with the form, or a new one for a form that had none.
func (p *post) key() string {
	if key := p.values.Key(); key != "" {
		return key
	}
	return rand.Text()
}

// read takes a posted form apart. A page takes plain forms alone.
func (s *Service) read(r *http.Request, spec forms.Spec) (*post, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, forms.MaxBody+1))
	if err != nil {
		return nil, unread(err)
	}
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if len(body) <= forms.MaxBody && media != "application/x-www-form-urlencoded" {
		return nil, &trouble{status: http.StatusUnsupportedMediaType}
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	values, err := forms.Read(r, spec)
	if err != nil {
		return nil, unread(err)
	}
	in := &post{values: values, sent: map[string][]string{}}
	for name, value := range values.Sent() {
		in.sent[name] = append(in.sent[name], value)
	}
	if own, err := url.ParseQuery(string(body)); err == nil {
		in.moment, in.returnTo = own.Get(momentField), s.allowedReturn(own.Get(returnField))
	}
	return in, nil
}

// unread is the page for a body that cannot be read.
func unread(err error) error {
	var unread *forms.Unread
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &unread):
		return &trouble{status: unread.Status}
	case errors.As(err, &tooLarge):
		return &trouble{status: http.StatusRequestEntityTooLarge}
	}
	return &trouble{status: http.StatusBadRequest}
}

// store does what the form asks, and leads to its receipt; what keeps it from that is told above the form.
func (s *Service) store(w http.ResponseWriter, r *http.Request, f *form, in *post, do do) error {
	stored, err := do(r.Context(), acts.Post{Key: in.values.Key(), Values: in.values.Canonical(), From: r.RemoteAddr, Trap: in.values.Trap()})
	if err != nil {
		return s.refused(w, r, f, in, err)
	}
	where := in.returnTo
	if where == "" {
		where = "/bedankt/" + s.keepReceipt(r.Context(), f, in, stored)
	}
	w.Header().Set("Location", where)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// refused shows the form again with why it was not stored.
func (s *Service) refused(w http.ResponseWriter, r *http.Request, f *form, in *post, err error) error {
	var no *acts.Refused
	var often *acts.TooOften
	again := in.again(nil)
	switch {
	case errors.As(err, &often):
		web.Later(w.Header(), often.After)
		again.summary = s.summary("429", nil, content.Fault("teVaak", map[string]string{"n": strconv.Itoa(often.Minutes())}))
		return s.showForm(w, r, http.StatusTooManyRequests, f, again)
	case errors.As(err, &no) && no.Pointer != "":
		again.faults = []mdt.Fault{{Pointer: no.Pointer, Code: no.Code, Args: no.Args}}
		return s.showForm(w, r, http.StatusConflict, f, again)
	case errors.As(err, &no):
		again.summary = s.summary("409", f.instead, refusalWords(no.Refusal, s.Team.Email))
		return s.showForm(w, r, http.StatusConflict, f, again)
	case errors.Is(err, acts.ErrKeyUsed):
		again.key = rand.Text()
		again.summary = s.summary("422", nil, content.Fault("sleutel.anders", nil))
		return s.showForm(w, r, http.StatusUnprocessableEntity, f, again)
	}
	return s.failed(w, r, f, again, err)
}

// failed tells a fault of ours above the form, so that nothing has to be typed again.
func (s *Service) failed(w http.ResponseWriter, r *http.Request, f *form, again filled, err error) error {
	t := troubleOf(err)
	s.Log.ErrorContext(r.Context(), "form not stored", "form", f.name, "status", t.status, "error", err)
	web.Later(w.Header(), t.retry)
	again.summary = s.summary(strconv.Itoa(t.status), nil, content.Fault("storing", map[string]string{"teammail": s.Team.Email}))
	return s.showForm(w, r, t.status, f, again)
}

// summary stands above a form with what is no fault of a field.
func (s *Service) summary(status string, ways []look.Way, text string) *look.Summary {
	return &look.Summary{Title: say("storing." + status + ".titel"), Faults: []look.Way{{Text: text}}, Ways: ways}
}

// keepReceipt keeps what was sent to be read back, and gives the name of that. The same key gives the same
// name: whoever presses twice comes out at one page. A receipt that cannot be kept is none to be refused for.
func (s *Service) keepReceipt(ctx context.Context, f *form, in *post, stored done) string {
	seed := ""
	if key := in.values.Key(); key != "" {
		seed = s.Identity.Digest("bon", f.path, string(s.Identity.Person(stored.Email)), key)
	}
	content, err := receiptOf(f, in, stored).encode()
	if err != nil {
		s.Log.ErrorContext(ctx, "receipt not made", "error", err)
	}
	name, err := s.Store.KeepReceipt(ctx, seed, content, s.Now())
	if err != nil && !errors.Is(err, store.ErrUnknown) {
		s.Log.WarnContext(ctx, "receipt not kept", "error", err)
	}
	return name
}
