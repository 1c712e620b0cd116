package console_test

import (
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

// TestALetterIsMendedByKeyboard: from the first page to a letter that came back, to its entry, and once more on its way.
func TestALetterIsMendedByKeyboard(t *testing.T) {
	d := newDesk(t)
	post(d)
	p := browser.Open(t, d.as(sam).served().base+"/console", browser.View{Width: browser.Wide})
	for _, name := range []string{"4 kapotte adressen", "gast03@gast.example"} {
		p.Tab(name)
		p.Enter()
	}
	if !strings.Contains(p.Text(), "Het adres bestaat niet.") {
		t.Errorf("the letter does not say what happened: %s", p.Text())
	}
	p.Visit(p.Address()) // which waits for the letter in its frame too
	p.Tab("Verstuur deze mail opnieuw")
	p.Enter()
	letter, err := d.store.Letter(t.Context(), d.letterTo("gast03@gast.example"))
	d.must(err)
	if !strings.Contains(p.Text(), "De mail gaat zo weg.") || letter.State != mdt.Pending {
		t.Errorf("the letter is %s: %s", letter.State, p.Text())
	}
	p.Tab("Naar waar deze mail over gaat")
	p.Enter()
	if !strings.Contains(p.Text(), "gast03@gast.example") || !strings.HasSuffix(p.Address(), d.entry(dag, "gast03@gast.example").Reference) {
		t.Errorf("came to %s", p.Address())
	}
}

// TestSomebodyIsErasedByKeyboard: found, asked about, erased, and no more found.
func TestSomebodyIsErasedByKeyboard(t *testing.T) {
	d := newDesk(t)
	everythingOfNoor(d)
	p := browser.Open(t, d.as(sam).served().base+"/console", browser.View{Width: browser.Phone})
	p.Tab("Privacy")
	p.Enter()
	searched(noor, "Wis alles van deze persoon", "Ja, wis dit")(d, p)
	if !strings.Contains(p.Text(), "Gewist.") || strings.Contains(p.Address(), "noor") {
		t.Errorf("came to %s: %s", p.Address(), p.Text())
	}
	traces, err := d.store.Traces(t.Context(), d.person(noor), d.time())
	d.must(err)
	if len(traces) != 0 {
		t.Errorf("%+v stands", traces)
	}
	searched(noor)(d, p)
	if !strings.Contains(p.Text(), "Hierover bewaren we niets.") {
		t.Errorf("still found: %s", p.Text())
	}
	p.Tab("Logboek")
	p.Enter()
	if text := p.Text(); !strings.Contains(text, "Wiste 4 zaken van iemand") || strings.Contains(text, noor) {
		t.Errorf("the log says %s", text)
	}
}
