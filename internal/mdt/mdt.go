// Package mdt is the domain of the sign-up desk: meetings and their seats, registrations, proposals,
// messages, interests, regions, and which letters each of them causes.
//
// Everything here is pure: what is stored and what is asked come in, what must change comes out.
// There is no I/O, no clock and no logging; moments and numbers are arguments.
package mdt

import (
	"time"
	_ "time/tzdata" // days are days in Europe/Amsterdam, also on a machine without zone files
)

// Amsterdam is the zone in which days, deadlines and reminders are counted.
var Amsterdam = mustLoad("Europe/Amsterdam")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// Refusal says that the state of things forbids what was asked (an HTTP 409).
// Code is the code of the text a visitor gets; Pointer names the field that is meant, or is empty;
// Args fill the braces in the text.
type Refusal struct {
	Code    string
	Pointer string
	Args    map[string]string
}

// Fault is one thing wrong with what was sent (an HTTP 400 carries all of them).
// Pointer is a JSON pointer in fragment form ("#/email"); Args fill the braces in the text.
type Fault struct {
	Pointer string
	Code    string
	Args    map[string]string
}
