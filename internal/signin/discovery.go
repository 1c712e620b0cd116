package signin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// discovery is what is known of the issuer.
type discovery struct {
	once  sync.Once
	asks  chan struct{} // holds one: whoever has it asks
	known *provider
}

// provider is an issuer as its document describes it.
type provider struct {
	*oidc.Provider
	keys       *oidc.RemoteKeySet
	style      oauth2.AuthStyle // how it wants to see the secret
	endSession *url.URL         // nil where it has none
}

// document is what go-oidc does not read of an issuer's document.
type document struct {
	Keys        string   `json:"jwks_uri"`
	EndSession  string   `json:"end_session_endpoint"`
	AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
}

// discover gives the issuer, which is asked about itself until it has answered once. Who comes meanwhile waits for that answer.
func (c *Client) discover(ctx context.Context) (*provider, error) {
	c.found.once.Do(func() { c.found.asks = make(chan struct{}, 1) })
	select {
	case c.found.asks <- struct{}{}:
		defer func() { <-c.found.asks }()
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: nobody waited for it", ErrIssuer)
	}
	if c.found.known != nil {
		return c.found.known, nil
	}
	p, err := c.ask(ctx)
	if err != nil {
		return nil, err
	}
	c.found.known = p
	return p, nil
}

func (c *Client) ask(ctx context.Context) (*provider, error) {
	found, err := oidc.NewProvider(c.with(ctx), c.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: its document cannot be had, or names another issuer", ErrIssuer)
	}
	var said document
	if err := found.Claims(&said); err != nil {
		return nil, fmt.Errorf("%w: its document cannot be read", ErrIssuer)
	}
	for _, address := range []string{found.Endpoint().AuthURL, found.Endpoint().TokenURL, said.Keys} {
		if !c.asSafe(address) {
			return nil, fmt.Errorf("%w: its document names no address, or one that is not as safe as its own", ErrIssuer)
		}
	}
	p := &provider{Provider: found, keys: oidc.NewRemoteKeySet(c.with(context.Background()), said.Keys), style: c.style(said.AuthMethods)}
	if c.asSafe(said.EndSession) {
		p.endSession, _ = url.Parse(said.EndSession) // it was parsed a line ago
	}
	return p, nil
}

// asSafe says whether an address that the issuer names is one to send visitors or secrets to: with TLS, as the issuer itself.
func (c *Client) asSafe(address string) bool {
	named, err := url.Parse(address)
	own, errOwn := url.Parse(c.Issuer)
	return err == nil && errOwn == nil && named.Host != "" && (named.Scheme == "https" || named.Scheme == own.Scheme)
}

// style says how the secret goes along. It is not found out by trying: a code is good for one try.
func (c *Client) style(methods []string) oauth2.AuthStyle {
	basic := len(methods) == 0 || slices.Contains(methods, "client_secret_basic")
	if c.Secret != "" && basic {
		return oauth2.AuthStyleInHeader
	}
	return oauth2.AuthStyleInParams
}

func (c *Client) config(p *provider) *oauth2.Config {
	endpoint := p.Endpoint()
	endpoint.AuthStyle = p.style
	return &oauth2.Config{ClientID: c.ID, ClientSecret: c.Secret, RedirectURL: c.Redirect, Endpoint: endpoint,
		Scopes: []string{oidc.ScopeOpenID, oidc.ScopeEmail}}
}

// with gives a context in which both libraries use our HTTP client.
func (c *Client) with(ctx context.Context) context.Context {
	client := c.HTTP
	if client == nil {
		client = &http.Client{Timeout: patience}
	}
	return oidc.ClientContext(ctx, client)
}
