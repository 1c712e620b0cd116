package storetest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aanmeldpunt/internal/store"
)

// The model is the same promise written as plainly as can be: a map, searched through at each question.
type model map[store.Key]store.Item

func (m model) transact(writes []store.Write) error {
	var refused store.Refused
	for i, w := range writes {
		if !m.hold(w) {
			refused.Reasons = append(refused.Reasons, store.Reason{Write: i, Old: m[w.Key]})
		}
	}
	if refused.Reasons != nil {
		return &refused
	}
	for _, w := range writes {
		m.write(w)
	}
	return nil
}

func (m model) write(w store.Write) {
	switch {
	case w.Check:
	case w.Delete:
		delete(m, w.Key)
	case w.Put != nil:
		m[w.Key] = with(w.Key, maps.Clone(w.Put))
	default:
		item := with(w.Key, store.Item{})
		maps.Copy(item, m[w.Key])
		maps.Copy(item, w.Set)
		for name, n := range w.Add {
			had, _ := item[name].(int64)
			item[name] = had + n
		}
		for _, name := range w.Remove {
			delete(item, name)
		}
		m[w.Key] = item
	}
}

func (m model) hold(w store.Write) bool {
	item := m[w.Key]
	for _, c := range w.If {
		value, there := item[c.Attr]
		n, isNumber := value.(int64)
		bound, _ := c.Value.(int64)
		holds := map[store.Op]bool{
			store.Absent:          !there,
			store.Present:         there,
			store.Equal:           there && value == c.Value,
			store.AtMost:          (isNumber || !there) && n <= bound,
			store.AtLeast:         (isNumber || !there) && n >= bound,
			store.OneOf:           there && slices.Contains(c.Values, value),
			store.AbsentOrExpired: item == nil || item[store.AttrExpires] != nil && item[store.AttrExpires].(int64) <= bound,
		}
		if !holds[c.Op] {
			return false
		}
	}
	return true
}

// query gives the items in order; those of a list that stand at one place, by their key.
func (m model) query(q store.Query) []store.Item {
	place := func(item store.Item) string {
		if q.List != "" {
			order, _ := item[q.In.Order].(string)
			return order
		}
		return item.Key().SK
	}
	found := []store.Item{}
	for _, item := range m {
		in := q.PK != "" && item.Key().PK == q.PK || q.List != "" && item[q.In.List] == q.List && place(item) != ""
		if in && strings.HasPrefix(place(item), q.Prefix) && (q.UpTo == "" || place(item) <= q.UpTo) {
			if q.In.KeysOnly {
				item = with(item.Key(), store.Item{q.In.List: item[q.In.List], q.In.Order: item[q.In.Order]})
			}
			found = append(found, item)
		}
	}
	slices.SortFunc(found, func(a, b store.Item) int {
		return strings.Compare(place(a)+"\x00"+a.Key().PK+"\x00"+a.Key().SK, place(b)+"\x00"+b.Key().PK+"\x00"+b.Key().SK)
	})
	return found
}

var modelChecks = flag.Int("model.checks", 15, "how many random histories are compared with the model; the long run takes 2000")

// testModel does random calls on the engine and on the model, and demands the same answers.
func testModel(t rapid.TB, e store.Engine) {
	if err := flag.Set("rapid.checks", fmt.Sprint(*modelChecks)); err != nil {
		t.Fatal(err)
	}
	run := 0
	rapid.Check(t, func(r *rapid.T) {
		run++ // each history in partitions and lists of its own
		machine := &machine{e: e, m: model{}, space: fmt.Sprintf("%s/%d/", t.Name(), run)}
		r.Repeat(map[string]func(*rapid.T){
			"Transact": machine.transact, "Change": machine.change, "Get": machine.get, "Query": machine.query,
		})
	})
}

type machine struct {
	e     store.Engine
	m     model
	space string
}

var (
	drawName  = rapid.SampledFrom([]string{"n", "name", store.AttrExpires, "m"})
	drawPlace = rapid.SampledFrom([]string{"a", "a#1", "a#2", "b"})
	drawIndex = rapid.SampledFrom([]store.Index{store.ByMoment, store.ByGroup, store.ByName})
)

func (s *machine) key(t *rapid.T) store.Key {
	return store.Key{PK: s.space + rapid.SampledFrom([]string{"p", "q"}).Draw(t, "pk"), SK: drawPlace.Draw(t, "sk")}
}

func drawNumber(t *rapid.T) int64 { return rapid.Int64Range(-3, 3).Draw(t, "number") }

