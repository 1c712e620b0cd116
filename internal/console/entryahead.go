package console

import (
	"time"

	"aanmeldpunt/internal/mdt"
)

// goesLater says of a letter that it was made for a moment that is still to come.
func goesLater(l mdt.Letter, now time.Time) bool {
	return (l.State == mdt.Pending || l.State == mdt.Held) && l.Due.After(now)
}

// toCome is what is going to happen with an entry, the first thing first: an offer that was made in the evening begins in
// the morning, and every offer ends.
func toCome(d *dossier, now time.Time) (out []happened) {
	for _, letter := range d.letters {
		if goesLater(letter, now) {
			out = append(out, happened{mdt.ShortMoment(letter.Due), say("beheer.straks.mail", "wat", letterKind(letter.Kind))})
		}
	}
	for _, offer := range d.entry.Offers() {
		part, _ := d.meeting.Part(offer.Part)
		if !offer.Shown(now) {
			out = append(out, happened{mdt.ShortMoment(*offer.From), say("beheer.straks.aanbod", "onderdeel", part.Name)})
		}
		out = append(out, happened{mdt.ShortMoment(*offer.Until), say("beheer.straks.verloopt", "onderdeel", part.Name)})
	}
	return out
}
