package mdt_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

const guide = "../../docs/netwerk.md"

// The example in the guide is a whole file but for the municipalities, as it says itself.
func TestGuideExampleIsRight(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(read(t, guide), -1)
	if len(blocks) != 1 {
		t.Fatalf("%d blocks of JSON", len(blocks))
	}
	start := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	_, err := mdt.ParseNetwork(blocks[0][1], atlas(t), start)
	got := err.(mdt.NetworkFaults)
	if len(got) != 1 || !strings.HasPrefix(got[0], "Deze gemeenten horen nog bij geen regio: ") {
		t.Errorf("%q", got)
	}

	var file object
	if err := json.Unmarshal(blocks[0][1], &file); err != nil {
		t.Fatal(err)
	}
	region, rest := file["regios"].([]any)[0].(object), []any{}
	for _, m := range atlas(t).Living(start) {
		rest = append(rest, m.Code)
	}
	region["gemeenten"] = rest
	whole, _ := json.Marshal(file)
	n, err := mdt.ParseNetwork(whole, atlas(t), start)
	if err != nil {
		t.Fatal(err)
	}
	if closes := n.Meetings[0].Registering.Closes; mdt.Deadline(*closes) != "tot en met maandag 7 juni 2027, 23.59 uur" {
		t.Errorf("registration closes %s", mdt.Deadline(*closes))
	}
}

// Every field that a file may have is told in the guide, and nothing else is.
func TestGuideNamesEveryField(t *testing.T) {
	text := string(read(t, guide))
	_, fields, _ := strings.Cut(text, "\n## `team`")
	fields, _, _ = strings.Cut(fields, "\n## Tijdstippen")
	told := map[string]bool{"team": true}
	for _, found := range regexp.MustCompile("`([a-z][A-Za-z]+)`").FindAllStringSubmatch(fields, -1) {
		told[found[1]] = true
	}
	// Words that are values, not fields.
	for _, value := range []string{"beslisdag", "netwerkbijeenkomst", "informatiesessie", "regiodag", "plenair", "deelsessie",
		"keuze", "meerkeuze", "jaNee", "true", "false", "facilitator", "lezer", "ja", "nee"} {
		delete(told, value)
	}
	known := map[string]bool{}
	gather(reflect.TypeFor[mdt.Network](), known)
	stored := map[string]bool{} // of changes, which are never given
	gather(reflect.TypeFor[mdt.News](), stored)
	for name := range stored {
		if !slices.Contains([]string{"gaatNietDoor", "begint", "eindigt", "plaats", "online", "onderdelen"}, name) {
			delete(known, name)
		}
	}
	for _, name := range []string{"regios", "bijeenkomsten", "team", "mensen"} {
		known[name] = true
	}
	for _, name := range []string{"versie", "agendaVolgnummer", "wijzigingen"} { // stored, never given
		delete(known, name)
	}
	if diff := cmp.Diff(sorted(known), sorted(told)); diff != "" {
		t.Errorf("fields (-known +told): %s", diff)
	}
}

func gather(t reflect.Type, into map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		gather(t.Elem(), into)
	case reflect.Struct:
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				into[name] = true
			}
			if f.Type != reflect.TypeFor[time.Time]() {
				gather(f.Type, into)
			}
		}
	}
}

func sorted(set map[string]bool) []string {
	var all []string
	for name := range set {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}
