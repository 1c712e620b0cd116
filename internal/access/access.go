// Package access says who is in at the team's desk, and as what; and writes down what they saw, changed and took
// out. The console and the exports ask it before they show anything.
//
// The list of who may come in is the team's own, in the table. A login proves an address and nothing more.
package access

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Gate lets people in.
type Gate struct {
	Store    *store.Store
	Identity *mdt.Identity
	Now      func() time.Time
	Log      *slog.Logger

	seen seen
}

// The ways in which one is not let in.
var (
	// ErrNoSession: nobody is signed in here, the session is over, or its person was taken off the list.
	ErrNoSession = errors.New("access: no session")
	// ErrNotStaff: the address is on no list.
	ErrNotStaff = errors.New("access: not on the list")
)

// Visit is somebody who is in.
type Visit struct {
	mdt.Staff
	Session mdt.Session
	secret  string
}

// CookieName is that of the cookie that a session is known by. With this beginning a browser takes it only over
// https (or from this very machine), for this one host and for all its paths.
const CookieName = "__Host-beheer"

// Enter gives who asks, in one round trip, or ErrNoSession. It notes that the session was used, now and then.
func (g *Gate) Enter(r *http.Request) (*Visit, error) {
	secret, id, ok := held(r)
	if !ok {
		return nil, ErrNoSession
	}
	session, staff, err := g.Store.Enter(r.Context(), secret, mdt.PersonID(id))
	switch {
	case err != nil:
		return nil, err
	case !session.Holds(staff, g.Now()):
		return nil, ErrNoSession
	}
	v := &Visit{Staff: *staff, Session: *session, secret: secret}
	if g.Now().Sub(session.Seen) >= mdt.SessionNoted {
		err = g.Extend(r.Context(), v)
	}
	return v, err
}

// held is what a browser holds of a session: its secret, and whose it says to be.
func held(r *http.Request) (secret, id string, ok bool) {
	cookie, err := r.Cookie(CookieName)
	if err != nil {
		return "", "", false
	}
	secret, id, ok = strings.Cut(cookie.Value, ".")
	return secret, id, ok && secret != "" && id != "" && len(cookie.Value) <= 200
}

// Extend notes that a session was used now.
func (g *Gate) Extend(ctx context.Context, v *Visit) error {
	v.Session.Seen = g.Now()
	return g.Store.SessionSeen(ctx, v.secret, v.Session.Seen)
}

// Open begins a session for whoever proved to have an address, and gives its cookie; ErrNotStaff where the address
// is on no list.
func (g *Gate) Open(ctx context.Context, email string) (*http.Cookie, error) {
	address, code := mdt.ParseAddress(email)
	if code != "" {
		return nil, ErrNotStaff
	}
	staff, err := g.Store.StaffMember(ctx, g.Identity.Person(address))
	if err != nil {
		return nil, err
	}
	if staff == nil {
		return nil, ErrNotStaff
	}
	secret, now := rand.Text()+rand.Text(), g.Now()
	if err := g.Store.OpenSession(ctx, secret, mdt.Session{Staff: staff.ID, Begun: now, Seen: now}); err != nil {
		return nil, err
	}
	v := &Visit{Staff: *staff}
	if err := g.Note(ctx, v, mdt.LogLine{What: mdt.DeedSignIn}); err != nil {
		return nil, err
	}
	return cookie(secret+"."+string(staff.ID), int(mdt.SessionMost/time.Second)), nil
}

// Close ends this session, and gives the cookie that takes the browser's away.
func (g *Gate) Close(ctx context.Context, v *Visit) (*http.Cookie, error) {
	return cookie("", -1), g.Store.CloseSession(ctx, v.secret)
}

// Replaced ends the session that a browser held until it got another: nobody could sign out of it any more.
func (g *Gate) Replaced(r *http.Request) error {
	secret, _, ok := held(r)
	if !ok {
		return nil
	}
	return g.Store.CloseSession(r.Context(), secret)
}

// CloseAll ends every session of somebody that began before now.
func (g *Gate) CloseAll(ctx context.Context, id mdt.PersonID) error {
	return g.Store.EndSessions(ctx, id, g.Now())
}

// Note writes down what somebody did, before it is shown that it was done.
func (g *Gate) Note(ctx context.Context, v *Visit, line mdt.LogLine) error {
	line.At, line.By, line.Name, line.Role = g.Now(), v.ID, v.Name, v.Role
	return g.Store.Log(ctx, line)
}

// NoteList writes down, once a day, that somebody opened a list of many: the name of the list, and of which meeting it is
// (empty: of none).
func (g *Gate) NoteList(ctx context.Context, v *Visit, name, meeting string) error {
	day, l := mdt.DateOf(g.Now()), list{v.ID, name, meeting}
	if g.seen.has(day, l) {
		return nil
	}
	err := g.Note(ctx, v, mdt.LogLine{What: mdt.DeedSeen, About: name, Meeting: meeting})
	if err == nil {
		g.seen.add(day, l)
	}
	return err
}

// cookie is one that scripts do not see, and that other sites' forms do not send.
func cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: CookieName, Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}
