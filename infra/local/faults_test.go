package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fails runs the command in this process, demands that it does not start, and gives what it says.
func fails(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err := run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), io.Discard, slog.New(slog.DiscardHandler))
	if err == nil {
		t.Fatalf("%q: it runs", args)
	}
	return err.Error()
}

// says demands that a fault is told in words that say what to do.
func says(t *testing.T, told string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(told, part) {
			t.Errorf("%q does not say %q", told, part)
		}
	}
	if strings.Contains(told, "goroutine") || strings.Contains(told, ".go:") {
		t.Errorf("a stack: %s", told)
	}
}

// TestWrongFlags: each says which flag and what would be right.
func TestWrongFlags(t *testing.T) {
	t.Parallel()
	cases := []struct {
		args []string
		say  []string
	}{
		{[]string{"-now", "morgen"}, []string{"-now", "2027-03-01T09:00:00+01:00"}},
		{[]string{"-now", "2027-02-30T09:00:00Z"}, []string{"-now"}},
		{[]string{"-now", "9999-01-01T00:00:00Z"}, []string{"-now"}},
		{[]string{"-addr", "8080"}, []string{"-addr", "127.0.0.1:8080"}},
		{[]string{"-addr", "127.0.0.1:99999"}, []string{"-addr"}},
		{[]string{"-rate", "-1"}, []string{"-rate"}},
		{[]string{"-rate", "NaN"}, []string{"-rate"}},
		{[]string{"-rate", "snel"}, []string{"-rate", "-help"}},
		{[]string{"-origins", "https://www.website.example,www.website.example"}, []string{"-origins", `"www.website.example"`, "https://www.voorbeeld.nl"}},
		{[]string{"-limits", "uit"}, []string{"-limits", "on or off"}},
		{[]string{"-data", ""}, []string{"-data"}},
		{[]string{"-veel"}, []string{"-veel", "-help"}},
		{[]string{"nu"}, []string{"nu", "flag"}},
	}
	for _, c := range cases {
		says(t, fails(t, append([]string{"-data", t.TempDir()}, c.args...)...), c.say...)
	}
}

// TestHelp lists every flag, and is no fault.
func TestHelp(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-help")
	cmd.Env = append(os.Environ(), "AANMELDPUNT_BE_LOCAL=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"-addr", "-data", "-now", "-network", "-rate", "-limits", "-origins"} {
		if !bytes.Contains(out, []byte(flag)) {
			t.Errorf("%s is not listed: %s", flag, out)
		}
	}
}

// TestExitCode: what cannot start ends with 1, and one sentence.
func TestExitCode(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-now", "morgen")
	cmd.Env = append(os.Environ(), "AANMELDPUNT_BE_LOCAL=1")
	out, _ := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || strings.Count(string(out), "\n") != 1 {
		t.Errorf("exit code %d: %s", cmd.ProcessState.ExitCode(), out)
	}
}

// TestPortInUse: the data folder is left alone.
func TestPortInUse(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	says(t, fails(t, "-addr", taken.Addr().String(), "-data", dir), taken.Addr().String(), "-addr")
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("files were made: %v", files)
	}
}

// TestLockedFolder: a second desk on the same folder does not start, and the first goes on.
func TestLockedFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := serve(t, "-data", dir, "-now", begin)
	says(t, fails(t, "-data", dir), "another process", "choose another folder")
	if a := s.post(beslisdag, `{"naam":"Noor","email":"noor@gast.example"}`); a.StatusCode != 201 {
		t.Error(a)
	}
}

// TestUnwritableFolder: also where no folder can be.
func TestUnwritableFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "bestand")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	says(t, fails(t, "-data", file), file, "-data")
	says(t, fails(t, "-data", filepath.Join(file, "map")), file, "-data")
	if os.Getuid() == 0 {
		return // root may write everywhere
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	says(t, fails(t, "-data", dir), "write permission")
}

