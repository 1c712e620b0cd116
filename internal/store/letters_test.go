package store

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// filled puts something into every field of a value, so that two fields under one name cannot both come back.
func filled(v reflect.Value) {
	moment := time.Date(2027, 1, 20, 8, 30, 0, 0, time.UTC)
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(moment))
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" {
				filled(v.Field(i))
			}
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0))
		filled(v.Index(1))
	case v.Kind() == reflect.String:
		v.SetString(v.Type().Name() + " é")
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(7)
	}
}

func TestALetterComesBackWhole(t *testing.T) {
	var letter, got mdt.Letter
	filled(reflect.ValueOf(&letter).Elem())
	item, err := Marshal(letter)
	if err != nil {
		t.Fatal(err)
	}
	if err := Unmarshal(item, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(letter, got); diff != "" {
		t.Errorf("(-stored +read):\n%s", diff)
	}
	if letter.Tally == nil || letter.Meeting.OnlineLink == "" || letter.Due.IsZero() || len(letter.ChangedFields) != 2 {
		t.Errorf("not everything was filled in: %+v", letter)
	}
}
