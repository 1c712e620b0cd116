package browser

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// longestWay is how many presses of Tab lie between both ends of a page, at most.
const longestWay = 300

// Tab presses Tab until the focus is on the control with an accessible name: a field's label, a button's words. It goes
// forward only, so fields are to be named in the order in which they are met.
func (p *Page) Tab(name string) {
	p.t.Helper()
	var passed []string
	for focus := p.next(); focus != nil; focus = p.next() {
		if focus.Name == name {
			return
		}
		passed = append(passed, focus.Name)
	}
	p.t.Fatalf("%s: Tab does not come to %q, only to %q", p.Address(), name, passed)
}

// Stops presses Tab to the end of the page and gives all that had the focus.
func (p *Page) Stops() (stops []Focus) {
	p.t.Helper()
	for focus := p.next(); focus != nil; focus = p.next() {
		stops = append(stops, *focus)
		if len(stops) > longestWay {
			p.t.Fatalf("%s: Tab does not come to the end of the page", p.Address())
		}
	}
	return stops
}

// next presses Tab, and gives nil where that leaves the page. What has the focus must show it and have a name (WCAG 2.4.7, 4.1.2).
func (p *Page) next() *Focus {
	p.t.Helper()
	p.press(kb.Tab)
	focus := p.Focus()
	if focus == nil && p.framed() { // a frame is a process of its own: it hands the focus on when it comes to it
		focus = p.FocusWithin(time.Second)
	}
	if focus != nil && !focus.Visible {
		p.t.Errorf("%s: %s %q does not show that it has the focus", p.Address(), focus.Role, focus.Name)
	}
	if focus != nil && focus.Name == "" {
		p.t.Errorf("%s: a %s without a name has the focus", p.Address(), focus.Role)
	}
	return focus
}

// framed says whether there is a page within the page.
func (p *Page) framed() bool {
	p.t.Helper()
	return must(p, chromedp.Evaluate[bool](`document.querySelector("iframe") !== null`))
}

// Type types a text.
func (p *Page) Type(text string) { p.t.Helper(); p.press(text) }

// Replace types a text instead of what the field holds.
func (p *Page) Replace(text string) {
	p.t.Helper()
	p.press("a", chromedp.KeyModifiers(chromedp.ModifierCtrl), selectAll)
	p.press(kb.Backspace)
	p.press(text)
}

// selectAll is what Chromium's window makes of Ctrl+A; keys that come from here pass that window by.
func selectAll(event *input.DispatchKeyEventParams) { event.Commands = []string{"selectAll"} }

// Space presses the space bar, which ticks a box and opens a details.
func (p *Page) Space() { p.t.Helper(); p.press(" ") }

// Choose takes an option: of a group of radio buttons, or of a select, that has the focus.
func (p *Page) Choose(option string) {
	p.t.Helper()
	focus := p.Focus()
	if focus == nil || focus.Role != "radio" && focus.Role != "combobox" {
		p.t.Fatalf("%s: there are no options where the focus is: %+v", p.Address(), focus)
	}
	if focus.Role == "radio" && focus.Name == option {
		p.Space() // the first of a group has the focus before it is chosen
		return
	}
	var passed []string
	for chosen := focus.option(); !slices.Contains(passed, chosen); chosen = p.Focus().option() {
		if chosen == option {
			return
		}
		passed = append(passed, chosen)
		p.press(kb.ArrowDown)
	}
	p.t.Fatalf("%s: there is no option %q, only %q", p.Address(), option, passed)
}

// Upload chooses a file in the page's field for one, as the window of the system would that no key reaches from here.
func (p *Page) Upload(path string) {
	p.t.Helper()
	p.do(chromedp.SetUploadFiles("input[type=file]", []string{path}))
}

// Enter presses Enter on a link or a button, or in a field, and waits for the page that comes of it, or for the place on
// the same page.
func (p *Page) Enter() {
	p.t.Helper()
	p.w.heard.leave()
	p.press(kb.Enter)
	ctx, cancel := context.WithTimeout(p.w.ctx, p.patience)
	defer cancel()
	select {
	case <-p.w.heard.arrived:
	case <-ctx.Done():
		p.t.Fatalf("%s: nothing comes of Enter", p.Address())
	}
}

func (p *Page) press(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(strings.ReplaceAll(keys, "\n", kb.Enter), options...))
}
