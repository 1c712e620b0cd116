package mdt

import "time"

// DeliveryState is how far a letter got.
type DeliveryState string

// The states of a letter. Accepted means that SES took it; what follows is what SES reported later.
const (
	Pending    DeliveryState = "pending"    // to be sent from Due on
	Held       DeliveryState = "held"       // kept back by a limit or the breaker until Due
	Sending    DeliveryState = "sending"    // claimed; the claim ends at Due
	Unknown    DeliveryState = "unknown"    // perhaps sent: SES's own events decide until Due
	Accepted   DeliveryState = "accepted"   // SES took it
	Delivered  DeliveryState = "delivered"  // the other side took it
	Delayed    DeliveryState = "delayed"    // the other side asks to wait; SES goes on by itself
	Bounced    DeliveryState = "bounced"    // the other side refused it for good
	Complained DeliveryState = "complained" // the person called it spam
	Suppressed DeliveryState = "suppressed" // the address is on SES's suppression list
	Rejected   DeliveryState = "rejected"   // SES took it and then refused it
	Failed     DeliveryState = "failed"     // it cannot be sent as it is; a person must look
	Dropped    DeliveryState = "dropped"    // nobody is owed it any more
)

// States lists every state, in the order in which a letter can meet them.
var States = []DeliveryState{Pending, Held, Sending, Unknown, Accepted, Delayed, Delivered, Bounced,
	Complained, Suppressed, Rejected, Failed, Dropped}

// Delivery is the sending side of a letter.
type Delivery struct {
	State     DeliveryState `json:"staat"`
	Due       time.Time     `json:"aanDeBeurt"` // pending, held: not before; sending, unknown: not after
	Attempts  int           `json:"pogingen,omitempty"`
	Doubts    int           `json:"onzeker,omitempty"` // attempts of which nobody knows whether they sent it
	MessageID string        `json:"sesId,omitempty"`
	Reason    string        `json:"reden,omitempty"` // why the last attempt or report was no success; no personal data
	Changed   time.Time     `json:"gewijzigd"`
	// Reserved: the letter has its turn among those that its address may get, so that it needs no other.
	Reserved bool `json:"besproken,omitempty"`
}

// Lease is how long a claim on a letter holds: longer than the mailer may run.
const Lease = 3 * time.Minute

// EventsWithin is how long SES's events are waited for before a letter that was perhaps sent is sent again.
const EventsWithin = 15 * time.Minute

// MaxUnknown is how many attempts may end in doubt before a letter of which nobody knows whether it went is
// left to a person.
const MaxUnknown = 3

// Claimable are the states from which a letter whose moment has come is taken up to be sent.
var Claimable = []DeliveryState{Pending, Held, Unknown}

// Unsettled says whether the letter has not gone yet, or nobody knows whether it has.
func (d Delivery) Unsettled() bool {
	return d.State == Pending || d.State == Held || d.State == Sending || d.State == Unknown
}

// Outcome is how one attempt to send ended.
type Outcome int

// The outcomes of an attempt.
const (
	WasAccepted  Outcome = iota // SES took it
	WasRefused                  // this letter can never go as it is
	WasSlowed                   // SES asks to slow down: not taken
	WasPaused                   // SES takes nothing of this account for now: not taken
	WasUncertain                // the answer was lost: perhaps taken
	WasTooLate                  // it was not tried: it helps nobody any more
)

// After gives the delivery after an attempt; Attempts already counts it.
func (d Delivery) After(outcome Outcome, messageID, reason string, now time.Time) Delivery {
	d.Changed, d.Due, d.Reason = now, now, reason
	switch outcome {
	case WasAccepted:
		d.State, d.MessageID, d.Reason = Accepted, messageID, ""
	case WasRefused:
		d.State = Failed
	case WasTooLate:
		d.State = Dropped
	case WasSlowed:
		d.State, d.Due = Pending, now.Add(Backoff(d.Attempts))
	case WasPaused:
		d.State, d.Due = Pending, now.Add(5*time.Minute)
	case WasUncertain:
		d.State, d.Due = Unknown, now.Add(EventsWithin)
		if d.Doubts++; d.Doubts >= MaxUnknown {
			d.State = Failed
		}
	}
	return d
}

// HeldUntil gives the delivery of a letter that was taken up and has to wait for its turn.
func (d Delivery) HeldUntil(due time.Time, reason string, now time.Time) Delivery {
	d.State, d.Due, d.Reason, d.Changed = Held, due, reason, now
	return d
}

// Backoff is the wait before attempt n+1: half a minute, doubled each time, at most a quarter of an hour.
func Backoff(n int) time.Duration {
	wait := 30 * time.Second
	for ; n > 1 && wait < 15*time.Minute; n-- {
		wait *= 2
	}
	return min(wait, 15*time.Minute)
}

// Report is what SES says of a letter later on.
type Report string

// The reports of SES.
const (
	ReportSent       Report = "send"
	ReportDelayed    Report = "delay"
	ReportDelivered  Report = "delivery"
	ReportBounced    Report = "bounce"     // for good
	ReportSoftBounce Report = "softBounce" // not for good, but this letter is lost
	ReportSuppressed Report = "suppressed"
	ReportRejected   Report = "reject"
	ReportComplained Report = "complaint"
)

var reported = map[Report]DeliveryState{ReportSent: Accepted, ReportDelayed: Delayed, ReportDelivered: Delivered,
	ReportBounced: Bounced, ReportSoftBounce: Bounced, ReportSuppressed: Suppressed, ReportRejected: Rejected,
	ReportComplained: Complained}

// Breaks says whether the address takes no mail of ours any more: nobody is mailed there but in answer to what
// that person does.
func (r Report) Breaks() bool {
	return r == ReportBounced || r == ReportSuppressed || r == ReportComplained
}

// LaterPerhaps begins the reason of a letter that came back while its address may take the next one.
const LaterPerhaps = "bounce, not for good: "

// rank orders the states by how much they say. Reports come late, twice and out of order: a letter only
// ever goes on to a state that says more.
var rank = map[DeliveryState]int{Pending: 0, Held: 0, Sending: 0, Unknown: 0, Failed: 0, Accepted: 1, Delayed: 2,
	Delivered: 3, Bounced: 4, Suppressed: 4, Rejected: 4, Complained: 5}

// Reported gives the state a report leads to and the states from which it does; ok is false for a report
// that is not known.
func Reported(report Report) (to DeliveryState, from []DeliveryState, ok bool) {
	to, ok = reported[report]
	for _, state := range States {
		if r, counts := rank[state]; ok && counts && r < rank[to] {
			from = append(from, state)
		}
	}
	return to, from, ok
}
