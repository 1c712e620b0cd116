package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// exchange brings the code to the issuer and gives what it got for it.
func (c *Client) exchange(ctx context.Context, p *provider, code, verifier string) (*oauth2.Token, error) {
	token, err := c.config(p).Exchange(c.with(ctx), code, oauth2.VerifierOption(verifier))
	var answered *oauth2.RetrieveError
	switch {
	case err == nil:
		return token, nil
	case errors.As(err, &answered) && answered.ErrorCode == "invalid_grant": // used, old, or asked for by another
		return nil, fmt.Errorf("%w: the issuer does not take the code", ErrReturn)
	case errors.As(err, &answered) && answered.ErrorCode == "invalid_client":
		return nil, fmt.Errorf("%w: it does not know this client: do its settings and ours agree?", ErrIssuer)
	}
	return nil, fmt.Errorf("%w: the code cannot be changed for a token", ErrIssuer)
}

// claims are what we read of a token besides what go-oidc does.
type claims struct {
	Email      string          `json:"email"`
	Verified   json.RawMessage `json:"email_verified"` // Cognito writes "true", others true
	Authorized string          `json:"azp"`
}

// proven gives the address that a token proves. go-oidc looks at the signature (an algorithm with a public key
// only), the issuer, the audience and the end; the rest is looked at here (OpenID Connect Core, 3.1.3.7).
func (c *Client) proven(ctx context.Context, p *provider, got *oauth2.Token, nonce string) (string, error) {
	raw, ok := got.Extra("id_token").(string)
	if !ok {
		return "", fmt.Errorf("%w: there is none", ErrToken)
	}
	looked := &lookup{KeySet: p.keys}
	verifier := oidc.NewVerifier(c.Issuer, looked, &oidc.Config{ClientID: c.ID, Now: c.Now, SupportedSigningAlgs: p.algorithms()})
	token, err := verifier.Verify(c.with(ctx), raw)
	if err != nil {
		return "", looked.distrust(err)
	}
	var said claims
	if err := token.Claims(&said); err != nil {
		return "", fmt.Errorf("%w: it cannot be read", ErrToken)
	}
	switch {
	case !same(token.Nonce, nonce):
		return "", fmt.Errorf("%w: another nonce", ErrToken)
	case len(token.Audience) > 1 && said.Authorized == "", said.Authorized != "" && said.Authorized != c.ID:
		return "", fmt.Errorf("%w: made for another client", ErrToken)
	case token.AccessTokenHash != "" && token.VerifyAccessToken(got.AccessToken) != nil:
		return "", fmt.Errorf("%w: it belongs to another access token", ErrToken)
	case strings.TrimSpace(said.Email) == "":
		return "", fmt.Errorf("%w: no address", ErrToken)
	case !verified(said.Verified):
		return "", fmt.Errorf("%w: an address that nobody verified", ErrToken)
	}
	return strings.TrimSpace(said.Email), nil
}

func verified(value json.RawMessage) bool {
	return string(value) == `true` || string(value) == `"true"`
}

// algorithms are those that the issuer's document says it signs with; none is the default, RS256.
func (p *provider) algorithms() []string {
	var said struct {
		Algorithms []string `json:"id_token_signing_alg_values_supported"`
	}
	_ = p.Claims(&said) // it was read when the issuer was found
	var public []string
	for _, name := range said.Algorithms {
		switch name {
		case oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA:
			public = append(public, name)
		}
	}
	return public
}

// lookup is the issuer's keys for one token: go-oidc's error does not tell a token with a wrong signature from
// keys that could not be had.
type lookup struct {
	oidc.KeySet
	unreachable bool
}

func (l *lookup) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	payload, err := l.KeySet.VerifySignature(ctx, jwt)
	l.unreachable = err != nil && (ctx.Err() != nil || strings.HasPrefix(err.Error(), "fetching keys "))
	return payload, err
}

// distrust says why a token is not trusted, without anything that is in it.
func (l *lookup) distrust(err error) error {
	if l.unreachable {
		return fmt.Errorf("%w: its keys cannot be had", ErrIssuer)
	}
	var expired *oidc.TokenExpiredError
	if errors.As(err, &expired) {
		return fmt.Errorf("%w: its time is over", ErrToken)
	}
	for said, why := range map[string]string{"different provider": "of another issuer", "expected audience": "made for another client",
		"malformed jwt": "not signed as its issuer signs", "verify signature": "not signed by its issuer", "before the nbf": "its time has not come"} {
		if strings.Contains(err.Error(), said) {
			return fmt.Errorf("%w: %s", ErrToken, why)
		}
	}
	return fmt.Errorf("%w: it does not verify", ErrToken)
}
