package stack

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/infra/runtimeapi"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestAPostCausesItsLetters starts the functions as they were built, posts what was recorded, and reads the
// letters at a post office that others wrote. Between a function and the wire stand only the Runtime API and
// the poller of the table's stream.
func TestAPostCausesItsLetters(t *testing.T) {
	t.Parallel()
	office := postOffice(t)
	a := opened(t, office)
	a.startAll(artefacts(t, runtime.GOARCH))
	poller, stop := startPoller(t, a.database.Endpoint, streamSource(a.root), a.functions["mailer"])

	for _, path := range []string{"registration", "registration-form", "proposal", "interest", "message"} {
		if status, body := a.post("http/" + path + ".json"); status != 201 {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	want := []string{
		"ali@jongeren.example: We hebben je bericht doorgestuurd",
		"anouk@vecht-en-reest.example: Bericht via de MDT-website: Aansluiten bij mijn regio",
		"els@jongeren.example: Zet in je agenda: Regiodag Noord (voorbeeld)",
		"jaap@jongeren.example: Je bent aangemeld: Beslisdag (voorbeeld)",
		"noor@jongeren.example: Je bent aangemeld: Beslisdag (voorbeeld)",
		"noor@jongeren.example: Voorstel ontvangen: Netwerkbijeenkomst (voorbeeld)",
		"sam@jongeren.example: Je bent genoemd als moderator: Netwerkbijeenkomst (voorbeeld)",
	}
	ids := a.within(mdt.Accepted, len(want))
	if diff := cmp.Diff(want, subjects(arrived(t, office))); diff != "" {
		t.Error(diff)
	}

	report := strings.ReplaceAll(string(event(t, "mailevents/delivery.json")), "01VOORBEELD", ids[0])
	if _, err := a.functions["mailevents"].Invoke(t.Context(), []byte(report)); err != nil {
		t.Error(err)
	}
	if got := a.within(mdt.Delivered, 1); got[0] != ids[0] {
		t.Errorf("%s was delivered, want %s", got[0], ids[0])
	}

	stop()
	again := strings.NewReplacer("jaap@", "joke@", "voorbeeld-1", "voorbeeld-9", "noor@", "joke@").Replace(string(event(t, "http/registration.json")))
	if _, err := a.functions["registrations"].Invoke(t.Context(), []byte(again)); err != nil {
		t.Fatal(err)
	}
	if got := a.within(mdt.Pending, 1); len(got) != 1 {
		t.Errorf("%d letters wait while the stream stands still, want 1", len(got))
	}
	if _, err := a.functions["mailer"].Invoke(t.Context(), event(t, "mailer/sweep.json")); err != nil {
		t.Error(err)
	}
	if got := len(arrived(t, office)); got != len(want)+1 {
		t.Errorf("%d letters arrived after the sweep, want %d", got, len(want)+1)
	}

	if n := len(poller.failed); n > 0 {
		t.Errorf("the mailer gave %d records back", n)
	}
	answer, err := a.functions["mailer"].Invoke(t.Context(), event(t, "mailer/stream-stranger.json"))
	strange := at(parsed(filepath.Join(top, "events/mailer/stream-stranger.json")), "Records", 1, "dynamodb", "SequenceNumber")
	if want := fmt.Sprintf(`{"batchItemFailures":[{"itemIdentifier":%q}]}`, strange); err != nil || string(answer) != want {
		t.Errorf("of a batch with a stranger in it the mailer says %s, %v, want %s", answer, err, want)
	}
	for name, f := range a.functions {
		f.Stop() // its log is whole then
		for _, personal := range []string{"@", "Noor", "Hoff", "Hoe sluiten we", "/afmelden/", "/mijn/"} {
			if strings.Contains(f.Output(), personal) {
				t.Errorf("%s logged %q: %s", name, personal, f.Output())
			}
		}
	}
	if got := logged(a.functions["mailer"], "oldestSeconds"); len(got) != 1 || got[0] != float64(0) {
		t.Errorf("the alarm on waiting letters reads %v of the mailer's log", got)
	}
}

// own are the folders of events that a function is for; every other one is foreign to it.
func own(name string) string {
	if name == "mailer" || name == "mailevents" || name == "clock" {
		return name
	}
	return "http"
}

func TestEventsOfOthersAreAnErrorAndNothingMore(t *testing.T) {
	t.Parallel()
	a := opened(t, "http://127.0.0.1:1")
	a.startAll(artefacts(t, runtime.GOARCH))
	before := a.items()
	files, err := filepath.Glob(filepath.Join(top, "events", "*", "*.json"))
	if err != nil || len(files) < 30 {
		t.Fatalf("%d events, %v", len(files), err)
	}
	for name, f := range a.functions {
		for _, file := range files {
			folder, base := filepath.Base(filepath.Dir(file)), filepath.Base(file)
			if folder == own(name) {
				continue
			}
			_, err := f.Invoke(t.Context(), event(t, filepath.Join(folder, base)))
			if _, refused := err.(*runtimeapi.Failure); !refused {
				t.Errorf("%s, %s/%s: %v, want the function's own error", name, folder, base, err)
			}
		}
	}
	if diff := cmp.Diff(before, a.items()); diff != "" {
		t.Errorf("the table changed: %s", diff)
	}
	// The same look at the table does see a write.
	if status, body := a.post("http/registration.json"); status != 201 {
		t.Fatalf("%d %s", status, body)
	}
	if len(a.items()) <= len(before) {
		t.Error("a registration was not seen in the table")
	}
	for name, f := range a.functions {
		f.Stop() // its log is whole then
		for _, word := range []string{"panic", "goroutine ", "@jongeren.example"} {
			if strings.Contains(f.Output(), word) {
				t.Errorf("%s logged %q: %s", name, word, f.Output())
			}
		}
		if got := logged(f, "level"); own(name) != "http" && !slices.Contains(got, any("ERROR")) {
			t.Errorf("the alarm on errors reads levels %v of the log of %s", got, name)
		}
	}
}

// logged gives what stands under a key in the lines of a function's log: what a metric filter reads.
func logged(f *runtimeapi.Function, key string) (values []any) {
	for line := range strings.Lines(f.Output()) {
		var entry object
		if json.Unmarshal([]byte(line), &entry) == nil && entry[key] != nil {
			values = append(values, entry[key])
		}
	}
	return values
}

// TestEveryFunctionStartsOnARM gives one event to each function built for arm64, in an emulator.
func TestEveryFunctionStartsOnARM(t *testing.T) {
	t.Parallel()
	binaries := artefacts(t, "arm64")
	emulator := []string{}
	if runtime.GOARCH != "arm64" {
		emulator = append(emulator, emulated(t))
	}
	a := opened(t, "http://127.0.0.1:1")
	one := map[string]string{"meetings": "http/meetings.json", "pages": "http/own.json", "console": "http/console.json", "exports": "http/export.json", "registrations": "http/registration.json",
		"proposals": "http/proposal.json", "interests": "http/interest.json", "messages": "http/message.json",
		"mailer": "mailer/sweep.json", "mailevents": "mailevents/send.json", "clock": "clock/tick.json"}
	for name, binary := range binaries {
		f := a.start(name, a.database.Endpoint, append(slices.Clone(emulator), binary)...)
		answer, err := f.Invoke(t.Context(), event(t, one[name]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got struct{ StatusCode int }
		if json.Unmarshal(answer, &got); own(name) == "http" && (got.StatusCode < 200 || got.StatusCode > 499) {
			t.Errorf("%s: answers %s", name, answer)
		}
		f.Stop()
	}
	if len(binaries) != len(one) {
		t.Errorf("%d functions, want %d", len(binaries), len(one))
	}
}

// items reads the whole table: what stands under each key.
func (a *account) items() map[string]string {
	a.t.Helper()
	items := map[string]string{}
	for _, item := range scan(a.t, a.database) {
		whole, err := json.Marshal(item)
		if err != nil {
			a.t.Fatal(err)
		}
		key, err := json.Marshal([]any{item[store.AttrPK], item[store.AttrSK]})
		if err != nil {
			a.t.Fatal(err)
		}
		items[string(key)] = string(whole)
	}
	return items
}
