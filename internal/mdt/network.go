package mdt

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Network is what a desk starts from: the regions, the meetings, the national team, and, for a desk on one
// machine, people to sign in as.
type Network struct {
	Regions  []Region
	Meetings []Meeting
	Team     Team
	People   []Account
}

// Team is the national team: its name and the address that takes what no region can.
type Team struct {
	Name  string `json:"naam"`
	Email string `json:"email"`
}

// Account is somebody who may sign in; Region is filled for a facilitator.
type Account struct {
	Email  string `json:"email"`
	Name   string `json:"naam"`
	Role   string `json:"rol"`
	Region string `json:"regio,omitempty"`
}

// What an account may be.
const (
	RoleTeam        = "team"
	RoleFacilitator = "facilitator"
	RoleReader      = "lezer"
)

// NetworkFaults are all the things wrong with a network file, as sentences in Dutch for the team.
type NetworkFaults []string

func (f NetworkFaults) Error() string {
	return fmt.Sprintf("het netwerkbestand klopt niet (fouten: %d):\n- %s", len(f), strings.Join(f, "\n- "))
}

// networkFile is a network as it stands in a file: see docs/netwerk.md. What differs from the network
// itself is how moments and days are written, and that municipalities may be called by their names.
type networkFile struct {
	Regions  []fileRegion  `json:"regios"`
	Meetings []fileMeeting `json:"bijeenkomsten"`
	Team     Team          `json:"team"`
	People   []Account     `json:"mensen"`
}

// ParseNetwork reads a network file. Moments may be written relative to start ("+12d 10:00"), and start
// decides which municipalities there are; each of those must belong to exactly one region. Of a start long ago
// the municipalities are those of knownSince: a file of today names no others.
//
// The error is NetworkFaults and holds everything that is wrong. Meetings get no version: storing gives it.
func ParseNetwork(data []byte, atlas *Atlas, start time.Time) (Network, error) {
	r := &networkReader{atlas: atlas, start: start, mapped: start}
	if start.Before(knownSince) {
		r.mapped = knownSince
	}
	var file networkFile
	var readable bool
	if r.faults, readable = checkShape(data, &file); !readable {
		return Network{}, NetworkFaults(r.faults)
	}
	if err := json.Unmarshal(data, &file); err != nil && len(r.faults) == 0 {
		r.fault("%v", err)
	}
	n := Network{Regions: regionsIn(file.Regions), Team: file.Team, People: append([]Account{}, file.People...)}
	r.regions(n.Regions)
	n.Meetings = r.meetings(file.Meetings)
	r.team(n.Team)
	r.people(n)
	if len(r.faults) > 0 {
		return Network{}, NetworkFaults(r.faults)
	}
	return n, nil
}

// networkReader gathers the faults of a file while it reads it.
type networkReader struct {
	atlas  *Atlas
	start  time.Time
	mapped time.Time // the moment whose municipalities the regions are made of
	faults []string
}

// knownSince is from when on the table of municipalities tells all that changed: before, it knows what went but
// not what else there was.
var knownSince = time.Date(2024, 1, 1, 0, 0, 0, 0, Amsterdam)

func (r *networkReader) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// names are ids that may stand in an address on the web and in a key of the table.
var names = pattern(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const maxID = 60

// ValidID says whether something can be called so: a region, a meeting.
func ValidID(id string) bool { return len(id) <= maxID && names().MatchString(id) }

// id notes an id that cannot be one, or that another has already.
func (r *networkReader) id(where, id string, taken map[string]bool) {
	switch {
	case !ValidID(id):
		r.fault("%s: het id %q mag alleen kleine letters, cijfers en streepjes hebben, hooguit %d.", where, id, maxID)
	case taken[id]:
		r.fault("%s: het id %q is al vergeven.", where, id)
	}
	taken[id] = true
}

func (r *networkReader) filled(where, field, text string) {
	if strings.TrimSpace(text) == "" {
		r.fault("%s: %s ontbreekt.", where, field)
	}
}

// address notes what is no mail address.
func (r *networkReader) address(where, email string) {
	if _, code := ParseAddress(email); code != "" {
		r.fault("%s: %q is geen e-mailadres dat we kunnen mailen.", where, email)
	}
}

func (r *networkReader) team(t Team) {
	r.filled("team", "naam", t.Name)
	r.address("team", t.Email)
}

func (r *networkReader) people(n Network) {
	taken := map[string]bool{}
	for _, p := range n.People {
		where := fmt.Sprintf("mensen: %q", p.Email)
		r.filled(where, "naam", p.Name)
		r.address(where, p.Email)
		if key := strings.ToLower(p.Email); taken[key] {
			r.fault("%s: dit e-mailadres komt twee keer voor.", where)
		} else {
			taken[key] = true
		}
		switch p.Role {
		case RoleTeam, RoleFacilitator, RoleReader:
		default:
			r.fault("%s: de rol %q is geen team, facilitator of lezer.", where, p.Role)
		}
		if (p.Region != "" || p.Role == RoleFacilitator) && regionByID(n.Regions, p.Region) == nil {
			r.fault("%s: de regio %q bestaat niet.", where, p.Region)
		}
	}
}

// CheckRealAddresses refuses a network that names an address at which nobody can be reached: those under
// .example, .invalid and .test (RFC 2606). The error is NetworkFaults.
func CheckRealAddresses(n Network) error {
	r := &networkReader{}
	r.real("team", n.Team.Email)
	for _, region := range n.Regions {
		for _, f := range region.Facilitators {
			for _, email := range f.addresses("") {
				r.real(fmt.Sprintf("regio %q", region.ID), email)
			}
		}
	}
	for _, p := range n.People {
		r.real("mensen", p.Email)
	}
	if len(r.faults) > 0 {
		return NetworkFaults(r.faults)
	}
	return nil
}

var unreal = pattern(`(?i)[.@](example|invalid|test)\.?$`)

func (r *networkReader) real(where, email string) {
	if unreal().MatchString(strings.TrimSpace(email)) {
		r.fault("%s: %q is een voorbeeldadres. Daar kan geen mail naartoe.", where, email)
	}
}
