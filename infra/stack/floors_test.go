package stack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// module is the path in front of our own packages.
const module = "aanmeldpunt/"

// rooms are the packages and what each may import of ours and of others' modules: floors from the ground up.
// A room is added here before it imports anything. Code of tests is not held to it.
var rooms = map[string]string{
	"internal/mdt":     "golang.org/x/net/idna golang.org/x/text/unicode/norm",
	"internal/content": "",
	"internal/links":   "",
	"internal/ical":    "",

	"internal/store":        "internal/mdt",
	"internal/store/dynamo": "internal/store " + awsCore + awsDynamoDB,
	"internal/store/bolt":   "internal/store go.etcd.io/bbolt go.etcd.io/bbolt/errors",
	"internal/post":         "",
	"internal/post/ses":     "internal/post " + awsCore + awsSES,
	"internal/post/outbox":  "internal/post go.etcd.io/bbolt golang.org/x/net/idna",
	"internal/letters":      "internal/mdt internal/content internal/links internal/ical github.com/wneessen/go-mail golang.org/x/net/idna",
	"internal/gateway":      lambdaEvents,
	"internal/forms":        "internal/mdt internal/content golang.org/x/text/unicode/norm",
	"internal/sheets":       "",
	"internal/signin":       "github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2",
	"internal/web":          "",

	"internal/acts":   "internal/mdt internal/store",
	"internal/access": "internal/mdt internal/store",
	"internal/look":   "internal/mdt internal/content internal/forms",

	"internal/api":     "internal/mdt internal/content internal/store internal/forms internal/web internal/acts",
	"internal/exports": "internal/mdt internal/content internal/store internal/access internal/look internal/sheets internal/web",
	"internal/pages":   "internal/mdt internal/content internal/links internal/ical internal/store internal/forms internal/web internal/acts internal/look",
	"internal/console": "internal/mdt internal/content internal/links internal/store internal/forms internal/web internal/signin internal/acts internal/look internal/access internal/sheets",
	"internal/work":    "internal/mdt internal/store internal/post " + lambdaEvents,

	"internal/setup":           "internal/store internal/store/dynamo github.com/aws/aws-lambda-go/lambdacontext",
	"internal/setup/acting":    "internal/setup internal/mdt internal/content internal/store internal/acts",
	"internal/setup/clocking":  "internal/setup internal/mdt internal/content internal/store internal/acts internal/work",
	"internal/setup/exporting": "internal/setup internal/access internal/exports",
	"internal/setup/consoling": "internal/setup internal/setup/acting internal/letters internal/links internal/signin internal/access internal/console",
	"internal/setup/apis":      "internal/setup internal/setup/acting internal/api",
	"internal/setup/mailing":   "internal/setup internal/mdt internal/links internal/letters internal/post/ses internal/work",
	"internal/setup/paging":    "internal/setup internal/setup/acting internal/links internal/pages",
	"internal/setup/reporting": "internal/setup internal/work",
}

const (
	awsCore      = "github.com/aws/aws-sdk-go-v2/aws github.com/aws/aws-sdk-go-v2/aws/transport/http github.com/aws/smithy-go "
	awsDynamoDB  = "github.com/aws/aws-sdk-go-v2/service/dynamodb github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	awsSES       = "github.com/aws/aws-sdk-go-v2/service/sesv2 github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	lambdaEvents = "github.com/aws/aws-lambda-go/events"
)

// families are packages of one form: what stands for each of them.
var families = []struct{ folder, may string }{
	{"functions/", "internal/setup/* internal/gateway github.com/aws/aws-lambda-go/lambda"},
	{"infra/", "*"},
	{"docs", ""},
	{"internal/store/storetest", "*"}, // help for tests, which no function holds: see below
	{"internal/api/apitest", "*"},
	{"internal/acts/actstest", "*"},
	{"internal/content/lint", ""},
	{"internal/parts", ""},
}

// pure is what the domain may not touch: files, the network, the clock's hands, a log.
var pure = []string{"os", "io/fs", "net", "net/http", "log", "log/slog", "context", "database/sql", "math/rand", "math/rand/v2", "crypto/rand"}

// pkg is a package as go list tells of it.
type pkg struct {
	ImportPath, Dir string
	Imports, Deps   []string
}

