package sheets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/parts"
)

// reading is what another program makes of a file.
type reading struct {
	Rows   [][]string    // of CSV
	Cells  [][][2]string // of XLSX: kind and value
	Name   string
	Filter string
	Frozen string
	Widths []float64
	Bold   []bool
	Format []string
}

// opened gives files to Python's csv and openpyxl.
func opened(t *testing.T, paths ...string) (readings []reading) {
	t.Helper()
	beside := filepath.Dir(parts.Need(t, "schemathesis")) // in the same environment
	var complaint bytes.Buffer
	command := exec.Command(filepath.Join(beside, "python3"), append([]string{"testdata/read.py"}, paths...)...)
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaint.String())
	}
	if err := json.Unmarshal(out, &readings); err != nil {
		t.Fatal(err)
	}
	return readings
}

// saved puts a file in a folder of the test's.
func saved(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// converted has LibreOffice open a file and save it as XLSX.
func converted(t *testing.T, path string, filter ...string) string {
	t.Helper()
	office := parts.Need(t, "soffice")
	out := t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", out}, filter...)
	command := exec.Command(office, append(args, path)...)
	command.Env = append(os.Environ(), "HOME="+t.TempDir())
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return filepath.Join(out, base+".xlsx")
}

// semicolons has LibreOffice read a CSV file as UTF-8, divided by semicolons.
const semicolons = "--infilter=CSV:59,34,76,1"

// values is a sheet's content as it was meant, cell by cell: kind and value. text says how a text is shown.
func values(text func(string) string, moment string) (all [][][2]string) {
	head := make([]Cell, len(columns))
	for i, column := range columns {
		head[i] = Text(column.Head)
	}
	for _, row := range append([][]Cell{head}, rows()...) {
		var line [][2]string
		for _, cell := range row {
			switch {
			case cell == (Cell{}):
				line = append(line, [2]string{"empty", ""})
			case cell.kind == number:
				line = append(line, [2]string{"number", fmt.Sprint(cell.n)})
			case cell.kind == kind(2):
				line = append(line, [2]string{"moment", cell.at.Format("2006-01-02 15:04:00") + moment})
			default:
				line = append(line, [2]string{"text", text(cell.text)})
			}
		}
		all = append(all, line)
	}
	return all
}

func same(s string) string { return s }

// underscored is how a text stands in the file where its own spelling means another character. openpyxl leaves that as it is.
func underscored(s string) string {
	return strings.NewReplacer("_x0041_", "_x005F_x0041_", "_x000D_", "_x005F_x000D_").Replace(s)
}

func TestPythonReadsCSV(t *testing.T) {
	t.Parallel()
	got := opened(t, saved(t, "lijst.csv", written(t, asCSV, rows())))[0].Rows
	var want [][]string
	for _, row := range values(Harmless, "") {
		var line []string
		for _, cell := range row {
			line = append(line, strings.TrimSuffix(cell[1], ":00"))
		}
		want = append(want, line)
	}
	for _, row := range want { // a moment ends in its minutes
		row[2] = strings.TrimSpace(row[2])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOpenpyxlReadsXLSX(t *testing.T) {
	t.Parallel()
	got := opened(t, saved(t, "lijst.xlsx", written(t, asXLSX, rows())))[0]
	want := reading{Cells: values(underscored, ` dd\-mm\-yyyy\ hh:mm`), Name: `Jan's "lijst" & <meer>`, Filter: fmt.Sprintf("A1:D%d", len(rows())+1), Frozen: "A2",
		Widths: []float64{30, 8, 18, 60}, Bold: []bool{true, true, true, true}, Format: []string{"@", "General", `dd\-mm\-yyyy\ hh:mm`, "@"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLibreOfficeOpensXLSX reads what LibreOffice made of the file: nothing is a formula, nothing is lost.
func TestLibreOfficeOpensXLSX(t *testing.T) {
	t.Parallel()
	got := opened(t, converted(t, saved(t, "lijst.xlsx", written(t, asXLSX, rows()))))[0]
	want := values(same, "")
	for _, row := range got.Cells {
		for i := range row {
			row[i][1] = strings.TrimSuffix(strings.TrimSuffix(row[i][1], " dd-mm-yyyy hh:mm"), ` dd\-mm\-yyyy\ hh:mm`)
		}
	}
	if diff := cmp.Diff(want, got.Cells); diff != "" {
		t.Error(diff)
	}
	if got.Filter != fmt.Sprintf("A1:D%d", len(rows())+1) { // without a window it forgets what was frozen
		t.Errorf("the filter is over %s", got.Filter)
	}
}

// TestLibreOfficeOpensCSV: every text that it would make something else of is a text there; without Harmless one is a formula.
func TestLibreOfficeOpensCSV(t *testing.T) {
	t.Parallel()
	got := opened(t, converted(t, saved(t, "lijst.csv", written(t, asCSV, rows())), semicolons))[0].Cells
	for i, row := range rows() {
		for _, at := range []int{0, 3} {
			if text := row[at].text; Harmless(text) != text {
				if want := [2]string{"text", Harmless(text)}; got[i+1][at] != want {
					t.Errorf("%q is %q", text, got[i+1][at])
				}
			}
		}
		if got[i+1][1][0] != "number" && i < len(rows())-1 || got[i+1][2][0] != "moment" && i < len(rows())-1 {
			t.Errorf("row %d has %v and %v", i, got[i+1][1], got[i+1][2])
		}
		for _, cell := range got[i+1] {
			if cell[0] == "formula" {
				t.Errorf("row %d holds a formula: %s", i, cell[1])
			}
		}
	}
	bare := opened(t, converted(t, saved(t, "kaal.csv", []byte("a;b;c;d\r\n\"=1+1\";x;x;x\r\n")), semicolons))[0].Cells
	if bare[1][0][0] != "formula" {
		t.Errorf("without harm taken away it is %v: this test would see nothing", bare[1][0])
	}
}
