package exports

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/sheets"
)

const (
	// mostBytes is how large a file may be: an answer of Lambda holds 6 MB (6,291,556 bytes), its body in base64.
	mostBytes = 4_600_000
	// behind is how much of what was written may not have reached the file yet: what is held to be compressed, and the
	// rest of a workbook. TestAFileNeverOutgrowsAnAnswer holds it against what cannot be compressed.
	behind = 300_000
)

// room is how much of a file there may be before its last row.
func (s *Service) room() int {
	if s.most > 0 {
		return s.most
	}
	return mostBytes - behind
}

// output is a file that is being made.
type output struct {
	bytes bytes.Buffer
	gzip  *gzip.Writer // nil where it is not compressed, or compresses itself
	sheet sheets.Sheet
	room  int
	rows  int
}

// begin begins a file with its head.
func (a ask) begin(l list, room int) (out *output, err error) {
	out = &output{room: room}
	out.bytes.Grow(mostBytes) // growing to it would take twice as much on the way
	if a.format == "xlsx" {
		out.sheet, err = sheets.NewXLSX(&out.bytes, content.PageWords("uitvoer."+a.name, nil), l.columns)
		return out, err
	}
	var to io.Writer = &out.bytes
	if a.gzip {
		if out.gzip, err = gzip.NewWriterLevel(to, gzip.BestSpeed); err != nil {
			return nil, err
		}
		to = out.gzip
	}
	out.sheet, err = sheets.NewCSV(to, l.columns)
	return out, err
}

// full says that no other row is sure to fit.
func (o *output) full() bool { return o.bytes.Len() > o.room }

func (o *output) row(cells []sheets.Cell) error {
	o.rows++
	return o.sheet.Row(cells)
}

func (o *output) close() error {
	err := o.sheet.Close()
	if o.gzip != nil {
		err = errors.Join(err, o.gzip.Close())
	}
	return err
}

func (o *output) headers(h http.Header) {
	if o.gzip != nil {
		h.Set("Content-Encoding", "gzip")
	}
}

// keeper is who answers with a whole file without copying it; the file is theirs from then on.
type keeper interface{ Keep(file []byte) }

func (o *output) send(w http.ResponseWriter) {
	if k, ok := w.(keeper); ok {
		k.Keep(o.bytes.Bytes())
		return
	}
	_, _ = w.Write(o.bytes.Bytes()) // a reader who is gone sees nothing
}
