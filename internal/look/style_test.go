package look_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// colours reads the tokens of the stylesheet, as they are by day and by night.
func colours(t *testing.T) (day, night map[string]string) {
	t.Helper()
	raw, err := os.ReadFile("stijl.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(raw), "@media (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "*, *::before")
	token := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
	day, night = map[string]string{}, map[string]string{}
	for _, found := range token.FindAllStringSubmatch(light, -1) {
		day[found[1]], night[found[1]] = found[2], found[2]
	}
	for _, found := range token.FindAllStringSubmatch(dark, -1) {
		night[found[1]] = found[2]
	}
	return day, night
}

// luminance is that of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatalf("%q is no colour", colour)
	}
	part := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

// TestColoursCanBeRead: text and its ground differ enough (1.4.3), and so do the edges of fields and the focus
// (1.4.11), by day and by night.
func TestColoursCanBeRead(t *testing.T) {
	day, night := colours(t)
	for scheme, c := range map[string]map[string]string{"day": day, "night": night} {
		for _, pair := range []struct {
			over, under string
			least       float64
		}{
			{"ink", "paper", 4.5}, {"ink", "sheet", 4.5}, {"ink", "brand-tint", 4.5}, {"ink", "fault-tint", 4.5},
			{"ink-soft", "paper", 4.5}, {"ink-soft", "sheet", 4.5}, {"ink-soft", "brand-tint", 4.5},
			{"brand", "paper", 4.5}, {"brand", "sheet", 4.5}, {"brand", "brand-tint", 4.5}, {"brand-deep", "brand-tint", 4.5}, {"brand-deep", "sheet", 4.5},
			{"on-brand", "brand", 4.5}, {"on-brand", "brand-deep", 4.5}, {"on-warm", "warm", 4.5},
			{"fault", "paper", 4.5}, {"fault", "sheet", 4.5}, {"fault", "fault-tint", 4.5},
			{"line-strong", "sheet", 3}, {"line-strong", "paper", 3}, {"focus", "paper", 3}, {"focus", "sheet", 3}, {"focus", "brand-tint", 3}, {"focus", "fault-tint", 3},
		} {
			if got := contrast(t, c[pair.over], c[pair.under]); got < pair.least {
				t.Errorf("%s: %s on %s is %.2f to 1, at least %.1f", scheme, pair.over, pair.under, got, pair.least)
			}
		}
	}
	if got := contrast(t, "#000000", "#ffffff"); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f to 1", got)
	}
	if day["paper"] == night["paper"] {
		t.Error("night is as day")
	}
}
