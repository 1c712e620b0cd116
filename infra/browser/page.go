package browser

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"aanmeldpunt/internal/parts"
)

// shared is the one Chromium of a test's binary: it starts with the first page, and Run stops it.
var shared struct {
	mu      sync.Mutex
	run     bool // whether somebody will stop it
	browser *Browser
	err     error
}

// Run makes the tests of a package and stops the Chromium that they started. It gives the status to exit with.
func Run(m *testing.M) int {
	shared.run = true
	defer func() {
		if shared.browser != nil {
			_ = shared.browser.Stop()
		}
	}()
	return m.Run()
}

// started gives the one Chromium. Where there is none the test is skipped, or fails, as parts.Need has it.
func started(t testing.TB) *Browser {
	t.Helper()
	program := parts.Need(t, "chromium")
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if !shared.run {
		t.Fatal("nobody would stop Chromium: TestMain must call browser.Run")
	}
	if shared.browser == nil && shared.err == nil {
		shared.browser, shared.err = Start(context.Background(), program, thisMachineOnly)
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.browser
}

// Page is a page as a test looks at it. What cannot be done ends the test; what is found wrong fails it.
type Page struct {
	t        testing.TB
	w        *Window
	patience time.Duration // with a page that must come of Enter
}

// Open opens a page in a window of its own, which closes with the test. Several may be open at once.
func Open(t testing.TB, address string, view View) *Page {
	t.Helper()
	window, err := started(t).Open(view)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(window.Close)
	p := &Page{t: t, w: window, patience: stepMay}
	p.Visit(address)
	return p
}

// open opens a page that must be there, for the checks that take an address.
func open(t testing.TB, address string, view View) *Page {
	t.Helper()
	p := Open(t, address, view)
	if status := p.Status(); status != 200 {
		t.Errorf("%s answers %d", address, status)
	}
	return p
}

// Visit goes to another address in the same window.
func (p *Page) Visit(address string) {
	p.t.Helper()
	if err := p.w.Visit(address); err != nil {
		p.t.Fatal(err)
	}
}

// Status is the status with which the page was answered.
func (p *Page) Status() int { return p.w.Status() }

// Title is the page's title.
func (p *Page) Title() string { p.t.Helper(); return must(p, chromedp.Title()) }

// Address is where the page is, after whatever redirects.
func (p *Page) Address() string { p.t.Helper(); return must(p, chromedp.Location()) }

// Text is what can be read on the page.
func (p *Page) Text() string {
	p.t.Helper()
	return must(p, chromedp.Evaluate[string]("document.body.innerText"))
}

// Complaints are errors and warnings that Chromium logged since the last call: what the content security policy stopped,
// a file that is not there, an exception. That the page itself came with a status of 400 or more is none.
func (p *Page) Complaints() []string { return p.w.heard.complained() }

// PicturesVariable is the environment variable that names the folder, by its full path, where Picture puts its pictures.
const PicturesVariable = "AANMELDPUNT_PICTURES"

// Picture puts a picture of the page as NAME-WIDTH.png in the folder that AANMELDPUNT_PICTURES names. Where it names none
// there is none.
func (p *Page) Picture(name string) {
	p.t.Helper()
	dir := os.Getenv(PicturesVariable)
	if dir == "" {
		return
	}
	if err := p.w.PictureTo(dir, name); err != nil {
		p.t.Fatal(err)
	}
}

// must does one thing in the page's window. Where that fails the test ends.
func must[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	value, err := run(p.w, action)
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

func (p *Page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	must(p, chromedp.Steps(steps...))
}
