package mdt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// checkShape holds a JSON text against the type that target points to and gives all that does not fit:
// fields the type does not have (case counts), fields given twice, values of another kind, more behind the
// end. encoding/json by itself lets the first two pass or stops at the first. A text that is no JSON is one
// fault, and not readable.
func checkShape(data []byte, target any) (faults []string, readable bool) {
	s := &shape{tokens: json.NewDecoder(bytes.NewReader(data))}
	s.tokens.UseNumber()
	err := s.value("", reflect.TypeOf(target).Elem())
	if err == nil {
		if _, end := s.tokens.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("na het einde staat nog iets")
		}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("het houdt te vroeg op")
	}
	if err != nil {
		at := data[:min(int(s.tokens.InputOffset()), len(data))]
		return []string{fmt.Sprintf("regel %d: dit is geen goede JSON: %v.", 1+bytes.Count(at, []byte("\n")), err)}, false
	}
	return s.faults, true
}

type shape struct {
	tokens *json.Decoder
	faults []string
}

// value reads one value. A nil type takes anything: what stands in an unknown field is no fault of its own.
func (s *shape) value(path string, t reflect.Type) error {
	token, err := s.tokens.Token()
	if err != nil {
		return err
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if wanted := misfit(token, t); wanted != "" {
		s.faults = append(s.faults, fmt.Sprintf("%s: hier hoort %s.", orWhole(path), wanted))
		t = nil
	}
	switch token {
	case json.Delim('{'):
		return s.object(path, t)
	case json.Delim('['):
		return s.list(path, t)
	}
	return nil
}

func (s *shape) object(path string, t reflect.Type) error {
	fields, seen := fieldsOf(t), map[string]bool{}
	for s.tokens.More() {
		token, err := s.tokens.Token()
		if err != nil {
			return err
		}
		name := token.(string)
		inner := strings.TrimPrefix(path+"."+name, ".")
		field, known := fields[name]
		if t != nil && t.Kind() == reflect.Map { // of texts, whatever they are called
			field, known = t.Elem(), true
		}
		switch {
		case t != nil && !known:
			s.faults = append(s.faults, fmt.Sprintf("%s: dit veld kennen we niet.", inner))
		case seen[name]:
			s.faults = append(s.faults, fmt.Sprintf("%s: dit veld staat er twee keer.", inner))
		}
		seen[name] = true
		if err := s.value(inner, field); err != nil {
			return err
		}
	}
	_, err := s.tokens.Token()
	return err
}

func (s *shape) list(path string, t reflect.Type) error {
	var element reflect.Type
	if t != nil {
		element = t.Elem()
	}
	for i := 0; s.tokens.More(); i++ {
		if err := s.value(path+"["+strconv.Itoa(i)+"]", element); err != nil {
			return err
		}
	}
	_, err := s.tokens.Token()
	return err
}

// misfit names what should stand where a token stands; empty when it fits. null is an absent value.
func misfit(token json.Token, t reflect.Type) string {
	if t == nil || token == nil {
		return ""
	}
	fits, wanted := false, ""
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		fits, wanted = token == json.Delim('{'), "een object { }"
	case reflect.Slice:
		fits, wanted = token == json.Delim('['), "een lijst [ ]"
	case reflect.String:
		_, fits = token.(string)
		wanted = "een tekst"
	case reflect.Bool:
		_, fits = token.(bool)
		wanted = "true of false"
	case reflect.Int:
		number, ok := token.(json.Number)
		_, err := strconv.Atoi(number.String())
		fits, wanted = ok && err == nil, "een heel getal"
	}
	if fits {
		return ""
	}
	return wanted
}

// fieldsOf gives the fields of a struct by their JSON names, those of embedded structs too.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	if t == nil || t.Kind() == reflect.Map {
		return fields
	}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

func orWhole(path string) string {
	if path == "" {
		return "het bestand"
	}
	return path
}
