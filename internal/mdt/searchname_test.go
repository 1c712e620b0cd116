package mdt

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestANameIsFoundHoweverItIsTyped: all on one line have the key in front of it.
func TestANameIsFoundHoweverItIsTyped(t *testing.T) {
	for key, typed := range map[string][]string{
		"jpvanthoff":       {"J.P. van 't Hoff", "jp van’t hoff", "J P Van ‘t Hoff", "JP VAN `T HOFF", "J.P.  van\u00a0't  Hoff "},
		"sgravesande":      {"'s-Gravesande", "’s Gravesande", "s gravesande", "S'Gravesande"},
		"ijsbrandij":       {"IJsbrand IJ", "Ĳsbrand Ĳ", "ĳsbrand ĳ", "Ijsbrand ij", "IJSBRAND IJ"},
		"andrefrancois":    {"André François", "ANDRÉ FRANÇOIS", "Andre\u0301 Franc\u0327ois", "andre francois"},
		"zoe":              {"Zoë", "ZOE", "Zoe\u0308"},
		"bjornoyaaerolund": {"Bjørn-Øya Ærølund", "bjornoya aerolund"},
		"lukaszdordevic":   {"Łukasz Đorđević", "lukasz dordevic"},
		"grossmeier":       {"Großmeier", "GROSSMEIER", "Großmeier"},
		"isikilgin":        {"Işık Ilgın", "isik ilgin", "İŞIK ILGIN"},
		"jansen2e":         {"Jansen (2e)", "Jansen 2ᵉ", "jansen-2e"},
		"stichtingjong4":   {"Stichting \"Jong\" & 4", "stichting jong/4"},
		"李明":               {"李 明", "李明"},
		"":                 {"", " ", "?!", "--", "\u0301", "\xff"},
	} {
		for _, name := range typed {
			if got := SearchKey(name); got != key {
				t.Errorf("SearchKey(%q) = %q, want %q", name, got, key)
			}
		}
	}
}

// TestTheBeginningOfANameHasTheBeginningOfItsKey, cut anywhere between characters; a key stays short, and has nothing
// that a place in a list is taken apart by.
func TestTheBeginningOfANameHasTheBeginningOfItsKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"'s-Gravesande", "Zoë van Ĳzendoorn", strings.Repeat("Æ", 60)})).Draw(t, "name")
		key := SearchKey(name)
		if utf8.RuneCountInString(key) > 2*searchLength || strings.ContainsAny(key, "# \x00") {
			t.Fatalf("SearchKey(%q) = %q", name, key)
		}
		for i := range name {
			if begin := SearchKey(name[:i]); !strings.HasPrefix(key, begin) {
				t.Fatalf("%q begins with %q, but %q not with %q", name, name[:i], key, begin)
			}
		}
	})
}
