package forms

import (
	"fmt"
	"slices"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// FacilitatorRows gives the sheet of who answers: a row for each facilitator, or for each absence of one, and a row with
// nobody for a vacant region. Days are written as mdt.Date has them.
func FacilitatorRows(regions []mdt.Region) (rows [][]string) {
	for _, r := range regions {
		for _, f := range r.Facilitators {
			about := []string{r.ID, f.Name, f.Email, string(f.From), string(f.Until)}
			for _, a := range f.Absences {
				in := a.StandIn
				if in == nil {
					in = new(mdt.StandIn)
				}
				rows = append(rows, append(slices.Clone(about), string(a.From), string(a.Until), in.Name, in.Email))
			}
			if len(f.Absences) == 0 {
				rows = append(rows, append(about, "", "", "", ""))
			}
		}
		if len(r.Facilitators) == 0 {
			rows = append(rows, append([]string{r.ID}, make([]string, len(FacilitatorColumns)-1)...))
		}
	}
	return rows
}

// What the columns are as fields of the form of a region.
var (
	facilitatorCells = map[string]string{"naam": "naam", "email": "email", "vanaf": "vanaf", "totEnMet": "totEnMet"}
	absenceCells     = map[string]string{"afwezigVanaf": "vanaf", "afwezigTotEnMet": "totEnMet", "vervanger": "vervanger", "vervangerEmail": "vervangerEmail"}
)

// facilitatorsRead is what is read of the facilitators of one region.
type facilitatorsRead struct {
	row  int
	list []entry
	keys map[string]int // the place in the list of each, by what its rows have in common
	at   map[string]int // the row of each pointer: "#/facilitators/0", "#/facilitators/0/afwezig/1"
}

// Facilitators gives all regions with the facilitators that the sheet has for them. A region that is not in the sheet stays
// as it is in was; one with a row in which nobody stands is vacant.
func Facilitators(rows [][]string, was []mdt.Region) ([]mdt.Region, []SheetFault) {
	s := openSheet(rows, FacilitatorColumns)
	read := map[string]*facilitatorsRead{}
	for l := range s.lines {
		id := l.cell("regio")
		if !slices.Contains(mdt.RegionIDs(was), id) {
			s.fault(l.number, "regiobeheer.rij.regioOnbekend", "regio", id)
			continue
		}
		if read[id] == nil {
			read[id] = &facilitatorsRead{row: l.number, keys: map[string]int{}, at: map[string]int{}}
		}
		read[id].take(l)
	}
	now := slices.Clone(was)
	for i := range now {
		if found := read[now[i].ID]; found != nil {
			now[i].Facilitators = found.facilitators(s, was[i])
		}
	}
	slices.SortStableFunc(s.faults, func(a, b SheetFault) int { return a.Row - b.Row })
	return now, s.faults
}

// take adds a row to the facilitator that it is about: who has the same name, address and days is the same one.
func (r *facilitatorsRead) take(l line) {
	about, away := l.filled(facilitatorCells), l.filled(absenceCells)
	if len(about)+len(away) == 0 {
		return
	}
	key := strings.Join([]string{l.cell("naam"), l.cell("email"), l.cell("vanaf"), l.cell("totEnMet")}, "\x00")
	i, known := r.keys[key]
	if !known {
		i = len(r.list)
		r.keys[key], r.list = i, append(r.list, entry{i, about})
		r.at[fmt.Sprintf("#/facilitators/%d", i)] = l.number
	}
	if len(away) > 0 {
		absences, _ := r.list[i].group["afwezig"].([]entry)
		r.at[fmt.Sprintf("#/facilitators/%d/afwezig/%d", i, len(absences))] = l.number
		r.list[i].group["afwezig"] = append(absences, entry{len(absences), away})
	}
}

// facilitators holds them against the rules of the form in which a region is edited. What else there is to a region is left
// as it was, right or wrong.
func (r *facilitatorsRead) facilitators(s *sheet, was mdt.Region) []mdt.Facilitator {
	now, faults := Region(&Values{spec: regionSpec, root: group{"naam": was.Name, "facilitators": r.list}}, was)
	for _, f := range faults {
		if strings.HasPrefix(f.Pointer, "#/facilitators") {
			s.faults = append(s.faults, SheetFault{r.rowOf(f.Pointer), f})
		}
	}
	return now.Facilitators
}

// rowOf is the row of what a pointer is in.
func (r *facilitatorsRead) rowOf(pointer string) int {
	for at := pointer; at != ""; at = at[:max(strings.LastIndexByte(at, '/'), 0)] {
		if row, known := r.at[at]; known {
			return row
		}
	}
	return r.row
}
