package forms

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
	"github.com/google/go-cmp/cmp"
)

const goodMessage = `"naam":"J","email":"j@b.nl","onderwerp":"anders","bericht":"b"`

func TestJSONThatIsNone(t *testing.T) {
	for _, body := range []string{
		``, ` `, `{`, `}`, `[`, `nul`, `null`, `true`, `1`, `"a"`, `[]`, `[{}]`,
		`{]`, `{"naam"}`, `{"naam":}`, `{"naam" "J"}`, `{"naam":"J",}`, `{,}`, `{"naam":"J" "email":"e"}`, `{naam:"J"}`, `{'naam':'J'}`,
		`{"naam":"J"}x`, `{"naam":"J"}{}`, `{"naam":"J"},`, `{"naam":"J"}]`, `{"naam":"J"}` + "\x00",
		`{"naam":"J}`, `{"naam":"J\"}`, `{"naam":"\x41"}`, `{"naam":"\`, `{"naam":"\u12"}`, `{"naam":"\u+123"}`, `{"naam":"\u12G4"}`, `{"naam":"\U0041"}`,
		"{\"naam\":\"a\nb\"}", "{\"naam\":\"a\tb\"}", "{\"naam\":\"a\x00b\"}",
		"\ufeff{}", "{}\u00a0", "\v{}", `{"naam":"J"} // einde`, `{/* */}`,
		`{"naam":"\ud800"}`, `{"naam":"\udc00"}`, `{"naam":"\ud800x"}`, `{"naam":"\ud800\n"}`, `{"naam":"\ud800\u0041"}`, `{"naam":"\udc00\ud800"}`, `{"\ud800":1}`, `{"x":"\ud800"}`,
		"{\"naam\":\"\xff\"}", "{\"naam\":\"\xc0\x80\"}", "{\"naam\":\"\xed\xa0\x80\"}", "{\"\xff\":1}", "{\"x\":[\"\xff\"]}",
		`{"x":01}`, `{"x":+1}`, `{"x":.5}`, `{"x":1.}`, `{"x":1e}`, `{"x":1e+}`, `{"x":-}`, `{"x":0x1}`, `{"x":NaN}`, `{"x":Infinity}`, `{"x":1_000}`, `{"x":True}`, `{"x":tru}`,
		`{"x":[1,]}`, `{"x":[,1]}`, `{"x":[1 2]}`, `{"x":[1}`, `{"x":{"y":1]}`, `{"x":[1]]}`,
		`{"x":` + strings.Repeat(`[`, 10001) + strings.Repeat(`]`, 10001) + `}`,
		`{"x":` + strings.Repeat(`{"a":`, 3000) + `1` + strings.Repeat(`}`, 3000) + `}`,
		`{"leiding":` + strings.Repeat(`{"a":`, 33) + `1` + strings.Repeat(`}`, 33) + `}`,
	} {
		if got := unread(t, post(asJSON, body), ProposalSpec()); got != 400 {
			t.Errorf("%.60q: %d", body, got)
		}
	}
}

func TestJSONInAnySpelling(t *testing.T) {
	body := " \t\r\n{ \"naam\" : \"\\u004A\\ud83d\\ude00\\/\\\"\\\\ \\t!\" , \"email\":\"j@b.nl\",\n\"onderwerp\":\"anders\",\"bericht\":\"a\\r\\nb\" } \n"
	form, faults := Message(readAs(t, asJSON, body, MessageSpec()), nil)
	if form.Name != "J😀/\"\\ !" || form.Text != "a\nb" || len(faults) > 0 {
		t.Errorf("%+v %v", form, faults)
	}
}

