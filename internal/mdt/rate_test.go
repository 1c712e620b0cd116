package mdt_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// TestRate takes one at each of these seconds, of a limit of three at once and then one in ten seconds; the
// waits are worked out by hand.
func TestRate(t *testing.T) {
	rate := mdt.Rate{Burst: 3, Every: 10 * time.Second}
	for name, c := range map[string]struct {
		at   []int // seconds
		wait []int
	}{
		"one":                       {[]int{0}, []int{0}},
		"the burst":                 {[]int{0, 0, 0}, []int{0, 0, 0}},
		"one too many":              {[]int{0, 0, 0, 0}, []int{0, 0, 0, 10}},
		"asking again costs none":   {[]int{0, 0, 0, 0, 4, 9, 10}, []int{0, 0, 0, 10, 6, 1, 0}},
		"just in time":              {[]int{0, 0, 0, 10, 20, 30}, []int{0, 0, 0, 0, 0, 0}},
		"two made up for":           {[]int{0, 0, 0, 20, 20, 20}, []int{0, 0, 0, 0, 0, 10}},
		"idle gives no more than 3": {[]int{0, 9999, 9999, 9999, 9999}, []int{0, 0, 0, 0, 10}},
		"spread is never limited":   {[]int{0, 10, 20, 30, 40, 50}, []int{0, 0, 0, 0, 0, 0}},
		"a burst after half of one": {[]int{0, 0, 5, 5}, []int{0, 0, 0, 5}},
	} {
		var made time.Time
		start := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		for i, second := range c.at {
			var wait time.Duration
			made, wait = rate.Take(made, start.Add(time.Duration(second)*time.Second))
			if wait != time.Duration(c.wait[i])*time.Second {
				t.Errorf("%s: number %d waits %s, not %d s", name, i, wait, c.wait[i])
			}
		}
	}
}

// TestRateKeepsItsPromise: in no stretch of time more than the burst and what that time adds, and whoever keeps
// to the pace is never refused.
func TestRateKeepsItsPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := mdt.Rate{Burst: rapid.IntRange(1, 9).Draw(t, "burst"), Every: time.Duration(rapid.IntRange(1, 9).Draw(t, "every")) * time.Second}
		now, made := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC), time.Time{}
		var taken []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "pause")) * time.Millisecond)
			then, wait := rate.Take(made, now)
			switch {
			case wait == 0:
				made, taken = then, append(taken, now)
			case then != made:
				t.Fatal("a refusal took one")
			}
			if _, later := rate.Take(made, now.Add(wait)); wait > 0 && later != 0 {
				t.Fatalf("after the wait it is told to wait %s more", later)
			}
		}
		for i := range taken {
			for j := i; j < len(taken); j++ {
				if most := rate.Burst + int(taken[j].Sub(taken[i])/rate.Every); j-i+1 > most {
					t.Fatalf("%d in %s, at most %d", j-i+1, taken[j].Sub(taken[i]), most)
				}
			}
		}
	})
}

// TestReserve: what does not fit now has its turn later, one after another.
func TestReserve(t *testing.T) {
	now, made := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC), time.Time{}
	for i, want := range []int{0, 0, 0, 1, 2, 3} {
		var when time.Time
		when, made = mdt.AddressRate.Reserve(made, now)
		if when != now.AddDate(0, 0, want) {
			t.Errorf("letter %d goes at %s, want in %d days", i, when, want)
		}
	}
	if when, _ := mdt.AddressRate.Reserve(made, now.AddDate(0, 0, 6)); when != now.AddDate(0, 0, 6) {
		t.Errorf("when all went there is room again, not at %s", when)
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.17":                  "192.0.2.17",
		"192.0.2.17:4312":             "192.0.2.17",
		"::ffff:192.0.2.17":           "192.0.2.17",
		"[::ffff:192.0.2.17]:80":      "192.0.2.17",
		"2001:db8:1:2:3:4:5:6":        "2001:db8:1:2::/64",
		"[2001:db8:1:2:ffff::1]:4312": "2001:db8:1:2::/64",
		"2001:db8:1:3::":              "2001:db8:1:3::/64",
		"fe80::1%eth0":                "fe80::/64",
		"":                            "",
		":0":                          "",
		"iemand":                      "",
		"192.0.2.17, 198.51.100.1":    "",
	} {
		if got := mdt.NetworkOf(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// TestNetworksAreNamedByTheDay: another name each day in Amsterdam, and one that no other use gives.
func TestNetworksAreNamedByTheDay(t *testing.T) {
	identity, err := mdt.NewIdentity([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	evening := time.Date(2027, 3, 1, 22, 59, 59, 0, time.UTC) // a second before midnight there
	names := map[string]bool{
		identity.Network("192.0.2.17", evening):                   true,
		identity.Network("192.0.2.17", evening.Add(time.Second)):  true,
		identity.Network("192.0.2.18", evening):                   true,
		identity.Digest("2027-03-01", "192.0.2.17"):               true,
		identity.Digest("192.0.2.17"):                             true,
		identity.Network("192.0.2.17", evening.Add(-2*time.Hour)): true, // the first again
	}
	if len(names) != 5 {
		t.Errorf("%d names", len(names))
	}
}
