package mdt

import (
	"slices"
	"strings"
	"time"
)

// Term is a span of days on which the same person should answer for a region.
type Term struct {
	From, Until Date      // both included; Until is empty where there is no end in sight
	Who         Responder // empty: nobody, and the national team answers
}

// Mute says that whoever should answer cannot be mailed: the national team answers until somebody mends that.
func (t Term) Mute() bool { return t.Who.Name != "" && t.Who.Email == "" }

// Terms tells who should answer for the region from a day on, span after span. There is always one; the last has no end.
func (r Region) Terms(from Date) []Term {
	var terms []Term
	for _, day := range r.turns(from) {
		who, _ := r.on(day)
		if last := len(terms) - 1; last >= 0 {
			if terms[last].Who == who {
				continue
			}
			terms[last].Until = day.plus(-1)
		}
		terms = append(terms, Term{From: day, Who: who})
	}
	return terms
}

// turns are the days from one on at which somebody else may begin to answer, in order.
func (r Region) turns(from Date) []Date {
	days := []Date{from}
	begin := func(day Date) {
		if day > from {
			days = append(days, day)
		}
	}
	span := func(first, last Date) {
		begin(first)
		if last != "" {
			begin(last.plus(1))
		}
	}
	for _, f := range r.Facilitators {
		span(f.From, f.Until)
		for _, a := range f.Absences {
			span(a.From, a.Until)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// plus is the day so many days later. What is no day stays what it is.
func (d Date) plus(days int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Date(t.AddDate(0, 0, days).Format(time.DateOnly))
}

// Moment is the beginning of the day in Amsterdam; of what is no day, the zero moment.
func (d Date) Moment() time.Time {
	t, _ := midnight(string(d)) // the zero one beside an error
	return t
}

// AnswersElsewhere says whether from a day on messages of the region would go to other addresses, or on other days,
// than they do. Another spelling of a name is no such change.
func AnswersElsewhere(was, now Region, from Date) bool {
	return !slices.Equal(destinations(was, from), destinations(now, from))
}

// destinations are where messages go, and from when on.
func destinations(r Region, from Date) (all []Term) {
	for _, t := range r.Terms(from) {
		to := Term{From: t.From, Who: Responder{Email: strings.ToLower(t.Who.Email)}}
		if len(all) == 0 || all[len(all)-1].Who != to.Who {
			all = append(all, to)
		}
	}
	return all
}

// Absent is somebody who is away, or will be.
type Absent struct {
	Absence
	Facilitator string // by name
}

// AbsencesAhead are those that last on a day or come after it, the first one first.
func (r Region) AbsencesAhead(day Date) (ahead []Absent) {
	for _, f := range r.Facilitators {
		for _, a := range f.Absences {
			if day.within("", a.Until) && day.within("", f.Until) {
				ahead = append(ahead, Absent{a, f.Name})
			}
		}
	}
	slices.SortStableFunc(ahead, func(a, b Absent) int { return strings.Compare(string(a.From), string(b.From)) })
	return ahead
}

// WithoutAddress are the names of those who answer on a day or after it and cannot be mailed: the national team has their
// messages until somebody mends that.
func (r Region) WithoutAddress(day Date) (names []string) {
	note := func(name, email string) {
		if email == "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, f := range r.Facilitators {
		if !day.within("", f.Until) {
			continue
		}
		note(f.Name, f.Email)
		for _, a := range f.Absences {
			if a.StandIn != nil && day.within("", a.Until) {
				note(a.StandIn.Name, a.StandIn.Email)
			}
		}
	}
	return names
}

// Answerers are those who answer for the region on a day or after it, facilitators and who stands in for them, each
// address once. Who has none is left out.
func (r Region) Answerers(day Date) (all []Responder) {
	note := func(who Responder) {
		known := slices.ContainsFunc(all, func(other Responder) bool { return strings.EqualFold(other.Email, who.Email) })
		if who.Email != "" && !known {
			all = append(all, who)
		}
	}
	for _, f := range r.Facilitators {
		if day.within("", f.Until) {
			note(Responder{Name: f.Name, Email: f.Email})
		}
	}
	for _, a := range r.AbsencesAhead(day) {
		if a.StandIn != nil {
			note(Responder{Name: a.StandIn.Name, Email: a.StandIn.Email, StandIn: true})
		}
	}
	return all
}
