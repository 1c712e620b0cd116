package letters

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// nodes gives all elements and texts of a page in their order.
func nodes(t testing.TB, page string) (all []*html.Node) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		all = append(all, n)
	}
	return all
}

func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for child := range n.ChildNodes() {
		b.WriteString(words(child))
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// allowed are the elements of a letter: none that lays out, loads or acts.
var allowed = []atom.Atom{atom.Html, atom.Head, atom.Meta, atom.Title, atom.Style, atom.Body, atom.Div, atom.P, atom.H1, atom.H2,
	atom.Ul, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.A, atom.Br}

func TestPagesAreAccessible(t *testing.T) {
	for _, v := range variants {
		m := v.render(t)
		count := map[atom.Atom]int{}
		for _, n := range nodes(t, m.HTML) {
			if n.Type != html.ElementNode {
				continue
			}
			count[n.DataAtom]++
			switch {
			case !slices.Contains(allowed, n.DataAtom):
				t.Errorf("%s: <%s>", v.name, n.Data)
			case n.DataAtom == atom.Html && attribute(n, "lang") != "nl":
				t.Errorf("%s: language %q", v.name, attribute(n, "lang"))
			case n.DataAtom == atom.Title && words(n) != m.Subject:
				t.Errorf("%s: title %q", v.name, words(n))
			case n.DataAtom == atom.A && len(strings.Fields(words(n))) < 3:
				t.Errorf("%s: the link %q does not say its purpose", v.name, words(n))
			case n.DataAtom == atom.H2 && count[atom.H1] == 0:
				t.Errorf("%s: a subheading before the heading", v.name)
			}
			if strings.Contains(attribute(n, "style"), "url(") || attribute(n, "src") != "" {
				t.Errorf("%s: <%s> loads something", v.name, n.Data)
			}
		}
		if count[atom.H1] != 1 || count[atom.Dt] != count[atom.Dd] {
			t.Errorf("%s: %d headings, %d labels with %d values", v.name, count[atom.H1], count[atom.Dt], count[atom.Dd])
		}
	}
}

func TestTheTextSaysAllThatThePageSays(t *testing.T) {
	for _, v := range variants {
		m := v.render(t)
		plain := oneLine(strings.ReplaceAll(m.Text, "\n> ", "\n"))
		for _, n := range nodes(t, m.HTML) {
			outside := n.Parent != nil && (n.Parent.DataAtom == atom.Style || attribute(n.Parent, "class") == "merk")
			if text := oneLine(n.Data); n.Type == html.TextNode && !outside && !strings.Contains(plain+m.Subject, text) {
				t.Errorf("%s: %q is not in the text", v.name, text)
			}
			if address := attribute(n, "href"); address != "" && !strings.Contains(plain, address) {
				t.Errorf("%s: the address %s is not in the text", v.name, address)
			}
		}
	}
}

// The control: what is missing from the text, or has no place in a page, is noticed by what the two tests
// above look at.
func TestPagesAreReadWhole(t *testing.T) {
	found := []string{}
	for _, n := range nodes(t, `<html lang="en"><body><table><tr><td><img src="x"></td></tr></table><a href="y">hier</a></body></html>`) {
		if n.Type == html.ElementNode && !slices.Contains(allowed, n.DataAtom) {
			found = append(found, n.Data)
		}
	}
	if want := []string{"table", "tbody", "tr", "td", "img"}; !slices.Equal(found, want) {
		t.Errorf("noticed %v, want %v", found, want)
	}
}
