package trials

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestEverythingOfAPersonHasItsEnd: by kind, worked out from the terms that are promised; letters end no later than
// what they are about, and nothing about a person is without an end.
func TestEverythingOfAPersonHasItsEnd(t *testing.T) {
	t.Parallel()
	w := newErasing(t, openBolt(t))
	w.everybody()
	meeting := start.AddDate(0, 1, 0).Add(time.Hour) // the end of every meeting here
	local := func(at time.Time) time.Time { return at.In(mdt.Amsterdam) }
	halfYear := local(meeting).AddDate(0, 6, 0).Unix()
	want := map[string]int64{
		"aanmelding": halfYear, "voorstel": halfYear, "leiding": halfYear, "wensen": local(meeting).AddDate(0, 0, 14).Unix(),
		"attendering": local(meeting).AddDate(0, 0, 30).Unix(), // when it opens is not known
		"bericht":     local(w.now()).AddDate(0, 6, 0).Unix(),  // the last one that came
		"verdacht":    local(start).AddDate(0, 0, 30).Unix(),
		"logboek":     local(start).AddDate(0, 12, 0).Unix(),
	}
	page, err := w.engine.Query(context.Background(), store.Query{PK: "persoon#" + string(w.person(erasedMail))})
	w.must(err)
	got := map[string]int64{}
	for _, it := range page.Items {
		kind, _, _ := strings.Cut(it.Key().SK, "#")
		if end, _ := it[store.AttrExpires].(int64); kind != "adres" {
			got[kind] = max(got[kind], end)
		} else if end == 0 || end > halfYear {
			t.Errorf("the address ends at %d", end)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	w.must(w.acts.Cancel(context.Background(), "dag", w.person(erasedMail)))
	for _, state := range mdt.States {
		page, err := w.engine.Query(context.Background(), store.Query{List: "brieven#" + string(state)})
		w.must(err)
		for _, it := range page.Items {
			if end, _ := it[store.AttrExpires].(int64); end == 0 || end > halfYear {
				t.Errorf("letter %v ends at %d", it["soort"], end)
			}
		}
	}
}

// TestWhatHasEndedIsGone: also where the database has not taken it away yet.
func TestWhatHasEndedIsGone(t *testing.T) {
	t.Parallel()
	w := newErasing(t, openBolt(t))
	w.everybody()
	noor := w.person(erasedMail)
	w.pass(46 * 24 * time.Hour) // 14 days after the meetings, and some
	own, err := w.store.Dossier(context.Background(), noor, w.now())
	w.must(err)
	if len(own.Wishes) != 0 || len(own.Registrations) != 3 {
		t.Errorf("%d wishes, %d registrations", len(own.Wishes), len(own.Registrations))
	}
	w.pass(20 * 24 * time.Hour)
	if interest, err := w.store.Interest(context.Background(), "straks", noor, w.now()); interest != nil || err != nil {
		t.Errorf("%+v, %v", interest, err)
	}
	items, err := w.engine.Get(context.Background(), store.Key{PK: "persoon#" + string(noor), SK: "wensen#dag"}, store.Key{PK: "persoon#" + string(noor), SK: "attendering#straks"})
	w.must(err)
	if items[0] == nil || items[1] == nil {
		t.Error("the database has taken them away: the trial proves nothing")
	}
	w.pass(400 * 24 * time.Hour)
	if own, err := w.store.Dossier(context.Background(), noor, w.now()); err != nil || !own.IsEmpty() {
		t.Errorf("%+v, %v", own, err)
	}
}

// corrected is a desk where somebody registered under a wrong address, was mailed there and looked at, and got the right
// one since. It gives the wrong person.
func (w *erasing) corrected() mdt.PersonID {
	ctx := context.Background()
	const typo = "n.zandstar@gast.example"
	wrong := w.person(typo)
	w.register("feest", erasedName, typo, nil)
	w.send()
	entry := func(p mdt.PersonID) mdt.Registration {
		own, err := w.acts.Own(ctx, p)
		w.must(err)
		return own.RegistrationFor("feest").Of
	}
	was := entry(wrong)
	w.must(w.store.Log(ctx, mdt.LogLine{At: w.now(), By: "sanne", Name: staffName, Role: mdt.RoleTeam, What: mdt.DeedSeen, About: was.Reference, Subject: wrong}))
	w.must(w.acts.Correcting("feest", wrong, w.address(erasedMail)).Do(ctx, 1))
	w.send()
	now := entry(w.person(erasedMail))
	w.needs = []string{erasedMail, typo, strings.ToLower(erasedName), strings.ToLower(staffName), string(wrong), string(now.Person),
		strings.ToLower(was.Reference), strings.ToLower(now.Reference)}
	return wrong
}

// TestErasedUnderAWrongAddressToo: what an entry left under an address that was corrected goes with it.
func TestErasedUnderAWrongAddressToo(t *testing.T) {
	t.Parallel()
	db, file := fileOf(t)
	w := newErasing(t, db)
	w.corrected()
	if found := w.found(read(t, file)); len(found) != len(w.needs) {
		t.Fatalf("before it only %q of %q are found: the search proves nothing", found, w.needs)
	}
	w.must(w.acts.Erase(context.Background(), w.person(erasedMail), ""))
	w.send()
	if found := w.found(read(t, file)); found != nil {
		t.Errorf("the file holds %q", found)
	}
	db, file = fileOf(t)
	w = newErasing(t, db)
	wrong := w.corrected()
	careless := newDesk(t, without{db, func(w store.Write) bool { return w.Delete && w.Key.PK == "persoon#"+string(wrong) }})
	careless.pass(w.now().Sub(start))
	w.must(careless.acts.Erase(context.Background(), w.person(erasedMail), ""))
	w.send()
	w.must(db.Scrub(context.Background()))
	if found := w.found(read(t, file)); len(found) == 0 {
		t.Error("with that step left out nothing is found: the search proves nothing")
	}
}

// TestOneEntryErased: that entry goes with what belongs to it, the rest stays; the last one takes everything along.
func TestOneEntryErased(t *testing.T) {
	t.Parallel()
	db, file := fileOf(t)
	w := newErasing(t, db)
	noor := w.person(erasedMail)
	w.register("feest", erasedName, erasedMail, func(f *mdt.RegistrationForm) { f.Wishes = "rolstoel" }, w.guest("Sam", mailOf("sam")))
	got, err := w.acts.Ask(context.Background(), mdt.MessageForm{Name: erasedName, Email: w.address(erasedMail), Subject: mdt.SubjectOther, Text: "een vraag"},
		mdt.Routed{Responder: mdt.Responder{Name: "Femke", Email: "femke@delta.example"}}, nil, acts.Post{})
	w.must(err)
	w.send()
	w.needs = append(w.needs, "rolstoel")
	w.must(w.acts.Erase(context.Background(), noor, strings.ToUpper(w.needs[0])))
	office := w.send()
	if found := w.found(read(t, file)); found != nil {
		t.Errorf("the file holds %q", found)
	}
	if diff := cmp.Diff(map[string][]mdt.LetterKind{erasedMail: {mdt.LetterErased}}, office.kind); diff != "" {
		t.Error(diff)
	}
	own, err := w.store.Dossier(context.Background(), noor, w.now())
	w.must(err)
	if len(own.Messages) != 1 || len(own.Registrations) != 0 {
		t.Errorf("%+v", own)
	}
	w.must(w.acts.Erase(context.Background(), noor, "NIETVANJ"))
	w.must(w.acts.Erase(context.Background(), noor, got.Reference))
	w.send()
	w.needs = []string{erasedMail, "zandstra", string(noor), "een vraag", strings.ToLower(got.Reference)}
	if found := w.found(read(t, file)); found != nil {
		t.Errorf("after the last entry the file holds %q", found)
	}
	if _, entries := w.stands("feest", mailOf("sam")); entries[0] == nil || entries[0].Status != mdt.Confirmed || entries[0].BroughtBy != "" {
		t.Errorf("the guest: %+v", entries[0])
	}
}
