// Package post says what a post office is: something that takes one letter at a time and says whether it
// took it. SES is one; the local mode's outbox is another.
package post

import (
	"context"
	"errors"
)

// Outgoing is one letter, ready to go.
type Outgoing struct {
	LetterID string // comes back with every event about the letter; never an address
	To       string // the one recipient, as it can be mailed
	Raw      []byte // the whole message, MIME
}

// Office takes letters. Send makes one attempt and repeats nothing by itself: it is the caller who knows
// what a second attempt may cost. A nil error means that the office has the letter and answers for it; any
// other error is one of the four below (errors.Is), with a reason that holds no personal data.
type Office interface {
	Send(ctx context.Context, letter Outgoing) (messageID string, err error)
}

// How an attempt fails.
var (
	// ErrRefused: not taken, and this letter never will be.
	ErrRefused = errors.New("refused")
	// ErrSlowDown: not taken; later it will be.
	ErrSlowDown = errors.New("too fast")
	// ErrPaused: not taken, and no other letter is for now. Somebody must look.
	ErrPaused = errors.New("the office takes nothing")
	// ErrUnknown: the answer was lost, or says nothing. Perhaps it was taken.
	ErrUnknown = errors.New("perhaps taken")
)
