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

// Delivery is the sending side of a letter.
type Delivery struct {
	State     DeliveryState `json:"staat"`
	Due       time.Time     `json:"aanDeBeurt"` // pending, held: not before; sending, unknown: not after
	Attempts  int           `json:"pogingen,omitempty"`
	MessageID string        `json:"sesId,omitempty"`
	Reason    string        `json:"reden,omitempty"` // why the last attempt or report was no success; no personal data
	Changed   time.Time     `json:"gewijzigd"`
}
