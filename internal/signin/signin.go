// Package signin lets the team sign in through an OpenID Connect issuer: the authorization code flow with
// PKCE (S256), a state and a nonce. An issuer proves whose address somebody holds and nothing more: who may
// in, and as what, others decide.
package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"golang.org/x/oauth2"
)

// Why nobody was signed in. What is wrapped round these tells a log more, and holds no token, code or address:
// a visitor is shown none of it.
var (
	ErrRefused = errors.New("signin: the issuer let nobody in")                           // the visitor went back, or may not in there
	ErrReturn  = errors.New("signin: what came back is not the answer to what we asked")  // begin again
	ErrToken   = errors.New("signin: the token proves no address")                        // wrong, old, for others, or of an unverified address
	ErrIssuer  = errors.New("signin: the issuer does not answer, or not as issuers must") // later
)

// Client signs in through one issuer. What it learns of the issuer it learns at its first use, so that no start
// waits for it, and keeps; a failure is not kept.
type Client struct {
	Issuer    string // its address, as its tokens name it
	ID        string
	Secret    string // empty for a public client
	Redirect  string // where the issuer sends the visitor back to
	Logout    string // where one signs out at an issuer whose document does not say so, with all it needs; may be empty
	SignedOut string // where an issuer whose document does say it sends the visitor afterwards
	HTTP      *http.Client
	Now       func() time.Time

	found discovery
}

// patience is how long one question to the issuer may take where HTTP is not given.
const patience = 8 * time.Second

// Begin gives the address at the issuer to send a visitor to, and the attempt to remember until the visitor
// comes back. next is where in the console they are going. The error is ErrIssuer.
func (c *Client) Begin(ctx context.Context, next string) (address string, attempt Attempt, err error) {
	p, err := c.discover(ctx)
	if err != nil {
		return "", Attempt{}, err
	}
	attempt = newAttempt(next)
	return c.config(p).AuthCodeURL(attempt.State, oauth2.SetAuthURLParam("nonce", attempt.Nonce),
		oauth2.S256ChallengeOption(attempt.Verifier)), attempt, nil
}

// Finish turns what the issuer sent along with the visitor into the address that they have shown to be theirs.
// An attempt is finished once: whoever calls forgets it, however it ends.
func (c *Client) Finish(ctx context.Context, query url.Values, attempt Attempt) (email string, err error) {
	if !same(query.Get("state"), attempt.State) {
		return "", fmt.Errorf("%w: another state", ErrReturn)
	}
	if code := query.Get("error"); code != "" {
		return "", refusal(code)
	}
	if iss := query.Get("iss"); iss != "" && iss != c.Issuer { // RFC 9207: an answer meant for another client of another issuer
		return "", fmt.Errorf("%w: of another issuer", ErrReturn)
	}
	code := query.Get("code")
	if code == "" {
		return "", fmt.Errorf("%w: no code", ErrReturn)
	}
	p, err := c.discover(ctx)
	if err != nil {
		return "", err
	}
	raw, err := c.exchange(ctx, p, code, attempt.Verifier)
	if err != nil {
		return "", err
	}
	return c.proven(ctx, p, raw, attempt.Nonce)
}

// EndSession gives where to send somebody who signs out here, so that the issuer forgets them too. It is empty
// where the issuer has no such place, or does not answer: the session here is over all the same.
func (c *Client) EndSession(ctx context.Context) string {
	if c.Logout != "" {
		return c.Logout
	}
	p, err := c.discover(ctx)
	if err != nil || p.endSession == nil {
		return ""
	}
	address := *p.endSession
	query := address.Query()
	query.Set("client_id", c.ID)
	if c.SignedOut != "" {
		query.Set("post_logout_redirect_uri", c.SignedOut)
	}
	address.RawQuery = query.Encode()
	return address.String()
}

// Origins are those that signing in and out lead a browser to. Browsers hold whatever follows a form to its page's policy,
// so one with a form that can end there must allow them (form-action).
func (c *Client) Origins() (origins []string) {
	for _, address := range []string{c.Issuer, c.Logout} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			continue
		}
		if origin := u.Scheme + "://" + u.Host; !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return origins
}

// same compares what only the visitor's own browser can know; nothing is like nothing.
func same(got, want string) bool {
	return want != "" && subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1
}

// refusal reads the code of an issuer that did not let the visitor in (RFC 6749, 4.1.2.1). What an issuer writes
// besides it is not repeated.
func refusal(code string) error {
	switch code {
	case "server_error", "temporarily_unavailable":
		return fmt.Errorf("%w: %s", ErrIssuer, code)
	case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope":
		return fmt.Errorf("%w: %s: do its settings and ours agree?", ErrIssuer, code)
	case "access_denied", "login_required", "consent_required", "interaction_required":
		return fmt.Errorf("%w: %s", ErrRefused, code)
	}
	return fmt.Errorf("%w: for a reason of its own", ErrRefused)
}
