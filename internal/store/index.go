package store

import "fmt"

// Index is a way to items beside their keys. An item that has both attributes, as strings, stands in it: under the
// list that the one names, at the place that the other gives. A list can be in several indexes, each in an order of
// its own.
type Index struct {
	Name     string // as the database calls it
	List     string // the attribute with the list
	Order    string // the one with the place in it; empty: the index has no order
	KeysOnly bool   // of an item it gives the key and these attributes; else all
}

// The attributes of single indexes.
const (
	attrGroup             = "groep"
	attrNameOrder         = "naamsvolgorde"
	attrOrganisationOrder = "organisatievolgorde"
	attrFind              = "zoekkenmerk"
)

// The indexes. ARCHITECTURE says what stands in them, and what each adds to the price of a write.
var (
	ByMoment       = Index{Name: "lijst", List: AttrList, Order: AttrOrder}
	ByGroup        = Index{Name: "groep", List: attrGroup, Order: AttrOrder}
	ByName         = Index{Name: "naam", List: AttrList, Order: attrNameOrder, KeysOnly: true}
	ByOrganisation = Index{Name: "organisatie", List: AttrList, Order: attrOrganisationOrder, KeysOnly: true}
	ByReference    = Index{Name: "kenmerk", List: attrFind, KeysOnly: true}
)

// Indexes are all that an engine keeps.
var Indexes = [...]Index{ByMoment, ByGroup, ByName, ByOrganisation, ByReference}

// placing are the attributes that give an item a place in an index.
var placing = func() map[string]bool {
	names := map[string]bool{}
	for _, x := range Indexes {
		names[x.List] = true
		if x.Order != "" {
			names[x.Order] = true
		}
	}
	return names
}()

// Place is where the item stands in the index; in is false where it does not.
func (x Index) Place(it Item) (list, order string, in bool) {
	list, in = it[x.List].(string)
	if x.Order == "" || !in {
		return list, "", in
	}
	order, in = it[x.Order].(string)
	return list, order, in
}

// CheckQuery tells whether an engine can answer q, and gives it with its index filled in.
func CheckQuery(q Query) (Query, error) {
	if (q.PK == "") == (q.List == "") {
		return q, fmt.Errorf("%w: a query wants a partition or a list", ErrInvalid)
	}
	q.In = q.index()
	for _, x := range Indexes {
		if q.In == x && (x.Order != "" || q.Prefix+q.UpTo == "") {
			return q, nil
		}
	}
	return q, fmt.Errorf("%w: a query of index %q that cannot be", ErrInvalid, q.In.Name)
}
