package sheets

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// What Excel takes of one sheet.
const (
	mostRows  = 1_048_576
	mostRunes = 32_767 // of a cell
)

// The styles of xlsxStyles, by their place there.
const (
	styleText   = "1"
	styleMoment = "2"
	styleHead   = "3"
)

// XLSX is a sheet as Office Open XML (ECMA-376): one sheet in a workbook, its head bold, held in view and with a filter.
type XLSX struct {
	zip     *zip.Writer
	w       *bufio.Writer
	name    string
	letters []string
	rows    int
	line    []byte // the last row, whose room the next one takes
	number  []byte
}

// NewXLSX begins a sheet with its head. The name is at most 31 characters, without any of []:*?/\.
func NewXLSX(w io.Writer, name string, columns []Column) (*XLSX, error) {
	x := &XLSX{zip: zip.NewWriter(w), name: name, letters: letters(len(columns))}
	x.zip.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	for _, part := range [][2]string{{"[Content_Types].xml", xlsxTypes}, {"_rels/.rels", xlsxRoot}, {"xl/_rels/workbook.xml.rels", xlsxBook}, {"xl/styles.xml", xlsxStyles}} {
		if err := x.part(part[0], part[1]); err != nil {
			return nil, err
		}
	}
	sheet, err := x.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	x.w = bufio.NewWriterSize(sheet, 32<<10)
	x.begin(columns)
	return x, x.head(columns)
}

func (x *XLSX) part(name, text string) error {
	w, err := x.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(w, xmlHead+text)
	}
	return err
}

func (x *XLSX) begin(columns []Column) {
	x.put(xmlHead + `<worksheet xmlns="` + xmlMain + `"><sheetViews><sheetView tabSelected="1" workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><cols>`)
	for i, column := range columns {
		at := strconv.Itoa(i + 1)
		x.put(`<col min="` + at + `" max="` + at + `" width="` + strconv.Itoa(max(column.Width, 4)) + `" customWidth="1"/>`)
	}
	x.put(`</cols><sheetData>`)
}

func (x *XLSX) head(columns []Column) error {
	cells := make([]Cell, len(columns))
	for i, column := range columns {
		cells[i] = Text(column.Head)
	}
	return x.row(cells, styleHead)
}

// Row adds a row.
func (x *XLSX) Row(cells []Cell) error { return x.row(cells, styleText) }

func (x *XLSX) row(cells []Cell, style string) error {
	if len(cells) != len(x.letters) {
		return ErrShape
	}
	if x.rows == mostRows {
		return ErrTooMany
	}
	x.rows++
	x.number = strconv.AppendInt(x.number[:0], int64(x.rows), 10)
	line := append(x.line[:0], `<row r="`...)
	line = append(append(line, x.number...), `">`...)
	for i := range cells {
		if len(cells[i].text) > mostRunes && utf8.RuneCountInString(cells[i].text) > mostRunes/2 { // it counts some characters as two
			return ErrTooLong
		}
		if cells[i] != (Cell{}) {
			line = append(append(append(line, `<c r="`...), x.letters[i]...), x.number...)
			line = cells[i].xml(line, style)
		}
	}
	x.line = append(line, `</row>`...)
	_, err := x.w.Write(x.line)
	return err
}

// xml adds a cell behind its place.
func (c *Cell) xml(line []byte, style string) []byte {
	switch c.kind {
	case number:
		line = strconv.AppendInt(append(line, `"><v>`...), c.n, 10)
		return append(line, `</v></c>`...)
	case moment, day:
		line = strconv.AppendFloat(append(line, `" s="`+styleMoment+`"><v>`...), serial(c.at), 'f', -1, 64)
		return append(line, `</v></c>`...)
	}
	line = append(append(append(line, `" s="`...), style...), `" t="inlineStr"><is><t`...)
	if blank(c.text[0]) || blank(c.text[len(c.text)-1]) {
		line = append(line, ` xml:space="preserve"`...)
	}
	return append(escaped(append(line, '>'), c.text), `</t></is></c>`...)
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// escaped adds a text as XML. "_x0041_" would be read as a letter A: its underscore is written that way itself.
func escaped(line []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '_':
			if rest := s[i:]; len(rest) < 7 || rest[1] != 'x' || rest[6] != '_' || !hexadecimal(rest[2:6]) {
				continue
			}
			entity = "_x005F_"
		default:
			continue
		}
		line = append(append(line, s[from:i]...), entity...)
		from = i + 1
	}
	return append(line, s[from:]...)
}

func hexadecimal(s string) bool {
	_, err := strconv.ParseUint(s, 16, 16)
	return err == nil
}

// put writes pieces; an error stays with the writer, and comes with the next row.
func (x *XLSX) put(pieces ...string) {
	for _, piece := range pieces {
		_, _ = x.w.WriteString(piece)
	}
}

// serial is a moment as spreadsheets count: days since the end of 1899, the clock's own.
func serial(t time.Time) float64 {
	t = t.Truncate(time.Minute)
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	return float64(wall.Unix()-time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / (24 * 60 * 60)
}

// Close ends the sheet and the workbook around it.
func (x *XLSX) Close() error {
	last := x.letters[len(x.letters)-1]
	x.put(`</sheetData><autoFilter ref="A1:`, last, strconv.Itoa(x.rows), `"/></worksheet>`)
	if err := x.w.Flush(); err != nil {
		return err
	}
	name := strings.ReplaceAll(string(escaped(nil, x.name)), `"`, "&quot;")
	quoted := strings.ReplaceAll(name, "'", "''")
	err := x.part("xl/workbook.xml", `<workbook xmlns="`+xmlMain+`" xmlns:r="`+xmlRelations+`"><sheets><sheet name="`+name+
		`" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'`+quoted+`'!$A$1:$`+last+`$`+strconv.Itoa(x.rows)+
		`</definedName></definedNames></workbook>`)
	if err != nil {
		return err
	}
	return x.zip.Close()
}

// letters are the names of so many columns.
func letters(n int) []string {
	names := make([]string, n)
	for i := range names {
		for at := i + 1; at > 0; at = (at - 1) / 26 {
			names[i] = string(rune('A'+(at-1)%26)) + names[i]
		}
	}
	return names
}
