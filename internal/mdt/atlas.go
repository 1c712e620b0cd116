package mdt

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Atlas knows the municipalities, those of today and those that were. Make it with ParseAtlas or OpenAtlas;
// it never changes after that.
type Atlas struct {
	read func() *atlasTable
}

type atlasTable struct {
	codes   []string // in the order of the table
	byCode  map[string]*atlasEntry
	byName  map[string][]*atlasEntry // folded official names, whole and without what follows a comma or bracket
	byAlias map[string][]*atlasEntry // folded other names
}

// atlasEntry is one row: a municipality from a moment on and up to another (zero: no bound).
type atlasEntry struct {
	Municipality
	origin      string // the province in which it lies or lay
	from, until time.Time
	successors  []string
}

func (e *atlasEntry) lives(now time.Time) bool {
	return !now.Before(e.from) && !e.dissolved(now)
}

func (e *atlasEntry) dissolved(now time.Time) bool {
	return !e.until.IsZero() && !now.Before(e.until)
}

const atlasHeading = "code,naam,provincie,vanaf,tot,opvolgers,ookBekendAls"

// ParseAtlas reads the table of municipalities: CSV with the heading code, naam, provincie, vanaf, tot,
// opvolgers, ookBekendAls; days as 2027-01-01, lists with | between. It refuses a table in which a code
// stands twice or a dissolved municipality does not lead to living ones.
func ParseAtlas(table string) (*Atlas, error) {
	parsed, err := parseTable(table)
	if err != nil {
		return nil, err
	}
	return &Atlas{func() *atlasTable { return parsed }}, nil
}

// OpenAtlas gives an Atlas that reads its table when it is first asked something, so that no start waits for
// it. The table must be one that ParseAtlas takes; asking one of another panics.
func OpenAtlas(table string) *Atlas {
	return &Atlas{sync.OnceValue(func() *atlasTable {
		parsed, err := parseTable(table)
		if err != nil {
			panic(err)
		}
		return parsed
	})}
}

func parseTable(text string) (*atlasTable, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("municipalities: %w", err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != atlasHeading {
		return nil, errors.New("municipalities: the heading is not " + atlasHeading)
	}
	t := &atlasTable{byCode: map[string]*atlasEntry{}, byName: map[string][]*atlasEntry{}, byAlias: map[string][]*atlasEntry{}}
	for _, row := range rows[1:] {
		if err := t.add(row); err != nil {
			return nil, fmt.Errorf("municipalities: %q: %w", row[0], err)
		}
	}
	for _, code := range t.codes {
		if err := t.trace(t.byCode[code]); err != nil {
			return nil, fmt.Errorf("municipalities: %q: %w", code, err)
		}
	}
	for _, e := range t.byCode {
		e.origin = t.originOf(e)
	}
	return t, nil
}

func (t *atlasTable) add(row []string) error {
	e := &atlasEntry{Municipality: Municipality{Code: row[0], Name: row[1], Province: row[2]}, successors: split(row[5])}
	if codeOf(e.Code) != e.Code || t.byCode[e.Code] != nil {
		return errors.New("no code, or the code of another")
	}
	var errFrom, errUntil error
	e.from, errFrom = midnight(row[3])
	e.until, errUntil = midnight(row[4])
	if err := errors.Join(errFrom, errUntil); err != nil {
		return err
	}
	t.codes, t.byCode[e.Code] = append(t.codes, e.Code), e
	name := fold(e.Name)
	t.byName[name] = append(t.byName[name], e)
	if base := fold(baseName(e.Name)); base != name {
		t.byName[base] = append(t.byName[base], e)
	}
	for _, alias := range split(row[6]) {
		t.byAlias[fold(alias)] = append(t.byAlias[fold(alias)], e)
	}
	return nil
}

// trace refuses an entry whose successors do not outlive it, so that following them always ends at
// municipalities that live, and a living one of which nobody knows where it lies.
func (t *atlasTable) trace(e *atlasEntry) error {
	if e.until.IsZero() != (len(e.successors) == 0) {
		return errors.New("an end without successors, or successors without an end")
	}
	if e.until.IsZero() && e.Province == "" {
		return errors.New("no province")
	}
	for _, code := range e.successors {
		next := t.byCode[code]
		if next == nil || !next.until.IsZero() && !next.until.After(e.until) || next.from.After(e.until) {
			return fmt.Errorf("successor %q is unknown or does not live then", code)
		}
	}
	return nil
}

// originOf is the province in which a municipality lay: the one in its name, its own, or that of its successor.
func (t *atlasTable) originOf(e *atlasEntry) string {
	if _, province, ok := cutProvince(e.Name); ok {
		return province
	}
	for e.Province == "" {
		e = t.byCode[e.successors[0]]
	}
	return e.Province
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "|")
}

// midnight is the beginning of a day in Amsterdam; no day is the zero moment.
func midnight(day string) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(time.DateOnly, day, Amsterdam)
}

// codeOf writes what may be a CBS code the official way, "GM0344"; empty for anything else.
func codeOf(text string) string {
	digits := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "GM")
	if digits == "" || len(digits) > 4 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return "GM" + strings.Repeat("0", 4-len(digits)) + digits
}

// fold keeps what two spellings of a name share: letters and digits, without accents and case.
func fold(name string) string {
	name = strings.ReplaceAll(name, "&", " en ")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(name))
}

// baseName is a name up to its first comma or bracket.
func baseName(name string) string {
	if i := strings.IndexAny(name, ",("); i > 0 {
		return name[:i]
	}
	return name
}

// cutProvince takes a province off the end of a name: in brackets, behind a comma, or as the last word.
func cutProvince(text string) (name, province string, ok bool) {
	i := strings.LastIndexAny(text, ",(")
	if i < 0 {
		i = strings.LastIndexByte(strings.TrimSpace(text), ' ')
	}
	if i < 0 {
		return "", "", false
	}
	province, ok = provinces()[fold(text[i:])]
	return text[:i], province, ok
}

// provinces are the folded ways to write each province.
var provinces = sync.OnceValue(func() map[string]string {
	spellings := map[string]string{"Groningen": "gr gn gron", "Fryslân": "fr frl friesland", "Drenthe": "dr drente",
		"Overijssel": "o ov", "Flevoland": "fl", "Gelderland": "g gd gld", "Utrecht": "u ut utr",
		"Noord-Holland": "nh nholland", "Zuid-Holland": "zh zholland", "Zeeland": "z ze zl zld",
		"Noord-Brabant": "nb nbr nbrabant brabant", "Limburg": "l lb li lim"}
	all := map[string]string{}
	for province, short := range spellings {
		all[fold(province)] = province
		for _, spelling := range strings.Fields(short) {
			all[spelling] = province
		}
	}
	return all
})