// What can be read but may not stand there is told together with the faults of the fields.
func TestFaultsOfShape(t *testing.T) {
	for body, want := range map[string][]string{
		`{` + goodMessage + `,"id":5}`:                                     {"#/id verzoek.veld"},
		`{` + goodMessage + `,"Naam":"K"}`:                                 {"#/Naam verzoek.veld"},
		`{` + goodMessage + `,"status":"bevestigd","capacity":1,"role":2}`: {"#/status verzoek.veld", "#/capacity verzoek.veld", "#/role verzoek.veld"},
		`{` + goodMessage + `,"createdAt":{"a":[1,-0.5e+3,null,true]}}`:    {"#/createdAt verzoek.veld"},
		`{` + goodMessage + `,"sleutel":"x"}`:                              {"#/sleutel verzoek.veld"},
		`{` + goodMessage + `,"a/b~c d":1}`:                                {"#/a~1b~0c%20d verzoek.veld"},
		`{` + goodMessage + `,"__proto__":{},"":1}`:                        {"#/__proto__ verzoek.veld", "#/ verzoek.veld"},
		`{` + goodMessage + `,"naam":"K"}`:                                 {"#/naam verzoek.vorm"},
		`{` + goodMessage + `,"\u006eaam":"K"}`:                            {"#/naam verzoek.vorm"},
		`{` + goodMessage + `,"regio":null}`:                               {"#/regio verzoek.vorm"},
		`{` + goodMessage + `,"gemeente":344,"telefoon":["06"]}`:           {"#/gemeente verzoek.vorm", "#/telefoon verzoek.vorm"},
		`{"naam":5,"email":{},"x":1}`: {"#/naam verzoek.vorm", "#/email verzoek.vorm", "#/x verzoek.veld",
			"#/onderwerp onderwerp.leeg", "#/bericht bericht.leeg"},
	} {
		_, faults := Message(readAs(t, asJSON, body, MessageSpec()), nil)
		if diff := cmp.Diff(want, codes(faults)); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
}

func TestFaultsOfShapeInside(t *testing.T) {
	const good = `"naam":"J","email":"j@b.nl","deelname":"online"`
	for body, want := range map[string][]string{
		`{` + good + `,"antwoorden":{"lunch":true,"lunch":false}}`:             {"#/antwoorden/lunch verzoek.vorm"},
		`{` + good + `,"antwoorden":{"lunch":"ja"}}`:                           {"#/antwoorden/lunch verzoek.vorm"},
		`{` + good + `,"antwoorden":{"lunch":true,"anders":"x","dagen":"Ma"}}`: {"#/antwoorden/anders verzoek.veld", "#/antwoorden/dagen verzoek.vorm"},
		`{` + good + `,"antwoorden":{"lunch":true},"introducees":[null,{"naam":"A","naam":"B","email":"a@b.nl","id":1}]}`: {
			"#/introducees/0 verzoek.vorm", "#/introducees/1/naam verzoek.vorm", "#/introducees/1/id verzoek.veld"},
		`{` + good + `,"antwoorden":{"lunch":true},"regios":["noord",["zuid"],3],"onderdelen":"a","introducees":{}}`: {
			"#/regios/1 verzoek.vorm", "#/regios/2 verzoek.vorm", "#/onderdelen verzoek.vorm", "#/introducees verzoek.vorm"},
	} {
		_, faults := Registration(readAs(t, asJSON, body, RegistrationSpec(meeting())), meeting(), regions)
		if diff := cmp.Diff(want, codes(faults)); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
}

func TestFormsThatCannotBeRead(t *testing.T) {
	for _, body := range []string{"naam=%", "naam=%zz", "%zz=a", "naam=%ff", "naam=%ed%a0%80", "naam=\xff", "leiding.naam=%ff"} {
		if got := unread(t, post(asForm, body), ProposalSpec()); got != 400 {
			t.Errorf("%q: %d", body, got)
		}
	}
	for _, body := range []string{"", "&&&", "=", "a;b", "naam=a;b", "onbekend=x&onbekend[0]=y", "leiding=x", "regios.0=a", "leiding.naam.x=1", "leiding.=1"} {
		if got := unread(t, post(asForm, body), ProposalSpec()); got != 0 {
			t.Errorf("%q: %d", body, got)
		}
	}
}

func TestAFieldThatComesTwiceInAForm(t *testing.T) {
	_, faults := Message(readAs(t, asForm, "naam=J&naam=K&naam=L&email=j@b.nl&email=j@b.nl&email=&onderwerp=anders&bericht=b", MessageSpec()), nil)
	if diff := cmp.Diff([]string{"#/naam verzoek.vorm"}, codes(faults)); diff != "" {
		t.Error(diff)
	}
}

func TestTypesOfBodies(t *testing.T) {
	for contentType, want := range map[string]int{
		"application/json": 0, "Application/JSON": 0, "application/json; charset=utf-8": 0, `application/json;charset="UTF-8"`: 0,
		"": 415, "text/plain": 415, "text/json": 415, "application/jsonx": 415, "application/problem+json": 415, "json": 415, "*/*": 415,
		"application/json, application/json": 415, "application/json; charset=utf-16": 415, "application/json; charset": 415,
		"multipart/form-data; boundary=x": 415, "multipart/form-data": 415, "application/xml": 415,
	} {
		if got := unread(t, post(contentType, `{}`), MessageSpec()); got != want {
			t.Errorf("%q: %d, want %d", contentType, got, want)
		}
	}
	if got := unread(t, post("application/x-www-form-urlencoded; charset=UTF-8", "naam=J"), MessageSpec()); got != 0 {
		t.Errorf("form with charset: %d", got)
	}
	for encoding, want := range map[string]int{"": 0, "identity": 0, "gzip": 415, "br": 415, "deflate": 415, "gzip, identity": 415} {
		r := post(asJSON, `{}`)
		r.Header.Set("Content-Encoding", encoding)
		if got := unread(t, r, MessageSpec()); got != want {
			t.Errorf("encoding %q: %d, want %d", encoding, got, want)
		}
	}
}

func TestSizesOfBodies(t *testing.T) {
	padded := func(n int) string { return `{` + goodMessage + `}` + strings.Repeat(" ", n-len(goodMessage)-2) }
	for _, test := range []struct {
		contentType, body string
		want              int
	}{
		{asJSON, padded(MaxBody), 0},
		{asJSON, padded(MaxBody + 1), 413},
		{asJSON, padded(10 << 20), 413},
		{asForm, "naam=" + strings.Repeat("a", MaxBody), 413},
		{"text/plain", strings.Repeat("a", MaxBody+1), 413},
		{"multipart/form-data; boundary=x", strings.Repeat("--x\r\n\r\n", 10000), 413},
		{"multipart/form-data; boundary=x", strings.Repeat("--x\r\n\r\n", 100), 415},
	} {
		for _, told := range []bool{true, false} {
			r := post(test.contentType, test.body)
			if !told {
				r.ContentLength = -1
			}
			if got := unread(t, r, MessageSpec()); got != test.want {
				t.Errorf("%s of %d bytes (told: %v): %d, want %d", test.contentType, len(test.body), told, got, test.want)
			}
		}
	}
}

func TestABodyThatBreaksOff(t *testing.T) {
	r := httptest.NewRequest("POST", "/", io.MultiReader(strings.NewReader(`{`), broken{}))
	r.Header.Set("Content-Type", asJSON)
	if got := unread(t, r, MessageSpec()); got != 400 {
		t.Errorf("%d", got)
	}
	w := httptest.NewRecorder()
	r = post(asJSON, strings.Repeat(" ", 100))
	r.Body = http.MaxBytesReader(w, r.Body, 10)
	if got := unread(t, r, MessageSpec()); got != 413 {
		t.Errorf("%d", got)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestKeys(t *testing.T) {
	for _, test := range []struct {
		header, field string
		want          string
		fault         bool
	}{
		{"", "", "", false},
		{"a", "", "a", false},
		{"", "b", "b", false},
		{"a", "b", "a", false},
		{"a", strings.Repeat("b", 256), "a", false},
		{strings.Repeat("~", 255), "", strings.Repeat("~", 255), false},
		{strings.Repeat("~", 256), "b", "", true},
		{"", "é", "", true},
		{"", "a\nb", "", true},
		{"a\x7fb", "", "", true},
	} {
		r := post(asForm, "naam=J&email=j%40b.nl&onderwerp=anders&bericht=b&sleutel="+strings.ReplaceAll(strings.ReplaceAll(test.field, "é", "%C3%A9"), "\n", "%0A"))
		if test.header != "" {
			r.Header.Set("Idempotency-Key", test.header)
		}
		v, err := Read(r, MessageSpec())
		if err != nil {
			t.Fatal(err)
		}
		_, faults := Message(v, nil)
		if v.Key() != test.want || (len(faults) == 1 && faults[0].Code == "sleutel.vorm") != test.fault || !test.fault && len(faults) > 0 {
			t.Errorf("%+v: key %q, %v", test, v.Key(), faults)
		}
	}
	r := post(asJSON, `{`+goodMessage+`}`)
	r.Header.Set("Idempotency-Key", "")
	if v, _ := Read(r, MessageSpec()); v.badKey != "Idempotency-Key" {
		t.Error("an empty header passes for a key")
	}
}

func TestTheSameValuesAreTheSameBytes(t *testing.T) {
	canonical := func(contentType, body string) []byte {
		return readAs(t, contentType, body, RegistrationSpec(meeting())).Canonical()
	}
	want := canonical(asJSON, whole)
	for contentType, body := range map[string]string{
		asForm: encoded(t, whole) + "&sleutel=abc&site=3&functie=",
		asJSON: strings.Replace(strings.Replace(whole, "  Nguyễn \\t Thị", "Nguye\u0302\u0303n Thi\u0323", 1), `"wensen"`, `"x":1,"wensen"`, 1),
	} {
		if got := canonical(contentType, body); !bytes.Equal(got, want) {
			t.Errorf("%s: %q is not %q", contentType, got, want)
		}
	}
	met := map[string]string{}
	for _, body := range []string{
		`{}`, `{"naam":"a"}`, `{"naam":"b"}`, `{"functie":"a"}`, `{"naam":"a","functie":"b"}`, `{"naam":"ab"}`,
		`{"regios":["a"]}`, `{"regios":["a","b"]}`, `{"regios":["b","a"]}`, `{"regios":["ab"]}`, `{"onderdelen":["a"]}`,
		`{"antwoorden":{"lunch":true}}`, `{"antwoorden":{"lunch":false}}`, `{"antwoorden":{"verhaal":"a"}}`,
		`{"introducees":[{"naam":"a"}]}`, `{"introducees":[{"email":"a"}]}`, `{"introducees":[{"naam":"a"},{"email":"b"}]}`, `{"introducees":[{"naam":"a","email":"b"}]}`, `{"introducees":[{},{"naam":"a"}]}`,
	} {
		bytes := string(canonical(asJSON, body))
		if other, clash := met[bytes]; clash {
			t.Errorf("%s and %s give the same bytes", body, other)
		}
		met[bytes] = body
	}
	for _, empty := range []string{`{"naam":""}`, `{"naam":" \t"}`, `{"regios":[]}`, `{"antwoorden":{}}`, `{"introducees":[]}`, `{"antwoorden":{"verhaal":""}}`} {
		if got := canonical(asJSON, empty); !bytes.Equal(got, canonical(asJSON, `{}`)) {
			t.Errorf("%s is not nothing: %q", empty, got)
		}
	}
}

// The body itself is one copy, what is kept of it at most another; the slack is for what does not grow.
func TestHostileBodiesCostNoMoreThanTheyAre(t *testing.T) {
	fill := func(open, item, shut string) string {
		return open + strings.Repeat(item, (MaxBody-len(open)-len(shut)-1)/len(item)) + strings.TrimSuffix(item, ",")[:0] + shut
	}
	for name, body := range map[string]string{
		"empty strings":  fill(`{"regios":[`, `"",`, `""]}`),
		"empty guests":   fill(`{"introducees":[`, `{},`, `{}]}`),
		"unknown keys":   fill(`{`, `"a":1,`, `"b":1}`),
		"nothing":        fill(`{"x":[`, `[],`, `[]]}`),
		"one long name":  fill(`{"naam":"`, `a`, `"}`),
		"escapes":        fill(`{"naam":"`, `\u00e9`, `"}`),
		"one long key":   fill(`{"`, `/`, `":1}`),
		"repeated field": fill(`{`, `"naam":"J",`, `"naam":"J"}`),
	} {
		if cost := bytesAllocated(t, asJSON, body); cost > 2*MaxBody+16<<10 {
			t.Errorf("%s: %d bytes for a body of %d", name, cost, len(body))
		}
	}
	for name, body := range map[string]string{
		"fields":          strings.Repeat("&", MaxBody),
		"regions":         strings.Repeat("regios=a&", MaxBody/9),
		"unknown fields":  strings.Repeat("a=b&", MaxBody/4),
		"numbered guests": strings.Repeat("introducees.999999999.naam=a&", MaxBody/29),
	} {
		if cost := bytesAllocated(t, asForm, body); cost > 2*MaxBody+16<<10 {
			t.Errorf("%s: %d bytes for a body of %d", name, cost, len(body))
		}
	}
}

func bytesAllocated(t *testing.T, contentType, body string) uint64 {
	t.Helper()
	r, spec := post(contentType, body), RegistrationSpec(mdt.Meeting{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	v, err := Read(r, spec)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(v)
	return after.TotalAlloc - before.TotalAlloc
}
