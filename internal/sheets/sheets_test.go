package sheets

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// dangerous are texts that spreadsheets make something else of, or that formats cannot hold as they are.
var dangerous = []string{"=1+1", "+31 6 12345678", "-Plus", "@home", "\tx", "\nx", "=cmd|' /C calc'!A0", `=HYPERLINK("https://evil.example","klik")`, "'=1+1", "''=1+1", "'s Gravesande",
	"＝1+1", "＋1", "－1", "＠x", "0612345678", "3-4", "1e5", "23E45678", "9:30", "TRUE", "12-3-2027", "5,0", "#N/A", "a;b", `"De Brug" e.o.`, `"`, `""`, "een\ntwee\n\ndrie", "eind\n", " voor en na ", "a\tb",
	"<b>&amp;</b>", "]]>", "_x0041_", "_x000D_", "_xZZZZ_", "__x0041_", "😀 李 明 محمد", "\u202eomgekeerd", "é", "Ĳ", "sep=;", "NULL", "0", "-", "=", "'", "", "\u00a0", strings.Repeat("lang ", 2000)}

var columns = []Column{{"Naam", 30}, {"Aantal", 8}, {"Aangemeld op", 18}, {`Wat; "anders"`, 60}}

var amsterdam = func() *time.Location {
	place, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return place
}()

// instants are around the changes of the clock, and at its ends.
var instants = []string{"2027-03-28T00:59:00Z", "2027-03-28T01:00:00Z", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-12-31T23:59:59Z", "2028-02-29T12:00:00Z"}

// rows give every dangerous text, beside numbers and moments.
func rows() (all [][]Cell) {
	for i, danger := range dangerous {
		at, _ := time.Parse(time.RFC3339, instants[i%len(instants)])
		all = append(all, []Cell{Text(danger), Number(int64(i) - 3), Moment(at.In(amsterdam)), Text(dangerous[(i+7)%len(dangerous)])})
	}
	return append(all, []Cell{Text("leeg"), {}, Moment(time.Time{}), Text("")})
}

func written(t testing.TB, begin func(*bytes.Buffer) (Sheet, error), all [][]Cell) []byte {
	t.Helper()
	var out bytes.Buffer
	sheet, err := begin(&out)
	for _, row := range all {
		if err == nil {
			err = sheet.Row(row)
		}
	}
	if err = errors.Join(err, sheet.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asCSV(w *bytes.Buffer) (Sheet, error)  { return NewCSV(w, columns) }
func asXLSX(w *bytes.Buffer) (Sheet, error) { return NewXLSX(w, `Jan's "lijst" & <meer>`, columns) }

// TestCSV spells a sheet out: the mark, semicolons, quotes where they must be, CRLF.
func TestCSV(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 3, 28, 3, 0, 0, 0, amsterdam)
	got := string(written(t, asCSV, [][]Cell{{Text("=1+1"), Number(-12), Moment(at), Text("a;\"b\"\r\nc")}, {Text("'s Gravesande"), {}, {}, Text(" x\x00\ufffe\xff")}}))
	want := "\ufeffNaam;Aantal;Aangemeld op;\"Wat; \"\"anders\"\"\"\r\n'=1+1;-12;2027-03-28 03:00;\"a;\"\"b\"\"\nc\"\r\n's Gravesande;;;\" x\ufffd\ufffd\ufffd\"\r\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestReimport: what comes back is what went in, whatever it began with.
func TestReimport(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(dangerous), rapid.StringMatching(`['=+@\-;"\n\t a＝0-9e,:]{0,6}`), rapid.String()), 2, 2), 1, 4).Draw(t, "rows")
		var out bytes.Buffer
		sheet, err := NewCSV(&out, columns[:2])
		for i, row := range want {
			for j := range row {
				want[i][j] = clean(row[j])
			}
			err = errors.Join(err, sheet.Row([]Cell{Text(row[0]), Text(row[1])}))
		}
		if err = errors.Join(err, sheet.Close()); err != nil {
			t.Fatal(err)
		}
		got := [][]string{}
		for row, err := range ReadCSV(&out) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got[1:]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestHarmless(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"=1": "'=1", "'=1": "''=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\nx": "'\nx", "＝1": "'＝1",
		"'s Gravesande": "'s Gravesande", "a=1": "a=1", "": "", "'": "'", "0612345678": "'0612345678", "'0612345678": "''0612345678", "06-12345678": "06-12345678", "06 12345678": "06 12345678", "112": "112", "0": "0", "3M": "3M",
		"23E45678": "'23E45678", "1234567890123456": "'1234567890123456", "3-4": "'3-4", "12-3-2027": "'12-3-2027", "9:30": "'9:30", "5,0": "'5,0", "é": "é", "ﬁ": "ﬁ"} {
		if got := Harmless(text); got != want || Original(got) != text {
			t.Errorf("%q becomes %q and comes back as %q", text, got, Original(got))
		}
	}
}

