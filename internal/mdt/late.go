package mdt

import "time"

// On is the letter as it goes out at a moment, which may be long after it was stored: mail may have stood still. A
// reminder counts its days anew. helps is false of a letter about what has begun, closed or lapsed by then.
func (l Letter) On(now time.Time) (letter Letter, helps bool) {
	switch m := l.Meeting; {
	case m == nil:
		return l, true
	case l.Kind == LetterReminder:
		l.Days = max(0, daysBetween(now, m.Start))
		return l, now.Before(m.Start)
	case l.Kind == LetterJoinOnline, l.Kind == LetterMoved, l.Kind == LetterCalledOff:
		return l, now.Before(m.End)
	case l.Kind == LetterOpened:
		return l, m.Closes == nil || now.Before(*m.Closes)
	case l.Kind == LetterOffer:
		return l, l.Until == nil || now.Before(*l.Until)
	}
	return l, true
}
