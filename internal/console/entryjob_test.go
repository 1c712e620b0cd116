package console_test

import (
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
)

// TestFindCorrectAndSendAgain is a whole job with the keyboard alone: find somebody by the beginning of a name, mend
// the address, read what goes, agree, and have a letter sent once more.
func TestFindCorrectAndSendAgain(t *testing.T) {
	d := newDesk(t)
	d.crowd(3)
	d.enters("Noor Blok", "fout@gast.example", nil)
	site := d.as(sam).served()
	p := browser.Open(t, site.base+list, browser.View{Width: browser.Phone})
	steps := []struct {
		tab, typed string
		says       string
	}{
		{"Zoek iemand", "noor bl", "Noor Blok"},
		{"Noor Blok", "", "fout@gast.example"},
		{"Verbeter het adres", "", "Het goede e-mailadres"},
		{"Het goede e-mailadres", "goed@gast.example", "Als je verdergaat, gaat er 1 mail weg."},
		{"Doe het en verstuur 1 mail", "", "Het adres is verbeterd"},
		{"Verstuur opnieuw Je bent aangemeld: Netwerkbijeenkomst (voorbeeld)", "", "Als je verdergaat, gaat er 1 mail weg."},
		{"Doe het en verstuur 1 mail", "", "De mail gaat nog een keer weg"},
	}
	for _, step := range steps {
		if d.entryAt("goed@gast.example") != nil {
			d.allSent("goed@gast.example")
		}
		if strings.HasPrefix(step.tab, "Verstuur opnieuw") {
			p.Visit(p.Address()) // when it was answered the letter was on its way, and cannot be sent again
		}
		p.Tab(step.tab)
		if step.typed != "" {
			p.Type(step.typed)
		}
		p.Enter()
		if text := p.Text(); p.Status() != 200 || !strings.Contains(text, step.says) {
			t.Fatalf("after %q: %d, not %q: %s", step.tab, p.Status(), step.says, text)
		}
	}
	if n := len(d.lettersOf("goed@gast.example")); n != 3 {
		t.Errorf("%d letters, want the first, the one to the right address, and that one again", n)
	}
	if complaints := p.Complaints(); len(complaints) > 0 {
		t.Errorf("the browser says %s", strings.Join(complaints, "; "))
	}
}
