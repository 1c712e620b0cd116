package trials

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// lateAt is an engine that does something else right before the first write of what is known of an address, or of a
// line of the log.
type lateAt struct {
	store.Engine
	mu    sync.Mutex // letters go out beside each other
	first func()     // nil: it was done
	loose bool       // it does that write whatever stands, and takes no line of the log away again
}

func (l *lateAt) before(writes []store.Write) {
	at := slices.IndexFunc(writes, func(w store.Write) bool { return w.Key.SK == "adres" || strings.HasPrefix(w.Key.SK, "logboek#") })
	if at < 0 {
		return
	}
	l.mu.Lock()
	first := l.first
	l.first = nil
	l.mu.Unlock()
	if first != nil {
		first()
		if l.loose {
			writes[at].If = nil
		}
	}
}

func (l *lateAt) Change(ctx context.Context, w store.Write) (store.Item, error) {
	writes := []store.Write{w}
	l.before(writes)
	return l.Engine.Change(ctx, writes[0])
}

func (l *lateAt) Transact(ctx context.Context, token string, writes []store.Write) error {
	l.before(writes)
	if l.loose && writes[0].Delete && strings.HasPrefix(writes[0].Key.SK, "logboek#") {
		return nil
	}
	return l.Engine.Transact(ctx, token, writes)
}

// underWay is what may be under way while somebody is erased, and writes what is known of the address only then.
type underWay struct {
	mailed bool // the letter went out before, and its turn is noted
	do     func(late *erasing, letter string) error
}

var allUnderWay = map[string]underWay{
	"the turn of the first letter": {false, func(late *erasing, letter string) error { return late.take(letter) }},
	"the turn of the second": {true, func(late *erasing, letter string) error {
		late.register("dag", erasedName, erasedMail, nil)
		ids, err := late.store.LettersTo(context.Background(), late.person(erasedMail))
		late.must(err)
		return late.take(ids...)
	}},
	"that it takes no mail": {false, func(late *erasing, letter string) error {
		_, err := late.store.Report(context.Background(), letter, mdt.ReportBounced, "", late.now())
		return err
	}},
	"a link": {true, func(late *erasing, _ string) error {
		return late.acts.SendLink(context.Background(), late.address(erasedMail), acts.Post{})
	}},
	"that it is one's own": {true, func(late *erasing, _ string) error {
		return late.acts.Confirm(context.Background(), late.own())
	}},
	"that somebody looked": {true, func(late *erasing, _ string) error {
		return late.store.Log(context.Background(), mdt.LogLine{At: late.now(), By: "sanne", Name: staffName, Role: mdt.RoleTeam, What: mdt.DeedSeen,
			Meeting: "feest", About: late.own().RegistrationFor("feest").Of.Reference, Subject: late.person(erasedMail)})
	}},
	"the end of older links": {true, func(late *erasing, _ string) error {
		return late.acts.EndLinks(context.Background(), late.own(), late.now())
	}},
}

// take lets the mailer take letters up, with few to an address that nobody confirmed.
func (w *erasing) take(letters ...string) error {
	mailer, _ := w.desk.mailer()
	mailer.Limits = w.store
	mailer.Send(context.Background(), letters)
	return nil
}

func (w *erasing) own() mdt.Dossier {
	own, err := w.acts.Own(context.Background(), w.person(erasedMail))
	w.must(err)
	return own
}

// left gives what stands of somebody who was erased, and whose last letter went out, while that was under way.
func (u underWay) left(t *testing.T, loose bool) []mdt.Trace {
	ctx := context.Background()
	db := openBolt(t)
	engine := &lateAt{Engine: db, loose: loose}
	late, w := newErasing(t, engine), newErasing(t, db)
	w.register("feest", erasedName, erasedMail, nil)
	ids, err := w.store.LettersTo(ctx, w.person(erasedMail))
	w.must(err)
	if u.mailed {
		w.must(w.take(ids...))
	}
	mailer, _ := w.desk.mailer()
	engine.first = func() {
		w.must(w.acts.Erase(ctx, w.person(erasedMail), ""))
		w.must(mailer.Sweep(ctx, false))
	}
	w.must(u.do(late, ids[0]))
	if engine.first != nil {
		t.Fatal("it wrote nothing of the address")
	}
	traces, err := w.store.Traces(ctx, w.person(erasedMail), w.now())
	w.must(err)
	return traces
}

// TestNothingComesBackAfterAnErasure: what was under way leaves nothing of who was erased meanwhile.
func TestNothingComesBackAfterAnErasure(t *testing.T) {
	for name, u := range allUnderWay {
		t.Run(name, func(t *testing.T) {
			if left := u.left(t, false); len(left) > 0 {
				t.Errorf("%+v stands", left)
			}
		})
	}
	for _, name := range []string{"a link", "that it is one's own", "that somebody looked", "the end of older links"} {
		if len(allUnderWay[name].left(t, true)) == 0 {
			t.Errorf("%s: without a condition nothing came back: the trial sees nothing", name)
		}
	}
}
