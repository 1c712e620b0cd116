package sheets

import (
	"bufio"
	"encoding/csv"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	mark      = "\ufeff" // Excel reads UTF-8 only where this stands in front
	separator = ';'      // what Excel divides by where the comma is for decimals
	minutes   = "2006-01-02 15:04"
)

// CSV is a sheet as text (RFC 4180 with semicolons).
type CSV struct {
	w       *bufio.Writer
	columns int
	line    []byte // the last row, whose room the next one takes
}

// NewCSV begins a sheet with its head.
func NewCSV(w io.Writer, columns []Column) (*CSV, error) {
	c := &CSV{w: bufio.NewWriterSize(w, 32<<10), columns: len(columns)}
	head := make([]Cell, len(columns))
	for i, column := range columns {
		head[i] = Text(column.Head)
	}
	_, _ = c.w.WriteString(mark) // an error stays with the writer, and comes with the row
	return c, c.Row(head)
}

// Row adds a row.
func (c *CSV) Row(cells []Cell) error {
	if len(cells) != c.columns {
		return ErrShape
	}
	line := c.line[:0]
	for i := range cells {
		if i > 0 {
			line = append(line, separator)
		}
		line = cells[i].csv(line)
	}
	c.line = append(line, "\r\n"...)
	_, err := c.w.Write(c.line)
	return err
}

func (c *Cell) csv(line []byte) []byte {
	switch c.kind {
	case number:
		return strconv.AppendInt(line, c.n, 10)
	case moment:
		return c.at.AppendFormat(line, minutes)
	case day:
		return c.at.AppendFormat(line, time.DateOnly)
	}
	return quoted(line, Harmless(c.text))
}

// quoted adds a text, between quotes where it would end the cell, or lose a space at its ends.
func quoted(line []byte, s string) []byte {
	if !strings.ContainsAny(s, ";\"\n") && s == strings.TrimSpace(s) {
		return append(line, s...)
	}
	line = append(line, '"')
	for i := range len(s) {
		if s[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, s[i])
	}
	return append(line, '"')
}

// Close ends the sheet.
func (c *CSV) Close() error { return c.w.Flush() }

// Harmless puts an apostrophe before a text that a spreadsheet would not show as it is: one that it would work out as a
// formula, or read as another number or a day ("0612345678" loses its nought). Apostrophes that stand before such a text
// get one more, so that Original can tell.
func Harmless(s string) string {
	if changes(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Original undoes Harmless.
func Original(s string) string {
	if rest, marked := strings.CutPrefix(s, "'"); marked && changes(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}

func changes(s string) bool {
	switch {
	case s == "":
		return false
	case s[0] >= '0' && s[0] <= '9':
		return !kept().MatchString(s) && read().MatchString(s)
	case strings.IndexByte("=+-@\t\n\r", s[0]) >= 0:
		return true
	}
	return s[0] == 0xef && strings.ContainsRune("＝＋－＠", first(s))
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

var (
	// kept are numbers that look in a spreadsheet as they were written.
	kept = pattern(`^(0|[1-9][0-9]{0,14})$`)
	// read is what spreadsheets read as a number, a day or a time.
	read = pattern(`^([0-9]+([.,][0-9]*)*([eE][+-]?[0-9]+)?%?|[0-9]{1,4}[-/.][0-9]{1,2}([-/.][0-9]{1,4})?|[0-9]{1,4}:[0-9]{2}(:[0-9]{2})?)$`)
)

// pattern gives a regular expression that is made when it is first asked for: no start waits for it.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// ReadCSV gives the rows of a sheet, its head first, as the texts that were written; an error ends it.
func ReadCSV(r io.Reader) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		buffered := bufio.NewReader(r)
		if first, err := buffered.Peek(len(mark)); err == nil && string(first) == mark {
			_, _ = buffered.Discard(len(mark)) // it was there a line ago
		}
		reader := csv.NewReader(buffered)
		reader.Comma = separator
		for {
			row, err := reader.Read()
			if err == io.EOF {
				return
			}
			for i := range row {
				row[i] = Original(row[i])
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
