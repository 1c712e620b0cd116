package browser

import (
	"testing"
)

// spoiled are pages with one thing wrong, what finds it, and words of what it says.
var spoiled = map[string]struct {
	page  string
	check func(t testing.TB, address string)
	says  string
}{
	"image without alt":   {with(`<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9"></p>`), Axe, "image-alt"},
	"pale words":          {with(`<p style="color: #bbb">Bleek</p>`), Axe, "color-contrast"},
	"pale at night":       {with(night), axeByNight, "color-contrast"},
	"small target":        {with(`<p><button style="width:9px;height:9px;padding:0">x</button><button style="width:9px;height:9px;padding:0">y</button></p>`), Axe, "target-size"},
	"words outside main":  {with(`</main><p>Los</p><main>`), Axe, "region"},
	"too wide":            {with(`<p style="width: 500px">Breed</p>`), NoSideways, "508 px wide on 320"},
	"too wide at 200 %":   {with(`<p class="w">Breed</p><style>@media (min-width: 600px) { .w { width: 700px } }</style>`), NoSideways, "708 px wide on 640"},
	"too wide at 768":     {with(`<p class="w">Breed</p><style>@media (min-width: 700px) { .w { width: 900px } }</style>`), NoSideways, "908 px wide on 768"},
	"long word":           {with(`<p>` + "Aanmeldpuntvoormaatschappelijkediensttijdbijeenkomsten" + `</p>`), NoSideways, "wide on 320"},
	"hidden width":        {with(`<style>body { overflow-x: hidden }</style><p style="width: 500px">Breed</p>`), NoSideways, "hides"},
	"no meta viewport":    {`<!DOCTYPE html><html lang="nl"><title>x</title><p>x`, NoSideways, "meta viewport"},
	"unsound: for axe":    {with(`<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9"></p>`), sound, "image-alt"},
	"unsound: too wide":   {with(`<p style="width: 500px">Breed</p>`), sound, "508 px wide on 320"},
	"unsound: no picture": {with(`<p><img src="/er-is-niets.png" alt="Niets" width="9" height="9"></p>`), sound, "er-is-niets.png"},
	"an element unclosed": {with(`<p><b>Vet</p>`), valid, "close-order"},
	"id twice":            {with(`<p id="a">a</p><p id="a">b</p>`), valid, "no-dup-id"},
	"no title":            {`<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"></head><body><p>x</p></body></html>`, valid, "element-required-content"},
}

// night is a text that can be read by day only.
const night = `<style>@media (prefers-color-scheme: dark) { body { background: #111 } p { color: #444 } }</style><p>Bleek</p>`

func axeByNight(t testing.TB, address string) {
	t.Helper()
	open(t, address, View{Dark: true}).Axe()
}

func sound(t testing.TB, address string) { t.Helper(); open(t, address, View{}).Sound("x") }

func valid(t testing.TB, address string) { t.Helper(); Valid(t, Fetch(t, address)) }

func TestChecksFindWhatIsWrong(t *testing.T) {
	for name, c := range spoiled {
		t.Run(name, func(t *testing.T) {
			base := site(t, map[string]string{"/": c.page})
			wantComplaint(t, c.says, func(t testing.TB) { c.check(t, base+"/") })
		})
	}
}

func TestChecksLetAGoodPageBe(t *testing.T) {
	base := site(t, map[string]string{"/": with("<p>Goed</p>")})
	Axe(t, site(t, map[string]string{"/": with(night)})+"/")
	for _, check := range []func(testing.TB, string){Axe, axeByNight, NoSideways, sound, valid} {
		check(t, base+"/")
		wantComplaint(t, "404", func(t testing.TB) { check(t, base+"/er-is-niets") })
	}
}
