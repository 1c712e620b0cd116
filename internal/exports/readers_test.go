package exports

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/parts"
)

// TestOthersReadTheSame: what openpyxl reads of the workbook, and what it reads once LibreOffice has opened and saved
// it, is what the CSV file says, cell by cell, also where texts look like formulas, numbers and days.
func TestOthersReadTheSame(t *testing.T) {
	t.Parallel()
	office, beside := parts.Need(t, "soffice"), filepath.Dir(parts.Need(t, "schemathesis"))
	d := newDesk(t)
	for _, text := range []string{"=1+1", "+31 6 12345678", "-Plus", "@home", "'s Gravesande", "'=1", "0612345678", "3-4", "1e5", "a;b", `"De Brug" e.o.`, "<b>", "😀 李 明 محمد", "é"} {
		d.registered(mdt.RegistrationForm{Name: text, Organisation: text, Role: text, Phone: text, Regions: []string{theirs}})
	}
	p, folder := d.as(sam), t.TempDir()
	want := p.file(below + "aanmeldingen.csv")
	for i := range want {
		for j, value := range want[i] {
			if at := want[0][j]; i > 0 && value != "" && (at == "Aangemeld op" || at == "Plek sinds") {
				want[i][j] += ":00"
			}
		}
	}
	path := filepath.Join(folder, "lijst.xlsx")
	if err := os.WriteFile(path, p.do("GET", below+"aanmeldingen.xlsx", "").Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	saved := filepath.Join(t.TempDir(), "lijst.xlsx")
	command := exec.Command(office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", filepath.Dir(saved), path)
	command.Env = append(os.Environ(), "HOME="+t.TempDir())
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for _, file := range []string{path, saved} {
		var complaint bytes.Buffer
		read := exec.Command(filepath.Join(beside, "python3"), "testdata/read.py", file)
		read.Stderr = &complaint
		out, err := read.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, complaint.String())
		}
		var got [][]string
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}
