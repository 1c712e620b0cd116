package stack

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/parts"
)

// buildFlags are those of infra/build, for the functions that Lambda runs.
const buildFlags = "-buildvcs=false -trimpath -tags=lambda.norpc '-ldflags=-s -w'"

// built is where infra/build leaves what sam made, by architecture as Go calls it.
var built = map[string]string{"amd64": ".aws-sam/amd64", "arm64": ".aws-sam/build"}

// names of the functions, each the folder below functions/ and, with a capital, its resource.
func names(root *template) (names []string) {
	for _, r := range root.every(lambdaFunction) {
		names = append(names, strings.ToLower(r.name))
	}
	return names
}

// artefacts gives the binary of each function for an architecture: what sam built, where that is not older
// than the code, else what go build makes with the same flags. Where all is asked for it must be sam's.
func artefacts(t *testing.T, arch string) map[string]string {
	t.Helper()
	root := load(t)
	if paths, why := fromSAM(root, arch); why == "" {
		return paths
	} else if parts.All() {
		t.Fatalf("%s: run infra/build", why)
	}
	if arch != runtime.GOARCH {
		t.Skipf("no functions built for %s: run infra/build", arch)
	}
	paths := map[string]string{}
	for _, name := range names(root) {
		paths[name] = filepath.Join(fromGo(t), name)
	}
	return paths
}

// fromSAM finds what sam built; why says what is wrong with it.
func fromSAM(root *template, arch string) (paths map[string]string, why string) {
	paths, newest := map[string]string{}, newestSource()
	for _, tmpl := range root.all() {
		for name, r := range tmpl.resources() {
			if r.kind != lambdaFunction {
				continue
			}
			folder := filepath.Join(top, built[arch])
			if tmpl != root {
				folder = filepath.Join(folder, nestedName(root, tmpl))
			}
			path := filepath.Join(folder, name, "bootstrap")
			info, err := os.Stat(path)
			if err != nil {
				return nil, "sam built no " + name + " for " + arch
			}
			if info.ModTime().Before(newest) {
				return nil, "what sam built of " + name + " is older than the code"
			}
			paths[strings.ToLower(name)] = path
		}
	}
	return paths, ""
}

func nestedName(root, child *template) string {
	for name, tmpl := range root.children {
		if tmpl == child {
			return name
		}
	}
	return ""
}

// newestSource is when the code of the functions was last changed.
func newestSource() (newest time.Time) {
	for _, folder := range []string{"functions", "internal"} {
		_ = filepath.WalkDir(filepath.Join(top, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			if info, err := entry.Info(); err == nil && info.ModTime().After(newest) {
				newest = info.ModTime()
			}
			return nil
		})
	}
	return newest
}

var goBuild struct {
	once   sync.Once
	folder string
	err    error
	out    []byte
}

// fromGo builds all functions once, for this machine, and gives the folder they stand in.
func fromGo(t *testing.T) string {
	t.Helper()
	goBuild.once.Do(func() {
		if goBuild.folder, goBuild.err = os.MkdirTemp("", "aanmeldpunt-functions"); goBuild.err != nil {
			return
		}
		goBuild.out, goBuild.err = compile(goBuild.folder+"/", "./functions/...")
	})
	if goBuild.err != nil {
		t.Fatalf("%v: %s", goBuild.err, goBuild.out)
	}
	return goBuild.folder
}

// compile builds as infra/build does, from the top of the project.
func compile(to string, packages ...string) ([]byte, error) {
	command := exec.Command("go", append([]string{"build", "-o", to}, packages...)...)
	command.Dir = top
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS="+buildFlags)
	return command.CombinedOutput()
}

func TestMain(m *testing.M) {
	code := m.Run()
	if goBuild.folder != "" {
		_ = os.RemoveAll(goBuild.folder)
	}
	os.Exit(code)
}
