package browser

import (
	"context"
	"encoding/json"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Focus is what has the focus, as a screen reader tells of it.
type Focus struct {
	Role        string // textbox, checkbox, radio, combobox, button, link, heading…
	Name        string // accessible name: the label, the words on it
	Value       string // of a field; the chosen option of a select
	Description string // what aria-describedby points at
	Checked     bool
	Required    bool
	Invalid     bool
	Visible     bool // whether one can see that it has the focus
}

// option is what is chosen with it, of a radio button or a select.
func (f *Focus) option() string {
	if f.Role == "radio" {
		return f.Name
	}
	return f.Value
}

// Focus gives what has the focus, nil where nothing but the page has it.
func (p *Page) Focus() *Focus {
	p.t.Helper()
	element := must(p, chromedp.Evaluate[*runtime.RemoteObject](`document.activeElement === document.body ? null : document.activeElement`))
	if element.ObjectID == "" {
		return nil
	}
	tree := must(p, func(ctx context.Context, t *chromedp.Target) (accessibility.GetPartialAXTreeResult, error) {
		return cdp.Call(ctx, t, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: element.ObjectID, FetchRelatives: new(bool)})
	})
	if len(tree.Nodes) == 0 {
		p.t.Fatalf("%s: what has the focus cannot be perceived", p.Address())
	}
	focus := perceived(tree.Nodes[0])
	focus.Visible = must(p, chromedp.Evaluate[bool](shown))
	return &focus
}

// FocusWithin gives what has the focus, and waits so long for something to get it; nil where nothing does. A page gives the
// focus away when it is drawn, not when it is there.
func (p *Page) FocusWithin(most time.Duration) *Focus {
	p.t.Helper()
	focus := p.Focus()
	for until := time.Now().Add(most); focus == nil && time.Now().Before(until); focus = p.Focus() {
		time.Sleep(20 * time.Millisecond)
	}
	return focus
}

// shown tells whether what has the focus has a ring round it, by an outline or a shadow.
const shown = `(() => {
	const style = getComputedStyle(document.activeElement);
	const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && style.outlineColor !== "rgba(0, 0, 0, 0)";
	return outline || style.boxShadow !== "none";
})()`

func perceived(node *accessibility.Node) Focus {
	focus := Focus{Role: text(node.Role), Name: text(node.Name), Value: text(node.Value), Description: text(node.Description)}
	for _, property := range node.Properties {
		is := text(property.Value) == "true"
		switch property.Name {
		case accessibility.PropertyNameChecked:
			focus.Checked = is
		case accessibility.PropertyNameRequired:
			focus.Required = is
		case accessibility.PropertyNameInvalid:
			focus.Invalid = is
		}
	}
	return focus
}

// text gives a value of the accessibility tree as one reads it.
func text(value *accessibility.Value) string {
	if value == nil {
		return ""
	}
	var words string
	if json.Unmarshal(value.Value, &words) == nil {
		return words
	}
	return string(value.Value)
}
