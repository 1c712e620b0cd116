package stack

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// jsonFunctions are those of the JSON API: they are to be small and quick to start.
var jsonFunctions = strings.Fields("meetings registrations proposals interests messages")

// heaviest is how many times the bytes of an empty function a function of the JSON API may have.
const heaviest = 1.65

// strangers gives, for a function, packages that its binary may not hold: parts of their paths.
func strangers(name string) []string {
	out := []string{"go.etcd.io/bbolt", module + "infra/", module + "internal/store/bolt", module + "internal/post/outbox",
		module + "internal/store/storetest", module + "internal/api/apitest", module + "internal/acts/actstest", module + "internal/parts", "testing",
		"kin-openapi", "pgregory.net/rapid", "yuin/goldmark", "go-cmp", "aws-sdk-go-v2/config", "aws-sdk-go-v2/service/sts", "aws-sdk-go-v2/service/sso"}
	if name != "mailer" {
		out = append(out, "service/sesv2", module+"internal/post/ses")
	}
	if name != "mailer" && name != "console" { // the desk shows letters, and sends none
		out = append(out, "go-mail", module+"internal/letters")
	}
	if name != "exports" {
		out = append(out, module+"internal/exports")
	}
	if name != "exports" && name != "console" { // the desk takes regions in and out as CSV
		out = append(out, module+"internal/sheets")
	}
	if name == "exports" {
		out = append(out, module+"internal/console", module+"internal/acts")
	}
	if name != "console" {
		out = append(out, "coreos/go-oidc", "golang.org/x/oauth2", module+"internal/signin")
	}
	if name == "mailer" || name == "mailevents" || name == "clock" {
		out = append(out, module+"internal/api", module+"internal/pages", module+"internal/forms", module+"internal/gateway")
	}
	if slices.Contains(jsonFunctions, name) {
		out = append(out, "html/template", "text/template", module+"internal/pages", module+"internal/links", module+"internal/work")
	}
	return out
}

// holding gives which of the strangers are among a binary's packages.
func holding(packages, unwanted []string) (found []string) {
	for _, p := range packages {
		for _, stranger := range unwanted {
			if p == stranger || strings.HasPrefix(p, stranger+"/") || strings.HasSuffix(stranger, "/") && strings.HasPrefix(p, stranger) ||
				!strings.HasPrefix(stranger, module) && strings.Contains(p, "/"+stranger) {
				found = append(found, p)
			}
		}
	}
	return found
}

func TestBinariesHoldOnlyWhatTheyUse(t *testing.T) {
	t.Parallel()
	packages, err := listed("-tags=lambda.norpc", "./functions/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		name := filepath.Base(p.ImportPath)
		for _, stranger := range holding(p.Deps, strangers(name)) {
			t.Errorf("%s holds %s", name, stranger)
		}
	}
	local, err := listed("./infra/local")
	if err != nil {
		t.Fatal(err)
	}
	found := holding(local[0].Deps, strangers("registrations"))
	for _, sure := range []string{"go.etcd.io/bbolt", "github.com/yuin/goldmark", module + "internal/store/bolt", module + "internal/pages", "html/template"} {
		if !slices.Contains(found, sure) {
			t.Errorf("the local mode holds %s and this test does not see it", sure)
		}
	}
}

func TestJSONFunctionsAreSmall(t *testing.T) {
	t.Parallel()
	binaries := artefacts(t, runtime.GOARCH)
	path := filepath.Join(t.TempDir(), "empty")
	if out, err := compile(path, "./infra/bench/empty"); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	empty := size(t, path)
	for _, name := range jsonFunctions {
		ratio := float64(size(t, binaries[name])) / float64(empty)
		t.Logf("%s: %.1f MB, %.2f times an empty function", name, float64(size(t, binaries[name]))/1e6, ratio)
		if ratio > heaviest {
			t.Errorf("%s is %.2f times an empty function, at most %.2f", name, ratio, heaviest)
		}
	}
	if ratio := float64(size(t, binaries["pages"])) / float64(empty); ratio <= heaviest {
		t.Errorf("pages hold html/template and are only %.2f times an empty function: is it the same kind of build?", ratio)
	}
}

func size(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestBuiltAlike: where sam is absent the tests build by themselves, and it must be the same build.
func TestBuiltAlike(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile(filepath.Join(top, "infra", "build"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`GOFLAGS="` + buildFlags + `"`, "CGO_ENABLED=0", built["amd64"], built["arm64"]} {
		if !strings.Contains(string(script), want) {
			t.Errorf("infra/build does not say %s", want)
		}
	}
}
