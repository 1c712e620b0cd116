package look

import (
	"fmt"
	"slices"

	"aanmeldpunt/internal/mdt"
)

// StoredRegistration gives a registration as the form would send it in.
func StoredRegistration(r mdt.Registration, wishes string) map[string][]string {
	stored := map[string][]string{"naam": {r.Name}, "organisatie": {r.Organisation}, "functie": {r.Role}, "telefoon": {r.Phone},
		"regios": r.Regions, "deelname": {string(r.Attendance)}, "onderdelen": r.Parts, "wensen": {wishes}}
	for id, answer := range r.Answers {
		switch answer := answer.(type) {
		case bool:
			stored["antwoorden."+id] = []string{map[bool]string{true: "on", false: "off"}[answer]}
		case []string:
			stored["antwoorden."+id] = answer
		case []any:
			for _, one := range answer {
				stored["antwoorden."+id] = append(stored["antwoorden."+id], fmt.Sprint(one))
			}
		default:
			stored["antwoorden."+id] = []string{fmt.Sprint(answer)}
		}
	}
	return withoutEmpty(stored)
}

// StoredProposal gives a proposal as the form would send it in.
func StoredProposal(p mdt.Proposal) map[string][]string {
	return withoutEmpty(map[string][]string{"naam": {p.Name}, "organisatie": {p.Organisation}, "thema": {p.Theme}, "doel": {p.Goal}, "soort": {p.Kind},
		"toelichting": {p.Explanation}, "leiding.wie": {p.Leader.Who}, "leiding.naam": {p.Leader.Name}, "leiding.email": {p.Leader.Email},
		"leiding.rol": {p.Leader.Role}, "regios": p.Regions})
}

// withoutEmpty drops what an HTML form would not be understood to have sent.
func withoutEmpty(sent map[string][]string) map[string][]string {
	for name, values := range sent {
		values = slices.DeleteFunc(slices.Clone(values), func(value string) bool { return value == "" })
		if sent[name] = values; len(values) == 0 {
			delete(sent, name)
		}
	}
	return sent
}
