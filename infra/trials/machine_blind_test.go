package trials

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/store"
)

// tampered is an engine that does something else than it was asked to.
type tampered struct {
	store.Engine
	write func(*store.Write) (keep bool)
	page  func(store.Query, *store.Page)
}

func (e tampered) Transact(ctx context.Context, token string, writes []store.Write) error {
	var wrong []store.Write
	for _, w := range writes {
		w.Set, w.Add, w.Put, w.Remove = maps.Clone(w.Set), maps.Clone(w.Add), maps.Clone(w.Put), slices.Clone(w.Remove)
		if e.write == nil || e.write(&w) {
			wrong = append(wrong, w)
		}
	}
	return e.Engine.Transact(ctx, token, wrong)
}

func (e tampered) Query(ctx context.Context, q store.Query) (store.Page, error) {
	page, err := e.Engine.Query(ctx, q)
	if e.page != nil && err == nil {
		e.page(q, &page)
	}
	return page, err
}

func inLineItem(w *store.Write, prefix string) bool {
	return strings.HasPrefix(w.Key.PK, "rij#") && strings.HasPrefix(w.Key.SK, prefix)
}

// faultsToSee are ways in which the waiting list of others went wrong, or ours could.
var faultsToSee = map[string]tampered{
	"the last in line is served first": {page: func(q store.Query, p *store.Page) {
		if q.Prefix == "wacht#" {
			slices.Reverse(p.Items)
		}
	}},
	"an offer lives on after a cancellation": {write: func(w *store.Write) bool { return !w.Delete || !inLineItem(w, "aanbod#") }},
	"a seat is lost when it changes hands": {write: func(w *store.Write) bool {
		if w.Add["bezet"] < 0 {
			w.Add["bezet"] = 0
		}
		return true
	}},
	"guests are not counted": {write: func(w *store.Write) bool {
		if w.Add["bezet"] > 1 {
			w.Add["bezet"] = 1
		}
		return true
	}},
	"a seat passes people twice": {write: func(w *store.Write) bool {
		if inLineItem(w, "wacht#") {
			delete(w.Put, "eerdereRondes")
		}
		return true
	}},
	"what is not owed any more is sent":         {write: func(w *store.Write) bool { return w.Set["vervallen"] == nil }},
	"a place in line is given up with an offer": {write: func(w *store.Write) bool { return w.Put == nil || !inLineItem(w, "wacht#") }},
	"a seat of a part is not handed on": {write: func(w *store.Write) bool {
		for name := range w.Add {
			if strings.HasPrefix(name, "wacht:") {
				delete(w.Add, name)
			}
		}
		return true
	}},
}

// TestStateMachineSeesFaults: each of them is found out.
func TestStateMachineSeesFaults(t *testing.T) {
	for name, fault := range faultsToSee {
		unseen(t, name, func(e store.Engine) store.Engine {
			fault.Engine = e
			return fault
		}, func(*world) {})
	}
}

// TestStateMachineHoldsTheRules: held against other rules, the desk is found to break them.
func TestStateMachineHoldsTheRules(t *testing.T) {
	for name, twist := range map[string]func(*world){
		"an offer stands a day":              func(w *world) { w.hours = 24 },
		"offers go on after two in vain":     func(w *world) { w.quietAfter = 3 },
		"one offer in vain is one too many":  func(w *world) { w.quietAfter = 1 },
		"the list ends a moment earlier":     func(w *world) { w.listEnd = w.listEnd.Add(-1) },
		"seats are offered where given":      func(w *world) { w.direct = !w.direct },
		"who asks is in at once":             func(w *world) { w.approval = false },
		"visitors get what is held back":     func(w *world) { w.seats[""] += w.held },
		"the part kring has a seat too many": func(w *world) { w.seats["kring"]++ },
	} {
		unseen(t, name, sound, twist)
	}
}

// seldom are what takes many machines to be met.
var seldom = map[string]bool{"a seat passes people twice": true, "offers go on after two in vain": true}

// unseen fails where machines on such an engine, held against such rules, find nothing wrong.
func unseen(t *testing.T, name string, change func(store.Engine) store.Engine, twist func(*world)) {
	t.Run(name, func(t *testing.T) {
		if testing.Short() && seldom[name] {
			t.Skip("takes long to be met")
		}
		setFlag(t, "rapid.checks", "20000") // it ends with the first that fails
		setFlag(t, "rapid.shrinktime", "1ms")
		setFlag(t, "rapid.nofailfile", "true")
		seen := &witness{TB: t}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			rapid.Check(seen, run(t, change, twist))
		}()
		<-ended
		if !seen.failed {
			t.Error("it goes unseen: the machine proves nothing")
		}
	})
}
