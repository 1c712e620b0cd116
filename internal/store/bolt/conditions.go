package bolt

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"aanmeldpunt/internal/store"
)

// holds judges one condition on the item as it stands, nil where there is none.
func holds(c store.Condition, item store.Item) bool {
	value, there := item[c.Attr]
	switch c.Op {
	case store.Absent:
		return !there
	case store.Present:
		return there
	case store.Equal:
		return there && reflect.DeepEqual(value, c.Value)
	case store.AtMost:
		order, ok := compare(value, c.Value)
		return ok && order <= 0
	case store.AtLeast:
		order, ok := compare(value, c.Value)
		return ok && order >= 0
	case store.OneOf:
		return there && slices.ContainsFunc(c.Values, func(one any) bool { return reflect.DeepEqual(value, one) })
	case store.AbsentOrExpired:
		expires, dated := item[store.AttrExpires].(int64)
		return item == nil || dated && expires <= c.Value.(int64)
	}
	return false
}

// compare orders two numbers, where a missing one is 0, or two strings.
func compare(value, bound any) (order int, ok bool) {
	switch bound := bound.(type) {
	case int64:
		n, isNumber := value.(int64)
		return cmp.Compare(n, bound), isNumber || value == nil
	case string:
		s, isString := value.(string)
		return cmp.Compare(s, bound), isString
	}
	return 0, false
}

// changed gives the item with w done to it; old is nil where there was none and is not touched.
func changed(w store.Write, old store.Item) (store.Item, error) {
	item := make(store.Item, len(old)+len(w.Set)+len(w.Add)+2)
	maps.Copy(item, old)
	item[store.AttrPK], item[store.AttrSK] = w.Key.PK, w.Key.SK
	maps.Copy(item, w.Set)
	for name, n := range w.Add {
		had, isNumber := item[name].(int64)
		if _, there := item[name]; there && !isNumber {
			return nil, fmt.Errorf("%w: attribute %s is no number to add to", store.ErrInvalid, name)
		}
		item[name] = had + n
	}
	for _, name := range w.Remove {
		delete(item, name)
	}
	return item, nil
}
