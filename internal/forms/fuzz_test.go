package forms

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// A million inputs each, some minutes apiece:
//
//	go test -run '^$' -fuzz '^FuzzJSON$' -fuzztime 1000000x -fuzzminimizetime 1x ./internal/forms
//
// and the same for FuzzForm, FuzzBothWaysGiveTheSame and FuzzClean.

var seeds = []string{
	`{}`, `{"naam":"J","email":"j@b.nl","onderwerp":"anders","bericht":"b"}`, whole, `{"naam":"\ud83d\ude00\u0000","x":[1,-2.5e+3,null]}`,
	`{"introducees":[{"naam":"a"},{}],"antwoorden":{"lunch":true,"dagen":["Ma"]}}`, `{"naam":1,"naam":2}`, `[[[[`, `{"a":"\ud800"}`,
}

var surrogate = regexp.MustCompile(`(?i)\\ud[89a-f]`)

// The standard library's reader, which is laxer, says what is JSON.
func FuzzJSON(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > MaxBody {
			t.Skip()
		}
		v, err := Read(post(asJSON, body), RegistrationSpec(meeting()))
		var fields map[string]json.RawMessage
		object := json.Unmarshal([]byte(body), &fields) == nil && fields != nil
		switch {
		case err == nil && !object:
			t.Fatalf("%q is read, but is no JSON object", body)
		case err != nil && object && utf8.ValidString(body) && !surrogate.MatchString(body) && strings.Count(body, "{")+strings.Count(body, "[") < maxDepth:
			t.Fatalf("%q is not read: %v", body, err)
		case err != nil:
			return
		}
		form, faults := Registration(v, meeting(), regions)
		name, _ := cleanLine(form.Name)
		if len(faults) == 0 && (form.Name == "" || name != form.Name || form.Email.Mail == "") {
			t.Errorf("no fault in %q, which gives %+v", body, form)
		}
		for _, fault := range faults {
			if !strings.HasPrefix(fault.Pointer, "#/") || fault.Code == "" {
				t.Errorf("fault %+v", fault)
			}
		}
		v.Canonical()
	})
}

func FuzzForm(f *testing.F) {
	for _, seed := range []string{"naam=J&email=j%40b.nl", "leiding.naam=a&leiding.naam=b", "introducees.3.naam=%C3%A9&introducees.1.email=x", "a=%&b", "regios=a&regios=b&antwoorden.lunch=on", ";;&=&&"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > MaxBody {
			t.Skip()
		}
		v, err := Read(post(asForm, body), RegistrationSpec(meeting()))
		if err != nil {
			return
		}
		if values, err := url.ParseQuery(body); err == nil && len(values["naam"]) == 1 && values.Get("naam") != "" && v.root["naam"] != values.Get("naam") {
			t.Errorf("%q gives %q", body, v.root["naam"])
		}
		Registration(v, meeting(), regions)
		v.Canonical()
	})
}

// One message, as JSON and as a form, gives the same form, the same faults and the same bytes.
func FuzzBothWaysGiveTheSame(f *testing.F) {
	f.Add("Jan", "een\r\ntwee", "noord", "06-12345678")
	f.Add("\x00", "\u202e", "", "112")
	f.Fuzz(func(t *testing.T, name, text, region, phone string) {
		fields := map[string]string{"naam": name, "bericht": text, "regio": region, "telefoon": phone, "email": "j@b.nl", "onderwerp": "anders"}
		form := url.Values{}
		for field, value := range fields {
			if !utf8.ValidString(value) {
				t.Skip()
			}
			form.Set(field, value)
		}
		asText, err := json.Marshal(fields)
		if err != nil || len(asText) > MaxBody || len(form.Encode()) > MaxBody {
			t.Skip()
		}
		a, b := readAs(t, asJSON, string(asText), MessageSpec()), readAs(t, asForm, form.Encode(), MessageSpec())
		if !bytes.Equal(a.Canonical(), b.Canonical()) {
			t.Errorf("%q and %q", a.Canonical(), b.Canonical())
		}
		messageA, faultsA := Message(a, regions)
		messageB, faultsB := Message(b, regions)
		if messageA != messageB || strings.Join(codes(faultsA), ";") != strings.Join(codes(faultsB), ";") {
			t.Errorf("%+v %v\n%+v %v", messageA, faultsA, messageB, faultsB)
		}
	})
}
