package store

import (
	"encoding"
	"fmt"
	"reflect"
	"time"
)

func unmarshalStruct(fields map[string]any, v reflect.Value) error {
	plan := planOf(v.Type())
	for i := range plan {
		f := &plan[i]
		stored, ok := fields[f.name]
		if !ok {
			continue
		}
		if err := unmarshalValue(stored, f.of(v)); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

func unmarshalValue(stored any, v reflect.Value) error {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return unmarshalValue(stored, v.Elem())
	}
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		v.Set(reflect.ValueOf(stored))
		return nil
	}
	switch stored := stored.(type) {
	case string:
		return unmarshalText(stored, v)
	case int64:
		return unmarshalNumber(stored, v)
	case bool:
		if v.Kind() == reflect.Bool {
			v.SetBool(stored)
			return nil
		}
	case []any:
		if v.Kind() == reflect.Slice {
			return unmarshalList(stored, v)
		}
	case map[string]any:
		switch v.Kind() {
		case reflect.Struct:
			return unmarshalStruct(stored, v)
		case reflect.Map:
			return unmarshalMap(stored, v)
		}
	}
	return mismatch(stored, v)
}

func mismatch(stored any, v reflect.Value) error {
	return fmt.Errorf("a stored %T does not fit a %s", stored, v.Type())
}

func unmarshalText(stored string, v reflect.Value) error {
	if v.Type() == timeType {
		moment, err := time.Parse(time.RFC3339Nano, stored)
		v.Set(reflect.ValueOf(moment.UTC()))
		return err
	}
	if reflect.PointerTo(v.Type()).Implements(textUnmarshalerType) {
		return v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(stored))
	}
	if v.Kind() != reflect.String {
		return mismatch(stored, v)
	}
	v.SetString(stored)
	return nil
}

func unmarshalNumber(stored int64, v reflect.Value) error {
	switch {
	case v.CanInt():
		if v.OverflowInt(stored) {
			return fmt.Errorf("%d does not fit a %s", stored, v.Type())
		}
		v.SetInt(stored)
	case v.CanUint():
		if stored < 0 || v.OverflowUint(uint64(stored)) {
			return fmt.Errorf("%d does not fit a %s", stored, v.Type())
		}
		v.SetUint(uint64(stored))
	default:
		return mismatch(stored, v)
	}
	return nil
}

func unmarshalList(stored []any, v reflect.Value) error {
	list := reflect.MakeSlice(v.Type(), len(stored), len(stored))
	for i, element := range stored {
		if err := unmarshalValue(element, list.Index(i)); err != nil {
			return fmt.Errorf("%d: %w", i, err)
		}
	}
	v.Set(list)
	return nil
}

// unmarshalMap makes a new map: what stood in v is gone.
func unmarshalMap(stored map[string]any, v reflect.Value) error {
	if v.Type().Key().Kind() != reflect.String {
		return mismatch(stored, v)
	}
	fields := reflect.MakeMapWithSize(v.Type(), len(stored))
	for name, value := range stored {
		entry := reflect.New(v.Type().Elem()).Elem()
		if err := unmarshalValue(value, entry); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fields.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), entry)
	}
	v.Set(fields)
	return nil
}
