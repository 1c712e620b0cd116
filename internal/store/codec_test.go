package store

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

type (
	kind  string
	level int
	day   struct{ year, month int }

	person struct {
		Name  string `json:"naam"`
		Email string `json:"email,omitempty"`
	}
	kept struct {
		Since time.Time  `json:"sinds"`
		Until *time.Time `json:"totEnMet,omitempty"`
		Name  string     `json:"naam"` // gives way to the outer one
	}
	entry struct {
		kept
		Name     string            `json:"naam"`
		Kind     kind              `json:"soort,omitempty"`
		Level    level             `json:"trap"`
		Small    int8              `json:"klein,omitempty"`
		Count    uint16            `json:"aantal,omitzero"`
		Yes      bool              `json:"ja"`
		Regions  []string          `json:"regios"`
		Guests   []person          `json:"introducees,omitempty"`
		Lead     *person           `json:"leiding,omitempty"`
		Home     person            `json:"thuis,omitzero"`
		Answers  map[string]string `json:"antwoorden,omitempty"`
		Seats    map[string]int    `json:"plekken"`
		Kinds    map[kind][]kind   `json:"soorten,omitempty"`
		Any      map[string]any    `json:"gegevens,omitempty"`
		Untagged string
		Secret   string `json:"-"`
		hidden   string
	}
)

func (d day) MarshalText() ([]byte, error) {
	return []byte(time.Date(d.year, time.Month(d.month), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")), nil
}

func (d *day) UnmarshalText(text []byte) error {
	moment, err := time.Parse("2006-01", string(text))
	d.year, d.month = moment.Year(), int(moment.Month())
	return err
}

func drawEntry(t *rapid.T) entry {
	moment := rapid.Map(rapid.Int64Range(-1e12, 4e12), func(ms int64) time.Time { return time.UnixMilli(ms).UTC() })
	people := rapid.Custom(func(t *rapid.T) person {
		return person{rapid.String().Draw(t, "name"), rapid.String().Draw(t, "email")}
	})
	kinds := rapid.Map(rapid.String(), func(s string) kind { return kind(s) })
	anything := rapid.OneOf(rapid.String().AsAny(), rapid.Bool().AsAny(), rapid.SliceOf(rapid.String().AsAny()).AsAny())
	e := entry{
		kept:     kept{Since: moment.Draw(t, "since")},
		Name:     rapid.String().Draw(t, "name"),
		Kind:     kinds.Draw(t, "kind"),
		Level:    level(rapid.Int().Draw(t, "level")),
		Small:    rapid.Int8().Draw(t, "small"),
		Count:    rapid.Uint16().Draw(t, "count"),
		Yes:      rapid.Bool().Draw(t, "yes"),
		Regions:  rapid.SliceOf(rapid.String()).Draw(t, "regions"),
		Guests:   rapid.SliceOfN(people, 0, 3).Draw(t, "guests"),
		Home:     people.Draw(t, "home"),
		Answers:  rapid.MapOfN(rapid.String(), rapid.String(), 0, 3).Draw(t, "answers"),
		Seats:    rapid.MapOfN(rapid.String(), rapid.Int(), 0, 3).Draw(t, "seats"),
		Kinds:    rapid.MapOfN(kinds, rapid.SliceOf(kinds), 0, 3).Draw(t, "kinds"),
		Any:      rapid.MapOfN(rapid.String(), anything, 0, 3).Draw(t, "any"),
		Untagged: rapid.String().Draw(t, "untagged"),
	}
	if rapid.Bool().Draw(t, "lead?") {
		lead, until := people.Draw(t, "lead"), moment.Draw(t, "until")
		e.Lead, e.Until = &lead, &until
	}
	return e
}

// TestCodecAgreesWithJSON holds an item against what encoding/json makes of the same struct, and both ways
// back against each other. Numbers are compared as texts, as JSON's would lose digits.
func TestCodecAgreesWithJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t)
		item, err := Marshal(&e)
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := asJSON(t, item), asJSON(t, e)
		for _, moment := range []string{"sinds", "totEnMet"} {
			alignMoment(t, theirs, moment)
		}
		if diff := cmp.Diff(theirs, ours); diff != "" {
			t.Fatalf("item against JSON (-json +item):\n%s", diff)
		}
		var back entry
		if err := Unmarshal(item, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, back, cmp.AllowUnexported(entry{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("there and back (-was +is):\n%s", diff)
		}
	})
}

