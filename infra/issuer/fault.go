package issuer

import "time"

// Fault is something wrong with the tokens of an issuer: what a client must not be taken in by.
type Fault string

// The faults.
const (
	None              Fault = ""
	WrongNonce        Fault = "another nonce"
	NoNonce           Fault = "no nonce"
	WrongAudience     Fault = "for another client"
	TwoAudiences      Fault = "for two clients, and it does not say which"
	WrongParty        Fault = "for two clients, and the other one asked"
	WrongIssuer       Fault = "of another issuer"
	Expired           Fault = "its time is over"
	TooEarly          Fault = "its time has not come"
	Unverified        Fault = "an address that nobody verified"
	NeverVerified     Fault = "not a word about whether the address was verified"
	NoAddress         Fault = "no address"
	NoSignature       Fault = "algorithm none"
	AnotherKey        Fault = "signed with another key"
	PublicKeyAsSecret Fault = "signed with the public key as if it were a secret"
	AnotherAccess     Fault = "belongs to another access token"
	NoKeys            Fault = "the keys cannot be had"
)

// Faults are the faults of a token.
var Faults = []Fault{WrongNonce, NoNonce, WrongAudience, TwoAudiences, WrongParty, WrongIssuer, Expired, TooEarly,
	Unverified, NeverVerified, NoAddress, NoSignature, AnotherKey, PublicKeyAsSecret, AnotherAccess}

// Spoil makes every token from here on have a fault; None ends it.
func (i *Issuer) Spoil(f Fault) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.fault = f
}

func (i *Issuer) faulty(f Fault) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.fault == f
}

// spoiled makes what a token says wrong, and gives the fault that its signature must have.
func (i *Issuer) spoiled(head, claims map[string]any) Fault {
	i.mu.Lock()
	fault := i.fault
	i.mu.Unlock()
	now := i.options.Now()
	changes := map[Fault]map[string]any{
		WrongNonce:    {"nonce": "another"},
		NoNonce:       {"nonce": nil},
		WrongAudience: {"aud": "another"},
		TwoAudiences:  {"aud": []string{i.options.ClientID, "another"}},
		WrongParty:    {"aud": []string{i.options.ClientID, "another"}, "azp": "another"},
		WrongIssuer:   {"iss": "https://issuer.example"},
		Expired:       {"iat": now.Add(-2 * time.Hour).Unix(), "exp": now.Add(-time.Second).Unix()},
		TooEarly:      {"nbf": now.Add(time.Hour).Unix()},
		Unverified:    {"email_verified": false},
		NeverVerified: {"email_verified": nil},
		NoAddress:     {"email": nil},
		AnotherAccess: {"at_hash": encode(make([]byte, 16))},
	}
	for name, value := range changes[fault] {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	head["alg"] = map[Fault]string{None: "ES256", NoSignature: "none", PublicKeyAsSecret: "HS256"}[algorithmOf(fault)]
	return fault
}

func algorithmOf(fault Fault) Fault {
	if fault == NoSignature || fault == PublicKeyAsSecret {
		return fault
	}
	return None
}
