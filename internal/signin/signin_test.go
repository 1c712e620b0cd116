package signin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/infra/issuer"
	"aanmeldpunt/internal/signin"
)

func TestSigningIn(t *testing.T) {
	t.Parallel()
	for name, secret := range map[string]string{"a public client": "", "a client with a secret": "geheim: met + en &"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, secret)
			address, attempt := w.begin("/console/bijeenkomsten/beslisdag?deel=2")
			where, _ := url.Parse(address)
			q := where.Query()
			for field, want := range map[string]string{"response_type": "code", "client_id": "console", "redirect_uri": back, "scope": "openid email",
				"state": attempt.State, "nonce": attempt.Nonce, "code_challenge_method": "S256"} {
				if q.Get(field) != want {
					t.Errorf("%s is %q, want %q", field, q.Get(field), want)
				}
			}
			if strings.Contains(address, attempt.Verifier) {
				t.Error("the verifier goes to the issuer before the code does")
			}
			kept, ok := signin.ParseAttempt(attempt.String()) // as a cookie does
			if diff := cmp.Diff(attempt, kept); !ok || diff != "" {
				t.Fatal(diff)
			}
			email, err := w.client.Finish(t.Context(), w.say(address, noor), kept)
			if err != nil || email != noor {
				t.Errorf("%q, %v", email, err)
			}
		})
	}
}

// TestEachAttemptIsItsOwn: nothing of one attempt can be guessed from another.
func TestEachAttemptIsItsOwn(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	_, one := w.begin("")
	_, two := w.begin("")
	if one.State == two.State || one.Nonce == two.Nonce || one.Verifier == two.Verifier || one.State == one.Nonce || len(one.State) < 26 || len(one.Verifier) < 43 {
		t.Errorf("%+v %+v", one, two)
	}
}

// TestWhatComesBackWrong: everything but the answer to the attempt's own question is refused.
func TestWhatComesBackWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*world, url.Values, *signin.Attempt)
		want   error
	}{
		"another state":             {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("state", "another") }, signin.ErrReturn},
		"no state":                  {func(_ *world, q url.Values, _ *signin.Attempt) { q.Del("state") }, signin.ErrReturn},
		"no state on either side":   {func(_ *world, q url.Values, a *signin.Attempt) { q.Del("state"); a.State = "" }, signin.ErrReturn},
		"another's attempt":         {func(w *world, _ url.Values, a *signin.Attempt) { _, *a = w.begin("") }, signin.ErrReturn},
		"another's verifier":        {func(w *world, _ url.Values, a *signin.Attempt) { _, b := w.begin(""); a.Verifier = b.Verifier }, signin.ErrReturn},
		"another's nonce":           {func(w *world, _ url.Values, a *signin.Attempt) { _, b := w.begin(""); a.Nonce = b.Nonce }, signin.ErrToken},
		"no nonce on our side":      {func(_ *world, _ url.Values, a *signin.Attempt) { a.Nonce = "" }, signin.ErrToken},
		"no code":                   {func(_ *world, q url.Values, _ *signin.Attempt) { q.Del("code") }, signin.ErrReturn},
		"a code of nobody":          {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("code", "geraden") }, signin.ErrReturn},
		"of another issuer":         {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("iss", "https://issuer.example") }, signin.ErrReturn},
		"the visitor went back":     {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "access_denied") }, signin.ErrRefused},
		"the issuer has a fault":    {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "server_error") }, signin.ErrIssuer},
		"it does not know us":       {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "unauthorized_client") }, signin.ErrIssuer},
		"words of others":           {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", noor) }, signin.ErrRefused},
		"a refusal of another":      {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "access_denied"); q.Del("state") }, signin.ErrReturn},
		"six minutes later":         {func(w *world, _ url.Values, _ *signin.Attempt) { w.later(6 * time.Minute) }, signin.ErrReturn},
		"the code is for elsewhere": {func(w *world, _ url.Values, _ *signin.Attempt) { w.client.Redirect = out }, signin.ErrReturn},
		"another client brings it":  {func(w *world, _ url.Values, _ *signin.Attempt) { w.client.ID = "another" }, signin.ErrIssuer},
		"the issuer fell silent":    {func(w *world, _ url.Values, _ *signin.Attempt) { w.shut(true) }, signin.ErrIssuer},
		"its keys cannot be had":    {func(w *world, _ url.Values, _ *signin.Attempt) { w.issuer.Spoil(issuer.NoKeys) }, signin.ErrIssuer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, "")
			query, attempt := w.returned()
			c.change(w, query, &attempt)
			w.refused(query, attempt, c.want)
		})
	}
}

// TestTokensThatProveNothing: the issuer itself makes what must not be believed.
func TestTokensThatProveNothing(t *testing.T) {
	t.Parallel()
	for _, fault := range issuer.Faults {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			w := open(t, "")
			w.issuer.Spoil(fault)
			query, attempt := w.returned()
			w.refused(query, attempt, signin.ErrToken)
			w.issuer.Spoil(issuer.None) // the same way without the fault is a good one
			query, attempt = w.returned()
			if email, err := w.client.Finish(t.Context(), query, attempt); err != nil || email != noor {
				t.Errorf("%q, %v", email, err)
			}
		})
	}
}

func TestACodeIsGoodForOneUse(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	query, attempt := w.returned()
	if _, err := w.client.Finish(t.Context(), query, attempt); err != nil {
		t.Fatal(err)
	}
	w.refused(query, attempt, signin.ErrReturn)
}

func TestAWrongSecret(t *testing.T) {
	t.Parallel()
	w := open(t, "het ene geheim")
	query, attempt := w.returned()
	w.client.Secret = "het andere geheim"
	w.refused(query, attempt, signin.ErrIssuer)
}
