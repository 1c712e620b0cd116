package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// BenchmarkPosts has 256 visitors post registrations at once, each address once, and then waits for the
// letters. -benchtime=10000x is the rush after a meeting opens. The time a processor spent says more than the
// clock on a machine that does other things too; it holds the visitors as well as the desk.
func BenchmarkPosts(b *testing.B) {
	s := serve(b, "-data", b.TempDir(), "-now", begin, "-limits", "off")
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	var n atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	begun, spent := time.Now(), processor()
	for range 256 {
		wg.Go(func() {
			for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
				body := fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)
				answer, err := client.Post(s.url+beslisdag, "application/json", strings.NewReader(body))
				if err != nil || answer.StatusCode != http.StatusCreated {
					b.Errorf("%v %v", answer, err)
					return
				}
				answer.Body.Close()
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/time.Since(begun).Seconds(), "posts/s")
	b.ReportMetric(float64((processor()-spent).Microseconds())/float64(b.N), "cpu-µs/post")
	b.ReportMetric(float64(s.status().Mail["delivered"]), "letters-meanwhile")
	begun, spent = time.Now(), processor()
	for s.status().Mail["delivered"] < b.N {
		time.Sleep(50 * time.Millisecond)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "s-until-all-letters")
	b.ReportMetric(float64((processor()-spent).Microseconds())/float64(b.N), "cpu-µs/letter")
	b.ReportMetric(0, "ns/op")
}

// processor is what this process has used of the machine's processors.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0 // the figure is left out, no more
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
