// Command bench holds the budgets against this very machine: each figure is a ratio of medians, of rounds in
// which ours and something bare take turns, with its limit beside it.
//
//	go run ./infra/bench [-only start|handler|form|known|local|growth|export|lists|lighthouse] [-quick]
//
// A limit that was not kept is called MISSED in its row; the exit code says only whether all could be measured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"time"
)

// bench is one run.
type bench struct {
	ctx   context.Context
	table *table
	dir   string // for files; it goes when the run ends
	quick bool
	undo  []func()
}

var every = []struct {
	name string
	run  func(*bench) error
}{
	{"start", (*bench).start},
	{"handler", (*bench).handler},
	{"form", (*bench).form},
	{"known", (*bench).known},
	{"local", (*bench).local},
	{"growth", (*bench).growth},
	{"lists", (*bench).lists},
	{"export", (*bench).export},
	{"lighthouse", (*bench).lighthouse},
}

// names are those of all parts.
func names() string {
	var all []string
	for _, part := range every {
		all = append(all, part.name)
	}
	return strings.Join(all, ", ")
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if what := os.Getenv(exportVariable); what != "" {
		if err := tellMemory(ctx, what, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "cannot measure:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "cannot measure:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	only := flags.String("only", "", "measure one part: "+names())
	quick := flags.Bool("quick", false, "fewer and smaller rounds, under a minute: to see that it runs, not for figures")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	begun := time.Now()
	b := &bench{ctx: ctx, table: newTable(out), dir: dir, quick: *quick}
	defer func() {
		err = errors.Join(err, b.end())
		fmt.Fprintf(out, "\n%s/%s, %d cores, %s, in %v\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(),
			time.Since(begun).Round(time.Second))
	}()
	return b.measure(*only)
}

func (b *bench) measure(only string) error {
	found := false
	for _, part := range every {
		if only != "" && only != part.name {
			continue
		}
		found = true
		if err := part.run(b); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if !found {
		return fmt.Errorf("-only %q: choose one of %s", only, names())
	}
	return nil
}

// later has f done when the run ends.
func (b *bench) later(f func()) { b.undo = append(b.undo, f) }

func (b *bench) end() error {
	for i := len(b.undo) - 1; i >= 0; i-- {
		b.undo[i]()
	}
	return os.RemoveAll(b.dir)
}

// within is how long the rounds of one row may take.
func (b *bench) within(seconds int) time.Duration {
	return time.Duration(b.number(seconds, max(2, seconds/8))) * time.Second
}

// number chooses how many: of a whole run or of a quick one.
func (b *bench) number(whole, quick int) int {
	if b.quick {
		return quick
	}
	return whole
}