func asJSON(t *rapid.T, v any) map[string]any {
	written, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(written)))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

// alignMoment writes JSON's moment with the three decimals that an item's always has.
func alignMoment(t *rapid.T, fields map[string]any, name string) {
	text, ok := fields[name].(string)
	if !ok {
		return
	}
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	fields[name] = moment.Format("2006-01-02T15:04:05.000Z07:00")
}

func TestMarshalGivesWhatAnItemHolds(t *testing.T) {
	moment := time.Date(2027, 3, 24, 13, 0, 0, 123_999_999, time.FixedZone("", 3600))
	e := entry{
		kept: kept{Since: moment}, Name: "Sam", Level: 3, Regions: []string{}, Guests: []person{{Name: "Noor"}},
		Seats: map[string]int{"a": 2}, Any: map[string]any{"n": 7, "leeg": nil, "lijst": []string{"x"}}, Secret: "s", hidden: "h",
	}
	want := Item{
		"sinds": "2027-03-24T12:00:00.123Z", "naam": "Sam", "trap": int64(3), "ja": false, "regios": []any{},
		"introducees": []any{map[string]any{"naam": "Noor"}}, "plekken": map[string]any{"a": int64(2)},
		"gegevens": map[string]any{"n": int64(7), "lijst": []any{"x"}}, "Untagged": "",
	}
	got, err := Marshal(e)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("err %v (-want +got):\n%s", err, diff)
	}
	if err := CheckWrite(Write{Key: Key{"p", "s"}, Put: got}); err != nil {
		t.Errorf("an item no engine takes: %v", err)
	}
}

func TestATypeMayWriteItself(t *testing.T) {
	type diary struct {
		First day
		Last  *day
		Never *day
		Days  []day
	}
	last := day{2027, 4}
	was := diary{First: day{2026, 12}, Last: &last, Days: []day{{2027, 1}}}
	item, err := Marshal(was)
	want := Item{"First": "2026-12", "Last": "2027-04", "Days": []any{"2027-01"}}
	if diff := cmp.Diff(want, item); diff != "" || err != nil {
		t.Fatalf("err %v (-want +got):\n%s", err, diff)
	}
	var is diary
	if err := Unmarshal(item, &is); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(was, is, cmp.AllowUnexported(day{})); diff != "" {
		t.Errorf("there and back (-was +is):\n%s", diff)
	}
}

func TestWhatCannotBeStoredIsAnError(t *testing.T) {
	values := map[string]any{
		"float": struct{ F float64 }{1.5}, "float inside": struct{ F any }{map[string]any{"x": 1.5}},
		"bytes": struct{ B []byte }{[]byte("x")}, "array": struct{ A [2]int }{}, "channel": struct{ C chan int }{make(chan int)},
		"too large": struct{ N uint64 }{math.MaxUint64}, "hole": struct{ L []*int }{[]*int{nil}},
		"keys": struct{ M map[int]string }{map[int]string{1: ""}}, "no struct": 3, "nothing": nil,
	}
	for name, value := range values {
		if item, err := Marshal(value); err == nil {
			t.Errorf("%s: stored as %v", name, item)
		}
	}
}

func TestWhatDoesNotFitIsAnErrorThatNamesTheAttribute(t *testing.T) {
	items := []Item{
		{"naam": int64(1)}, {"trap": "drie"}, {"klein": int64(128)}, {"aantal": int64(-1)}, {"ja": "ja"},
		{"regios": "utrecht"}, {"regios": []any{int64(1)}}, {"leiding": "Sam"}, {"sinds": "gisteren"}, {"plekken": []any{}},
		{"introducees": []any{map[string]any{"naam": true}}},
	}
	for _, item := range items {
		for name := range item {
			err := Unmarshal(item, new(entry))
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%v: got error %v", item, err)
			}
		}
	}
	if err := Unmarshal(Item{}, entry{}); err == nil {
		t.Error("a struct that cannot be filled was taken")
	}
}

func BenchmarkMarshal(b *testing.B) {
	e := entry{Name: "Sam", Regions: []string{"utrecht"}, Guests: []person{{"Noor", "noor@voorbeeld.example"}}, Seats: map[string]int{"a": 1}}
	for b.Loop() {
		item, err := Marshal(&e)
		if err != nil {
			b.Fatal(err)
		}
		if err := Unmarshal(item, new(entry)); err != nil {
			b.Fatal(err)
		}
	}
}
