package forms

import (
	"strconv"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// Reason gives why the team does something, as it was typed under a name.
func Reason(v *Values, name string) (string, []mdt.Fault) {
	c := newChecker(v)
	return c.text(name), c.faults()
}

// Address gives the address that was typed under email.
func Address(v *Values) (mdt.Address, []mdt.Fault) {
	c := newChecker(v)
	address := c.email("email")
	return address, c.faults()
}

// MaxGroup is how many somebody can bring along where the team takes it down: so many fit in one transaction.
const MaxGroup = 25

// Group reads whom somebody brings along: a line for each, with a name and, behind a comma, an address if there is one.
func Group(typed string) (guests []mdt.Guest, faults []mdt.Fault) {
	n := 0
	for line := range strings.Lines(typed) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		n++
		name, email, _ := strings.Cut(line, ",")
		guest, fault := mdt.Guest{Name: strings.TrimSpace(name)}, ""
		if email = strings.TrimSpace(email); email != "" {
			guest.Email, fault = mdt.ParseAddress(email)
		}
		if guest.Name == "" || len(guest.Name) > maxName || fault != "" {
			faults = append(faults, mdt.Fault{Pointer: "#/groep", Code: "balie.groep.regel", Args: map[string]string{"n": strconv.Itoa(n)}})
		}
		guests = append(guests, guest)
	}
	if n > MaxGroup {
		faults = append(faults, mdt.Fault{Pointer: "#/groep", Code: "balie.groep.teVeel", Args: map[string]string{"n": strconv.Itoa(MaxGroup)}})
	}
	return guests, faults
}
