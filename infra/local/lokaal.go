package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post/outbox"
)

// local serves what exists on one machine only, under /lokaal, and gives everything else to the gateway.
func (d *desk) local(gateway, issuer http.Handler) http.Handler {
	get := func(h http.HandlerFunc) map[string]http.HandlerFunc {
		return map[string]http.HandlerFunc{"GET": h, "HEAD": h}
	}
	post := func(h http.HandlerFunc) map[string]http.HandlerFunc { return map[string]http.HandlerFunc{"POST": h} }
	here := map[string]map[string]http.HandlerFunc{
		"":                get(d.index),
		"/":               get(d.index),
		"/postvak":        get(d.mailbox),
		"/postvak.json":   get(d.mailbox),
		"/postvak/bounce": post(d.bounce),
		"/klok":           post(d.move),
		"/login":          post(d.login),
		"/inbouwen":       get(d.embedding),
		"/mensen.json":    get(d.people),
		"/status.json":    get(d.status),
	}
	letter := get(d.letter)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ours := strings.CutPrefix(r.URL.EscapedPath(), "/lokaal")
		if !ours || path != "" && path[0] != '/' {
			gateway.ServeHTTP(w, r)
			return
		}
		if path == "/inloggen" || strings.HasPrefix(path, "/inloggen/") {
			issuer.ServeHTTP(w, r)
			return
		}
		methods, known := here[path]
		if !known && letterID(path) != "" {
			methods, known = letter, true
		}
		serveLocal(w, r, methods, known)
	})
}

func serveLocal(w http.ResponseWriter, r *http.Request, methods map[string]http.HandlerFunc, known bool) {
	w.Header().Set("Cache-Control", "no-store")
	handle, fits := methods[r.Method]
	switch {
	case !known:
		http.Error(w, "there is nothing here: /lokaal/ lists what there is", http.StatusNotFound)
	case !fits:
		var allowed []string
		for method := range methods {
			allowed = append(allowed, method)
		}
		slices.Sort(allowed)
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		http.Error(w, "use "+strings.Join(allowed, " or "), http.StatusMethodNotAllowed)
	default:
		handle(w, r)
	}
}

// letterID is the id in /postvak/{id}.eml, or "".
func letterID(path string) string {
	id, below := strings.CutPrefix(path, "/postvak/")
	id, eml := strings.CutSuffix(id, ".eml")
	if !below || !eml {
		return ""
	}
	return id
}

// promptly is how long a look into the mailbox waits for letters that were owed when it came, so that whoever
// posts and then reads finds them. Letters that are paced come when they come.
const promptly = 2 * time.Second

func (d *desk) mailbox(w http.ResponseWriter, r *http.Request) {
	if d.options.rate == 0 {
		ctx, cancel := context.WithTimeout(r.Context(), promptly)
		defer cancel()
		d.stream.drain(ctx)
	}
	query := r.URL.Query()
	w.Header().Set("Content-Type", "application/json")
	err := d.outbox.WriteJSON(w, outbox.Filter{To: query.Get("aan"), After: query.Get("na")})
	switch {
	case errors.Is(err, outbox.ErrNoID):
		http.Error(w, "?na= takes the id of a letter", http.StatusBadRequest)
	case err != nil:
		d.log.Warn("the mailbox was not shown whole", "error", err)
		panic(http.ErrAbortHandler) // half a list must not look like a whole one
	}
}

func (d *desk) letter(w http.ResponseWriter, r *http.Request) {
	raw, err := d.outbox.Raw(letterID(strings.TrimPrefix(r.URL.EscapedPath(), "/lokaal")))
	switch {
	case errors.Is(err, outbox.ErrNoLetter):
		http.Error(w, "no such letter: take an id from /lokaal/postvak.json, with .eml behind it", http.StatusNotFound)
	case err != nil:
		http.Error(w, "the mailbox cannot be read: "+err.Error(), http.StatusServiceUnavailable)
	default:
		w.Header().Set("Content-Type", "message/rfc822")
		_, _ = w.Write(raw) // a reader who is gone sees nothing
	}
}

// read takes a small JSON body, of whatever type it says it is: curl -d calls it a form.
func read(w http.ResponseWriter, r *http.Request, into any, want string) bool {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16))
	if err := decoder.Decode(into); err != nil || decoder.More() {
		refuse(w, want, "")
		return false
	}
	return true
}

func refuse(w http.ResponseWriter, want, why string) {
	http.Error(w, "send JSON like "+want+why, http.StatusBadRequest)
}

func show(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value) // a reader who is gone sees nothing
}

func (d *desk) bounce(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Email string `json:"email"`
		Kind  string `json:"soort"`
	}
	const want = `{"email": "iemand@gast.example", "soort": "bounce"} (or "complaint")`
	if !read(w, r, &ask, want) {
		return
	}
	if _, fault := mdt.ParseAddress(ask.Email); fault != "" {
		refuse(w, want, ": email is no mail address")
		return
	}
	switch err := d.outbox.Bounce(ask.Email, ask.Kind); {
	case errors.Is(err, outbox.ErrKind):
		refuse(w, want, "")
	case err != nil || d.outbox.Settle(r.Context()) != nil:
		http.Error(w, "the mailbox does not take it: look at what the server logs", http.StatusServiceUnavailable)
	default:
		show(w, map[string]string{"email": ask.Email, "soort": ask.Kind})
	}
}

func (d *desk) move(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Forward string `json:"vooruit"`
	}
	const want = `{"vooruit": "26h"}`
	if !read(w, r, &ask, want) {
		return
	}
	by, err := time.ParseDuration(ask.Forward)
	if err != nil || by < 0 {
		refuse(w, want, ": a Go duration, not below 0")
		return
	}
	switch err := d.forward(by); {
	case errors.Is(err, errTooFar):
		refuse(w, want, ": "+err.Error())
	case err != nil:
		http.Error(w, fmt.Sprintf("the clock was moved, but not everything that fell due was done: %v", err), http.StatusInternalServerError)
	default:
		show(w, map[string]any{"now": d.clock.Now()})
	}
}

func (d *desk) people(w http.ResponseWriter, _ *http.Request) { show(w, d.network.People) }

func (d *desk) status(w http.ResponseWriter, r *http.Request) {
	counts, err := d.store.CountLetters(r.Context())
	next, errNext := d.nextDue(r.Context())
	if err := errors.Join(err, errNext); err != nil {
		http.Error(w, "the store does not answer: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	show(w, map[string]any{"now": d.clock.Now(), "brieven": counts, "volgende": next})
}
