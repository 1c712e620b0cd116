package stack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// witness stands before the table and writes down which rights each call asks for: "action on table" or
// "action on index".
type witness struct {
	mu    sync.Mutex
	asked map[string]bool
}

// before starts a witness in front of a database and gives its address.
func (w *witness) before(t *testing.T, endpoint string) string {
	t.Helper()
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadGateway)
			return
		}
		w.hear(r.Header.Get("X-Amz-Target"), body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func (w *witness) hear(target string, body []byte) {
	_, operation, called := strings.Cut(target, ".")
	if !called {
		return // the connection is only opened
	}
	var call struct {
		IndexName     string
		TransactItems []map[string]json.RawMessage
	}
	_ = json.Unmarshal(body, &call)
	w.mu.Lock()
	defer w.mu.Unlock()
	if operation == "TransactWriteItems" { // there is no such right: each write asks for its own
		for _, item := range call.TransactItems {
			for write := range item {
				w.asked[map[string]string{"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}[write]+" on table"] = true
			}
		}
		return
	}
	where := " on table"
	if call.IndexName != "" {
		where = " on index"
	}
	w.asked[operation+where] = true
}

func (w *witness) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(maps.Keys(w.asked))
}

// rights gives what a function's role may do with the table, in a witness's words.
func rights(root *template, name string) []string {
	out := map[string]bool{}
	for _, s := range statements(root) {
		if strings.ToLower(s.in.name) != name+"role" && !attached(s.in, name) {
			continue
		}
		for _, action := range s.actions() {
			verb, table := strings.CutPrefix(action, "dynamodb:")
			target := fmt.Sprint(s.body["Resource"])
			switch {
			case !table || strings.Contains(target, "Stream"):
			case strings.Contains(target, "/index/lijst"):
				out[verb+" on index"] = true
			default:
				out[verb+" on table"] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// attached says whether a policy is given to a function's role.
func attached(policy resource, name string) bool {
	return slices.ContainsFunc(list(policy.props["Roles"]), func(role any) bool {
		reference, _ := at(role, "Ref").(string)
		return strings.ToLower(reference) == name+"role"
	})
}

// TestARoleMayDoWhatItsFunctionDoes runs every function on its recorded events, and holds the calls that
// reach the table against the template, both ways.
func TestARoleMayDoWhatItsFunctionDoes(t *testing.T) {
	t.Parallel()
	office := postOffice(t)
	a := opened(t, office)
	witnesses := map[string]*witness{}
	for name, binary := range artefacts(t, runtime.GOARCH) {
		witnesses[name] = &witness{asked: map[string]bool{}}
		a.start(name, witnesses[name].before(t, a.database.Endpoint), binary)
	}
	a.everything(office)
	for name, w := range witnesses {
		if diff := cmp.Diff(rights(a.root, name), w.all()); diff != "" {
			t.Errorf("%s (- what its role may, + what it did):\n%s", name, diff)
		}
	}
}

// everything makes each function do all that it can do with the table.
func (a *account) everything(office string) {
	a.t.Helper()
	for _, path := range []string{"meetings", "meeting", "regions", "registration", "registration-form", "registration", "proposal",
		"interest", "interest", "message", "own", "page-start", "page-meeting", "page-register", "page-thanks"} {
		a.post("http/" + path + ".json")
	}
	a.report(a.erased("eerst")) // before the mailer comes by: it went out, and whoever sent it was cut off
	a.erased("dan")
	if _, err := a.functions["mailer"].Invoke(a.t.Context(), event(a.t, "mailer/sweep.json")); err != nil {
		a.t.Error(err)
	}
	a.report(a.within(mdt.Accepted, 1)[0])
	pressed := 0
	for _, m := range arrived(a.t, office) {
		for _, link := range stopLink.FindAllString(m.Body.Text, 1) {
			a.press(strings.TrimPrefix(link, given["Site"].(string)))
			pressed++
		}
	}
	if pressed == 0 {
		a.t.Error("no letter has a link that ends it")
	}
	a.eraseByPage(office)
	a.atTheDesk()
	a.overdue()
	if _, err := a.functions["clock"].Invoke(a.t.Context(), event(a.t, "clock/tick.json")); err != nil {
		a.t.Error(err)
	}
}

// erased leaves the letter to somebody who was erased, and gives its id.
func (a *account) erased(who string) (id string) {
	a.t.Helper()
	e := mdt.Erasure{ID: who, Person: mdt.PersonID(who), Email: who + "@gast.example", Counts: map[string]int{"bericht": 1}, Expires: time.Now().Add(time.Hour)}
	_, letter := e.Last(nil, time.Now())
	before := a.within(mdt.Pending, 0)
	if err := errors.Join(a.store.BeginErasure(a.t.Context(), e), a.store.EndErasure(a.t.Context(), e, nil, letter)); err != nil {
		a.t.Fatal(err)
	}
	for _, id := range a.within(mdt.Pending, len(before)+1) {
		if !slices.Contains(before, id) {
			return id
		}
	}
	a.t.Fatal("no letter tells of the erasure")
	return ""
}

// report tells the function that hears SES that a letter arrived.
func (a *account) report(id string) {
	a.t.Helper()
	event := strings.ReplaceAll(string(event(a.t, "mailevents/delivery.json")), "01VOORBEELD", id)
	if _, err := a.functions["mailevents"].Invoke(a.t.Context(), []byte(event)); err != nil {
		a.t.Error(err)
	}
}

// eraseByPage does on somebody's own page what asks most of the table: a fresh link by mail, and with it erasing everything.
func (a *account) eraseByPage(office string) {
	a.t.Helper()
	a.submit(a.linkIn(office, "Je bent aangemeld"), "handeling=verselink")
	a.within(mdt.Pending, 1)
	if _, err := a.functions["mailer"].Invoke(a.t.Context(), event(a.t, "mailer/sweep.json")); err != nil {
		a.t.Error(err)
	}
	fresh := a.linkIn(office, "Je persoonlijke link")
	a.submit(fresh, "handeling=wijzigen&wensen=een+tolk")
	a.submit(fresh, "handeling=wissen&kenmerk=alles")
}

// atTheDesk lets somebody of the team do what asks most of the table.
func (a *account) atTheDesk() {
	a.t.Helper()
	member := mdt.Staff{ID: "sam", Name: "Sam", Email: "sam@mdt-team.example", Role: mdt.RoleTeam}
	session := mdt.Session{Staff: member.ID, Begun: time.Now().Add(-mdt.SessionNoted), Seen: time.Now().Add(-mdt.SessionNoted)}
	if err := errors.Join(a.store.FillStaff(a.t.Context(), []mdt.Staff{member}), a.store.OpenSession(a.t.Context(), "geheim", session)); err != nil {
		a.t.Fatal(err)
	}
	a.at("exports", "POST", "/console/bijeenkomsten/beslisdag/aanmeldingen.csv", "wensen=ja&reden=Tolken", 200)
	a.desk("GET", "/console", "", 200)
	a.desk("GET", "/console/mensen/sam", "", 200)
	a.desk("POST", "/console/mensen", "naam=Nu&email=nu@mdt-team.example&rol=lezer", 303)
	regions, err := a.store.Regions(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	a.desk("POST", "/console/gemeenten", "gemeente=Delft&naar="+regions[0].ID+"&handeling=ja&stand="+url.QueryEscape(mdt.Stand(regions)), 303)
	a.desk("POST", "/console/uit", "overal=ja", 303)
}

// desk sends what somebody of the team does, and wants it answered so.
func (a *account) desk(method, path, form string, want int) {
	a.t.Helper()
	a.at("console", method, path, form, want)
}

// at sends it to a function of the desk.
func (a *account) at(function, method, path, form string, want int) {
	a.t.Helper()
	var sent map[string]any
	raw := strings.ReplaceAll(string(event(a.t, "http/console.json")), `"/console"`, strconv.Quote(path))
	if err := json.Unmarshal([]byte(strings.ReplaceAll(raw, `"GET"`, strconv.Quote(method))), &sent); err != nil {
		a.t.Fatal(err)
	}
	sent["body"], sent["cookies"] = form, []string{"__Host-beheer=geheim.sam"}
	sent["headers"].(map[string]any)["content-type"] = "application/x-www-form-urlencoded"
	again, err := json.Marshal(sent)
	if err != nil {
		a.t.Fatal(err)
	}
	answer, err := a.functions[function].Invoke(a.t.Context(), again)
	if err != nil || !strings.Contains(string(answer), `"statusCode":`+strconv.Itoa(want)) {
		a.t.Errorf("%s %s: %s, %v", method, path, answer, err)
	}
}

var ownLink = regexp.MustCompile(`https://mdt\.example(/mijn/[A-Za-z0-9._~-]+)`)

// linkIn finds the way to the own page of whoever got a mail with such a subject.
func (a *account) linkIn(office, subject string) (path string) {
	a.t.Helper()
	eventually(a.t, func() bool {
		for _, m := range arrived(a.t, office) {
			if found := ownLink.FindStringSubmatch(m.Body.Text); found != nil && strings.Contains(m.Subject, subject) {
				path = found[1]
			}
		}
		return path != ""
	}, func() string { return "no mail has a link, " + subject })
	return path
}

// submit posts a form of one's own page.
func (a *account) submit(path, form string) {
	a.t.Helper()
	var sent map[string]any
	raw := strings.ReplaceAll(string(event(a.t, "http/unsubscribe.json")), "/afmelden/geen-echte-link", path)
	if err := json.Unmarshal([]byte(strings.ReplaceAll(raw, "/afmelden/{token}", "/mijn/{token}")), &sent); err != nil {
		a.t.Fatal(err)
	}
	sent["body"], sent["isBase64Encoded"] = form, false
	again, err := json.Marshal(sent)
	if err != nil {
		a.t.Fatal(err)
	}
	answer, err := a.functions["pages"].Invoke(a.t.Context(), again)
	if err != nil || !strings.Contains(string(answer), `"statusCode":303`) {
		a.t.Errorf("%s: %s, %v", form, answer, err)
	}
}

var stopLink = regexp.MustCompile(`https://mdt\.example/afmelden/[A-Za-z0-9._~-]+`)

// press posts what a mail program does when its reader wants no more letters.
func (a *account) press(path string) {
	a.t.Helper()
	raw := strings.ReplaceAll(string(event(a.t, "http/unsubscribe.json")), "/afmelden/geen-echte-link", path)
	answer, err := a.functions["pages"].Invoke(a.t.Context(), []byte(raw))
	if err != nil || !strings.Contains(string(answer), `"statusCode":200`) {
		a.t.Errorf("%s: %s, %v", path, answer, err)
	}
}
