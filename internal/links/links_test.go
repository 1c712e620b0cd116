package links

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2027, 1, 20, 12, 0, 0, 0, time.UTC)

func secret(b byte) string {
	return base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(rune('a'+b)), 32)))
}

func keys(t testing.TB, text string) Keys {
	t.Helper()
	k, err := ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func example() Link {
	return Link{Purpose: Own, Person: "mfzwizltmfqtgmrsgeztcnbzgi", Entry: Entry(Registration, "beslisdag-2027"),
		Issued: now.Add(-time.Minute), Expires: now.Add(time.Hour)}
}

func TestALinkSaysWhatWasSigned(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	link := example()
	token := k.Sign(link)
	got, err := k.Verify(Own, token, now)
	if err != nil || !cmp.Equal(got, link) {
		t.Errorf("Verify = %+v, %v; want %+v", got, err, link)
	}
	if len(token) > 160 || strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Errorf("token %q is long, or not fit for a path", token)
	}
}

func TestOneBitChangedAnywhereBreaksALink(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	raw, err := base64.RawURLEncoding.DecodeString(k.Sign(example()))
	if err != nil {
		t.Fatal(err)
	}
	for bit := range len(raw) * 8 {
		raw[bit/8] ^= 1 << (bit % 8)
		token := base64.RawURLEncoding.EncodeToString(raw)
		if _, err := k.Verify(Own, token, now); err != ErrBroken {
			t.Errorf("bit %d changed: %v, want ErrBroken", bit, err)
		}
		raw[bit/8] ^= 1 << (bit % 8)
	}
	if _, err := k.Verify(Own, base64.RawURLEncoding.EncodeToString(raw), now); err != nil {
		t.Errorf("with every bit back: %v", err)
	}
}

func TestATokenHasOneSpelling(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	for entry := range 3 { // one of three lengths in a row leaves four spare bits, one leaves two
		link := example()
		link.Entry += strings.Repeat("x", entry)
		token := k.Sign(link)
		others := []string{token + "=", token + "==", token + "\n", token[:10] + "\r\n" + token[10:], " " + token, token + "A",
			token[:len(token)-1], strings.ToUpper(token), "", "."}
		for _, last := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/" {
			if other := token[:len(token)-1] + string(last); other != token {
				others = append(others, other)
			}
		}
		for _, other := range others {
			if _, err := k.Verify(Own, other, now); err != ErrBroken {
				t.Errorf("%q for %q: %v, want ErrBroken", other, token, err)
			}
		}
	}
}

func TestALinkIsForOnePurposeAndOneEntry(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	token := k.Sign(example())
	for _, purpose := range []Purpose{Fresh, Unsubscribe, Form, "opvolging", "", "mijn/"} {
		if link, err := k.Verify(purpose, token, now); err != ErrBroken || link != (Link{}) {
			t.Errorf("for %q: %+v, %v; want nothing and ErrBroken", purpose, link, err)
		}
	}
	other := example()
	other.Entry = Entry(Registration, "netwerkdag-2027")
	grafted := graft(t, token, k.Sign(other))
	if _, err := k.Verify(Own, grafted, now); err != ErrBroken {
		t.Errorf("the entry of one link with the signature of another: %v, want ErrBroken", err)
	}
}

// graft puts the signature of one token under the body of another.
func graft(t *testing.T, signature, body string) string {
	t.Helper()
	from, err1 := base64.RawURLEncoding.DecodeString(signature)
	to, err2 := base64.RawURLEncoding.DecodeString(body)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	copy(to[len(to)-macSize:], from[len(from)-macSize:])
	return base64.RawURLEncoding.EncodeToString(to)
}

func TestTextsCannotMoveFromOneFieldToTheNext(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	a := k.Sign(Link{Purpose: Own, Person: "ab", Entry: "c", Expires: now.Add(time.Hour)})
	b := k.Sign(Link{Purpose: Own, Person: "a", Entry: "bc", Expires: now.Add(time.Hour)})
	if _, err := k.Verify(Own, graft(t, a, b), now); err != ErrBroken {
		t.Errorf("moved a letter from person to entry: %v, want ErrBroken", err)
	}
}

func TestMomentsOfALinkAreWholeSeconds(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	link := example()
	link.Issued, link.Expires = link.Issued.Add(999*time.Millisecond), link.Expires.Add(time.Millisecond)
	got, err := k.Verify(Own, k.Sign(link), now)
	if err != nil || !cmp.Equal(got, example()) {
		t.Errorf("Verify = %+v, %v; want %+v", got, err, example())
	}
}

func TestAFreshLinkStandsWhereOnesOwnDoes(t *testing.T) {
	for purpose, want := range map[Purpose]string{Own: "mijn", Fresh: "mijn", Unsubscribe: "afmelden", Form: "formulier"} {
		if got := purpose.Path(); got != want {
			t.Errorf("%q stands under %q, want %q", purpose, got, want)
		}
	}
	k := keys(t, "k1:"+secret(0))
	if _, err := k.Verify(Fresh, k.Sign(example()), now); err != ErrBroken {
		t.Errorf("one's own link taken for a fresh one: %v, want ErrBroken", err)
	}
}

