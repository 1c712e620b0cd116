package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
)

// limit is what a ratio must keep to.
type limit struct {
	sign  string
	bound float64
}

// none is the limit of a row that only informs.
var none limit

func atMost(bound float64) limit  { return limit{"≤", bound} }
func atLeast(bound float64) limit { return limit{"≥", bound} }

func (l limit) verdict(of float64) string {
	switch {
	case l == none:
		return ""
	case l.sign == "≤" && of > l.bound, l.sign == "≥" && of < l.bound:
		return "MISSED"
	}
	return "kept"
}

func (l limit) String() string {
	if l == none {
		return ""
	}
	return fmt.Sprintf("%s %g", l.sign, l.bound)
}

// table prints its rows as they come, as Markdown.
type table struct{ out io.Writer }

func newTable(out io.Writer) *table {
	t := &table{out}
	t.line("what", "ours", "bare", "ratio", "limit", "single rounds", "")
	t.line("---", "--:", "--:", "--:", "--:", "--:", "---")
	return t
}

func (t *table) line(what, ours, bare, ratio, limit, bounds, verdict string) {
	fmt.Fprintf(t.out, "| %-50s | %12s | %12s | %5s | %6s | %13s | %-6s |\n", what, ours, bare, ratio, limit, bounds, verdict)
}

// row prints a pair whose values are told by format, as "%.0f/s".
func (t *table) row(what, format string, p pair, l limit) {
	r := p.ratio()
	t.line(what, fmt.Sprintf(format, median(p.ours)), fmt.Sprintf(format, median(p.bare)),
		fmt.Sprintf("%.2f", r.of), l.String(), fmt.Sprintf("%.2f–%.2f", r.least, r.most), l.verdict(r.of))
}

// apart prints a pair of times in milliseconds, whose medians may be so many milliseconds apart.
func (t *table) apart(what string, p pair, most float64) {
	ours, bare := median(p.ours), median(p.bare)
	difference := math.Abs(ours - bare)
	verdict := "kept"
	if difference >= most {
		verdict = "MISSED"
	}
	t.line(what, fmt.Sprintf("%.3f ms", ours), fmt.Sprintf("%.3f ms", bare), fmt.Sprintf("%.2f", ours/bare),
		fmt.Sprintf("< %g ms", most), fmt.Sprintf("%.3f ms", difference), verdict)
}

// points prints what a page got of a hundred.
func (t *table) points(what string, got int, l limit) {
	t.line(what, strconv.Itoa(got), "", "", l.String(), "", l.verdict(float64(got)))
}

// growth prints how much ours and bare grew, and the one over the other.
func (t *table) growth(what string, from, to pair, l limit) {
	r := growth(from, to)
	t.line(what, fmt.Sprintf("× %.2f", median(to.ours)/median(from.ours)), fmt.Sprintf("× %.2f", median(to.bare)/median(from.bare)),
		fmt.Sprintf("%.2f", r.of), l.String(), fmt.Sprintf("%.2f–%.2f", r.least, r.most), l.verdict(r.of))
}

// size prints two sizes in bytes.
func (t *table) size(what string, ours, bare int64, l limit) {
	of := float64(ours) / float64(bare)
	t.line(what, fmt.Sprintf("%.2f MB", float64(ours)/1e6), fmt.Sprintf("%.2f MB", float64(bare)/1e6),
		fmt.Sprintf("%.2f", of), l.String(), "", l.verdict(of))
}

// memory prints what a list and a longer one took, in MB: the most of all, and the one over the other.
func (t *table) memory(what string, took []float64) {
	less, more := took[0], took[len(took)-1]
	t.line(what, fmt.Sprintf("%.1f MB", more), fmt.Sprintf("%.1f MB", less), fmt.Sprintf("%.2f", more/less), "≤ 1.1", "", atMost(1.1).verdict(more/less))
	t.line(what+", at most 64 MB", fmt.Sprintf("%.1f MB", more), "64 MB", fmt.Sprintf("%.2f", more/64), "≤ 1", "", atMost(1).verdict(more/64))
}
