package letters

import (
	"html"
	"strings"

	"aanmeldpunt/internal/content"
)

// The style stands at each element, because many mail programs drop a style sheet; the sheet only turns
// the colours around where somebody reads in the dark. No pictures and no fonts from elsewhere: nothing in
// a letter tells anyone that it was opened.
const (
	sheet = `:root{color-scheme:light dark}` +
		`@media (prefers-color-scheme:dark){` +
		`body,.vel{background:#14181b!important;color:#e9ecee!important}` +
		`h1,h2,dt,dd,li,p,blockquote{color:#e9ecee!important}` +
		`.merk{color:#a9b4ba!important;border-color:#3a444a!important}` +
		`dl,blockquote{background:#1f262a!important;border-color:#6cc5b8!important}` +
		`a{color:#8fd9ce!important}` +
		`.knop{background:#8fd9ce!important;color:#14181b!important}}`
	bodyStyle    = `margin:0;padding:0;background:#ffffff;color:#1c2328;font-family:Verdana,'Segoe UI',Arial,sans-serif;font-size:16px;line-height:1.6`
	sheetStyle   = `max-width:600px;margin:0 auto;padding:24px 20px 40px`
	brandStyle   = `margin:0 0 28px;padding:0 0 12px;border-bottom:1px solid #cfd8d6;color:#4c5a61;font-size:14px`
	h1Style      = `margin:0 0 20px;font-size:26px;line-height:1.25;color:#1c2328`
	h2Style      = `margin:32px 0 12px;font-size:19px;line-height:1.3;color:#1c2328`
	pStyle       = `margin:0 0 16px`
	linksStyle   = `margin:0 0 16px`
	linkStyle    = `display:inline-block;padding:4px 0;color:#0a5f55;text-decoration:underline`
	actionsStyle = `margin:8px 0 24px`
	actionStyle  = `display:inline-block;padding:12px 22px;border-radius:4px;background:#0a5f55;color:#ffffff;font-weight:bold;text-decoration:none`
	listStyle    = `margin:0 0 16px;padding:0 0 0 24px`
	itemStyle    = `margin:0 0 4px`
	factsStyle   = `margin:0 0 20px;padding:14px 18px;border-left:4px solid #0a5f55;background:#f1f6f5`
	labelStyle   = `margin:0;font-weight:bold`
	valueStyle   = `margin:0 0 8px`
	quoteStyle   = `margin:0 0 20px;padding:14px 18px;border-left:4px solid #8a979d;background:#f5f6f7`
	languageName = `nl`
)

// page writes a letter as HTML. Everything that was filled in is escaped here, in one place.
func page(letter content.Filled) string {
	w := &markup{}
	w.raw(`<!DOCTYPE html>` + "\n" + `<html lang="` + languageName + `">` + "\n<head>\n" + `<meta charset="utf-8">` + "\n" +
		`<meta name="viewport" content="width=device-width, initial-scale=1">` + "\n" +
		`<meta name="color-scheme" content="light dark">` + "\n")
	w.element("title", "", letter.Subject)
	w.raw("<style>" + sheet + "</style>\n</head>\n")
	w.open("body", bodyStyle)
	w.raw(`<div class="vel" style="` + sheetStyle + `">` + "\n")
	w.raw(`<p class="merk" style="` + brandStyle + `">Maatschappelijke diensttijd (MDT)</p>` + "\n")
	for _, block := range letter.Blocks {
		for _, group := range groups(block) {
			w.group(group)
		}
	}
	w.raw("</div>\n</body>\n</html>\n")
	return w.b.String()
}

// groups splits a block where the kind of line changes: facts become one list, text one paragraph.
func groups(block []content.FilledLine) (out [][]content.FilledLine) {
	for i, line := range block {
		if i == 0 || line.Kind != block[i-1].Kind {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], line)
	}
	return out
}

// markup writes HTML; only raw leaves what it gets as it is, and it gets our own marks alone.
type markup struct{ b strings.Builder }

func (w *markup) raw(s string) { w.b.WriteString(s) }

func (w *markup) text(s string) { w.raw(strings.ReplaceAll(html.EscapeString(s), "\n", "<br>\n")) }

func (w *markup) open(tag, style string) {
	w.raw("<" + tag)
	if style != "" {
		w.raw(` style="` + style + `"`)
	}
	w.raw(">")
}

func (w *markup) element(tag, style, s string) {
	w.open(tag, style)
	w.text(s)
	w.raw("</" + tag + ">\n")
}

func (w *markup) group(lines []content.FilledLine) {
	switch lines[0].Kind {
	case content.HeadingLine:
		w.element("h1", h1Style, lines[0].Text)
	case content.SubheadingLine:
		w.element("h2", h2Style, lines[0].Text)
	case content.FactLine:
		w.facts(lines)
	case content.ListLine:
		w.list(lines)
	case content.LinkLine:
		w.links(lines)
	case content.ActionLine:
		w.action(lines[0])
	case content.QuoteLine:
		w.element("blockquote", quoteStyle, joined(lines))
	default:
		w.element("p", pStyle, joined(lines))
	}
}

func joined(lines []content.FilledLine) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.Text
	}
	return strings.Join(texts, "\n")
}

func (w *markup) facts(lines []content.FilledLine) {
	w.open("dl", factsStyle)
	w.raw("\n")
	for _, line := range lines {
		w.element("dt", labelStyle, line.Label)
		w.element("dd", valueStyle, line.Text)
	}
	w.raw("</dl>\n")
}

func (w *markup) list(lines []content.FilledLine) {
	w.open("ul", listStyle)
	w.raw("\n")
	for item := range strings.SplitSeq(joined(lines), "\n") {
		w.element("li", itemStyle, item)
	}
	w.raw("</ul>\n")
}

func (w *markup) links(lines []content.FilledLine) {
	w.open("p", linksStyle)
	for i, line := range lines {
		if i > 0 {
			w.raw("<br>\n")
		}
		w.link("", linkStyle, line)
	}
	w.raw("</p>\n")
}

// action is the one link that a letter asks to follow: it looks like a button, and is a link to whoever
// hears it read out.
func (w *markup) action(line content.FilledLine) {
	w.open("p", actionsStyle)
	w.link("knop", actionStyle, line)
	w.raw("</p>\n")
}

func (w *markup) link(class, style string, line content.FilledLine) {
	w.raw(`<a`)
	if class != "" {
		w.raw(` class="` + class + `"`)
	}
	w.raw(` href="` + html.EscapeString(line.Text) + `" style="` + style + `">`)
	w.text(line.Label)
	w.raw("</a>")
}
