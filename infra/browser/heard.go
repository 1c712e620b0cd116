package browser

import (
	"slices"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// heard is what Chromium says of a page beside showing it.
type heard struct {
	mu         sync.Mutex
	status     int64                // of the page's answer, 0 before there is one
	document   string               // its address
	frames     map[cdp.FrameID]bool // pages within it
	complaints []string
	arrived    chan struct{} // holds one when a page, or another place on it, was reached
}

// hear takes an event. It runs in the loop that reads from Chromium, so it may not wait for anything.
func (h *heard) hear(event any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch e := event.(type) {
	case *page.EventLoadEventFired, *page.EventNavigatedWithinDocument:
		select {
		case h.arrived <- struct{}{}:
		default: // it was told already
		}
	case *page.EventFrameAttached:
		h.frames[e.FrameID] = true
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument && !h.frames[e.FrameID] {
			h.status, h.document = e.Response.Status, e.Response.URL
		}
	case *log.EventEntryAdded:
		if slices.Contains([]log.EntryLevel{log.EntryLevelError, log.EntryLevelWarning}, e.Entry.Level) && !h.ofStatus(e.Entry) {
			h.complaints = append(h.complaints, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		h.complaints = append(h.complaints, e.ExceptionDetails.Text+" "+e.ExceptionDetails.URL)
	}
}

// ofStatus tells whether an entry only says that the page itself came with a status of 400 or more: a page about
// faults in a form does.
func (h *heard) ofStatus(entry *log.Entry) bool {
	return entry.Source == log.EntrySourceNetwork && entry.URL == h.document
}

// leave forgets that a place was reached, so that the next one can be waited for.
func (h *heard) leave() {
	select {
	case <-h.arrived:
	default:
	}
}

func (h *heard) answered() (status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return int(h.status)
}

// complained gives the complaints and forgets them.
func (h *heard) complained() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := h.complaints
	h.complaints = nil
	return out
}
