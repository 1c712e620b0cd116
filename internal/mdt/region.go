package mdt

import (
	"slices"
	"time"
)

// Region is one of the regional cooperation associations, as it is stored and as a network file holds it.
type Region struct {
	ID             string        `json:"id"`
	Name           string        `json:"naam"`
	Municipalities []string      `json:"gemeenten"` // CBS codes
	Phone          string        `json:"telefoon,omitempty"`
	Strategy       string        `json:"regiostrategie,omitempty"` // an address on the web, or a text
	Facilitators   []Facilitator `json:"facilitators,omitempty"`
	Version        int64         `json:"versie,omitempty"` // rises with each change; 0 in what was stored before there were versions
}

// Facilitator answers for a region from a day up to and including another; a bound that is empty is none.
type Facilitator struct {
	Name     string    `json:"naam"`
	Email    string    `json:"email,omitempty"` // empty: not able to answer
	From     Date      `json:"vanaf,omitempty"`
	Until    Date      `json:"totEnMet,omitempty"`
	Absences []Absence `json:"afwezig,omitempty"`
}

// Absence is when a facilitator is away, the last day included, and who stands in (nil: nobody).
type Absence struct {
	From    Date     `json:"vanaf,omitempty"`
	Until   Date     `json:"totEnMet,omitempty"`
	StandIn *StandIn `json:"vervanger,omitempty"`
}

// StandIn answers for a facilitator who is away.
type StandIn struct {
	Name  string `json:"naam"`
	Email string `json:"email,omitempty"` // empty: not able to answer
}

// Responder is who answers a message.
type Responder struct {
	Name    string
	Email   string
	StandIn bool
}

// Date is a day in Amsterdam, written 2027-03-10; days compare as text does.
type Date string

// DateOf is the day in Amsterdam on which a moment falls.
func DateOf(t time.Time) Date { return Date(t.In(Amsterdam).Format(time.DateOnly)) }

// Words writes the day the way people say it; what is no day stays as it is.
func (d Date) Words() string {
	day, err := time.ParseInLocation(time.DateOnly, string(d), Amsterdam)
	if err != nil {
		return string(d)
	}
	return Day(day)
}

// within says whether a day is from the first up to and including the last; empty bounds are none.
func (d Date) within(first, last Date) bool {
	return (first == "" || first <= d) && (last == "" || d <= last)
}

// Answering gives who answers for the region on the day of now: its facilitator, or the stand-in while the
// facilitator is away. Nobody does in a vacant region; the national team has its messages.
//
// The region is also vacant when whoever should answer cannot be mailed. That is a mistake somebody has to
// mend: alarm then says what is wrong, without naming anyone; else it is empty.
func (r Region) Answering(now time.Time) (who Responder, vacant bool, alarm string) {
	who, named := r.on(DateOf(now))
	switch {
	case !named:
		return Responder{}, true, ""
	case who.Email == "":
		return Responder{}, true, "region " + r.ID + ": who answers today has no mail address"
	}
	return who, false, ""
}

// on gives who should answer on a day, if anybody should: somebody who can be mailed goes before somebody who cannot.
func (r Region) on(day Date) (who Responder, named bool) {
	for _, f := range r.Facilitators {
		if !day.within(f.From, f.Until) {
			continue
		}
		one, there := f.answering(day)
		switch {
		case there && one.Email != "":
			return one, true
		case there:
			who, named = one, true
		}
	}
	return who, named
}

func (f Facilitator) answering(today Date) (who Responder, there bool) {
	for _, a := range f.Absences {
		if !today.within(a.From, a.Until) {
			continue
		}
		if a.StandIn == nil {
			return Responder{}, false
		}
		return Responder{Name: a.StandIn.Name, Email: a.StandIn.Email, StandIn: true}, true
	}
	return Responder{Name: f.Name, Email: f.Email}, true
}

// RegionIDs lists the ids of regions: what a form may name.
func RegionIDs(regions []Region) []string {
	ids := make([]string, len(regions))
	for i, region := range regions {
		ids[i] = region.ID
	}
	return ids
}

// RegionOf finds the region that a municipality belongs to, by its code; nil where none has it.
func RegionOf(regions []Region, code string) *Region {
	for i := range regions {
		if slices.Contains(regions[i].Municipalities, code) {
			return &regions[i]
		}
	}
	return nil
}

// IsFacilitator says whether an address is that of a facilitator, or of somebody who stands in for one. Who
// no longer is one on the day of now does not count.
func IsFacilitator(regions []Region, email Address, now time.Time) bool {
	today := DateOf(now)
	for _, r := range regions {
		for _, f := range r.Facilitators {
			if today.within("", f.Until) && slices.ContainsFunc(f.addresses(today), email.same) {
				return true
			}
		}
	}
	return false
}

func (f Facilitator) addresses(today Date) []string {
	all := []string{f.Email}
	for _, a := range f.Absences {
		if a.StandIn != nil && today.within("", a.Until) {
			all = append(all, a.StandIn.Email)
		}
	}
	return all
}

func (a Address) same(text string) bool {
	other, code := ParseAddress(text)
	return code == "" && other.Normal == a.Normal
}
