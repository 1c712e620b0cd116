package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// narrow is where nothing may stick out: on a phone and a tablet, and on a desk at 200 % and at 400 % (WCAG 1.4.4, 1.4.10).
var narrow = []View{{Width: Phone}, {Width: Tablet}, {Width: Wide, Zoom: 200}, {Width: Wide, Zoom: 400}}

// measuring gives how wide the page is, and what makes it so. A page that hides what sticks out only hides the fault.
const measuring = `(() => {
	const root = document.documentElement, room = root.clientWidth;
	const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > room + 1 ||
		getComputedStyle(e).display !== "inline" && e.scrollWidth > e.clientWidth + 1);
	const inmost = wide.filter(e => ![...e.children].some(child => wide.includes(child)));
	const hides = [root, document.body].some(e => ["hidden", "clip"].includes(getComputedStyle(e).overflowX));
	return {
		room, hides, needed: root.scrollWidth,
		culprits: inmost.slice(0, 5).map(e => e.outerHTML.slice(0, 100)),
	};
})()`

type measures struct {
	Room     int      `json:"room"`   // CSS pixels
	Needed   int      `json:"needed"` // CSS pixels
	Hides    bool     `json:"hides"`
	Culprits []string `json:"culprits"`
}

// NoSideways tells whether the page at an address, which must be there, can be read without scrolling sideways.
func NoSideways(t testing.TB, address string) {
	t.Helper()
	open(t, address, View{}).NoSideways()
}

// NoSideways tells whether the page as it stands can be read without scrolling sideways on 320 CSS pixels, as a phone has
// and a desk at 400 %, on a tablet's 768, and on a desk at 200 %.
func (p *Page) NoSideways() {
	p.t.Helper()
	defer p.do(sized(p.w.view))
	for _, view := range narrow {
		p.do(sized(view))
		m := must(p, chromedp.Evaluate[measures](measuring))
		if want := view.cssWidth(); m.Room != want {
			p.t.Errorf("%s takes %d px for its width on %d: where is its meta viewport?", p.Address(), m.Room, want)
		}
		if m.Needed > m.Room {
			p.t.Errorf("%s is %d px wide on %d px: %s", p.Address(), m.Needed, m.Room, strings.Join(m.Culprits, " | "))
		}
		if m.Hides {
			p.t.Errorf("%s hides what sticks out at the side", p.Address())
		}
	}
}
