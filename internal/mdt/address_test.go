package mdt

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestGoodAddresses(t *testing.T) {
	for typed, want := range map[string]Address{
		"jan@voorbeeld.example":             {"jan@voorbeeld.example", "jan@voorbeeld.example"},
		"  Jan.Jansen@Voorbeeld.EXAMPLE\t ": {"Jan.Jansen@voorbeeld.example", "jan.jansen@voorbeeld.example"},
		"jan+mdt@voorbeeld.example":         {"jan+mdt@voorbeeld.example", "jan+mdt@voorbeeld.example"},
		"o'brien@post.voorbeeld.example":    {"o'brien@post.voorbeeld.example", "o'brien@post.voorbeeld.example"},
		"info@gemeente.amsterdam":           {"info@gemeente.amsterdam", "info@gemeente.amsterdam"},
		"info@stad.frl":                     {"info@stad.frl", "info@stad.frl"},
		"a@b.nl":                            {"a@b.nl", "a@b.nl"},
		"1@2.nl":                            {"1@2.nl", "1@2.nl"},
		"jan@café.nl":                       {"jan@xn--caf-dma.nl", "jan@xn--caf-dma.nl"},
		"jan@CAFÉ.nl":                       {"jan@xn--caf-dma.nl", "jan@xn--caf-dma.nl"},
		"jan@cafe\u0301.nl":                 {"jan@xn--caf-dma.nl", "jan@xn--caf-dma.nl"},
		"jan@XN--caf-dma.nl":                {"jan@xn--caf-dma.nl", "jan@xn--caf-dma.nl"},
		"jan@مثال.إختبار":                   {"jan@xn--mgbh0fb.xn--kgbechtv", "jan@xn--mgbh0fb.xn--kgbechtv"},
		"jan@例子。测试":                         {"jan@xn--fsqu00a.xn--0zwm56d", "jan@xn--fsqu00a.xn--0zwm56d"},
		"\u200bjan@voorbeeld.example\u200e": {"jan@voorbeeld.example", "jan@voorbeeld.example"},
		"!#$%&'*+-/=?^_`{|}~@b.nl":          {"!#$%&'*+-/=?^_`{|}~@b.nl", "!#$%&'*+-/=?^_`{|}~@b.nl"},
	} {
		if got, code := ParseAddress(typed); got != want || code != "" {
			t.Errorf("%q gives %+v, %q; want %+v", typed, got, code, want)
		}
	}
}

