package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"aanmeldpunt/internal/parts"
)

// auditing is what axe looks for: everything that WCAG 2.2 at level AA asks and a program can see, and good habits.
const auditing = `axe.run({
	resultTypes: ["violations"],
	runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
})`

// audit is what axe found.
type audit struct {
	Violations []violation       `json:"violations"`
	Passes     []json.RawMessage `json:"passes"`
}

type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML string `json:"html"`
		Why  string `json:"failureSummary"`
	} `json:"nodes"`
}

// Axe holds the page at an address, which must be there, to axe.
func Axe(t testing.TB, address string) {
	t.Helper()
	open(t, address, View{}).Axe()
}

// Axe holds the page as it stands to axe, on a phone and on a desk. It works on what came after a form too, and also where
// scripts are off: they run only while axe does, after the page was made.
func (p *Page) Axe() {
	p.t.Helper()
	source, err := os.ReadFile(parts.Need(p.t, "axe"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.do(scripts(true), chromedp.Evaluate[chromedp.Void](string(source)))
	defer p.do(scripts(p.w.view.Scripts), sized(p.w.view))
	for _, width := range []int{Phone, Wide} {
		p.do(sized(View{Width: width}))
		p.report(width, must(p, chromedp.Evaluate[audit](auditing, chromedp.EvalAwaitPromise)))
	}
}

func (p *Page) report(width int, found audit) {
	p.t.Helper()
	if len(found.Passes) < 5 {
		p.t.Errorf("axe found only %d rules to look at: is there a page?", len(found.Passes))
	}
	for _, violation := range found.Violations {
		var where strings.Builder
		for _, node := range violation.Nodes {
			fmt.Fprintf(&where, "\n    %s\n    %s", node.HTML, strings.ReplaceAll(node.Why, "\n", "\n    "))
		}
		p.t.Errorf("%s at %d px: %s (%s)%s", p.Address(), width, violation.Help, violation.ID, where.String())
	}
}
