package forms

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The columns of the sheets in which regions are taken out and brought in: their names at the top are how they are known.
var (
	RegionColumns      = []string{"regio", "naam", "telefoon", "regiostrategie", "code", "gemeente"}
	FacilitatorColumns = []string{"regio", "naam", "email", "vanaf", "totEnMet", "afwezigVanaf", "afwezigTotEnMet", "vervanger", "vervangerEmail"}
)

// SheetFault is one thing wrong with a sheet, in a row of it as a spreadsheet counts them (0: in no row of its own).
type SheetFault struct {
	Row int
	mdt.Fault
}

// sheet is one that is being read.
type sheet struct {
	rows   [][]string
	at     map[string]int // columns by name
	faults []SheetFault
}

// line is one row of it.
type line struct {
	*sheet
	number int
	cells  []string
}

// openSheet finds the columns by their names in the first row. All must be there; others are left alone.
func openSheet(rows [][]string, columns []string) *sheet {
	s := &sheet{at: map[string]int{}}
	if len(rows) > 0 {
		s.rows = rows[1:]
		for i, name := range rows[0] {
			s.at[strings.TrimSpace(name)] = i
		}
	}
	missing := slices.DeleteFunc(slices.Clone(columns), func(name string) bool { _, there := s.at[name]; return there })
	if len(missing) > 0 {
		s.fault(0, "regiobeheer.blad.kolommen", "kolommen", strings.Join(missing, ", "))
	}
	return s
}

func (s *sheet) fault(row int, code string, pairs ...string) {
	args := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	s.faults = append(s.faults, SheetFault{row, mdt.Fault{Code: code, Args: args}})
}

// lines gives the rows in which something stands; none where a column is missing.
func (s *sheet) lines(yield func(line) bool) {
	if len(s.faults) > 0 {
		return
	}
	for i, cells := range s.rows {
		filled := slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
		if filled && !yield(line{s, i + 2, cells}) {
			return
		}
	}
}

func (l line) cell(column string) string {
	if i := l.at[column]; i < len(l.cells) {
		return strings.TrimSpace(l.cells[i])
	}
	return ""
}

// filled takes the cells that are not empty, as fields of a form.
func (l line) filled(columns map[string]string) group {
	g := group{}
	for column, field := range columns {
		if cell := l.cell(column); cell != "" {
			g[field] = cell
		}
	}
	return g
}

// SheetOfRegions says whether the names at the top are those of the sheet of regions, and not of facilitators.
func SheetOfRegions(rows [][]string) bool {
	return len(rows) > 0 && slices.ContainsFunc(rows[0], func(name string) bool { return strings.TrimSpace(name) == "gemeente" })
}

// RegionRows gives the sheet of all regions: a row for each municipality, what is known of its region in front of it.
func RegionRows(regions []mdt.Region, atlas *mdt.Atlas) (rows [][]string) {
	for _, r := range regions {
		about := []string{r.ID, r.Name, r.Phone, r.Strategy}
		for _, code := range r.Municipalities {
			m, _ := atlas.Known(code)
			rows = append(rows, append(slices.Clone(about), code, m.Name))
		}
		if len(r.Municipalities) == 0 {
			rows = append(rows, append(about, "", ""))
		}
	}
	return rows
}

// regionsRead is what is read of the sheet of regions.
type regionsRead struct {
	*sheet
	order []string                // ids as they are met
	rows  map[string]*regionInRow // by id
	homes map[string]int          // in which row a municipality stands
}

type regionInRow struct {
	row   int
	about group
	told  map[string]int // in which row a field was first filled in
	codes []string
}

// Regions gives all regions as the sheet has them, each with the facilitators that it has in was: what stands in was and not in
// the sheet goes. Each municipality of now must be in it exactly once.
func Regions(rows [][]string, was []mdt.Region, atlas *mdt.Atlas, now time.Time) ([]mdt.Region, []SheetFault) {
	read := &regionsRead{openSheet(rows, RegionColumns), nil, map[string]*regionInRow{}, map[string]int{}}
	for l := range read.lines {
		read.take(l, atlas, now)
	}
	regions := make([]mdt.Region, 0, len(read.order))
	for _, id := range read.order {
		regions = append(regions, read.region(id, was))
	}
	if len(read.at) > 0 && !slices.ContainsFunc(read.faults, func(f SheetFault) bool { return f.Code == "regiobeheer.blad.kolommen" }) {
		read.covered(regions, atlas, now)
	}
	return regions, read.faults
}

func (s *regionsRead) take(l line, atlas *mdt.Atlas, now time.Time) {
	id := l.cell("regio")
	if !mdt.ValidID(id) || id == mdt.Nationwide {
		s.fault(l.number, "regiobeheer.rij.regio")
		return
	}
	r := s.rows[id]
	if r == nil {
		r = &regionInRow{row: l.number, about: group{}, told: map[string]int{}}
		s.rows[id], s.order = r, append(s.order, id)
	}
	for _, field := range []string{"naam", "telefoon", "regiostrategie"} {
		switch told := l.cell(field); {
		case told == "" || told == r.about[field]: // one row of the region may tell it for all
		case r.about[field] == nil:
			r.about[field], r.told[field] = told, l.number
		default:
			s.fault(l.number, "regiobeheer.rij.anders", "veld", field, "rij", strconv.Itoa(r.told[field]))
		}
	}
	code, name := l.cell("code"), l.cell("gemeente")
	if code == "" && name == "" {
		return
	}
	found, why := atlas.Coded(code, name, now)
	switch {
	case why != "":
		s.fault(l.number, "regiobeheer.rij.gemeente."+why, "gemeente", strings.TrimSpace(code+" "+name))
	case s.homes[found] > 0:
		s.fault(l.number, "regiobeheer.rij.gemeente.tweeKeer", "gemeente", strings.TrimSpace(code+" "+name), "rij", strconv.Itoa(s.homes[found]))
	default:
		s.homes[found] = l.number
		r.codes = append(r.codes, found)
	}
}

// region holds what the sheet says of a region against the rules of the form in which it is edited.
func (s *regionsRead) region(id string, was []mdt.Region) mdt.Region {
	r := s.rows[id]
	base := mdt.Region{ID: id}
	if i := slices.IndexFunc(was, func(region mdt.Region) bool { return region.ID == id }); i >= 0 {
		base = was[i]
	}
	now, faults := Region(&Values{spec: regionSpec, root: r.about}, base)
	for _, f := range faults {
		s.faults = append(s.faults, SheetFault{r.row, f})
	}
	now.Facilitators, now.Municipalities = base.Facilitators, r.codes
	return now
}

// namesTold is how many municipalities are told by name where many are missing.
const namesTold = 12

func (s *regionsRead) covered(regions []mdt.Region, atlas *mdt.Atlas, now time.Time) {
	var names []string
	missing := atlas.Spread(regions, now).Missing
	for _, m := range missing {
		names = append(names, m.Name)
	}
	if len(names) > namesTold {
		names = append(names[:namesTold:namesTold], "…")
	}
	if len(missing) > 0 {
		s.fault(0, "regiobeheer.blad.missen", "n", strconv.Itoa(len(missing)), "gemeenten", strings.Join(names, ", "))
	}
}
