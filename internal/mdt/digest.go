package mdt

import "time"

// TaskDigest is the clock's letter to the team of what waits for it; it belongs to no meeting.
const TaskDigest = "dagbericht"

// TaskLapse is the end of an offer; it stands in no agenda of a meeting.
const TaskLapse = "aanbod"

// digestHour is when the team hears each morning, in Amsterdam.
const digestHour = 8

// DigestBefore is the last moment, up to and including now, at which the team is told what waits for it.
func DigestBefore(now time.Time) Task {
	at := digestOn(now, 0)
	if at.After(now) {
		at = digestOn(now, -1)
	}
	return Task{What: TaskDigest, At: at}
}

// DigestAfter is the first such moment after now.
func DigestAfter(now time.Time) Task {
	at := digestOn(now, 0)
	if !at.After(now) {
		at = digestOn(now, 1)
	}
	return Task{What: TaskDigest, At: at}
}

// digestOn is the moment on the day of now in Amsterdam, or so many days later.
func digestOn(now time.Time, days int) time.Time {
	year, month, day := now.In(Amsterdam).Date()
	return time.Date(year, month, day+days, digestHour, 0, 0, 0, Amsterdam).UTC()
}

// digestKept is how many days the letter is kept: it tells numbers, of nobody.
const digestKept = 30

// Digest is the letter that tells the team how much waits for it. due is false where nothing does.
func Digest(tally LetterTally, team Responder, now time.Time) (letter Letter, due bool) {
	if tally.Sum() == 0 {
		return Letter{}, false
	}
	return Letter{Kind: LetterDigest, To: team.Email, Created: now, Expires: now.AddDate(0, 0, digestKept), Tally: &tally,
		Delivery: Delivery{State: Pending, Due: now, Changed: now}}, true
}
