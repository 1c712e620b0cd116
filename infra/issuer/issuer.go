// Package issuer is a small OpenID Connect issuer for one machine: whoever asks to sign in is shown a page on
// which they say who they are. Everything else is as at a real one: a document, keys, codes that are good for
// one use and five minutes, PKCE, signed tokens. It checks nobody's password: no Lambda function holds it.
package issuer

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Person is somebody who may say "that is me".
type Person struct {
	Name  string
	Email string
	As    string // what they are, in the page's words; may be empty
}

// Options are what an issuer has to know.
type Options struct {
	Base      string   // its address, without a slash at its end: the issuer that its tokens name
	ClientID  string   // who may ask
	Secret    string   // empty: a public client
	Redirects []string // where it may send visitors back to
	SignedOut []string // where it may send those who signed out
	People    func() []Person
	Now       func() time.Time
}

// Issuer answers below Options.Base.
type Issuer struct {
	options Options
	path    string // of Base
	key     *ecdsa.PrivateKey
	keyID   string
	routes  *http.ServeMux

	mu    sync.Mutex
	codes map[string]grant
	fault Fault
}

// New makes an issuer with a key of its own, which it keeps for as long as it lives.
func New(o Options) (*Issuer, error) {
	base, err := url.Parse(o.Base)
	if err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	i := &Issuer{options: o, path: base.Path, key: key, keyID: rand.Text(), codes: map[string]grant{}, routes: http.NewServeMux()}
	for route, serve := range map[string]http.HandlerFunc{
		"GET /.well-known/openid-configuration": i.document,
		"GET /sleutels.json":                    i.keys,
		"GET /wie":                              i.ask,
		"POST /wie":                             i.answered,
		"POST /token":                           i.token,
		"GET /uit":                              i.signOut,
	} {
		i.routes.HandleFunc(route, serve)
	}
	return i, nil
}

func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.StripPrefix(i.path, i.routes).ServeHTTP(w, r)
}

// document is what OpenID Connect Discovery asks for.
func (i *Issuer) document(w http.ResponseWriter, _ *http.Request) {
	methods := []string{"none"}
	if i.options.Secret != "" {
		methods = []string{"client_secret_basic", "client_secret_post"}
	}
	show(w, http.StatusOK, map[string]any{
		"issuer": i.options.Base, "authorization_endpoint": i.options.Base + "/wie", "token_endpoint": i.options.Base + "/token",
		"jwks_uri": i.options.Base + "/sleutels.json", "end_session_endpoint": i.options.Base + "/uit",
		"response_types_supported": []string{"code"}, "grant_types_supported": []string{"authorization_code"},
		"subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"ES256"},
		"scopes_supported": []string{"openid", "email"}, "claims_supported": []string{"sub", "email", "email_verified"},
		"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": methods,
		"authorization_response_iss_parameter_supported": true,
	})
}

// signOut has nobody to forget, for it asks each time; it sends on whom a client of ours sent.
func (i *Issuer) signOut(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	to := query.Get("post_logout_redirect_uri")
	if to == "" || query.Get("client_id") != i.options.ClientID || !slices.Contains(i.options.SignedOut, to) {
		i.page(w, http.StatusOK, "", page{SignedOut: true})
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// knows says whether whoever asks for a token is the client.
func (i *Issuer) knows(id, secret string) bool {
	return id == i.options.ClientID && subtle.ConstantTimeCompare([]byte(secret), []byte(i.options.Secret)) == 1
}
