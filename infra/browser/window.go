package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The widths at which pages are looked at, in CSS pixels. Below Tablet a window is a phone's.
const (
	Phone  = 320 // also what is left of Wide at 400 % zoom (WCAG 1.4.10)
	Tablet = 768
	Wide   = 1280
)

// height of a window, in CSS pixels at 100 %.
const height = 800

// View is how a page is looked at.
type View struct {
	Width   int    // of the window; 0 is Wide
	Zoom    int    // percent; 0 is 100. At 200 half of Width is left for the page.
	Scripts bool   // whether scripts of the page run. A visitor must be able to do without.
	Dark    bool   // whether the visitor prefers a dark screen
	Cookie  string // sent along with every request, as NAME=VALUE: somebody who is signed in
}

// zoom is how many times larger everything is.
func (v View) zoom() float64 {
	if v.Zoom == 0 {
		return 1
	}
	return float64(v.Zoom) / 100
}

// cssWidth is the width that the page has, in CSS pixels.
func (v View) cssWidth() int { return int(float64(v.Width) / v.zoom()) }

// Window is a tab with cookies and a cache of its own.
type Window struct {
	ctx    context.Context
	cancel context.CancelFunc
	view   View
	heard  heard
}

// Open opens an empty window.
func (b *Browser) Open(view View) (*Window, error) {
	if view.Width == 0 {
		view.Width = Wide
	}
	w := &Window{view: view, heard: heard{arrived: make(chan struct{}, 1), frames: map[cdp.FrameID]bool{}}}
	w.ctx, w.cancel = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	late := time.AfterFunc(startingMay, w.cancel)
	defer late.Stop()
	err := chromedp.Listen(w.ctx, w.heard.hear)
	if err == nil {
		err = w.do(focused, sized(view), scripts(view.Scripts), shaded(view.Dark), known(view.Cookie))
	}
	if err != nil {
		w.Close()
		return nil, fmt.Errorf("open a window: %w", err)
	}
	return w, nil
}

// Close closes the window.
func (w *Window) Close() { w.cancel() }

// Visit goes to an address and waits until all of the page is there.
func (w *Window) Visit(address string) error {
	if err := w.do(chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("visit %s: %w", address, err)
	}
	return nil
}

// Status is the status with which the page was answered.
func (w *Window) Status() int { return w.heard.answered() }

// Picture gives the whole page, also what is below the window, as a PNG.
func (w *Window) Picture() ([]byte, error) {
	return run(w, chromedp.FullScreenshot(100))
}

// PictureTo puts the picture as NAME-WIDTH.png in a folder, which is made where it is not there.
func (w *Window) PictureTo(dir, name string) error {
	picture, err := w.Picture()
	if err != nil {
		return fmt.Errorf("picture of %s: %w", name, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, w.view.Width)), picture, 0o644)
}

// run does one thing in the window, in bounded time.
func run[T any](w *Window, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(w.ctx, stepMay)
	defer cancel()
	return chromedp.Run(ctx, action)
}

func (w *Window) do(steps ...chromedp.Action[chromedp.Void]) error {
	_, err := run(w, chromedp.Steps(steps...))
	return err
}

// sized gives the window the size of a view. What is narrow is a phone, which needs the page's word (a meta viewport)
// not to show it as on a desk, only smaller.
func sized(view View) chromedp.Action[chromedp.Void] {
	zoom := view.zoom()
	return command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(view.cssWidth()), Height: int64(height / zoom), DeviceScaleFactor: zoom, Mobile: view.Width < Tablet,
	})
}

// known sends a cookie along, where there is one.
func known(cookie string) chromedp.Action[chromedp.Void] {
	headers := network.Headers{}
	if cookie != "" {
		headers["Cookie"] = cookie
	}
	return command(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: headers})
}

// focused lets the page have the focus that the window of a person would, though nobody sees it.
var focused = command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})

func scripts(run bool) chromedp.Action[chromedp.Void] {
	return command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
}

// shaded tells the page which colours the visitor prefers.
func shaded(dark bool) chromedp.Action[chromedp.Void] {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// command makes an action of a command of the protocol.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}