func TestALinkEndsAtItsMoment(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	link := example()
	token := k.Sign(link)
	if _, err := k.Verify(Own, token, link.Expires.Add(-time.Second)); err != nil {
		t.Errorf("a second before: %v", err)
	}
	for _, late := range []time.Duration{0, time.Second, 1000 * time.Hour} {
		got, err := k.Verify(Own, token, link.Expires.Add(late))
		if err != ErrExpired || !cmp.Equal(got, link) {
			t.Errorf("%v after the end: %+v, %v; want ErrExpired and the link", late, got, err)
		}
	}
	if _, err := k.Verify(Unsubscribe, token, link.Expires.Add(time.Second)); err != ErrBroken {
		t.Errorf("expired and for another purpose: %v, want ErrBroken", err)
	}
}

func TestKeysOverlapWhenTheyRotate(t *testing.T) {
	before, during := keys(t, "oud:"+secret(0)), keys(t, "nieuw:"+secret(1)+",oud:"+secret(0))
	after := keys(t, "nieuw:"+secret(1))
	old, fresh := before.Sign(example()), during.Sign(example())
	cases := []struct {
		name  string
		keys  Keys
		token string
		want  error
	}{
		{"old key in the overlap", during, old, nil},
		{"new key in the overlap", during, fresh, nil},
		{"new key after it", after, fresh, nil},
		{"old key after it", after, old, ErrBroken},
		{"unknown key", before, fresh, ErrBroken},
		{"same id, other secret", keys(t, "oud:"+secret(2)), old, ErrBroken},
	}
	for _, c := range cases {
		if _, err := c.keys.Verify(Own, c.token, now); err != c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestATokenCannotChooseHowItIsRead(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(`{"purpose":"mijn","person":"x","exp":9999999999}`)) + "."
	unsigned := base64.RawURLEncoding.EncodeToString(encode("k1", example()))
	zeroes := base64.RawURLEncoding.EncodeToString(append(encode("k1", example()), make([]byte, macSize)...))
	noKey := base64.RawURLEncoding.EncodeToString(append(encode("", example()), make([]byte, macSize)...))
	versionZero := encode("k1", example())
	versionZero[0] = 0
	signed := base64.RawURLEncoding.EncodeToString(append(versionZero, k.keys[0].mac(versionZero)...))
	for _, token := range []string{none, unsigned, zeroes, noKey, signed} {
		if _, err := k.Verify(Own, token, now); err != ErrBroken {
			t.Errorf("%q: %v, want ErrBroken", token, err)
		}
	}
}

func TestZeroKeysVerifyNothing(t *testing.T) {
	if _, err := (Keys{}).Verify(Own, keys(t, "k1:"+secret(0)).Sign(example()), now); err != ErrBroken {
		t.Errorf("%v, want ErrBroken", err)
	}
}

func TestWrongKeysAreNamedAndNotShown(t *testing.T) {
	short := base64.StdEncoding.EncodeToString([]byte("thirty-one bytes are too short."))
	cases := map[string]string{
		"":                                     "no keys",
		"  ":                                   "no keys",
		secret(0):                              "key 1: no colon",
		":" + secret(0):                        "key 1: the id",
		"een sleutel:" + secret(0):             "key 1: the id",
		"k1:" + secret(0) + ",":                "key 2: no colon",
		"k1:" + secret(0) + ",k2:" + short:     `key 2: the secret of "k2" has 31 bytes`,
		"k1:geheim!":                           `key 1: the secret of "k1" is not base64`,
		"k1:" + secret(0) + ",k1:" + secret(1): `key 2: the id "k1" is used twice`,
	}
	for text, want := range cases {
		_, err := ParseKeys(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseKeys(%q): %v, want %q in it", text, err, want)
			continue
		}
		for _, shown := range []string{secret(0), secret(1), short, "geheim!"} {
			if strings.Contains(err.Error(), shown) {
				t.Errorf("ParseKeys(%q) shows a secret: %v", text, err)
			}
		}
	}
}

func TestPrintedKeysShowNoSecret(t *testing.T) {
	k := keys(t, "k1:"+secret(0))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if printed := fmt.Sprintf(verb, k); printed != "keys k1" {
			t.Errorf("%s prints %q", verb, printed)
		}
	}
}

func FuzzVerify(f *testing.F) {
	k := keys(f, "k1:"+secret(0))
	good := k.Sign(example())
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add("")
	f.Add("AQJrMQ")
	f.Fuzz(func(t *testing.T, token string) {
		if link, err := k.Verify(Own, token, now); err == nil && (token != good || !cmp.Equal(link, example())) {
			t.Errorf("%q is taken for %+v", token, link)
		}
	})
}

func FuzzSign(f *testing.F) {
	k := keys(f, "k1:"+secret(0))
	f.Add("persoon", "aanmelding/x", int64(1790000000), int64(1800000000))
	f.Fuzz(func(t *testing.T, person, entry string, issued, expires int64) {
		link := Link{Unsubscribe, person, entry, time.Unix(issued%(1<<40), 0).UTC(), time.Unix(expires%(1<<40), 0).UTC()}
		got, err := k.Verify(Unsubscribe, k.Sign(link), link.Expires.Add(-time.Second))
		if err != nil || !cmp.Equal(got, link) {
			t.Errorf("signed %+v, read %+v, %v", link, got, err)
		}
	})
}
