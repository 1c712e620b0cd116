package mdt

import (
	"slices"
	"strings"
	"time"
)

// LogMonths is how long it is kept who did what at the desk: long enough for whoever looks into a leak (P8, BIO2
// 8.15).
const LogMonths = 12

// Deed is what a line of the log says that somebody did.
type Deed string

// What is written down. Each has words of its own in content.
const (
	DeedSignIn   Deed = "ingelogd"
	DeedSeen     Deed = "bekeken"      // an entry, or a list of many, was opened; once a day for each person of the team
	DeedSearched Deed = "gezocht"      // never for what
	DeedCopied   Deed = "gekopieerd"   // somebody took a copy of everything of a person
	DeedChanged  Deed = "gewijzigd"    // an entry
	DeedExported Deed = "geexporteerd" // with how many
	DeedStaff    Deed = "mensen"       // the list of who may come in
	DeedRegion   Deed = "regio"
	DeedMeeting  Deed = "bijeenkomst"
	DeedErased   Deed = "gewist"
	DeedRescued  Deed = "gered" // a form that looked like spam
	DeedResent   Deed = "opnieuwVerstuurd"

	// What the team does with an entry or a meeting that has a name of its own.
	DeedAdded     Deed = "opgeschreven"
	DeedApproved  Deed = "toegelaten"
	DeedPlaced    Deed = "geplaatst"
	DeedCorrected Deed = "adresVerbeterd"
	DeedCancelled Deed = "afgemeld"
	DeedNoted     Deed = "genoteerd"
	DeedRung      Deed = "gebeld"      // told by telephone what a mail would have told
	DeedWithdrawn Deed = "ingetrokken" // a wish to be told
	DeedPublished Deed = "gepubliceerd"
	DeedCalledOff Deed = "afgelast"
	DeedInvited   Deed = "uitgenodigd"
	DeedAnswered  Deed = "beantwoord" // a message was dealt with
	DeedReopened  Deed = "heropend"   // … and was not, after all
)

// Deeds are all of them.
var Deeds = []Deed{DeedSignIn, DeedSeen, DeedSearched, DeedCopied, DeedChanged, DeedExported, DeedStaff, DeedRegion, DeedMeeting,
	DeedErased, DeedRescued, DeedResent, DeedAdded, DeedApproved, DeedPlaced, DeedCorrected, DeedCancelled, DeedNoted, DeedRung, DeedWithdrawn,
	DeedPublished, DeedCalledOff, DeedInvited, DeedAnswered, DeedReopened}

// OfMeeting says whether what was done is about a meeting itself.
func (d Deed) OfMeeting() bool {
	return slices.Contains([]Deed{DeedMeeting, DeedPublished, DeedCalledOff, DeedInvited}, d)
}

// LogLine says who did what at the desk, to what, and how it ended (BIO2 8.15.01). It never holds a link, a
// wish or what somebody searched for.
type LogLine struct {
	At      time.Time `json:"op"`
	By      PersonID  `json:"wie,omitempty"`
	Name    string    `json:"wieNaam,omitempty"`
	Role    string    `json:"rol"`
	What    Deed      `json:"wat"`
	About   string    `json:"waarover,omitempty"` // a reference, or an id of what is nobody's
	Meeting string    `json:"bijeenkomst,omitempty"`
	Count   int       `json:"aantal,omitempty"`
	Reason  string    `json:"reden,omitempty"`
	Subject PersonID  `json:"-"` // whose entry it is; empty for what is nobody's
}

// Expires is when the line is erased.
func (l LogLine) Expires() time.Time { return l.At.In(Amsterdam).AddDate(0, LogMonths, 0) }

// Look says as what somebody of the team opened an entry, and on which day.
type Look struct {
	Reference string // of the entry
	Role      string
	Day       Date
}

// Looks are the times that the team opened the person's entries, the newest first: each role once a day.
func (d Dossier) Looks() (looks []Look) {
	for _, line := range slices.Backward(d.Log) {
		look := Look{line.Of.About, line.Of.Role, DateOf(line.Of.At)}
		if line.Of.What == DeedSeen && !slices.Contains(looks, look) {
			looks = append(looks, look)
		}
	}
	slices.SortStableFunc(looks, func(a, b Look) int { return strings.Compare(string(b.Day), string(a.Day)) })
	return looks
}
