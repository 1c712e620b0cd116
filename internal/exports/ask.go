package exports

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/web"
)

// ask is which file somebody wants.
type ask struct {
	path    string
	name    string // of the list: "aanmeldingen"
	format  string // "csv" or "xlsx"
	meeting string
	part    int // from 1
	wishes  bool
	reason  string // why wishes are wanted
	gzip    bool   // whether the caller takes compressed answers
	more    bool   // whether another part follows
}

// mostAsked is the largest form, in bytes.
const mostAsked = 32 << 10

// longestReason is how much of a reason is kept, in characters.
const longestReason = 500

// asked reads a request: which file by its address, which part by ?deel=, and whether with wishes by a form, for why
// they are wanted may be told in no address.
func asked(r *http.Request) (ask, error) {
	a := ask{path: r.URL.EscapedPath(), part: 1, gzip: compressed(r.Header.Get("Accept-Encoding"))}
	if !a.addressed() {
		return a, &trouble{status: http.StatusNotFound}
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodPost:
		if http.NewCrossOriginProtection().Check(r) != nil {
			return a, &trouble{status: http.StatusForbidden, about: "herkomst"}
		}
		if err := a.form(r); err != nil {
			return a, err
		}
	default:
		return a, &trouble{status: http.StatusMethodNotAllowed, allow: "GET, HEAD, POST"}
	}
	if text := r.FormValue("deel"); text != "" {
		part, err := strconv.Atoi(text)
		if err != nil || part < 1 || part > 1_000_000 || strconv.Itoa(part) != text {
			return a, &trouble{status: http.StatusNotFound}
		}
		a.part = part
	}
	return a, nil
}

// addressed reads the address.
func (a *ask) addressed() bool {
	for _, path := range Paths {
		if values, ok := web.Match(path, a.path); ok && !web.TooLong(values) {
			a.meeting = values["bijeenkomst"]
			a.name, a.format, _ = strings.Cut(path[strings.LastIndexByte(path, '/')+1:], ".")
			return true
		}
	}
	return false
}

// form reads the form that asks for wishes too.
func (a *ask) form(r *http.Request) error {
	r.Body = http.MaxBytesReader(nil, r.Body, mostAsked)
	if err := r.ParseForm(); err != nil {
		return &trouble{status: http.StatusBadRequest}
	}
	if r.PostForm.Get("wensen") != "ja" {
		return nil
	}
	if a.name != "aanmeldingen" {
		return &trouble{status: http.StatusBadRequest}
	}
	a.wishes, a.reason = true, strings.Join(strings.Fields(r.PostForm.Get("reden")), " ")
	if a.reason == "" || !utf8.ValidString(a.reason) {
		return &trouble{status: http.StatusBadRequest, about: "reden"}
	}
	if utf8.RuneCountInString(a.reason) > longestReason {
		return &trouble{status: http.StatusBadRequest, about: "reden.lang"}
	}
	return nil
}

// compressed says whether gzip is among the encodings that a caller takes.
func compressed(accepts string) bool {
	for piece := range strings.SplitSeq(accepts, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(piece), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.") != "" || weight == ""
		}
	}
	return false
}

// placeOf names where a part begins: a file of another kind ends its parts elsewhere.
func (a ask) placeOf(part int) string {
	with := ""
	if a.wishes {
		with = "wensen"
	}
	return strings.Join([]string{a.name, a.meeting, a.format, with, strconv.Itoa(part)}, "#")
}

// errNoPlace: it is not known where this part begins.
var errNoPlace = &trouble{status: http.StatusConflict, about: "deel"}

// begin gives where the part begins. It is known when the part before it was fetched not long ago.
func (s *Service) begin(ctx context.Context, v *access.Visit, a ask) (after string, err error) {
	if a.part == 1 {
		return "", nil
	}
	after, err = s.Store.KeptPlace(ctx, v.ID, a.placeOf(a.part), s.Now())
	if err == nil && after == "" {
		err = errNoPlace
	}
	return after, err
}

// headers are those of a file: what it is, what it is called, and where the next part is.
func (a ask) headers(h http.Header, now time.Time) {
	kind := "text/csv; charset=utf-8; header=present"
	if a.format == "xlsx" {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	name := a.name + "-" + string(mdt.DateOf(now))
	if a.meeting != "" {
		name = a.name + "-" + a.meeting + "-" + string(mdt.DateOf(now))
	}
	if a.part > 1 || a.more {
		name += "-deel-" + strconv.Itoa(a.part)
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+"."+a.format+`"`)
	if a.more {
		query := url.Values{"deel": {strconv.Itoa(a.part + 1)}}
		h.Set("Link", "<"+a.path+"?"+query.Encode()+`>; rel="next"`)
	}
	h.Set("Vary", "Accept-Encoding")
}

// known are errors that are pages.
func known(err error) (t *trouble, ok bool) { return t, errors.As(err, &t) }
