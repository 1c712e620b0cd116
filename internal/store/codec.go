package store

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// TimeLayout is how a moment is stored: UTC, to the millisecond (cut off, not rounded), always 24
// characters, so that the order of the texts is the order of the moments.
const TimeLayout = "2006-01-02T15:04:05.000Z"

// Marshal gives the item of a struct, by its json tags (name, omitempty, omitzero, "-"; an embedded struct
// counts as its fields). Differences with encoding/json: a nil pointer, slice or map is left out, as an item
// knows no null; a moment is written in TimeLayout; floats, bytes and arrays are an error.
func Marshal(v any) (Item, error) {
	value := reflect.Indirect(reflect.ValueOf(v))
	if value.Kind() != reflect.Struct {
		return nil, fmt.Errorf("store: marshal %T: not a struct", v)
	}
	fields, err := marshalStruct(value)
	if err != nil {
		return nil, fmt.Errorf("store: marshal %T: %w", v, err)
	}
	return fields, nil
}

// Unmarshal fills the struct that v points to from an item. An attribute that the struct does not know is
// ignored, a field without an attribute keeps its value, one with another kind of value is an error.
func Unmarshal(item Item, v any) error {
	pointer := reflect.ValueOf(v)
	if pointer.Kind() != reflect.Pointer || pointer.IsNil() || pointer.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("store: unmarshal into %T: not a pointer to a struct", v)
	}
	if err := unmarshalStruct(item, pointer.Elem()); err != nil {
		return fmt.Errorf("store: unmarshal %T: %w", v, err)
	}
	return nil
}

// field is how one field of a struct is stored.
type field struct {
	name                string
	index               []int
	omitEmpty, omitZero bool
}

var plans sync.Map // reflect.Type to []field

func planOf(t reflect.Type) []field {
	if plan, ok := plans.Load(t); ok {
		return plan.([]field)
	}
	plan, _ := plans.LoadOrStore(t, fieldsOf(t, nil))
	return plan.([]field)
}

// fieldsOf lists the fields of t; one in an embedded struct gives way to one of the same name around it.
func fieldsOf(t reflect.Type, path []int) []field {
	var own, embedded []field
	taken := map[string]bool{}
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), path...), i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			embedded = append(embedded, fieldsOf(f.Type, index)...)
			continue
		case !f.IsExported() || name == "-" && options == "":
			continue
		case name == "":
			name = f.Name
		}
		taken[name] = true
		own = append(own, field{name, index, hasOption(options, "omitempty"), hasOption(options, "omitzero")})
	}
	for _, f := range embedded {
		if !taken[f.name] {
			own = append(own, f)
		}
	}
	return own
}

func hasOption(options, name string) bool {
	for option := range strings.SplitSeq(options, ",") {
		if option == name {
			return true
		}
	}
	return false
}

func (f *field) of(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}

func (f *field) omits(v reflect.Value) bool {
	return f.omitEmpty && isEmpty(v) || f.omitZero && isZero(v)
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Struct, reflect.Array:
		return false
	}
	return v.IsZero()
}

func isZero(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return z.IsZero()
	}
	return v.IsZero()
}
