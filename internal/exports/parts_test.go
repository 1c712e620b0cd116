package exports

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
)

// TestNoHalfFile: whichever read fails, there is a page and no file, and no line that says there was one.
func TestNoHalfFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.fill(1500)
	for _, path := range []string{below + "aanmeldingen.csv", below + "aanmeldingen.xlsx", "/console/berichten.csv"} {
		for at := 1; ; at++ {
			p := d.as(sam)
			d.engine.queries, d.engine.failAt = 0, at
			got := p.do("GET", path, "")
			d.engine.failAt = 0
			if got.Code == 200 {
				if at < 3 {
					t.Errorf("%s: a failing read %d is not seen", path, at)
				}
				break
			}
			if got.Code != 503 || got.Header().Get("Retry-After") == "" || strings.Contains(got.Body.String(), "Deelnemer") || got.Header().Get("Content-Disposition") != "" {
				t.Errorf("%s at read %d: %d %.200s", path, at, got.Code, got.Body)
			}
		}
	}
	if got := d.exported(); len(got) != 3 {
		t.Errorf("the log tells of %d files", len(got))
	}
}

// fill registers many, straight into the store.
func (d *desk) fill(n int) {
	d.t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	m, err := d.service.Store.Meeting(d.t.Context(), meeting)
	if err != nil {
		d.t.Fatal(err)
	}
	open := *m
	open.Capacity, open.PerOrg = 0, 0
	for i := range n {
		letters := make([]byte, 800)
		for j := range letters {
			letters[j] = byte('!' + random.IntN(90))
		}
		d.now = d.now.Add(time.Millisecond)
		address, _ := mdt.ParseAddress(fmt.Sprintf("deelnemer-%d@jongeren.example", i))
		form := mdt.RegistrationForm{Name: fmt.Sprint("Deelnemer ", i), Email: address, Organisation: string(letters), Regions: []string{[]string{theirs, another}[i%2]}}
		if _, err := d.acts.Register(d.t.Context(), open, form, acts.Post{}); err != nil {
			d.t.Fatal(err)
		}
	}
}

// TestParts: a file that is full goes on in the next, with the same head, and all parts together are everybody once,
// also when somebody in an earlier part goes, and others come, in between.
func TestParts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.fill(600)
	d.service.most = 20_000
	for email, want := range map[string]int{sam: 600, femke: 300} {
		p := d.as(email)
		var names, heads []string
		part := 1
		for path := below + "aanmeldingen.csv"; path != ""; part++ {
			got := p.do("GET", path, "")
			rows := d.rows(got)
			heads = append(heads, strings.Join(rows[0], ";"))
			names = append(names, columnOf(rows, "Naam")...)
			link, name := got.Header().Get("Link"), got.Header().Get("Content-Disposition")
			if path = ""; link != "" {
				if want := fmt.Sprintf("<%saanmeldingen.csv?deel=%d>; rel=\"next\"", below, part+1); link != want {
					t.Fatalf("the next is %s, want %s", link, want)
				}
				path = fmt.Sprintf("%saanmeldingen.csv?deel=%d", below, part+1)
			}
			if !strings.Contains(name, fmt.Sprintf("aanmeldingen-netwerkbijeenkomst-2026-11-26-deel-%d.csv", part)) {
				t.Errorf("part %d is called %s", part, name)
			}
		}
		slices.Sort(heads)
		if all := slices.Compact(slices.Sorted(slices.Values(names))); len(names) != want || len(all) != want || part < 4 || len(slices.Compact(heads)) != 1 {
			t.Errorf("%s: %d rows of %d people in %d parts with %d heads", email, len(names), len(all), part-1, len(slices.Compact(heads)))
		}
	}
	p := d.as(sam)
	first := columnOf(p.file(below+"aanmeldingen.csv"), "Naam")
	d.now = d.now.Add(time.Second)
	d.erase("deelnemer-3@jongeren.example")
	d.register("Later")
	second := columnOf(p.file(below+"aanmeldingen.csv?deel=2"), "Naam")
	if want := fmt.Sprint("Deelnemer ", len(first)); second[0] != want {
		t.Errorf("part 2 begins with %s, want %s", second[0], want)
	}
	if got := d.as(wim).do("GET", below+"aanmeldingen.csv?deel=2", ""); got.Code != 409 || !strings.Contains(got.Body.String(), "Haal eerst het deel ervoor op") {
		t.Errorf("a part of nobody's: %d %s", got.Code, got.Body)
	}
	d.now = d.now.Add(58 * time.Minute)
	p = d.as(sam)
	if got := p.do("GET", below+"aanmeldingen.csv?deel=2", ""); got.Code != 200 {
		t.Errorf("within the hour: %d", got.Code)
	}
	d.now = d.now.Add(2 * time.Minute)
	p = d.as(sam)
	if got := p.do("GET", below+"aanmeldingen.csv?deel=2", ""); got.Code != 409 {
		t.Errorf("after the hour: %d", got.Code)
	}
	if got := p.do("GET", below+"aanmeldingen.csv", ""); got.Header().Get("Vary") != "Accept-Encoding" || got.Header().Get("Content-Encoding") != "" || got.Body.Len() > 80_000 {
		t.Errorf("%v, %d bytes", got.Header(), got.Body.Len())
	}
}

// erase takes somebody's entry away.
func (d *desk) erase(email string) {
	d.t.Helper()
	ctx := d.t.Context()
	p := identityOf(d.t.(*testing.T), d, email)
	traces, err := d.service.Store.Traces(ctx, p, d.now)
	if err == nil {
		err = d.service.Store.EraseTrace(ctx, traces...)
	}
	if err != nil || len(traces) == 0 {
		d.t.Fatal(len(traces), err)
	}
}

// TestAFileNeverOutgrowsAnAnswer: with texts that nothing can compress, every file ends before an answer is full.
func TestAFileNeverOutgrowsAnAnswer(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2, 2))
	text := func() string {
		runes := make([]rune, 2000)
		for i := range runes {
			runes[i] = rune(0x4e00 + random.IntN(0x5000)) // three bytes each
		}
		return string(runes)
	}
	columns := []sheets.Column{{Head: "Bericht"}, {Head: "Nog een"}}
	for _, a := range []ask{{format: "csv"}, {format: "csv", gzip: true}, {format: "xlsx"}} {
		out, err := a.begin(list{columns: columns}, new(Service).room())
		for err == nil && !out.full() {
			err = out.row([]sheets.Cell{sheets.Text(text()), sheets.Text(text())})
		}
		if err == nil {
			err = out.close()
		}
		if err != nil || out.bytes.Len() > mostBytes || out.bytes.Len() < mostBytes-2*behind {
			t.Errorf("%s, compressed %v: %d bytes, %v", a.format, a.gzip, out.bytes.Len(), err)
		}
	}
}

func TestCompressed(t *testing.T) {
	t.Parallel()
	for accepts, want := range map[string]bool{"": false, "gzip": true, "gzip, deflate, br": true, "br;q=1.0, gzip;q=0.8": true, "gzip;q=0": false, "gzip;q=0.0": false, "identity": false, "GZIP": true, "x-gzip": false} {
		if got := compressed(accepts); got != want {
			t.Errorf("%q: %v", accepts, got)
		}
	}
}
