// Package parts finds the programs from outside that some tests need: a database, a browser, a build tool.
//
// On a machine that has none of them the tests still pass and say what they left out; where all must be
// shown (AANMELDPUNT_ALL=1) a missing part is a failure.
package parts

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The environment variables this package reads.
const (
	DirVariable = "AANMELDPUNT_PARTS" // the folder where parts are kept, instead of the user's cache
	AllVariable = "AANMELDPUNT_ALL"   // "1": a missing part fails the test instead of skipping it
)

// getting says for each part we know how to come by it. {dir} stands for Dir().
var getting = map[string]string{
	"dynoxide": "cargo install --locked dynoxide-rs --version 3.2.0 --no-default-features " +
		"--features native-sqlite,http-server,cli --root {dir}/dynoxide",
	"sam":      "python3 -m venv {dir}/sam && {dir}/sam/bin/pip install aws-sam-cli==1.170.0",
	"cfn-lint": "python3 -m venv {dir}/sam && {dir}/sam/bin/pip install cfn-lint",
	"chromium": "apt-get install chromium",
	"node":     "apt-get install nodejs",
	"npm":      "apt-get install npm",
	"soffice":  "apt-get install --no-install-recommends libreoffice-calc",
	"zbarimg":  "apt-get install zbar-tools",
	"python3":  "apt-get install python3 python3-venv",

	"aws-ses-v2-local": byScript,
	"axe":              byScript,
	"html-validate":    byScript,
	"lighthouse":       byScript,
}

const byScript = "bash .ci/parts, which installs the npm packages of infra/tools in {dir}/node"

// files are parts that are no program: where they stand below the folder of what brought them.
var files = map[string]string{
	"axe": "node_modules/axe-core/axe.min.js",
}

// Dir is the folder where parts are kept, each as name/bin/name: $AANMELDPUNT_PARTS, else aanmeldpunt
// in the user's cache folder.
func Dir() string {
	if dir := os.Getenv(DirVariable); dir != "" {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "aanmeldpunt")
}

// Need gives the path of a part. Where it is missing the test ends: skipped, or failed when all is asked for.
func Need(t testing.TB, name string) string {
	t.Helper()
	if path, ok := Find(name); ok {
		return path
	}
	if All() {
		t.Fatal(missing(name))
	}
	t.Skip(missing(name))
	return ""
}

// All tells whether a missing part must fail.
func All() bool { return os.Getenv(AllVariable) == "1" }

// Find looks in bin and */bin below Dir, then in PATH. "axe" is no program but the file axe.min.js of axe-core, which
// is found below Dir only.
func Find(name string) (path string, ok bool) {
	if place, isFile := files[name]; isFile {
		return findFile(place)
	}
	found, _ := filepath.Glob(filepath.Join(Dir(), "*", "bin", name))
	slices.Sort(found)
	for _, path := range append([]string{filepath.Join(Dir(), "bin", name)}, found...) {
		if runnable(path) {
			return path, true
		}
	}
	path, err := exec.LookPath(name)
	return path, err == nil
}

func findFile(place string) (path string, ok bool) {
	found, _ := filepath.Glob(filepath.Join(Dir(), "*", place))
	if len(found) == 0 {
		return "", false
	}
	return slices.Min(found), true
}

func runnable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

func missing(name string) string {
	how, known := getting[name]
	if !known {
		return fmt.Sprintf("%s not installed: looked below %s and in PATH", name, Dir())
	}
	how = strings.ReplaceAll(how, "{dir}", Dir())
	return fmt.Sprintf("%s not installed: looked below %s and in PATH; get it by: %s", name, Dir(), how)
}
