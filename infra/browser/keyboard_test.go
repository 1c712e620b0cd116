package browser

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const form = `<form method="post">
<p><label for="naam">Naam</label> <input id="naam" name="naam" value="al iets" aria-required="true"></p>
<p><label for="mail">E-mail</label> <input id="mail" name="mail" aria-invalid="true" aria-describedby="uitleg"> <span id="uitleg">Met een @.</span></p>
<p><label for="tekst">Bericht</label> <textarea id="tekst" name="tekst">oud</textarea></p>
<fieldset><legend>Hoe kom je?</legend>
<label><input type="radio" name="hoe" value="z"> In de zaal</label>
<label><input type="radio" name="hoe" value="o"> Online</label>
<label><input type="radio" name="hoe" value="t"> Thuis</label></fieldset>
<p><label for="regio">Regio</label> <select id="regio" name="regio"><option value="">Kies</option><option value="1">Noord</option><option value="2">Zuid</option></select></p>
<p><label><input type="checkbox" name="ja"> Houd me op de hoogte</label></p>
<p><button>Aanmelden</button></p></form>`

// desk is a site with that form, which answers with what was posted.
func desk(t *testing.T) (base string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := with(form)
		if r.Method == http.MethodPost {
			_ = r.ParseForm()
			page = with(fmt.Sprintf(`<h2 tabindex=-1 autofocus>Gelukt</h2><p style="overflow-wrap: anywhere">%s</p>`, html.EscapeString(r.Form.Encode())))
		}
		fmt.Fprint(w, page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAFormIsFilledByKeyboardAlone(t *testing.T) {
	p := Open(t, desk(t)+"/", View{Width: Phone})
	p.Tab("Naam")
	p.Replace("Noor van é")
	p.Tab("E-mail")
	p.Type("noor@gast.example")
	p.Tab("Bericht")
	p.Replace("een\ntwee")
	p.Tab("In de zaal")
	p.Choose("Online")
	p.Tab("Regio")
	p.Choose("Zuid")
	p.Tab("Houd me op de hoogte")
	p.Space()
	p.Tab("Aanmelden")
	p.Enter()
	want := "Voorbeeld\n\nEen Twee\n\nGelukt\n\nhoe=o&ja=on&mail=noor%40gast.example&naam=Noor+van+%C3%A9&regio=2&tekst=een%0D%0Atwee"
	if diff := cmp.Diff(want, p.Text()); diff != "" {
		t.Error(diff)
	}
	if focus := p.Focus(); focus == nil || focus.Role != "heading" || focus.Name != "Gelukt" {
		t.Errorf("focus on %+v", focus)
	}
	p.Axe()
	p.NoSideways()
}

func TestTheFirstOptionCanBeChosen(t *testing.T) {
	p := Open(t, desk(t)+"/", View{})
	p.Tab("In de zaal")
	p.Choose("In de zaal")
	if focus := p.Focus(); !focus.Checked {
		t.Errorf("%+v is not checked", focus)
	}
	p.Tab("Regio")
	p.Choose("Kies")
}

func TestStopsTellWhatAScreenReaderHears(t *testing.T) {
	want := []Focus{
		{Role: "link", Name: "Een", Visible: true},
		{Role: "link", Name: "Twee", Visible: true},
		{Role: "textbox", Name: "Naam", Value: "al iets", Required: true, Visible: true},
		{Role: "textbox", Name: "E-mail", Description: "Met een @.", Invalid: true, Visible: true},
		{Role: "textbox", Name: "Bericht", Value: "oud", Visible: true},
		{Role: "radio", Name: "In de zaal", Visible: true},
		{Role: "combobox", Name: "Regio", Value: "Kies", Visible: true},
		{Role: "checkbox", Name: "Houd me op de hoogte", Visible: true},
		{Role: "button", Name: "Aanmelden", Visible: true},
	}
	if diff := cmp.Diff(want, Open(t, desk(t)+"/", View{}).Stops()); diff != "" {
		t.Error(diff)
	}
}

func TestEnterFollowsALinkToAPlaceOnThePage(t *testing.T) {
	base := site(t, map[string]string{"/": with(`<p><a href="#veld">Naar het veld</a></p><p><label for="veld">Veld</label> <input id="veld"></p>`)})
	p := Open(t, base+"/", View{})
	p.Tab("Naar het veld")
	p.Enter()
	if focus := p.Focus(); focus == nil || focus.Name != "Veld" {
		t.Errorf("focus on %+v", focus)
	}
}

func TestTheKeyboardFindsWhatIsWrong(t *testing.T) {
	base := site(t, map[string]string{
		"/ring":  with(`<p><a href="/x" style="outline: none">Zonder ring</a></p>`),
		"/optie": with(form),
		"/naam":  with(`<p><input></p>`),
		"/enter": with(`<p><button type="button">Doet niets</button></p>`),
	})
	for path, c := range map[string]struct {
		do   func(p *Page)
		says string
	}{
		"/ring":    {func(p *Page) { p.Stops() }, "does not show"},
		"/naam":    {func(p *Page) { p.Stops() }, "without a name"},
		"/enter":   {func(p *Page) { p.Tab("Doet niets"); p.patience = time.Second; p.Enter() }, "nothing comes of Enter"},
		"/weg":     {func(p *Page) { p.Tab("Is er niet") }, `only to ["Een" "Twee"]`},
		"/terug":   {func(p *Page) { p.Tab("Twee"); p.Tab("Een") }, "does not come to \"Een\""},
		"/geen":    {func(p *Page) { p.Choose("Een") }, "no options"},
		"/optie":   {func(p *Page) { p.Tab("Regio"); p.Choose("Oost") }, `only ["Kies" "Noord" "Zuid"]`},
		"/link-om": {func(p *Page) { p.Tab("Een"); p.Choose("Twee") }, "no options"},
	} {
		t.Run(path, func(t *testing.T) {
			wantComplaint(t, c.says, func(t testing.TB) { c.do(Open(t, base+path, View{})) })
		})
	}
}
