package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"time"

	"aanmeldpunt/internal/setup/exporting"
	"aanmeldpunt/internal/store/bolt"
)

// exportVariable names a file, a form and how often, and makes of this command one that hands that out so often and
// tells the memory it took.
const exportVariable = "AANMELDPUNT_BENCH_EXPORT"

// memoryOf has a process of its own hand out a list so often, and gives the most memory it took, in MB. How high rubbish
// ever stands is a matter of chance, and of how long one looks: so a short list is handed out until as many rows are
// out as a long one has.
func (b *bench) memoryOf(file, format string, often int) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	command := exec.CommandContext(b.ctx, self)
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%s=%s=%d", exportVariable, file, format, often))
	command.Stderr = os.Stderr
	told, err := command.Output()
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(strings.TrimSpace(string(told)), 64)
}

// tellMemory is that process: it tells the median of a few times.
func tellMemory(ctx context.Context, what string, out io.Writer) error {
	file, what, _ := strings.Cut(what, "=")
	format, times, _ := strings.Cut(what, "=")
	often, err := strconv.Atoi(times)
	if err != nil {
		return err
	}
	db, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	s, err := openScribe(ctx, db)
	if err != nil {
		return err
	}
	debug.FreeOSMemory()
	own := inUse() // the embedded store keeps its free pages in mind: more of them in a larger file
	debug.SetMemoryLimit(exporting.Memory + int64(own*1e6))
	var peaks []float64
	for range leastRounds {
		peaks = append(peaks, highest(func() {
			for range often {
				_, failed := s.all(ctx, format)
				err = errors.Join(err, failed)
			}
		})-own)
	}
	fmt.Fprintln(out, median(peaks))
	return err
}

// highest gives the most memory, in MB, that Go's runtime holds for use while something is done: rubbish included, files
// that are mapped not.
func highest(do func()) (most float64) {
	debug.FreeOSMemory() // what was done before is no part of it
	var watched sync.WaitGroup
	done := make(chan struct{})
	watched.Go(func() {
		for {
			most = max(most, inUse())
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	do()
	close(done)
	watched.Wait()
	return most
}

func inUse() float64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(samples)
	return float64(samples[0].Value.Uint64()-samples[1].Value.Uint64()-samples[2].Value.Uint64()) / 1e6
}
