package api_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

// naughty are texts that have broken forms, mails, spreadsheets and databases before.
var naughty = []string{
	"", " ", "\t", "undefined", "null", "NULL", "nil", "true", "0", "-1", "1e309", "NaN", "0x0", "1/0", "١٢٣", "½",
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "<svg/onload=alert(1)>", "{{7*7}}", "${7*7}", "#{7*7}",
	"'; DROP TABLE aanmeldingen; --", `" OR "1"="1`, "SELECT * FROM \"tafel\" WHERE pk = 'x'", "$ne", "name", "size", "status", "pk", "sk", ":a", "#a",
	"=1+1", "@SUM(A1)", "-2+3", "+31", "=HYPERLINK(\"http://x\")", "%s%n%x", "%00", "%0d%0aBcc: x@x.example", "a\r\nBcc: x@x.example", "a\nb", "a\x00b", "a\x1bb", "a\u007fb",
	"a\u0085b", "a\u2028b", "a\u2029b", "\ufeffa", "a\u200bb", "a\u202eb", "a\u2066b\u2069", "\ufffe", "\uffff", "\U0001f600\U0001f3fd", "👩‍👩‍👧‍👦", "🇳🇱", "ﷺ", "ß", "İ", "ı", "ﬁ", "Ǆ",
	"李 明", "محمد", "Nguyễn Thị Ánh", "e\u0301", strings.Repeat("e\u0301", 50), "Z" + strings.Repeat("\u0351", 10000), strings.Repeat("a", 5000),
	strings.Repeat("👍", 300), "../../../etc/passwd", `C:\windows`, "file:///etc/passwd", "http://169.254.169.254/", "|ls", "`ls`", "$(ls)", "() { :; };", "CON", "LPT1",
	"\\", "\\u0000", `\"`, "'", "''", "`", "«»", "a,b;c", "=?utf-8?B?Qmxh?=", "ᚠᛇᚻ", "\u00a0", "\u3000", "＜script＞", "\u1680", "\U000e0041", strings.Repeat("\U0001f1e6", 20),
}

// TestNaughtyTexts puts each text in each field: it is stored or it is refused, and nothing else.
func TestNaughtyTexts(t *testing.T) {
	d := newDesk(t)
	n := 0
	for path, fields := range map[string][]string{
		beslisdag:   {"naam", "email", "organisatie", "functie", "telefoon", "wensen", "deelname"},
		voorstellen: {"naam", "email", "organisatie", "thema", "doel", "soort", "toelichting"},
		attenderen:  {"naam", "email"},
		berichten:   {"naam", "email", "onderwerp", "bericht", "organisatie", "telefoon", "regio", "gemeente"},
	} {
		for _, field := range fields {
			for _, text := range naughty {
				n++
				values := map[string]any{"naam": "Noor", "email": fmt.Sprintf("g%d@gast.example", n)}
				for name, value := range map[string]map[string]any{
					voorstellen: {"thema": "Samen", "doel": "inspireren", "soort": "idee"}, attenderen: {"toestemming": true},
					berichten: {"onderwerp": "anders", "bericht": "Hallo"}}[path] {
					values[name] = value
				}
				values[field] = text
				body, err := json.Marshal(values)
				if err != nil {
					t.Fatal(err)
				}
				if got := d.post(path, string(body)); got.Code != 201 && got.Code != 400 {
					t.Errorf("%s %s %.40q: %d %s", path, field, text, got.Code, got.Body)
				}
			}
		}
	}
	if strings.Contains(d.log.String(), "gast.example") || strings.Contains(d.log.String(), "level=ERROR") {
		t.Errorf("the log: %.500s", d.log)
	}
	for _, l := range d.letters() {
		if strings.ContainsAny(l.To, "\r\n\x00 ,;<>") || strings.Count(l.To, "@") != 1 {
			t.Errorf("a letter goes to %q", l.To)
		}
	}
}

// TestNamesAreKeptAsTheyAre: people's names are stored as they wrote them, but for white space and one
// spelling of what looks the same.
func TestNamesAreKeptAsTheyAre(t *testing.T) {
	d := newDesk(t)
	for i, c := range []struct{ sent, stored string }{
		{"O", "O"}, {"Ö", "Ö"}, {"'s Gravesande", "'s Gravesande"}, {"van 't Hoff", "van 't Hoff"}, {"D'Ailly", "D'Ailly"}, {"O’Neill", "O’Neill"},
		{"IJsbrand van den Boogaard-de Vries", "IJsbrand van den Boogaard-de Vries"}, {"Ĳ", "Ĳ"}, {"Müller-Lüdenscheidt", "Müller-Lüdenscheidt"},
		{"Çelik", "Çelik"}, {"Łukasz", "Łukasz"}, {"Nguyễn Thị Ánh", "Nguyễn Thị Ánh"}, {"J.P. de Vries jr.", "J.P. de Vries jr."},
		{"Sjoerd fan der Meulen", "Sjoerd fan der Meulen"}, {"李 明", "李 明"}, {"محمد", "محمد"}, {"Re\u0301", "Ré"}, {"  Noor \t van\u00a0Dijk ", "Noor van Dijk"},
		{strings.Repeat("Naam ", 30) + "X", strings.Repeat("Naam ", 30) + "X"}, {"uit te de", "uit te de"}, {"voor in 't", "voor in 't"},
	} {
		email := fmt.Sprintf("n%d@gast.example", i)
		if got := d.form(beslisdag, url.Values{"naam": {c.sent}, "email": {email}}.Encode()); got.Code != 201 {
			t.Errorf("%q: %d %s", c.sent, got.Code, got.Body)
			continue
		}
		standing, err := d.store.Standing(t.Context(), "beslisdag", d.service.Identity.Person(mdt.Address{Normal: email}))
		if err != nil {
			t.Fatal(err)
		}
		if got := standing.Entries[0].Name; got != c.stored {
			t.Errorf("%q is stored as %q", c.sent, got)
		}
	}
}
