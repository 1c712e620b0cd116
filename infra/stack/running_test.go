package stack

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/infra/runtimeapi"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/parts"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// given are the parameters of the deploy that the tests act out.
var given = map[string]any{"Site": "https://mdt.example", "Sender": "team@post.example", "TeamMail": "team@mdt.example",
	"AlarmMail": "beheer@mdt.example", "Origins": "https://www.mdt.example", "SendRate": 100, "Trial": "true"}

// secret is what Secrets Manager makes where letters and digits are asked for.
const secret = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab"

// account is an AWS account as far as one machine can be it: a table, a post office, and the functions as
// they are built, each with the environment that the template gives it.
type account struct {
	t         *testing.T
	root      *template
	database  *storetest.Dynoxide
	store     *store.Store
	ses       string // the post office's address; may be empty
	functions map[string]*runtimeapi.Function
}

// opened gives an account with the example network in its table, and no function started yet.
func opened(t *testing.T, ses string) *account {
	t.Helper()
	a := &account{t: t, root: load(t), database: storetest.StartDynoxide(t), ses: ses, functions: map[string]*runtimeapi.Function{}}
	a.store = store.New(store.Retrying(a.database.Engine))
	atlas, err := mdt.ParseAtlas(content.Municipalities)
	if err != nil {
		t.Fatal(err)
	}
	network, err := mdt.ParseNetwork(content.ExampleNetwork, atlas, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.store.Fill(t.Context(), network.Regions, network.Meetings); err != nil {
		t.Fatal(err)
	}
	return a
}

// environment is what the template gives a function, with the account's own names filled in.
func (a *account) environment(name, database string) map[string]string {
	env := map[string]string{"AWS_ENDPOINT_URL_DYNAMODB": database, "AWS_ENDPOINT_URL_SESV2": a.ses}
	known := strings.NewReplacer("<infra/table.yaml/Table>", storetest.TableName, "<infra/post.yaml/ConfigurationSet>", "aanmeldpunt",
		"{{resolve:secretsmanager:<infra/keys.yaml/PersonKey>:SecretString}}", secret,
		"{{resolve:secretsmanager:<infra/keys.yaml/LinkKeyA>:SecretString}}", secret,
		"{{resolve:secretsmanager:<infra/keys.yaml/LinkKeyB>:SecretString}}", secret)
	deployed(a.root, given).entered(func(s *scope) {
		for _, r := range s.resources() {
			if r.kind != lambdaFunction || strings.ToLower(r.name) != name {
				continue
			}
			variables, _ := at(r.props, "Environment", "Variables").(object)
			for variable, value := range variables {
				env[variable] = known.Replace(fmt.Sprint(s.value(value)))
			}
		}
	})
	return env
}

// start starts one function; database is where its calls go.
func (a *account) start(name, database string, command ...string) *runtimeapi.Function {
	a.t.Helper()
	f, err := runtimeapi.Start(a.t.Context(), runtimeapi.Config{Command: command, Env: a.environment(name, database)})
	if err != nil {
		a.t.Fatalf("%s: %v", name, err)
	}
	a.t.Cleanup(f.Stop)
	a.functions[name] = f
	return f
}

// startAll starts every function that was built for this machine.
func (a *account) startAll(binaries map[string]string) {
	a.t.Helper()
	for name, binary := range binaries {
		a.start(name, a.database.Endpoint, binary)
	}
}

// event reads a recorded event.
func event(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(top, "events", path))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// routed gives the function that the template sends an event of the API to.
func (a *account) routed(raw []byte) string {
	a.t.Helper()
	var recorded struct{ RouteKey string }
	if err := json.Unmarshal(raw, &recorded); err != nil {
		a.t.Fatal(err)
	}
	name, ok := routes(a.root)[recorded.RouteKey]
	if !ok {
		a.t.Fatalf("no route %q in the template", recorded.RouteKey)
	}
	return strings.ToLower(name)
}

// post sends a recorded event of the API the way its route goes, and gives the status and the body.
func (a *account) post(path string) (status int, body string) {
	a.t.Helper()
	raw := event(a.t, path)
	name := a.routed(raw)
	answer, err := a.functions[name].Invoke(a.t.Context(), raw)
	if err != nil {
		a.t.Fatalf("%s to %s: %v", path, name, err)
	}
	var got struct {
		StatusCode int
		Body       string
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		a.t.Fatal(err)
	}
	return got.StatusCode, got.Body
}

// within gives in which letters of a state stand, once there are n of them.
func (a *account) within(state mdt.DeliveryState, n int) []string {
	a.t.Helper()
	var ids []string
	eventually(a.t, func() bool {
		ids = nil
		for after := ""; ; {
			more, next, err := a.store.Due(a.t.Context(), state, time.Now().AddDate(1, 0, 0), after)
			if err != nil {
				a.t.Fatal(err)
			}
			ids = append(ids, more...)
			if after = next; next == "" {
				return len(ids) >= n
			}
		}
	}, func() string { return fmt.Sprintf("%d letters are %s, want %d", len(ids), state, n) })
	return ids
}

// eventually waits until done, for half a minute at most.
func eventually(t testing.TB, done func() bool, otherwise func() string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for !done() {
		select {
		case <-ctx.Done():
			t.Fatal(otherwise())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// emulated gives the emulator that starts an arm64 binary on a machine of another architecture.
func emulated(t *testing.T) string {
	t.Helper()
	return parts.Need(t, "qemu-aarch64-static")
}

// scan reads every item of the table.
func scan(t testing.TB, d *storetest.Dynoxide) []map[string]types.AttributeValue {
	t.Helper()
	var items []map[string]types.AttributeValue
	pages := dynamodb.NewScanPaginator(d.Client, &dynamodb.ScanInput{TableName: aws.String(storetest.TableName)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, page.Items...)
	}
	return items
}