func TestABrokenFileIsAnError(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a;b\r\n\"c", "a;b\r\nc", "a;\"b\"c"} {
		var last error
		for _, err := range ReadCSV(strings.NewReader(text)) {
			last = err
		}
		if last == nil {
			t.Errorf("%q is read", text)
		}
	}
}

// full fails from a byte on, as a disk or a line may.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("full")

// TestASheetThatCannotBeWritten: whatever goes wrong, Row or Close says so.
func TestASheetThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for size := range 40 {
		for name, begin := range map[string]func(*full) (Sheet, error){"csv": func(w *full) (Sheet, error) { return NewCSV(w, columns) },
			"xlsx": func(w *full) (Sheet, error) { return NewXLSX(w, "Blad", columns) }} {
			sheet, err := begin(&full{size * 100})
			for _, row := range rows() {
				if err == nil {
					err = sheet.Row(row)
				}
			}
			if err == nil {
				err = sheet.Close()
			}
			if !errors.Is(err, errFull) {
				t.Errorf("%s after %d bytes: %v", name, size*100, err)
			}
		}
	}
}

func TestRowsThatDoNotFit(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c, _ := NewCSV(&out, columns)
	x, _ := NewXLSX(&out, "Blad", columns)
	for _, sheet := range []Sheet{c, x} {
		if err := sheet.Row([]Cell{Text("a")}); !errors.Is(err, ErrShape) {
			t.Error(err)
		}
	}
	if err := x.Row([]Cell{Text(strings.Repeat("é", mostRunes+1)), {}, {}, {}}); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
	x.rows = mostRows
	if err := x.Row(make([]Cell, 4)); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

// TestRowsCostNoMemory: a row is written and forgotten.
func TestRowsCostNoMemory(t *testing.T) {
	row := []Cell{Text("=Noor van 't Hoff"), Number(12), Moment(time.Date(2027, 3, 28, 3, 0, 0, 0, amsterdam)), Text("Stichting De Brug")}
	for name, begin := range map[string]func(*discard) (Sheet, error){"csv": func(w *discard) (Sheet, error) { return NewCSV(w, columns) },
		"xlsx": func(w *discard) (Sheet, error) { return NewXLSX(w, "Blad", columns) }} {
		sheet, err := begin(new(discard))
		if err != nil {
			t.Fatal(err)
		}
		if got := testing.AllocsPerRun(10_000, func() { _ = sheet.Row(row) }); got > 3 {
			t.Errorf("%s: %.1f allocations a row", name, got)
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func TestLetters(t *testing.T) {
	t.Parallel()
	got := letters(703)
	for at, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got[at] != want {
			t.Errorf("column %d is %s, want %s", at, got[at], want)
		}
	}
}

// TestDay: a day is written without an apostrophe, so that a spreadsheet may take it for one.
func TestDay(t *testing.T) {
	at := time.Date(2027, 3, 27, 23, 30, 0, 0, time.UTC).In(amsterdam)
	got := string(written(t, func(w *bytes.Buffer) (Sheet, error) { return NewCSV(w, []Column{{"a", 1}, {"b", 1}, {"c", 1}}) },
		[][]Cell{{Day(at), Day(time.Time{}), Text("2027-03-28")}}))
	if want := mark + "a;b;c\r\n2027-03-28;;'2027-03-28\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReadable(t *testing.T) {
	for sent, want := range map[string]string{
		"":                                 "",
		"S\u00fadwest-Frysl\u00e2n":        "S\u00fadwest-Frysl\u00e2n", // UTF-8 stays
		"S\xfadwest-Frysl\xe2n;\x80 5;":    "S\u00fadwest-Frysl\u00e2n;\u20ac 5;",
		"\x91zo\x92 \x96 \x9f\xa0\xff":     "\u2018zo\u2019 \u2013 \u0178\u00a0\u00ff",
		"Caf\xe9 en caf\u00e9 door elkaar": "Caf\u00e9 en caf\u00c3\u00a9 door elkaar",
	} {
		if got := Readable(sent); got != want {
			t.Errorf("%q: %q, want %q", sent, got, want)
		}
	}
}
