package issuer

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// codeLife is how long a code may be changed for a token.
const codeLife = 5 * time.Minute

// grant is what a code stands for: who came, and what the client has to show.
type grant struct {
	email, nonce, redirect, challenge string
	until                             time.Time
}

// grant gives a new code. Codes whose time is over go with it.
func (i *Issuer) grant(email string, asked url.Values) string {
	code, now := rand.Text(), i.options.Now()
	i.mu.Lock()
	defer i.mu.Unlock()
	for old, g := range i.codes {
		if !now.Before(g.until) {
			delete(i.codes, old)
		}
	}
	i.codes[code] = grant{email, asked.Get("nonce"), asked.Get("redirect_uri"), asked.Get("code_challenge"), now.Add(codeLife)}
	return code
}

// take gives what a code stands for, once: whoever brings it the wrong way has used it too (RFC 6749, 10.5).
func (i *Issuer) take(code string) (grant, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	g, known := i.codes[code]
	delete(i.codes, code)
	return g, known && i.options.Now().Before(g.until)
}

// token changes a code for a token.
func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := r.ParseForm(); err != nil {
		show(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
		return
	}
	id, secret := r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	if user, password, basic := r.BasicAuth(); basic { // both are escaped there (RFC 6749, 2.3.1)
		id, _ = url.QueryUnescape(user)
		secret, _ = url.QueryUnescape(password)
	}
	if !i.knows(id, secret) {
		show(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	if r.PostForm.Get("grant_type") != "authorization_code" {
		show(w, http.StatusBadRequest, map[string]any{"error": "unsupported_grant_type"})
		return
	}
	g, good := i.take(r.PostForm.Get("code"))
	if !good || g.redirect != r.PostForm.Get("redirect_uri") || g.challenge != challenge(r.PostForm.Get("code_verifier")) {
		show(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	access := rand.Text()
	show(w, http.StatusOK, map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": int(codeLife.Seconds()), "id_token": i.idToken(g, access)})
}

// challenge is what a verifier must come to (RFC 7636, S256).
func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func show(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // a reader who is gone sees nothing
}