// TestDamagedFiles: each file of the folder, spoilt in several ways, is named with what to do.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	dir := s.dataDir()
	for i := range 50 { // so that the file has more pages than its first
		if a := s.post(berichten, `{"naam":"Noor","email":"noor`+string(rune('a'+i%26))+`@gast.example","onderwerp":"anders","bericht":"`+strings.Repeat("Dag ", 500)+`"}`); a.StatusCode != 201 {
			t.Fatal(a)
		}
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	spoils := map[string]func([]byte) []byte{
		"cut off":   func(b []byte) []byte { return b[:len(b)/3] },
		"other":     func([]byte) []byte { return []byte(strings.Repeat("geen gegevens", 1000)) },
		"with 0xFF": func(b []byte) []byte { return bytes.Repeat([]byte{0xFF}, len(b)) },
	}
	for _, name := range []string{"aanmeldpunt.db", "postvak.db", "klok.json", "netwerk.json", "sleutels.json"} {
		for how, spoil := range spoils {
			spoilt := t.TempDir()
			if err := os.CopyFS(spoilt, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(filepath.Join(spoilt, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(spoilt, name), spoil(raw), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Log(name, how)
			says(t, fails(t, "-data", spoilt), name)
		}
	}
}

// dataDir is the folder that the start names.
func (s *server) dataDir() string {
	_, rest, _ := strings.Cut(s.said, "entries in ")
	dir, _, _ := strings.Cut(rest, ", the clock")
	return dir
}

// TestLostKeys: without its keys a filled store is of no use, and new ones would hide that.
func TestLostKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := serve(t, "-data", dir).end(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "sleutels.json")); err != nil {
		t.Fatal(err)
	}
	says(t, fails(t, "-data", dir), "sleutels.json", "put the file back")
}

// TestBadNetwork: all faults at once, and nothing is stored: a right file works afterwards.
func TestBadNetwork(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := networkFile(t, func(n map[string]any) {
		n["team"] = map[string]any{"naam": "", "email": "geen adres"}
		n["regios"].([]any)[0].(map[string]any)["id"] = "Met Spatie"
	})
	says(t, fails(t, "-data", dir, "-network", bad), bad, "naam ontbreekt", "geen adres", "Met Spatie")
	says(t, fails(t, "-data", dir, "-network", filepath.Join(dir, "geen.json")), "-network", "geen.json")
	serve(t, "-data", dir, "-network", networkFile(t, func(map[string]any) {}))
}

// TestFillingCutOff: a filling that did not end is done again, whole.
func TestFillingCutOff(t *testing.T) {
	t.Parallel()
	whole := serve(t, "-data", t.TempDir(), "-now", begin)
	dir := t.TempDir()
	d := func() *desk {
		o, err := parse([]string{"-data", dir, "-now", begin}, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		d, err := openDesk(o, &net.TCPAddr{Port: 1}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}()
	f, err := d.filling(t.Context())
	if err != nil || !f.Done {
		t.Fatalf("%v %v", f.Done, err)
	}
	f.Done = false
	if err := d.keepFilling(f); err != nil {
		t.Fatal(err)
	}
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "aanmeldpunt.db")); err != nil { // as if nothing had been stored yet
		t.Fatal(err)
	}
	again := serve(t, "-data", dir)
	for _, path := range []string{"/v1/bijeenkomsten/beslisdag", "/v1/regios"} {
		if a, b := whole.get(path), again.get(path); a.StatusCode != 200 || len(a.body) != len(b.body) {
			t.Errorf("%s: %d bytes, and after the cut %d", path, len(a.body), len(b.body))
		}
	}
}

// TestSitesAddress: what is printed and mailed can be opened.
func TestSitesAddress(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{"127.0.0.1:0": "http://127.0.0.1:5", ":0": "http://127.0.0.1:5", "0.0.0.0:0": "http://127.0.0.1:5",
		"[::]:0": "http://127.0.0.1:5", "[::1]:0": "http://[::1]:5", "localhost:0": "http://localhost:5", "127.0.0.9:0": "http://127.0.0.9:5"} {
		if got := site(asked, &net.TCPAddr{Port: 5}); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
	}
}

// TestFullDisk: on a disk without room nothing starts; on one that fills up nothing is answered that is not
// kept, and with room again it goes on. The disk is a limit on the size of files.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("prlimit"); err != nil {
		t.Skip("prlimit is not installed: a part of util-linux")
	}
	s, cmd := process(t, "-data", t.TempDir(), "-now", begin)
	limit := func(bytes string) {
		t.Helper()
		out, err := exec.Command("prlimit", "--pid", fmt.Sprint(cmd.Process.Pid), "--fsize="+bytes+":unlimited").CombinedOutput()
		if err != nil {
			t.Skipf("limits cannot be set: %s", out)
		}
	}
	if a := s.post(berichten, `{"naam":"Noor","email":"voor@gast.example","onderwerp":"anders","bericht":"Dag"}`); a.StatusCode != 201 {
		t.Fatal(a)
	}
	limit("8192")
	a := s.post(berichten, `{"naam":"Noor","email":"tijdens@gast.example","onderwerp":"anders","bericht":"Dag"}`)
	if a.StatusCode != 503 || a.Header.Get("Retry-After") == "" {
		t.Errorf("without room: %s", a)
	}
	limit("unlimited")
	if a := s.post(berichten, `{"naam":"Noor","email":"na@gast.example","onderwerp":"anders","bericht":"Dag"}`); a.StatusCode != 201 {
		t.Errorf("with room again: %s", a)
	}
	s.letters("na@gast.example", 1)
	if got := s.mailbox("?aan=tijdens@gast.example"); len(got) != 0 {
		t.Errorf("what was answered 503 caused letters: %+v", got)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
}
