package letters

import (
	"strings"
	"testing"
)

// TestNoPersonalLinkIsShownToOthers: of every letter in each of its forms the reader shows what was sent, and of a
// personal link only where it was.
func TestNoPersonalLinkIsShownToOthers(t *testing.T) {
	reader, err := NewReader("https://aanmelden.example", "team@aanmelden.example")
	if err != nil {
		t.Fatal(err)
	}
	sent, blanks := 0, 0
	for _, v := range variants {
		l := letter(t, v.kind)
		v.change(&l)
		mail := v.render(t)
		subject, text, html, err := reader.Show(l)
		if err != nil || subject != mail.Subject {
			t.Errorf("%s: %q, %v", v.name, subject, err)
		}
		for _, link := range token.FindAllString(mail.Text+mail.HTML, -1) {
			if sent++; strings.Contains(text+html, link) {
				t.Errorf("%s shows %s", v.name, link)
			}
		}
		blanks += strings.Count(text, "/"+blanked)
	}
	if sent < 100 || blanks < 30 {
		t.Errorf("%d personal links were sent and %d shown without their secret: the search proves nothing", sent, blanks)
	}
}
