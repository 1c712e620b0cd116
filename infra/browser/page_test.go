package browser

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aanmeldpunt/internal/parts"
)

func TestPageTellsWhatItIs(t *testing.T) {
	base := site(t, map[string]string{"/": with(`<p>Te lezen <span hidden>maar dit niet</span></p>`)})
	p := Open(t, base+"/", View{Width: Phone})
	if p.Title() != "Voorbeeld" || p.Status() != 200 || p.Address() != base+"/" {
		t.Errorf("title %q, status %d, address %s", p.Title(), p.Status(), p.Address())
	}
	if text := p.Text(); !strings.Contains(text, "Te lezen") || strings.Contains(text, "niet") {
		t.Errorf("text %q", text)
	}
	p.Visit(base + "/er-is-niets")
	if p.Status() != 404 {
		t.Errorf("status %d of what is not there", p.Status())
	}
	if said := p.Complaints(); len(said) > 0 {
		t.Errorf("%q: the status of the page itself is no complaint", said)
	}
	wantComplaint(t, "ERR_CONNECTION_REFUSED", func(t testing.TB) { Open(t, "http://127.0.0.1:2/", View{}) })
}

// TestAPageInAPageHasAStatusOfItsOwn: that of the page itself is not taken for it.
func TestAPageInAPageHasAStatusOfItsOwn(t *testing.T) {
	base := site(t, map[string]string{
		"/":      with(`<iframe sandbox src="/er-is-niets" title="Niets"></iframe>`),
		"/goed":  with(`<p>Goed</p>`),
		"/breuk": with(`<iframe sandbox src="/goed" title="Goed"></iframe>`),
	})
	p := Open(t, base+"/", View{})
	if p.Status() != 200 {
		t.Errorf("with a frame of 404 the page has %d", p.Status())
	}
	p.Visit(base + "/er-is-niets")
	if p.Status() != 404 {
		t.Errorf("afterwards a page that is not there has %d", p.Status())
	}
	p.Visit(base + "/breuk")
	if p.Status() != 200 {
		t.Errorf("with a frame again: %d", p.Status())
	}
}

func TestScriptsRunOnlyWhereTheyAreLetTo(t *testing.T) {
	base := site(t, map[string]string{"/": with(`<script>document.title = "Van een script"</script>`)})
	for scripts, want := range map[bool]string{false: "Voorbeeld", true: "Van een script"} {
		if got := Open(t, base+"/", View{Scripts: scripts}).Title(); got != want {
			t.Errorf("scripts %v: title %q, want %q", scripts, got, want)
		}
	}
	p := Open(t, base+"/", View{})
	p.Axe()
	p.Visit(base + "/")
	if p.Title() != "Voorbeeld" {
		t.Error("after axe scripts were left on")
	}
}

func TestComplaintsAreHeard(t *testing.T) {
	base := site(t, map[string]string{
		"/bestand": with(`<p><img src="/weg.png" alt="Weg"></p>`),
		"/beleid":  with(`<p><img src="http://elders.example/x.png" alt="Elders"></p>`),
		"/fout":    with(`<script>throw new Error("stuk")</script>`),
		"/goed":    with(``),
	})
	for path, want := range map[string]string{"/bestand": "404", "/beleid": "ERR_NAME_NOT_RESOLVED", "/fout": "Uncaught", "/goed": ""} {
		said := fmt.Sprint(Open(t, base+path, View{Scripts: true}).Complaints())
		if !strings.Contains(said, want) || want == "" && said != "[]" {
			t.Errorf("%s: %s, want %q", path, said, want)
		}
	}
	guarded := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		fmt.Fprint(w, with(``))
	}))
	defer guarded.Close()
	if said := fmt.Sprint(Open(t, guarded.URL, View{}).Complaints()); !strings.Contains(said, "Content Security Policy") {
		t.Errorf("%s: a style that the policy stops is not told of", said)
	}
}

func TestPictureShowsTheWholePage(t *testing.T) {
	base, dir := site(t, map[string]string{"/": with(`<p style="height: 2000px">Lang</p>`)}), filepath.Join(t.TempDir(), "nieuw")
	p := Open(t, base+"/", View{Width: Phone})
	t.Setenv(PicturesVariable, "")
	p.Picture("niet")
	t.Setenv(PicturesVariable, dir)
	p.Picture("lang")
	file, err := os.Open(filepath.Join(dir, "lang-320.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	size, err := png.DecodeConfig(file)
	if err != nil || size.Width != Phone || size.Height < 2000 || size.Height > 2500 {
		t.Errorf("%d by %d, %v", size.Width, size.Height, err)
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
		t.Errorf("%v, %v: one picture was asked for", names, err)
	}
}

func TestWithoutRunNothingStarts(t *testing.T) {
	parts.Need(t, "chromium")
	shared.run = false
	defer func() { shared.run = true }()
	wantComplaint(t, "browser.Run", func(t testing.TB) { Open(t, "http://127.0.0.1:1/", View{}) })
}

func TestStopLeavesNothing(t *testing.T) {
	b, err := Start(t.Context(), parts.Need(t, "chromium"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Open(View{}); err != nil {
		t.Fatal(err)
	}
	if err := b.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(b.dir); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", b.dir, err)
	}
	if _, err := b.Open(View{}); err == nil {
		t.Error("a window opens after the end")
	}
	if err := b.Stop(); err != nil {
		t.Errorf("a second time: %v", err)
	}
}

func TestStartTellsWhatIsWrong(t *testing.T) {
	if _, err := Start(t.Context(), "/er/is/geen/browser"); err == nil || !strings.Contains(err.Error(), "/er/is/geen/browser") {
		t.Error(err)
	}
}
