package browser

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aanmeldpunt/internal/parts"
)

// result is a report as Lighthouse writes it.
func result(address, performance string) string {
	return fmt.Sprintf(`{"finalDisplayedUrl": %q,
		"categories": {"performance": {"score": %s, "auditRefs": [{"id": "a", "weight": 3}, {"id": "b", "weight": 0}, {"id": "c", "weight": 1}]}},
		"audits": {"a": {"title": "Traag", "score": 0.5}, "b": {"title": "Telt niet", "score": 0}, "c": {"title": "Goed", "score": 1}}}`, address, performance)
}

// pretender is a program that gives reports one after another, instead of Lighthouse.
func pretender(t *testing.T, reports ...string) lighthouse {
	t.Helper()
	dir := t.TempDir()
	for i, report := range reports {
		write(t, filepath.Join(dir, fmt.Sprint(i)), []byte(report))
	}
	write(t, filepath.Join(dir, "next"), []byte("0"))
	program := filepath.Join(dir, "lighthouse")
	script := "#!/bin/sh\ncd " + dir + "\nn=$(cat next)\necho $((n + 1)) >next\ncat \"$n\"\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return lighthouse{program: program, dir: dir}
}

const here = "http://127.0.0.1:1/"

func TestLighthouseIsReadWithCare(t *testing.T) {
	for name, c := range map[string]struct {
		reports []string
		want    int
		fails   string
	}{
		"the median of three":          {[]string{result(here, "0.99"), result(here, "0.2"), result(here, "0.904")}, 90, ""},
		"once more without a score":    {[]string{result(here, "null"), result(here, "0.8"), result(here, "0.8"), result(here, "0.8")}, 80, ""},
		"twice without a score":        {[]string{result(here, "null"), result(here, "null")}, 0, "no score"},
		"another page":                 {[]string{result(here+"elders", "1")}, 0, "instead of " + here},
		"no report":                    {[]string{"stuk"}, 0, "invalid character"},
		"a category that is not there": {[]string{`{"finalDisplayedUrl": "` + here + `"}`, `{"finalDisplayedUrl": "` + here + `"}`}, 0, "no score"},
		"a program that fails":         {nil, 0, "exit status 1"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := pretender(t, c.reports...).judge(t.Context(), here, []string{"performance"})
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Errorf("%v, want %q", err, c.fails)
				}
				return
			}
			if err != nil || got["performance"].Points != c.want || fmt.Sprint(got["performance"].Faults) != "[Traag]" {
				t.Errorf("%+v, %v, want %d points and what took the others", got, err, c.want)
			}
		})
	}
}

// TestLighthouseItself leaves out performance, which is a time: infra/bench has it.
func TestLighthouseItself(t *testing.T) {
	parts.Need(t, "lighthouse")
	parts.Need(t, "chromium")
	base := site(t, map[string]string{"/": with(""), "/beeld": spoiled["image without alt"].page})
	good, err := Judge(t.Context(), t.TempDir(), base+"/", "accessibility", "seo")
	if err != nil || good["accessibility"].Points != 100 || good["seo"].Points != 100 {
		t.Errorf("a page without faults: %+v, %v", good, err)
	}
	bad, err := Judge(t.Context(), t.TempDir(), base+"/beeld", "accessibility")
	if err != nil || bad["accessibility"].Points == 100 || !strings.Contains(strings.Join(bad["accessibility"].Faults, " "), "[alt]") {
		t.Errorf("a page with a picture that says nothing: %+v, %v", bad, err)
	}
}

func TestLighthouseThatIsNotThere(t *testing.T) {
	t.Setenv(parts.DirVariable, t.TempDir())
	t.Setenv("PATH", "")
	if _, err := Judge(t.Context(), t.TempDir(), here, "seo"); !errors.Is(err, ErrMissing) {
		t.Errorf("%v, want %v", err, ErrMissing)
	}
}
