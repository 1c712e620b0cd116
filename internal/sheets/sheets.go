// Package sheets writes spreadsheets row by row: CSV that Excel and LibreOffice open as it is meant, and XLSX. It
// keeps no row, so a sheet of any length costs the same memory; and what it wrote last is soon with the writer
// below, so that whoever counts bytes there knows when to stop.
//
// XLSX is written by hand: a library would tell the size of a file only when it is whole.
package sheets

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// Column is one column of a sheet.
type Column struct {
	Head  string
	Width int // in characters; XLSX only
}

// Cell is what stands in one place. The zero Cell is empty.
type Cell struct {
	kind kind
	text string
	n    int64
	at   time.Time
}

type kind byte

const (
	text kind = iota
	number
	moment
	day
)

// Text is a text, whatever it looks like: no spreadsheet is to take it for a formula, or for another number or a day.
func Text(s string) Cell { return Cell{text: clean(s)} }

// Number is a whole number that can be reckoned with.
func Number(n int64) Cell { return Cell{kind: number, n: n} }

// Moment is a day and a time of day, as a clock at t's own place shows it, to the minute; a zero t is an empty cell.
func Moment(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{kind: moment, at: t}
}

// Day is a day by itself, as t's own place has it; a zero t is an empty cell. A spreadsheet may take it for one, and then
// writes it back in its own spelling.
func Day(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{kind: day, at: t}
}

// Sheet takes rows. Close ends it; without that it is no sheet.
type Sheet interface {
	Row(cells []Cell) error
	Close() error
}

// Why a sheet cannot be written, besides what its writer says.
var (
	ErrShape   = errors.New("sheets: a row that is not as wide as the head")
	ErrTooLong = errors.New("sheets: more than a cell holds")
	ErrTooMany = errors.New("sheets: more rows than a sheet holds")
)

// clean gives a text as all formats can hold it: valid, with one kind of line end, and a mark in place of
// characters that XML does not know.
func clean(s string) string {
	if plain(s) {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' && s[i] != '\n' || s[i] == 0xef { // U+FFFE and U+FFFF begin with EF
			return false
		}
	}
	return utf8.ValidString(s)
}
