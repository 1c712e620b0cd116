package console_test

import (
	"net/http"
	"testing"
)

// TestAnUnknownChoiceIsNotAnswered: neither with everything nor with something else, and with the way to choose anew.
func TestAnUnknownChoiceIsNotAnswered(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	for page, choices := range map[string]struct{ none, known []string }{
		list: {[]string{"?stand=onzin", "?stand=Bevestigd", "?onderdeel=onzin", "?regio=onzin", "?regio=landelijk", "?adres=heel", "?stand=bevestigd&regio=x"},
			[]string{"?stand=bevestigd&onderdeel=&regio=wad-en-wierden&etiket=zelden", "?stand=aangevraagd", "?adres=kapot"}},
		"/console/logboek":   {[]string{"?maand=2026-13", "?maand=onzin", "?maand=2024-01", "?maand=2027-01", "?wat=onzin", "?maand=2026-03&wat=x"}, []string{"?maand=2026-03", "?maand=", "?wat=gewist", "?maand=2026-03&wat=bekeken"}},
		"/console/brieven":   {[]string{"?stand=onzin"}, []string{"?stand=onderweg", "?stand="}},
		"/console/gemeenten": {[]string{"?regio=onzin"}, []string{"?regio=wad-en-wierden"}},
	} {
		for _, query := range choices.none {
			if got := p.get(page + query); got.Code != http.StatusBadRequest || !got.says("Deze keuze is er niet") || got.count(`href="`+page+`"`) == 0 {
				t.Errorf("%s%s: %d", page, query, got.Code)
			}
		}
		for _, query := range choices.known {
			if got := p.get(page + query); got.Code != http.StatusOK {
				t.Errorf("%s%s: %d", page, query, got.Code)
			}
		}
	}
	if got := p.post(list+"/zoeken", "zoek", "noor", "in", "email"); got.Code != http.StatusBadRequest {
		t.Errorf("a search in what is not searched: %d", got.Code)
	}
}
