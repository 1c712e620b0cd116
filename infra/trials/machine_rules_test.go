package trials

import (
	"slices"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// tally is what the entries say should be counted.
type tally struct {
	Occupied, Waiting, Room int
	Organisations           map[string]int
	last                    int64
}

func count(entries []*mdt.Registration) tally {
	sum := tally{Organisations: map[string]int{}}
	for _, e := range entries {
		if !e.Active() {
			continue
		}
		switch e.Status {
		case mdt.Offered:
			sum.Occupied++
		case mdt.Confirmed:
			sum.Occupied++
			if slices.Contains(e.Parts, "zaal") {
				sum.Room++
			}
		case mdt.Waiting:
			sum.Waiting++
		}
		sum.last = max(sum.last, e.Number)
		if name := mdt.NormalOrganisation(e.Organisation); name != "" {
			sum.Organisations[name]++
		}
	}
	return sum
}

// form is what a visitor sends.
type form struct {
	who          int
	guests       []int
	organisation string
	room         bool
}

func drawForm(t *rapid.T) form {
	who := rapid.IntRange(0, people-1).Draw(t, "who")
	others := rapid.Permutation(slices.DeleteFunc([]int{0, 1, 2, 3, 4, 5, 6, 7, 8}, func(n int) bool { return n == who }))
	return form{who, others.Draw(t, "others")[:rapid.IntRange(0, 2).Draw(t, "guests")],
		rapid.SampledFrom([]string{"", "Stichting Noord", "stichting-noord", "Zuid"}).Draw(t, "organisation"),
		rapid.IntRange(0, 3).Draw(t, "room") == 0}
}

func (m *machine) body(f form) fields {
	body := fields{"naam": "Noor", "email": m.email(f.who), "organisatie": f.organisation}
	var guests []map[string]string
	for _, g := range f.guests {
		guests = append(guests, map[string]string{"naam": "Gast", "email": m.email(g)})
	}
	if guests != nil {
		body["introducees"] = guests
	}
	if f.room {
		body["onderdelen"] = []string{"zaal"}
	}
	return body
}

// expected is what a form must lead to: what is answered, which tells nothing of a guest who is known, and
// how those who are new really stand.
type expected struct {
	code             int
	answered, really mdt.Status
	fresh            []int
}

// expect works it out from the entries alone.
func (m *machine) expect(f form, entries []*mdt.Registration) expected {
	sum := count(entries)
	newcomers := []int{f.who}
	for _, g := range f.guests {
		if !entries[g].Active() {
			newcomers = append(newcomers, g)
		}
	}
	organisation := mdt.NormalOrganisation(f.organisation)
	fits := func(n int) mdt.Status {
		if sum.Occupied+n > m.capacity {
			return mdt.Waiting
		}
		return mdt.Confirmed
	}
	want := expected{201, fits(1 + len(f.guests)), fits(len(newcomers)), newcomers}
	switch {
	case f.room && sum.Room >= inRoom:
		return expected{code: 409}
	case entries[f.who].Active():
		want.fresh = nil
	case organisation != "" && sum.Organisations[organisation]+1+len(f.guests) > perOrg:
		return expected{code: 409}
	}
	return want
}
