package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"aanmeldpunt/internal/parts"
)

// lighthouseMay is how long one run may take; 11 to 13 s is usual.
const lighthouseMay = 2 * time.Minute

// lighthouse is the program with the Chromium that it starts, and a folder for what they leave behind.
type lighthouse struct{ program, chromium, dir string }

// Score is what a page got in a category, and what cost it points.
type Score struct {
	Points int
	Faults []string
}

// ErrMissing is that Lighthouse or Chromium is not installed.
var ErrMissing = errors.New("lighthouse and chromium are not installed: bash .ci/parts installs them")

// Judge has Lighthouse look at the page at an address as a phone would, in some categories, and gives what it got;
// performance is the median of three runs. What is left behind stands in dir. The error is ErrMissing where that is so.
func Judge(ctx context.Context, dir, address string, categories ...string) (map[string]Score, error) {
	program, installed := parts.Find("lighthouse")
	chromium, there := parts.Find("chromium")
	if !installed || !there {
		return nil, ErrMissing
	}
	return lighthouse{program: program, chromium: chromium, dir: dir}.judge(ctx, address, categories)
}

// alone lets one Lighthouse run at a time: two would take each other's points.
var alone sync.Mutex

// judge runs Lighthouse, three times where performance is asked, and gives the median of each category.
func (l lighthouse) judge(ctx context.Context, address string, categories []string) (map[string]Score, error) {
	alone.Lock()
	defer alone.Unlock()
	times := 1
	if slices.Contains(categories, "performance") {
		times = 3
	}
	runs := map[string][]Score{}
	for range times {
		one, err := l.run(ctx, address, categories)
		if errors.Is(err, errNoScore) {
			one, err = l.run(ctx, address, categories)
		}
		if err != nil {
			return nil, err
		}
		for category, s := range one {
			runs[category] = append(runs[category], s)
		}
	}
	medians := map[string]Score{}
	for category, scores := range runs {
		slices.SortFunc(scores, func(a, b Score) int { return a.Points - b.Points })
		medians[category] = scores[len(scores)/2]
	}
	return medians, nil
}

// errNoScore is that Lighthouse could not tell: it may at a next try.
var errNoScore = errors.New("no score")

func (l lighthouse) run(ctx context.Context, address string, categories []string) (map[string]Score, error) {
	ctx, cancel := context.WithTimeout(ctx, lighthouseMay)
	defer cancel()
	flags := "--headless=new --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync"
	if os.Getuid() == 0 {
		flags += " --no-sandbox"
	}
	command := exec.CommandContext(ctx, l.program, address, "--output=json", "--output-path=stdout", "--quiet",
		"--no-enable-error-reporting", "--chrome-flags="+flags, "--only-categories="+strings.Join(categories, ","))
	command.Env = append(os.Environ(), "CHROME_PATH="+l.chromium, "TMPDIR="+l.dir, "XDG_CONFIG_HOME="+filepath.Join(l.dir, "config"))
	var errs bytes.Buffer
	command.Stderr = &errs
	// Asked to end, Lighthouse ends its Chromium too; killed it would leave that behind.
	command.Cancel, command.WaitDelay = func() error { return command.Process.Signal(os.Interrupt) }, stoppingMay
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("lighthouse %s: %w\n%s", address, err, errs.Bytes())
	}
	return read(out, address, categories)
}

// report is what we read of Lighthouse's.
type report struct {
	FinalDisplayedURL string
	Categories        map[string]struct {
		Score     *float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Title string
		Score *float64
	}
}

func read(raw []byte, address string, categories []string) (map[string]Score, error) {
	var r report
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("lighthouse %s: %w", address, err)
	}
	if r.FinalDisplayedURL != address {
		return nil, fmt.Errorf("lighthouse looked at %s instead of %s", r.FinalDisplayedURL, address)
	}
	scores := map[string]Score{}
	for _, name := range categories {
		category := r.Categories[name]
		if category.Score == nil {
			return nil, fmt.Errorf("lighthouse %s: %s: %w", address, name, errNoScore)
		}
		s := Score{Points: int(*category.Score*100 + 0.5)}
		for _, ref := range category.AuditRefs {
			if audit := r.Audits[ref.ID]; ref.Weight > 0 && audit.Score != nil && *audit.Score < 1 {
				s.Faults = append(s.Faults, audit.Title)
			}
		}
		scores[name] = s
	}
	return scores, nil
}