func (s *machine) attributes(t *rapid.T) store.Item {
	item := store.Item{}
	for _, name := range rapid.SliceOfNDistinct(drawName, 1, 3, rapid.ID).Draw(t, "names") {
		item[name] = drawNumber(t)
	}
	if rapid.Bool().Draw(t, "in a list") {
		x := drawIndex.Draw(t, "index")
		item[x.List], item[x.Order] = s.space+"list", drawPlace.Draw(t, "order")
	}
	return item
}

func (s *machine) conditions(t *rapid.T) (conditions []store.Condition) {
	for range rapid.IntRange(0, 2).Draw(t, "conditions") {
		c := store.Condition{Attr: drawName.Draw(t, "attr"), Op: store.Op(rapid.IntRange(0, int(store.AbsentOrExpired)).Draw(t, "op"))}
		if c.Op <= store.Present && rapid.Bool().Draw(t, "of the item") {
			c.Attr = store.AttrPK
		}
		c.Value, c.Values = drawNumber(t), []any{drawNumber(t), drawNumber(t)}
		conditions = append(conditions, c)
	}
	return conditions
}

func (s *machine) changing(t *rapid.T) store.Write {
	w := store.Write{Key: s.key(t), If: s.conditions(t), Set: s.attributes(t)}
	for _, name := range rapid.SliceOfDistinct(drawName, rapid.ID).Draw(t, "more") {
		if _, set := w.Set[name]; set {
			continue
		}
		if rapid.Bool().Draw(t, "add") {
			w.Add = map[string]int64{name: drawNumber(t)}
		} else {
			w.Remove = append(w.Remove, name)
		}
	}
	if _, set := w.Set[store.AttrList]; !set && rapid.Bool().Draw(t, "leave the list") {
		w.Remove = append(w.Remove, store.AttrList)
	}
	return w
}

func (s *machine) write(t *rapid.T) store.Write {
	w := s.changing(t)
	bare := store.Write{Key: w.Key, If: w.If}
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		bare.Put = w.Set
	case 1:
		bare.Delete = true
	case 2:
		bare.Check = true
		bare.If = append(bare.If, store.Condition{Attr: "n", Op: store.AtMost, Value: drawNumber(t)})
	default:
		return w
	}
	return bare
}

func (s *machine) transact(t *rapid.T) {
	var writes []store.Write
	for range rapid.IntRange(1, 4).Draw(t, "writes") {
		w := s.write(t)
		if !slices.ContainsFunc(writes, func(other store.Write) bool { return other.Key == w.Key }) {
			writes = append(writes, w)
		}
	}
	s.same(t, s.m.transact(writes), transact(s.e, writes...))
}

func (s *machine) change(t *rapid.T) {
	w := s.changing(t)
	item, err := s.e.Change(context.Background(), w)
	s.same(t, s.m.transact([]store.Write{w}), err)
	if err == nil {
		demand(t, s.m[w.Key], item)
	}
}

// same demands the same outcome of the model and the engine, refusals with the same reasons.
func (s *machine) same(t *rapid.T, want, got error) {
	t.Helper()
	refused, expected := new(store.Refused), new(store.Refused)
	if errors.As(want, &expected) && errors.As(got, &refused) {
		demand(t, expected.Reasons, refused.Reasons)
	} else if want != nil || got != nil {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func (s *machine) get(t *rapid.T) {
	keys := rapid.SliceOfN(rapid.Custom(s.key), 1, 4).Draw(t, "keys")
	items, err := s.e.Get(context.Background(), keys...)
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range keys {
		demand(t, s.m[k], items[i])
	}
}

func (s *machine) query(t *rapid.T) {
	q := store.Query{
		PK: s.space + "p", Prefix: rapid.SampledFrom([]string{"", "a", "a#"}).Draw(t, "prefix"),
		UpTo: rapid.SampledFrom([]string{"", "a", "a#1", "b"}).Draw(t, "up to"), Limit: rapid.IntRange(0, 3).Draw(t, "limit"),
	}
	if rapid.Bool().Draw(t, "list") {
		q.PK, q.List, q.In = "", s.space+"list", drawIndex.Draw(t, "index")
	}
	got := []store.Item{}
	for range 100 {
		page, err := s.e.Query(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.Items...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	if q.List != "" { // of one place in any order
		slices.SortStableFunc(got, func(a, b store.Item) int {
			if a[q.In.Order] != b[q.In.Order] {
				return 0
			}
			return strings.Compare(a.Key().PK+"\x00"+a.Key().SK, b.Key().PK+"\x00"+b.Key().SK)
		})
	}
	demand(t, s.m.query(q), got)
}

func demand(t *rapid.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}
