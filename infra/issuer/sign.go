package issuer

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// tokenLife is how long a token may be taken for true.
const tokenLife = 5 * time.Minute

// idToken says who came, to whom it is said, and when.
func (i *Issuer) idToken(g grant, access string) string {
	now := i.options.Now()
	subject, bound := sha256.Sum256([]byte(strings.ToLower(g.email))), sha256.Sum256([]byte(access))
	head := map[string]any{"alg": "ES256", "kid": i.keyID, "typ": "JWT"}
	claims := map[string]any{
		"iss": i.options.Base, "aud": i.options.ClientID, "sub": encode(subject[:16]), "nonce": g.nonce,
		"iat": now.Unix(), "auth_time": now.Unix(), "exp": now.Add(tokenLife).Unix(),
		"at_hash": encode(bound[:16]), "email": g.email, "email_verified": true,
	}
	return i.signed(i.spoiled(head, claims), head, claims)
}

// signed makes a JSON Web Token, with the signature that a fault wants.
func (i *Issuer) signed(fault Fault, head, claims map[string]any) string {
	body := encodeJSON(head) + "." + encodeJSON(claims)
	sum := sha256.Sum256([]byte(body))
	key := i.key
	switch fault {
	case NoSignature:
		return body + "."
	case PublicKeyAsSecret:
		public, _ := i.key.PublicKey.Bytes() // a key that we made
		mac := hmac.New(sha256.New, public)
		mac.Write([]byte(body))
		return body + "." + encode(mac.Sum(nil))
	case AnotherKey:
		key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader) // never fails for this curve (Go 1.24)
	}
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		panic(err) // a sum of 32 bytes and a key that we made
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return body + "." + encode(signature)
}

// keys gives the public key (RFC 7517).
func (i *Issuer) keys(w http.ResponseWriter, _ *http.Request) {
	point, err := i.key.PublicKey.Bytes() // 4, x, y
	if err != nil || i.faulty(NoKeys) {
		http.Error(w, "no keys", http.StatusServiceUnavailable)
		return
	}
	show(w, http.StatusOK, map[string]any{"keys": []map[string]any{{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
		"kid": i.keyID, "x": encode(point[1:33]), "y": encode(point[33:])}}})
}

func encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func encodeJSON(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err) // maps of texts and numbers
	}
	return encode(raw)
}