// listed asks go list, from the top of the project.
func listed(args ...string) ([]pkg, error) {
	command := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Imports,Deps"}, args...)...)
	command.Dir = top
	var faults bytes.Buffer
	command.Stderr = &faults
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, faults.String())
	}
	var packages []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

func ours(t testing.TB) []pkg {
	t.Helper()
	packages, err := listed("./...")
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

// climbs gives the imports that a package may not have.
func climbs(p pkg) (wrong []string) {
	room := strings.TrimPrefix(p.ImportPath, module)
	may, known := rooms[room]
	for _, family := range families {
		if !known && strings.HasPrefix(room, family.folder) {
			may, known = family.may, true
		}
	}
	if !known {
		return []string{"(it is in no table)"}
	}
	for _, imported := range p.Imports {
		foreign := strings.Contains(strings.Split(imported, "/")[0], ".")
		name, own := strings.CutPrefix(imported, module)
		if (own || foreign) && !allowed(strings.Fields(may), name) || room == "internal/mdt" && slices.Contains(pure, imported) {
			wrong = append(wrong, name)
		}
	}
	return wrong
}

func allowed(may []string, name string) bool {
	return slices.ContainsFunc(may, func(pattern string) bool {
		prefix, open := strings.CutSuffix(pattern, "*")
		return pattern == name || open && strings.HasPrefix(name, prefix)
	})
}

func TestFloors(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range ours(t) {
		seen[strings.TrimPrefix(p.ImportPath, module)] = true
		if wrong := climbs(p); len(wrong) > 0 {
			t.Errorf("%s may not know %s", p.ImportPath, strings.Join(wrong, ", "))
		}
	}
	for room := range rooms {
		if !seen[room] {
			t.Errorf("%s is in the table and not in the house", room)
		}
	}
	for _, spoiled := range []pkg{
		{ImportPath: module + "internal/api", Imports: []string{module + "internal/pages"}},
		{ImportPath: module + "internal/mdt", Imports: []string{"net/http"}},
		{ImportPath: module + "internal/forms", Imports: []string{"github.com/aws/aws-sdk-go-v2/aws"}},
		{ImportPath: module + "functions/mailer", Imports: []string{module + "internal/store"}},
		{ImportPath: module + "internal/helpers"},
	} {
		if len(climbs(spoiled)) == 0 {
			t.Errorf("%v is let through", spoiled)
		}
	}
}

// clockHands are calls that the domain leaves to whoever calls it.
var clockHands = regexp.MustCompile(`\btime\.(Now|Since|Until|After|Tick|Sleep|NewTimer|NewTicker)\(`)

func TestTheDomainDoesNotKnowTheTime(t *testing.T) {
	t.Parallel()
	if found := clockHands.FindString(source("internal/mdt")); found != "" {
		t.Errorf("internal/mdt calls %s", found)
	}
	if !clockHands.MatchString(source("internal/work")) {
		t.Error("the pattern finds nothing where it must")
	}
}

// TestTheHouse holds the top of the project to what is agreed: a newcomer finds few things there.
func TestTheHouse(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	ignored := strings.Fields(".git .aws-sam .lokaal .hypothesis .schemathesis node_modules")
	folders := strings.Fields(".ci docs events functions infra internal")
	for _, entry := range entries {
		if entry.IsDir() && !slices.Contains(folders, entry.Name()) && !slices.Contains(ignored, entry.Name()) {
			t.Errorf("a folder %s at the top: that is for a room of its own, agreed on", entry.Name())
		}
	}
	for _, p := range ours(t) {
		for _, word := range []string{"util", "helper", "common", "misc", "shared"} {
			if strings.Contains(filepath.Base(p.ImportPath), word) {
				t.Errorf("%s says nothing of what it is", p.ImportPath)
			}
		}
	}
}

func TestMainsOnlyWire(t *testing.T) {
	t.Parallel()
	mains, err := filepath.Glob(filepath.Join(top, "functions", "*", "*.go"))
	if err != nil || len(mains) < 8 {
		t.Fatalf("%d files, %v", len(mains), err)
	}
	for _, path := range mains {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(text), "\n"); lines > 30 || filepath.Base(path) != "main.go" {
			t.Errorf("%s has %d lines: a main wires, in at most 30", path, lines)
		}
	}
}
