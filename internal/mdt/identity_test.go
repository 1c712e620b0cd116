package mdt

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func identity(t *testing.T, fill byte) *Identity {
	t.Helper()
	i, err := NewIdentity(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func person(t *testing.T, i *Identity, typed string) PersonID {
	t.Helper()
	a, code := ParseAddress(typed)
	if code != "" {
		t.Fatal(code)
	}
	return i.Person(a)
}

func TestOneAddressIsOnePersonHoweverItIsWritten(t *testing.T) {
	i := identity(t, 1)
	want := person(t, i, "jan@café.nl")
	for _, typed := range []string{"JAN@CAFÉ.NL", "Jan@cafe\u0301.nl", "jan@xn--caf-dma.nl", " jan@café.nl "} {
		if got := person(t, i, typed); got != want {
			t.Errorf("%q is %s, not %s", typed, got, want)
		}
	}
	for _, typed := range []string{"jan+1@café.nl", "ja.n@café.nl", "jan@cafe.nl"} {
		if person(t, i, typed) == want {
			t.Errorf("%q is taken for another address", typed)
		}
	}
	if person(t, identity(t, 2), "jan@café.nl") == want {
		t.Error("another key gives the same person")
	}
}

func TestHowNamesLook(t *testing.T) {
	i := identity(t, 1)
	for name, shape := range map[string]string{
		string(person(t, i, "a@b.nl")): `^[a-z2-7]{26}$`,
		i.Digest("a@b.nl"):             `^[a-z2-7]{26}$`,
		i.Reference("a@b.nl"):          `^[2-9A-HJKMNP-Z]{8}$`,
	} {
		if !regexp.MustCompile(shape).MatchString(name) {
			t.Errorf("%q is not %s", name, shape)
		}
	}
}

func TestPartsAreNotMixedUp(t *testing.T) {
	i := identity(t, 1)
	lists := [][]string{{}, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"b", "a"}, {"a", "b", ""}, {"\x00\x00\x00\x00\x00\x00\x00\x01ab"}}
	digests, references := map[string]bool{}, map[string]bool{}
	for _, parts := range lists {
		digests[i.Digest(parts...)], references[i.Reference(parts...)] = true, true
	}
	if len(digests) != len(lists) || len(references) != len(lists) {
		t.Errorf("%d lists give %d digests and %d references", len(lists), len(digests), len(references))
	}
	if first, again := i.Reference("aanmelding", "x"), identity(t, 1).Reference("aanmelding", "x"); first != again {
		t.Error("the same parts give another reference")
	}
}

func TestTheUsesOfTheKeyAreApart(t *testing.T) {
	i := identity(t, 1)
	a, _ := ParseAddress("a@b.nl")
	if string(i.Person(a)) == i.Digest(a.Normal) {
		t.Error("a person and a digest of the same text are the same")
	}
	if i.Reference(a.Normal) == spell(keyed(i.digest, a.Normal)) || i.Reference(a.Normal) == spell(keyed(i.person, a.Normal)) {
		t.Error("a reference says something of another hash")
	}
}

func TestAWeakKeyIsRefused(t *testing.T) {
	if _, err := NewIdentity(make([]byte, 31)); err == nil || !strings.Contains(err.Error(), "31 bytes") {
		t.Errorf("error %v", err)
	}
}

func TestReferencesAreSpelledEvenly(t *testing.T) {
	seen := map[rune]int{}
	i := identity(t, 1)
	for n := range 2000 {
		for _, letter := range i.Reference("voorstel", strconv.Itoa(n)) {
			seen[letter]++
		}
	}
	for _, letter := range referenceLetters {
		if n := seen[letter]; n < 350 || n > 700 { // 16,000 letters over 31: 516, standard deviation 22
			t.Errorf("%c stands there %d times", letter, n)
		}
	}
}
