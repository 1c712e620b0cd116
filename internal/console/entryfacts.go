package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// entryFacts are what an entry says of its person and of their place.
func (s *Service) entryFacts(d *dossier, v *visit) []fact {
	r := d.entry
	out := facts("kenmerk", r.Reference, "email", s.addressWords(d), "telefoon", r.Phone, "bellen", strings.Join(ringWords(d.meeting, d.meeting.ToRing(r, s.Now())), " "), "organisatie", r.Organisation, "functie", r.Role,
		"regios", regionNames(d.regions, r.Regions), "deelname", attendanceWords(r.Attendance), "onderdelen", partWords(d.meeting, *r),
		"rij", spotWords(*r), "gasten", guestNames(r.Guests), "meegenomenDoor", r.BroughtName)
	for _, q := range d.meeting.Questions {
		if answer := answerWords(r.Answers[q.ID]); answer != "" {
			out = append(out, fact{Label: q.Text, Text: answer})
		}
	}
	if v.SeesWishes() && d.wishes != "" {
		out = append(out, facts("wensen", d.wishes)...)
	}
	return append(out, facts("wissen", mdt.Day(mdt.EntryExpires(d.meeting)))...)
}

func (s *Service) addressWords(d *dossier) string {
	switch {
	case d.entry.Email == "":
		return say("beheer.geenAdres")
	case d.address.Broken != nil:
		return d.entry.Email + " " + say("beheer.adresKapot")
	}
	return d.entry.Email
}

func attendanceWords(a mdt.Attendance) string {
	if a == "" {
		return ""
	}
	return content.FieldWords("deelname.keuze."+string(a), nil)
}

// spotWords say where somebody stands in line, or until when a seat is kept.
func spotWords(r mdt.Registration) string {
	switch {
	case r.Status == mdt.Offered && r.Until != nil:
		return say("beheer.rij.aanbod", "tot", mdt.Moment(*r.Until))
	case r.Status == mdt.Waiting && r.Quiet():
		return say("beheer.rij.stil", "n", strconv.FormatInt(r.Number, 10))
	case r.Status == mdt.Waiting, r.Status == mdt.Requested && r.Number > 0:
		return say("beheer.rij.nummer", "n", strconv.FormatInt(r.Number, 10))
	}
	return ""
}

func guestNames(guests []mdt.Brought) string {
	names := make([]string, len(guests))
	for i, guest := range guests {
		names[i] = guest.Name
	}
	return strings.Join(names, ", ")
}

// answerWords is an answer to one of the meeting's own questions as it was chosen or typed.
func answerWords(answer any) string {
	switch answer := answer.(type) {
	case nil:
		return ""
	case bool:
		return content.FieldWords("antwoorden.keuze."+strconv.FormatBool(answer), nil)
	case []string:
		return strings.Join(answer, ", ")
	case []any:
		texts := make([]string, len(answer))
		for i, one := range answer {
			texts[i] = fmt.Sprint(one)
		}
		return strings.Join(texts, ", ")
	}
	return fmt.Sprint(answer)
}

// history is what happened with an entry up to a moment, as far as it, its letters and, for the team, the log know, the
// last thing first.
func history(d *dossier, v *visit, now time.Time) []happened {
	r := d.entry
	type moment struct {
		at   time.Time
		text string
	}
	all := []moment{{r.Created, say("beheer.gebeurd.aangemeld")}}
	add := func(at *time.Time, text string) {
		if at != nil && !at.IsZero() {
			all = append(all, moment{*at, text})
		}
	}
	add(r.Seated, say("beheer.gebeurd.plek"))
	for _, offer := range r.Offers() {
		if part, _ := d.meeting.Part(offer.Part); offer.Shown(now) {
			add(offer.From, say("beheer.gebeurd.aanbod", "onderdeel", part.Name))
		}
	}
	for _, seconds := range []struct {
		at   int64
		text string
	}{{r.Reminded, "beheer.gebeurd.herinnerd"}, {r.LinkTold, "beheer.gebeurd.link"}, {r.KnownLetter, "beheer.gebeurd.bekend"}} {
		if seconds.at > 0 {
			all = append(all, moment{time.Unix(seconds.at, 0), say(seconds.text)})
		}
	}
	add(d.address.Confirmed, say("beheer.gebeurd.adresBevestigd"))
	add(d.address.Broken, say("beheer.gebeurd.adresKapot"))
	for _, letter := range d.letters {
		if goesLater(letter, now) {
			continue
		}
		all = append(all, moment{letter.Created, say("beheer.gebeurd.mail", "stand", letterState(letter))})
	}
	if v.ChangesThings() {
		for _, line := range d.log {
			all = append(all, moment{line.At, strings.TrimSpace(line.Name + ": " + deedWords(line) + ". " + line.Reason)})
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int { return b.at.Compare(a.at) })
	out := make([]happened, len(all))
	for i, one := range all {
		out[i] = happened{mdt.ShortMoment(one.at), one.text}
	}
	return out
}
