package pages

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/links"
)

// The names of what a form hides, beside the key and the trap that every form of the API has too.
const (
	momentField = "moment"
	returnField = "terugNaar"
)

// quick is how soon after it was shown no person has filled in a form: autofill and some aids have, so they
// are asked whether it is right, and nothing is dropped.
const quick = 2 * time.Second

// momentKept is how long a moment is known again.
const momentKept = 24 * time.Hour

// moment signs when the form of a path is shown, to the millisecond.
func (s *Service) moment(path string) string {
	now := s.Now()
	return s.Links.Sign(links.Link{Purpose: links.Form, Entry: links.Entry(strconv.FormatInt(now.UnixMilli(), 10), path),
		Issued: now, Expires: now.Add(momentKept)})
}

// tooQuick says whether our own form of that path came back sooner than a person fills one in. A form without
// a moment is a website's, or one that is shown again.
func (s *Service) tooQuick(path, moment string) bool {
	if moment == "" {
		return false
	}
	link, err := s.Links.Verify(links.Form, moment, s.Now())
	shown, of, _ := strings.Cut(link.Entry, "/")
	milli, errMilli := strconv.ParseInt(shown, 10, 64)
	return err == nil && errMilli == nil && of == path && s.Now().Sub(time.UnixMilli(milli)) < quick
}

// allowedReturn gives the address a website asks its visitor back at, or nothing where that is not on one of
// the websites we know: we send nobody elsewhere.
func (s *Service) allowedReturn(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || !slices.Contains(s.Origins, u.Scheme+"://"+u.Host) {
		return ""
	}
	return u.String()
}

// fromHere lets no other site post: a browser says where a form comes from.
func (s *Service) fromHere(r *http.Request) error {
	if r.Header.Get("Origin") == "null" || http.NewCrossOriginProtection().Check(r) != nil {
		return &trouble{status: http.StatusForbidden}
	}
	return nil
}

// fromWebsites lets the forms of the websites we know in as well, and whatever says nothing of where it comes from.
func (s *Service) fromWebsites(r *http.Request) error {
	if origin := r.Header.Get("Origin"); origin == "" || slices.Contains(s.Origins, origin) {
		return nil
	}
	return s.fromHere(r)
}