func TestBadAddresses(t *testing.T) {
	for _, test := range []struct{ code, typed string }{
		{"email.leeg", ""},
		{"email.leeg", " \t\u00a0\u200b "},
		{"email.vorm", "jan"},
		{"email.vorm", "@"},
		{"email.vorm", "jan@"},
		{"email.vorm", "@voorbeeld.example"},
		{"email.vorm", "jan@localhost"},
		{"email.vorm", "jan@voorbeeld.example."},
		{"email.vorm", "jan@.voorbeeld.example"},
		{"email.vorm", "jan@voor..beeld.example"},
		{"email.vorm", "jan@-voorbeeld.example"},
		{"email.vorm", "jan@voorbeeld-.example"},
		{"email.vorm", "jan@voor_beeld.example"},
		{"email.vorm", "jan@voor beeld.example"},
		{"email.vorm", "jan@voorbeeld,example"},
		{"email.vorm", "jan@127.0.0.1"},
		{"email.vorm", "jan@[127.0.0.1]"},
		{"email.vorm", "jan@[IPv6:::1]"},
		{"email.vorm", "jan@xn--a.nl"},
		{"email.vorm", "jan@" + strings.Repeat("a", 64) + ".nl"},
		{"email.vorm", "jan@piet@voorbeeld.example"},
		{"email.vorm", `"jan jansen"@voorbeeld.example`},
		{"email.vorm", `"jan"@voorbeeld.example`},
		{"email.vorm", `jan\@piet@voorbeeld.example`},
		{"email.vorm", "Jan <jan@voorbeeld.example>"},
		{"email.vorm", "<jan@voorbeeld.example>"},
		{"email.vorm", "jan@voorbeeld.example, piet@voorbeeld.example"},
		{"email.vorm", "jan@voorbeeld.example;piet@voorbeeld.example"},
		{"email.vorm", "jan(thuis)@voorbeeld.example"},
		{"email.vorm", "jan jansen@voorbeeld.example"},
		{"email.vorm", ".jan@voorbeeld.example"},
		{"email.vorm", "jan.@voorbeeld.example"},
		{"email.vorm", "jan..jansen@voorbeeld.example"},
		{"email.vorm", "jan\r\nBcc: piet@voorbeeld.example"},
		{"email.vorm", "jan@voorbeeld.example\r\nBcc: piet@voorbeeld.example"},
		{"email.vorm", "jan\x00@voorbeeld.example"},
		{"email.vorm", "jan@voor\x00beeld.example"},
		{"email.vorm", "jan\u2028@voorbeeld.example"},
		{"email.vorm", "jan\u202e@voorbeeld.example"},
		{"email.vorm", "jan\xff@voorbeeld.example"},
		{"email.vorm", "jan＠voorbeeld.example"},
		{"email.vorm", strings.Repeat("a", 65) + "@voorbeeld.example"},
		{"email.vorm", "jan@" + long(251)},
		{"email.vorm", strings.Repeat("é", 10) + " a@voorbeeld.example"},
		{"email.lokaalAscii", "jörg@voorbeeld.example"},
		{"email.lokaalAscii", "jo\u0308rg@voorbeeld.example"},
		{"email.lokaalAscii", "o’neill@voorbeeld.example"},
		{"email.lokaalAscii", "李@例子.测试"},
	} {
		if got, code := ParseAddress(test.typed); got != (Address{}) || code != test.code {
			t.Errorf("%q gives %+v, %q; want %q", test.typed, got, code, test.code)
		}
	}
}

// long gives a domain of n octets in labels that are short enough.
func long(n int) string {
	domain := strings.Repeat(strings.Repeat("a", 49)+".", n/50+1)
	return domain[len(domain)-n+2:] + "nl"
}

func TestTheLengthsOfAnAddress(t *testing.T) {
	for _, typed := range []string{
		strings.Repeat("a", 64) + "@voorbeeld.example",
		"jan@" + strings.Repeat("a", 63) + ".nl",
		"jan@" + long(250),
	} {
		if _, code := ParseAddress(typed); code != "" {
			t.Errorf("%q (%d octets): %q", typed, len(typed), code)
		}
	}
}

// What is refused for its size alone must not be read first: the allocations do not grow with it.
func TestAHugeAddressIsNotLookedInto(t *testing.T) {
	huge := strings.Repeat("é", 5<<20) + "@voorbeeld.example"
	allocs := testing.AllocsPerRun(3, func() {
		if _, code := ParseAddress(huge); code != "email.vorm" {
			t.Errorf("code %q", code)
		}
	})
	if allocs > 0 {
		t.Errorf("%v allocations", allocs)
	}
}

// A million inputs: go test -run '^$' -fuzz '^FuzzParseAddress$' -fuzztime 1000000x -fuzzminimizetime 1x ./internal/mdt.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"jan@voorbeeld.example", "jörg@café.nl", `"a b"@c.nl`, "a@[::1]", "a@xn--caf-dma.nl", "ａ@ｂ.ｎｌ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a, code := ParseAddress(typed)
		if (code == "") == (a == Address{}) {
			t.Fatalf("%+v with code %q", a, code)
		}
		if code != "" {
			return
		}
		if !ascii(a.Mail) || strings.Count(a.Mail, "@") != 1 || strings.ContainsAny(a.Mail, " \r\n\x00\"<>,;()[]\\") || len(a.Mail) > 254 {
			t.Errorf("%q cannot be mailed", a.Mail)
		}
		for _, other := range []string{a.Mail, a.Normal, strings.ToUpper(a.Mail), norm.NFD.String(typed), norm.NFC.String(typed)} {
			if again, code := ParseAddress(other); again.Normal != a.Normal {
				t.Errorf("%q is %q, %q written otherwise is %q (%s)", typed, a.Normal, other, again.Normal, code)
			}
		}
	})
}
