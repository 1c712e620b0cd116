// Package console is the team's desk: server-rendered pages, in Dutch, for whoever is on the team's list. They
// work without JavaScript; a small script warns before a session ends.
//
// Every page is a line in the table of routes, which says who may see it and who may act there. Somebody who may
// not is told so; what belongs to a region that is not theirs is for them as if it were not there.
package console

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/signin"
	"aanmeldpunt/internal/web"
)

// Service is what the pages of the desk share.
type Service struct {
	*acts.Desk
	Gate     *access.Gate
	SignIn   SignIn
	Letters  Letters
	Links    links.Keys    // that sign links to concepts, and invitations
	Site     string        // base address of the desk, without a slash at the end
	Issuers  []string      // origins that signing in and out lead to
	Patience time.Duration // how long one request may try, all its calls together; 0: as long as its caller waits
}

// SignIn proves whose address a visitor has.
type SignIn interface {
	Begin(ctx context.Context, next string) (address string, attempt signin.Attempt, err error)
	Finish(ctx context.Context, query url.Values, attempt signin.Attempt) (email string, err error)
	EndSession(ctx context.Context) string
}

// visit is one request of somebody who is in.
type visit struct {
	*access.Visit
	route *route
	ahead any // what the route's ahead found
}

// act answers a request of somebody who is in, or gives the error that fail answers. v is nil on a route of anyone.
type act func(http.ResponseWriter, *http.Request, *visit) error

// route is one path with what can be done there.
type route struct {
	pattern string
	sees    []string // the roles that may GET; nil where one need not be signed in
	does    []string // the roles that may POST
	get     act
	post    act
	// ahead, when set, reads beside the look at the session, for a page that is one round trip. It knows nothing
	// of who asks: whatever it finds is shown by get only as far as this visit may see it.
	ahead func(*http.Request) (any, error)
}

// The roles that routes are for.
var (
	everyone = mdt.Roles
	national = []string{mdt.RoleTeam, mdt.RoleReader}
	team     = []string{mdt.RoleTeam}
)

// routes are all of the desk's.
func (s *Service) routes() []route {
	return slices.Concat([]route{
		{pattern: "/console", sees: everyone, get: s.overview},
		{pattern: "/console/login", get: s.login},
		{pattern: "/console/terug", get: s.back},
		{pattern: "/console/klaar", sees: everyone, get: s.ready},
		{pattern: "/console/uit", get: s.out, post: s.signOut, does: everyone},
		{pattern: "/console/verlengen", post: s.extend, does: everyone},
		{pattern: sheet().Path, get: s.style},
		{pattern: script().path, get: s.script},
		{pattern: iconPath, get: s.icon},
	}, s.meetingRoutes(), s.sectionRoutes(), s.staffRoutes(), s.regionRoutes(), s.logRoutes(), s.entryRoutes(), s.deedRoutes(), s.proposalRoutes(), s.messageRoutes(), s.interestRoutes())
}

// Access tells who may do what where: what the matrix of all routes and roles is held against.
type Access struct {
	Pattern    string
	Sees, Does []string // roles; Sees nil beside Open: nobody
	Gets       bool
	Posts      bool
	Open       bool // one need not be signed in to GET
}

// Accesses lists them all.
func (s *Service) Accesses() []Access {
	var all []Access
	for _, r := range s.routes() {
		all = append(all, Access{Pattern: r.pattern, Sees: r.sees, Does: r.does, Gets: r.get != nil, Posts: r.post != nil, Open: r.sees == nil && r.get != nil})
	}
	return all
}

// Handler serves the whole desk, and answers 404 with a page for every other path.
func (s *Service) Handler() http.Handler {
	routes := s.routes()
	frame := web.Frame{Policy: s.policy(), Patience: s.Patience, Fail: s.fail}
	return frame.Round(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Robots-Tag", "noindex")
		for i := range routes {
			if values, ok := web.Match(routes[i].pattern, r.URL.EscapedPath()); ok && !web.TooLong(values) {
				for name, value := range values {
					r.SetPathValue(name, value)
				}
				if err := s.try(w, r, &routes[i]); err != nil {
					s.fail(w, r, err)
				}
				return
			}
		}
		s.fail(w, r, s.nowhere(r))
	}))
}

// policy is the content security policy (W3): our own stylesheet, script and letters in frames. A form may end at the
// issuer too, for it may be sent when one signs out, or is out already.
func (s *Service) policy() string {
	actions := strings.Join(append([]string{"'self'"}, s.Issuers...), " ")
	return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
		"form-action " + actions + "; base-uri 'none'; frame-ancestors 'none'"
}

// nowhere is what a path without a page is: to whoever is not in, no path tells whether it has one.
func (s *Service) nowhere(r *http.Request) error {
	if _, err := s.Gate.Enter(r); err != nil {
		return err
	}
	return &trouble{status: http.StatusNotFound}
}

// try lets the right people do what the route does.
func (s *Service) try(w http.ResponseWriter, r *http.Request, to *route) error {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if reads && to.get != nil && to.sees == nil {
		return to.get(w, r, nil)
	}
	v, err := s.enter(r, to, reads)
	if err != nil {
		return err
	}
	switch {
	case reads && to.get != nil:
		if !slices.Contains(to.sees, v.Role) {
			return &trouble{status: http.StatusForbidden}
		}
		return to.get(w, r, v)
	case to.post == nil || r.Method != http.MethodPost:
		return &trouble{status: http.StatusMethodNotAllowed, allow: to.allowed()}
	case http.NewCrossOriginProtection().Check(r) != nil:
		return &trouble{status: http.StatusForbidden, about: "herkomst"}
	case !slices.Contains(to.does, v.Role):
		return &trouble{status: http.StatusForbidden}
	}
	return to.post(w, r, v)
}

// enter looks who asks, and reads ahead what the page needs.
func (s *Service) enter(r *http.Request, to *route, reads bool) (*visit, error) {
	type found struct {
		what any
		err  error
	}
	var ahead chan found
	if to.ahead != nil && reads {
		ahead = make(chan found, 1)
		go func() {
			var f found
			f.err = web.Caught(func() (err error) { f.what, err = to.ahead(r); return err })
			ahead <- f
		}()
	}
	who, err := s.Gate.Enter(r)
	if err != nil {
		return nil, err
	}
	v := &visit{Visit: who, route: to}
	if ahead == nil {
		return v, nil
	}
	if !slices.Contains(to.sees, v.Role) { // before what was found: whether something is there is told to no one else
		return nil, &trouble{status: http.StatusForbidden}
	}
	select {
	case f := <-ahead:
		v.ahead, err = f.what, f.err
	case <-r.Context().Done():
		err = r.Context().Err()
	}
	return v, err
}

func (r *route) allowed() string {
	switch {
	case r.post == nil:
		return "GET, HEAD"
	case r.get == nil:
		return "POST"
	}
	return "GET, HEAD, POST"
}
