package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"aanmeldpunt/internal/post/outbox"
)

// local serves what exists on one machine only, under /lokaal, and gives everything else to the gateway.
func (d *desk) local(gateway http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /lokaal/postvak", d.mailbox)
	mux.HandleFunc("GET /lokaal/postvak.json", d.mailbox)
	mux.HandleFunc("GET /lokaal/postvak/{letter}", d.letter)
	mux.HandleFunc("POST /lokaal/postvak/bounce", d.bounce)
	mux.HandleFunc("POST /lokaal/klok", d.move)
	mux.HandleFunc("GET /lokaal/mensen.json", d.people)
	mux.HandleFunc("GET /lokaal/status.json", d.status)
	mux.HandleFunc("GET /lokaal/{$}", d.index)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/lokaal/") {
			w.Header().Set("Cache-Control", "no-store")
			mux.ServeHTTP(w, r)
			return
		}
		gateway.ServeHTTP(w, r)
	})
}

func (d *desk) mailbox(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	w.Header().Set("Content-Type", "application/json")
	err := d.outbox.WriteJSON(w, outbox.Filter{To: query.Get("aan"), After: query.Get("na")})
	if err != nil {
		http.Error(w, "?na= takes the id of a letter: "+err.Error(), http.StatusBadRequest)
	}
}

func (d *desk) letter(w http.ResponseWriter, r *http.Request) {
	id, ok := strings.CutSuffix(r.PathValue("letter"), ".eml")
	raw, err := d.outbox.Raw(id)
	if !ok || errors.Is(err, outbox.ErrNoLetter) || err != nil {
		http.Error(w, "no such letter: take an id from /lokaal/postvak.json, with .eml behind it", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "message/rfc822")
	_, _ = w.Write(raw) // a reader who is gone sees nothing
}

// read takes a small JSON body.
func read(w http.ResponseWriter, r *http.Request, into any, want string) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(into); err != nil {
		http.Error(w, "send JSON like "+want, http.StatusBadRequest)
		return false
	}
	return true
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
	if err := d.outbox.Bounce(ask.Email, ask.Kind); err != nil {
		http.Error(w, "send JSON like "+want+": "+err.Error(), http.StatusBadRequest)
		return
	}
	d.outbox.Settle()
	show(w, map[string]string{"email": ask.Email, "soort": ask.Kind})
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
		http.Error(w, "send JSON like "+want+": a Go duration, not below 0", http.StatusBadRequest)
		return
	}
	if err := d.forward(r.Context(), by); err != nil {
		http.Error(w, fmt.Sprintf("the clock was moved, but not everything that fell due was done: %v", err), http.StatusInternalServerError)
		return
	}
	show(w, map[string]any{"now": d.clock.Now().UTC()})
}

func (d *desk) people(w http.ResponseWriter, _ *http.Request) { show(w, d.network.People) }

func (d *desk) status(w http.ResponseWriter, r *http.Request) {
	status, err := d.state(r.Context())
	if err != nil {
		http.Error(w, "the store does not answer: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	show(w, status)
}
