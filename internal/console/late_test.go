package console_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
)

// interrupted lets somebody else act once between what a page reads and what it stores of an item.
type interrupted struct {
	store.Engine
	kind string
	once sync.Once
	act  func()
}

func (o *interrupted) Transact(ctx context.Context, token string, writes []store.Write) error {
	for _, write := range writes {
		if strings.HasPrefix(write.Key.SK, o.kind) {
			o.once.Do(o.act)
		}
	}
	return o.Engine.Transact(ctx, token, writes)
}

// TestAMessageThatWasChangedBetweenReadingAndStoring: the form comes again with what was typed, and what stands by now.
func TestAMessageThatWasChangedBetweenReadingAndStoring(t *testing.T) {
	for _, races := range []bool{true, false} {
		d := newDesk(t)
		own := d.writes("Bas Kok", "bas@gast.example", "wad-en-wierden") + "/wijzigen"
		p := d.as(sam)
		form := func(name, text string) []string {
			return []string{"versie", "1", "naam", name, "onderwerp", "anders", "bericht", text}
		}
		under := d.engine.Engine
		if races {
			d.engine.Engine = &interrupted{Engine: under, kind: "bericht#", act: func() {
				d.engine.Engine = under
				if got := d.as(sam).post(own, form("Bas de Kok", "Hoe doe ik mee?")...); got.Code != http.StatusSeeOther {
					t.Errorf("the other: %d", got.Code)
				}
			}}
		}
		got := p.post(own, form("Bas Kok", "Een heel ander bericht.")...)
		if want := map[bool]int{true: http.StatusConflict, false: http.StatusSeeOther}[races]; got.Code != want {
			t.Fatalf("raced %v: %d", races, got.Code)
		}
		if races && (!got.says("Iemand was je voor") || !strings.Contains(got.html, "Een heel ander bericht.</textarea>") || !got.says("Bewaard is nu: Bas de Kok")) {
			t.Errorf("what was typed, or what stands, is not told: %s", got.html)
		}
	}
}

// TestWhatCannotBeDoneKeepsWhatWasTyped: why a meeting is called off in which something is wrong, and who was to be invited
// to one that is not by invitation any more.
func TestWhatCannotBeDoneKeepsWhatWasTyped(t *testing.T) {
	d := newDesk(t)
	p, path := d.as(sam), "/console/bijeenkomsten/beslisdag/publiceren"
	m := d.stored("beslisdag")
	m.ByInvitation = true
	d.keep(m)
	was := fmt.Sprint(d.stored("beslisdag").Version)
	if got := p.post(path, "handeling", "uitnodigen", "versie", was, "email", noor); got.Code != http.StatusOK || !got.says("/uitnodiging/") {
		t.Errorf("by invitation: %d", got.Code)
	}
	before := d.stored("beslisdag")
	m = before
	m.ByInvitation, m.End = false, m.Start.Add(-time.Hour)
	_, err := d.store.SaveMeeting(t.Context(), store.MeetingSave{Was: &before, Now: m})
	d.must(err)
	was = fmt.Sprint(d.stored("beslisdag").Version)
	if got := p.post(path, "handeling", "uitnodigen", "versie", was, "email", noor); got.Code != http.StatusConflict || !got.says("Je schreef: "+noor) || !got.says("Iemand was je voor") {
		t.Errorf("not by invitation any more: %d", got.Code)
	}
	got := p.post(path, "handeling", "afgelasten", "versie", was, "waarom", "De zaal kan die dag niet.")
	if got.Code != http.StatusConflict || !got.says("Er klopt iets niet aan deze bijeenkomst.") || !strings.Contains(got.html, "De zaal kan die dag niet.</textarea>") || d.stored("beslisdag").Cancelled {
		t.Errorf("with a fault in it: %d %s", got.Code, got.html)
	}
}

// TestCallingOffTooLateKeepsTheReason: also where somebody else called it off, so that there is no form for it.
func TestCallingOffTooLateKeepsTheReason(t *testing.T) {
	d := newDesk(t)
	p, path := d.as(sam), "/console/bijeenkomsten/beslisdag/publiceren"
	was := fmt.Sprint(d.stored("beslisdag").Version)
	if got := p.post("/console/bijeenkomsten/beslisdag/brieven", "versie", was, "handeling", "bewaren", "alineas.2", "Tot dan."); got.Code != http.StatusSeeOther {
		t.Fatalf("the other: %d", got.Code)
	}
	got := p.post(path, "handeling", "afgelasten", "versie", was, "waarom", "De zaal kan die dag niet.")
	if got.Code != http.StatusConflict || !got.says("Iemand was je voor") || !strings.Contains(got.html, "De zaal kan die dag niet.</textarea>") || d.stored("beslisdag").Cancelled {
		t.Errorf("%d: %s", got.Code, got.html)
	}
	if fresh := p.get(path); fresh.says("Iemand was je voor") {
		t.Error("who is in time is told to be late")
	}
}
