package mdt

import (
	"slices"
	"time"
)

// Staff is somebody who may come in at the team's desk, as the team wrote them down. Whoever is taken off that
// list is out at the next thing they ask for.
type Staff struct {
	ID      PersonID   `json:"wie"` // of the address
	Name    string     `json:"naam"`
	Email   string     `json:"email"`
	Role    string     `json:"rol"`
	Regions []string   `json:"regios,omitempty"`       // a facilitator's
	Only    *time.Time `json:"sessiesVanaf,omitempty"` // sessions begun before or at this moment are over
	Version int64      `json:"versie"`
}

// Roles are what one may be at the desk, the one that may most first.
var Roles = []string{RoleTeam, RoleReader, RoleFacilitator}

// StaffOf gives the list that a network's accounts stand for.
func StaffOf(accounts []Account, ids *Identity) (staff []Staff) {
	for _, a := range accounts {
		address, code := ParseAddress(a.Email)
		if code != "" {
			continue // a network file with such an address is not read
		}
		s := Staff{ID: ids.Person(address), Name: a.Name, Email: a.Email, Role: a.Role}
		if a.Region != "" {
			s.Regions = []string{a.Region}
		}
		staff = append(staff, s)
	}
	return staff
}

// ChangesThings says whether this role may change anything at all.
func (s Staff) ChangesThings() bool { return s.Role == RoleTeam }

// SeesAll says whether this role sees what belongs to no region of its own.
func (s Staff) SeesAll() bool { return s.Role == RoleTeam || s.Role == RoleReader }

// SeesWishes says whether this role may read what people need to take part (P4).
func (s Staff) SeesWishes() bool { return s.Role == RoleTeam }

// SeesEntry says whether this person may know of an entry that named these regions: a facilitator only where one
// of them is his own. For anyone else the entry is as if it were not there.
func (s Staff) SeesEntry(regions []string) bool {
	return s.SeesAll() || s.Role == RoleFacilitator && slices.ContainsFunc(regions, func(region string) bool {
		return region != Nationwide && slices.Contains(s.Regions, region)
	})
}

// How long a session lasts. The idle end leaves time for a long form; the other end is a working day (BIO2 5.17).
const (
	SessionIdle    = time.Hour        // after the last thing that was asked for
	SessionMost    = 12 * time.Hour   // after the login, whatever is asked for
	SessionNoted   = 5 * time.Minute  // the last use is written down at most this often
	SessionWarning = 10 * time.Minute // before the idle end: the page says so and can extend
)

// Session is one person at the desk in one browser.
type Session struct {
	Staff PersonID  `json:"wie"`
	Begun time.Time `json:"begonnenOp"`
	Seen  time.Time `json:"gezienOp"`
}

// Holds says whether a session still lets its person in, as the list says now (nil: they are not on it).
func (s *Session) Holds(staff *Staff, now time.Time) bool {
	return s != nil && staff != nil && s.Staff == staff.ID && now.Before(s.Ends()) && (staff.Only == nil || s.Begun.After(*staff.Only))
}

// Ends is when the session is over if nothing more is asked for.
func (s *Session) Ends() time.Time {
	idle, most := s.Seen.Add(SessionIdle), s.Begun.Add(SessionMost)
	if most.Before(idle) {
		return most
	}
	return idle
}

// LastOfTeam says whether nobody but this person may change things: then they stay, or nobody could ever add anyone.
func LastOfTeam(all []Staff, id PersonID) bool { return len(Colleague(all, id)) == 0 }

// Colleague gives one beside this person who may change things; none where they are the last.
func Colleague(all []Staff, id PersonID) []PersonID {
	for _, s := range all {
		if s.ID != id && s.ChangesThings() {
			return []PersonID{s.ID}
		}
	}
	return nil
}
