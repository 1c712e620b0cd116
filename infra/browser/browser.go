// Package browser looks at pages with the tools that a visitor, an auditor and a validator have: Chromium, axe, html-validate
// and Lighthouse. Tests of pages open a Page with Open; infra/pictures takes pictures for people. Nothing of it ships.
//
// A package whose tests use it stops Chromium at the end:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
)

// How long things may take. A machine that does much else is slow, one that hangs is not waited for.
const (
	startingMay = time.Minute
	stepMay     = 30 * time.Second
	stoppingMay = 10 * time.Second
)

// Browser is a running Chromium with a profile of its own, which goes when it stops.
type Browser struct {
	ctx    context.Context
	cancel context.CancelFunc
	dir    string
	once   sync.Once
}

// Start starts the Chromium at program. It is stopped by Stop, and at the latest when ctx or this process ends.
func Start(ctx context.Context, program string, flags ...chromedp.ExecAllocatorOption) (*Browser, error) {
	dir, err := os.MkdirTemp("", "aanmeldpunt-browser-")
	if err != nil {
		return nil, err
	}
	ctx, stopProcess := chromedp.NewExecAllocator(ctx, append(options(program, dir), flags...)...)
	ctx, stopBrowser := chromedp.NewContext(ctx, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	b := &Browser{ctx: ctx, dir: dir, cancel: func() { stopBrowser(); stopProcess() }}
	late := time.AfterFunc(startingMay, b.cancel) // a deadline in ctx would end the browser even once it runs
	defer late.Stop()
	if err := chromedp.Do(ctx); err != nil {
		b.cancel()
		return nil, errors.Join(fmt.Errorf("start %s: %w", program, err), os.RemoveAll(dir))
	}
	return b, nil
}

// options are how Chromium is started: it keeps to itself what it can, and leaves nothing outside dir.
func options(program, dir string) []chromedp.ExecAllocatorOption {
	out := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(filepath.Join(dir, "profile")), chromedp.Env("TMPDIR="+dir, "XDG_CONFIG_HOME="+filepath.Join(dir, "config")))
	if os.Getuid() == 0 {
		out = append(out, chromedp.NoSandbox) // Chromium refuses to start as root with one
	}
	return out
}

// thisMachineOnly lets names of other machines resolve to nothing: a page of ours has no business there.
func thisMachineOnly(a *chromedp.ExecAllocator) {
	chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")(a)
}

// quiet is for chromedp's own remarks, on events of Chromium that it does not know yet. What goes wrong comes back as an error.
func quiet(string, ...any) {}

// Stop ends Chromium, asking first, and removes its profile. A second call does nothing.
func (b *Browser) Stop() (err error) {
	b.once.Do(func() {
		ctx, cancel := context.WithTimeout(b.ctx, stoppingMay)
		defer cancel()
		_ = chromedp.Cancel(ctx) // who does not listen is killed by the next line
		b.cancel()
		err = os.RemoveAll(b.dir)
	})
	return err
}
