package store

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"time"
)

func marshalStruct(v reflect.Value) (map[string]any, error) {
	plan := planOf(v.Type())
	fields := make(map[string]any, len(plan)+6) // room for the key and what else the engines know
	for i := range plan {
		f := &plan[i]
		value := f.of(v)
		if f.omits(value) {
			continue
		}
		stored, err := marshalValue(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		if stored != nil {
			fields[f.name] = stored
		}
	}
	return fields, nil
}

var (
	timeType            = reflect.TypeFor[time.Time]()
	textMarshalerType   = reflect.TypeFor[encoding.TextMarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// marshalValue gives the stored form of a value; nil where there is nothing to store.
func marshalValue(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		if v.IsNil() {
			return nil, nil
		}
	}
	if v.Type() == timeType {
		return v.Interface().(time.Time).UTC().Format(TimeLayout), nil
	}
	if v.Type() != reflect.PointerTo(timeType) && v.Type().Implements(textMarshalerType) {
		text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		return string(text), err
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Uint() > math.MaxInt64 {
			return nil, errors.New("number too large")
		}
		return int64(v.Uint()), nil
	case reflect.Pointer, reflect.Interface:
		return marshalValue(v.Elem())
	case reflect.Slice:
		return marshalList(v)
	case reflect.Map:
		return marshalMap(v)
	case reflect.Struct:
		return marshalStruct(v)
	}
	return nil, fmt.Errorf("a %s cannot be stored", v.Type())
}

func marshalList(v reflect.Value) (any, error) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return nil, errors.New("bytes cannot be stored")
	}
	list := make([]any, v.Len())
	for i := range list {
		stored, err := marshalValue(v.Index(i))
		if err != nil {
			return nil, err
		}
		if stored == nil {
			return nil, errors.New("a list with nothing in a place cannot be stored")
		}
		list[i] = stored
	}
	return list, nil
}

func marshalMap(v reflect.Value) (any, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, fmt.Errorf("a %s cannot be stored", v.Type())
	}
	fields := make(map[string]any, v.Len())
	for entries := v.MapRange(); entries.Next(); {
		stored, err := marshalValue(entries.Value())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entries.Key(), err)
		}
		if stored != nil {
			fields[entries.Key().String()] = stored
		}
	}
	return fields, nil
}
