package trials

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// TestNobodyHearsByTheClockWhoIsKnown: fresh addresses, known ones and suspects are answered in the same time. They
// take turns, so that whatever else the machine does befalls them alike.
func TestNobodyHearsByTheClockWhoIsKnown(t *testing.T) {
	d := newDesk(t, openBolt(t))
	d.open("dag", 0, nil)
	runs := number(200, 2000, 2000)
	took := map[string][]time.Duration{}
	post := func(kind, email, trap string) {
		body := fields{"naam": "Noor", "email": email, "valstrik": trap}
		begun := time.Now()
		p := d.send("dag", email, "", body)
		took[kind] = append(took[kind], time.Since(begun))
		if p.code != 201 {
			t.Fatalf("%s: %d %s", kind, p.code, p.body)
		}
	}
	for i := range 50 {
		d.send("dag", "", "", fields{"naam": "Noor", "email": fmt.Sprintf("bekend%d@gast.example", i)})
	}
	for i := range runs {
		post("fresh", fmt.Sprintf("vers%d@gast.example", i), "")
		post("known", fmt.Sprintf("bekend%d@gast.example", i%50), "")
		post("suspect", fmt.Sprintf("verdacht%d@gast.example", i), "x")
	}
	medians := map[string]time.Duration{}
	for kind, times := range took {
		slices.Sort(times)
		medians[kind] = times[len(times)/2]
	}
	t.Logf("medians of %d: %v", runs, medians)
	for kind, median := range medians {
		if apart := (median - medians["fresh"]).Abs(); apart >= 2*time.Millisecond {
			t.Errorf("%s is answered %s apart from a fresh one", kind, apart)
		}
	}
}
