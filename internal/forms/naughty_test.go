package forms

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

// naughty are texts that have broken something somewhere: databases, shells, templates, spreadsheets, headers,
// parsers, fonts.
var naughty = []string{
	"undefined", "null", "NULL", "nil", "None", "NaN", "Infinity", "true", "false", "0", "-1", "1e309", "0x10", "1/0", "௧", "²",
	"naam", "name", "status", "size", "value", "key", "#pk", ":sk", "attribute_exists(pk)", "SET a = :b", "begins_with", "SELECT * FROM \"tabel\"",
	"'; DROP TABLE aanmeldingen; --", "' OR 1=1 --", "{\"$gt\":\"\"}", "{\"S\":\"x\"}", "__proto__", "constructor", "hasOwnProperty", "toString",
	"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "<svg/onload=alert(1)>", "</textarea><b>", "&lt;b&gt;", "<!--", "]]>", "<?xml?>", "{{7*7}}", "${7*7}", "<%= 7 %>", "{{.}}", "{naam}", "[naam]",
	"../../etc/passwd", "C:\\Windows\\", "/dev/null", "file:///etc/hosts", "`ls`", "$(ls)", "| ls", "; ls", "%00", "%0d%0a", "%s%s%n", "%n", "\\u0000", "\\", "\\\\", "\"", "'", "''", "\"\"",
	"=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", ",", ";", "a;b;c", "a,b", "\ta",
	"=?utf-8?q?Jan?=", "Jan <jan@elders.example>", "jan@elders.example, piet@elders.example", "a\r\nBcc: x@elders.example", "a\nb", "a\rb", "a\u2028b", "a\u0085b", "a\x00b", "a\x1b[31mb", "a\x7fb", "a\u009fb",
	"\u202egro.elpmaxe", "\u200b", "\u200bJan", "\ufeffJan", "J\u00adan", "Ja\u2060n", "\u2066Jan\u2069", "\U000e0041Jan", "\ufffe", "\ufdd0", "\ufffd", "\ue000", "\U0010fffd",
	"Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "a" + strings.Repeat("\u0301", 200), strings.Repeat("\u0301", 3), "ﷺﷺﷺ", "𒐫𒐫", "ʇǝsɹǝʌuı", "ⓣⓔⓚⓢⓣ", "田中さん", "ヽ༼ຈل͜ຈ༽ﾉ", "(╯°□°）╯︵ ┻━┻", "مُنَاقَشَةُ", "הָיְתָה", "👩‍👩‍👧‍👦", "🇳🇱🇧🇪", "👾🙇💁🙅", "ÅÍÎÏ˝ÓÔ", "Ω≈ç√∫", "⁰⁴⁵", "❤️💔", "𝕬𝖆", "ﬁ", "İi", "ẞß", "Ǆǅǆ",
	"Penistone", "Scunthorpe", "Kut", "Dr. Cock", "Nul", "Test", "Leeg", "  ", "\u3000", strings.Repeat("a", 199), strings.Repeat("a", 5001), strings.Repeat("€", 2001),
}

// fieldsOf gives the text fields of a table, dotted as a form names them.
func fieldsOf(fields []Field, prefix string) (names []string) {
	for _, f := range fields {
		switch f.Kind {
		case Object:
			names = append(names, fieldsOf(f.Fields, prefix+f.Name+".")...)
		case Objects:
			names = append(names, fieldsOf(f.Fields, prefix+f.Name+".0.")...)
		default:
			names = append(names, prefix+f.Name)
		}
	}
	return names
}

// Each text in each field is either stored the way texts are stored, or refused at that field; never anything else.
func TestNaughtyTextsInEachField(t *testing.T) {
	checks := map[string]struct {
		spec  Spec
		check func(*Values) (any, []mdt.Fault)
	}{
		"registration": {RegistrationSpec(meeting()), func(v *Values) (any, []mdt.Fault) { return both(Registration(v, meeting(), regions)) }},
		"proposal":     {ProposalSpec(), func(v *Values) (any, []mdt.Fault) { return both(Proposal(v, regions)) }},
		"interest":     {InterestSpec(), func(v *Values) (any, []mdt.Fault) { return both(Interest(v)) }},
		"message":      {MessageSpec(), func(v *Values) (any, []mdt.Fault) { return both(Message(v, regions)) }},
	}
	stored := 0
	for kind, c := range checks {
		for _, name := range fieldsOf(c.spec, "") {
			for _, text := range naughty {
				v := readAs(t, asForm, url.Values{name: {text}}.Encode(), c.spec)
				form, faults := c.check(v)
				clean, _ := cleanLine(text)
				if severalLines[name] {
					clean, _ = cleanText(text)
				}
				if clean == "" || refused(faults, name) || !storedAsText(name) {
					continue
				}
				if written := asWritten(t, form); !strings.Contains(written, asWritten(t, clean)) {
					t.Errorf("%s: %s = %q is neither refused nor stored: %s", kind, name, text, written)
				}
				stored++
			}
		}
	}
	if stored < 500 {
		t.Errorf("only %d texts were stored", stored)
	}
}

func both[F any](form F, faults []mdt.Fault) (any, []mdt.Fault) { return form, faults }

func refused(faults []mdt.Fault, name string) bool {
	pointer := "#/" + strings.ReplaceAll(name, ".", "/")
	for _, f := range faults {
		if f.Pointer == pointer || strings.HasPrefix(f.Pointer, pointer+"/") {
			return true
		}
	}
	return false
}

var severalLines = map[string]bool{"toelichting": true, "bericht": true, "wensen": true, "antwoorden.verhaal": true}

// storedAsText is false for addresses and ticks, and for a leader whom nobody said to be somebody else.
func storedAsText(name string) bool {
	return !strings.HasSuffix(name, "email") && !strings.HasPrefix(name, "leiding.") && name != "toestemming" && name != "antwoorden.lunch"
}

func asWritten(t *testing.T, form any) string {
	t.Helper()
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(form); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}
