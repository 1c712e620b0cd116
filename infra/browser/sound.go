package browser

import (
	"os"
	"strings"
)

// Widths are those at which a test opens a page. Without scripts a page does not change by the width it was opened at, and
// NoSideways and Axe look at a phone's too: the others are for people, who look at pictures.
func Widths() []int {
	if os.Getenv(PicturesVariable) == "" {
		return []int{Wide}
	}
	return []int{Phone, Tablet, Wide}
}

// Sound holds the page as it stands to what every page must be: read without scrolling sideways, without a complaint of the
// browser, and, where it was opened Wide, without a fault for axe. A picture of it is put by that name where pictures go.
func (p *Page) Sound(name string) {
	p.t.Helper()
	p.NoSideways()
	p.Picture(name)
	if complaints := p.Complaints(); len(complaints) > 0 {
		p.t.Errorf("%s: the browser says %s", p.Address(), strings.Join(complaints, "; "))
	}
	if p.w.view.Width == Wide {
		p.Axe()
	}
}
