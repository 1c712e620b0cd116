package trials

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
	"aanmeldpunt/internal/store/storetest"
)

var proposalID = regexp.MustCompile(`[a-z2-7]{26}|ingestuurd:\S+|(?:kenmerk:|Z#)[2-9A-Z]{8}`)

// fileOf opens a store in a folder of its own, and gives the file too.
func fileOf(t testing.TB) (*bolt.DB, string) {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "aanmeldpunt")
	if err != nil {
		dir = t.TempDir()
	}
	file := filepath.Join(dir, "store.db")
	db, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(); _ = os.RemoveAll(dir) })
	return db, file
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestErasedFromEveryByte: after the last letter to somebody no byte of the store's file holds the address, the
// name, what they wrote, a reference, or the hash that stands for them; the seats went to whoever was next.
func TestErasedFromEveryByte(t *testing.T) {
	t.Parallel()
	db, file := fileOf(t)
	w := newErasing(t, db)
	w.everybody()
	if found := w.found(read(t, file)); len(found) != len(w.needs) {
		t.Fatalf("before it only %q of %q are found: the search proves nothing", found, w.needs)
	}
	would, err := w.acts.Erasable(context.Background(), w.person(erasedMail), "")
	w.must(err)
	w.must(w.acts.Erase(context.Background(), w.person(erasedMail), ""))
	if found := w.found(read(t, file)); len(found) == 0 {
		t.Error("nothing is found before the file is rewritten: the search proves nothing")
	}
	office := w.send()
	if found := w.found(read(t, file)); found != nil {
		t.Errorf("the file holds %q", found)
	}
	if found := w.found(w.log.Bytes()); found != nil {
		t.Errorf("the log holds %q", found)
	}
	if n := strings.Count(w.log.String(), `"msg":"erased"`); n != 1 || !strings.Contains(w.log.String(), `"aanmelding":3`) {
		t.Errorf("%d proofs: %s", n, w.log)
	}
	w.wantTold(office)
	w.wantForeseen(would.Letters, office)
	w.wantPassedOn()
	w.must(w.acts.Erase(context.Background(), w.person(erasedMail), ""))
	if again := w.send(); len(again.kind) != 0 {
		t.Errorf("erased again: %v", again.kind)
	}
}

// wantTold: the person hears it once and nothing else any more; who has a message is asked to erase it.
func (w *erasing) wantTold(office *counting) {
	w.t.Helper()
	want := whoHears()
	for _, email := range []string{erasedMail, "femke@delta.example", mailOf("wim"), mailOf("ivo"), mailOf("pim"), mailOf("sam"), mailOf("lea"), mailOf("tom"), mailOf("bo")} {
		if diff := cmp.Diff(want[email], office.kind[email]); diff != "" {
			w.t.Errorf("%s: %s", email, diff)
		}
	}
}

// whoHears is who hears of it, in which letters.
func whoHears() map[string][]mdt.LetterKind {
	return map[string][]mdt.LetterKind{erasedMail: {mdt.LetterErased}, "femke@delta.example": {mdt.LetterEraseRequest}, mailOf("wim"): {mdt.LetterOffer},
		mailOf("ivo"): {mdt.LetterOffer}, mailOf("pim"): {mdt.LetterChanged}}
}

// wantForeseen: what the desk shows before it is the letters that went out of it.
func (w *erasing) wantForeseen(letters []mdt.Letter, office *counting) {
	w.t.Helper()
	got := map[string][]mdt.LetterKind{}
	for _, letter := range letters {
		got[letter.To] = append(got[letter.To], letter.Kind)
	}
	want := whoHears()
	want[mailOf("kim")] = []mdt.LetterKind{mdt.LetterOffer} // of the room; kim waited for letters of their own too
	if diff := cmp.Diff(want, got); diff != "" || !slices.Contains(office.kind[mailOf("kim")], mdt.LetterOffer) {
		w.t.Errorf("foreseen: %s; kim got %v", diff, office.kind[mailOf("kim")])
	}
}

// wantPassedOn: what the person had is offered to whoever was next, and everybody else has what they had.
func (w *erasing) wantPassedOn() {
	w.t.Helper()
	status := func(meeting, name string) string {
		_, entries := w.stands(meeting, mailOf(name))
		if entries[0] == nil {
			return ""
		}
		return string(entries[0].Status)
	}
	for _, c := range []struct{ meeting, name, want string }{
		{"dag", "kim", "bevestigd"}, {"dag", "sam", "bevestigd"}, {"dag", "bo", "bevestigd"}, {"dag", "wim", "aanbod"},
		{"vol", "ria", "afgemeld"}, {"vol", "ivo", "aanbod"}, {"feest", "bo", "bevestigd"},
	} {
		if got := status(c.meeting, c.name); got != c.want {
			w.t.Errorf("%s at %s: %q, want %s", c.name, c.meeting, got, c.want)
		}
	}
	dag, entries := w.stands("dag", mailOf("kim"), mailOf("sam"), mailOf("bo"))
	if place, waits := entries[0].Place("zaal"); !waits || !place.Offered() {
		w.t.Errorf("kim was not offered the room: %+v", entries[0])
	}
	if entries[1].BroughtBy != "" || len(entries[2].Guests) != 0 {
		w.t.Errorf("sam was brought by %q, bo brought %v", entries[1].BroughtBy, entries[2].Guests)
	}
	vol, _ := w.stands("vol")
	feest, _ := w.stands("feest")
	room := dag.Parts["zaal"]
	if dag.Occupied != 4 || dag.Offered != 1 || dag.Waiting != 0 || vol.Occupied != 1 || vol.Offered != 1 || vol.Waiting != 0 || feest.Occupied != 1 ||
		room.Occupied != 1 || room.Offered != 1 || room.Waiting != 0 {
		w.t.Errorf("dag %+v, vol %+v, feest %+v", dag, vol, feest)
	}
	dossier, err := w.store.Dossier(context.Background(), w.person(mailOf("pim")), w.now())
	w.must(err)
	if p := dossier.Proposals[0].Of; p.Leader != (mdt.StoredLeader{Who: mdt.LedByNobody}) {
		w.t.Errorf("pim's proposal is led by %+v", p.Leader)
	}
}

// without lets an erasure leave out what it leans on.
type without struct {
	store.Engine
	skips func(store.Write) bool
}

func (e without) Change(ctx context.Context, w store.Write) (store.Item, error) {
	if e.skips(w) {
		return nil, nil
	}
	return e.Engine.Change(ctx, w)
}

func (e without) Transact(ctx context.Context, token string, writes []store.Write) error {
	writes = slices.DeleteFunc(slices.Clone(writes), e.skips)
	if len(writes) == 0 {
		return nil
	}
	return e.Engine.Transact(ctx, token, writes)
}

func (e without) Scrub(ctx context.Context) error { return e.Engine.(store.Scrubber).Scrub(ctx) }

// TestTheSearchSeesWhatIsLeft: each step of an erasure is needed, as the search finds what it leaves.
func TestTheSearchSeesWhatIsLeft(t *testing.T) {
	t.Parallel()
	removes := func(attr string) func(store.Write) bool {
		return func(w store.Write) bool {
			return slices.ContainsFunc(w.Remove, func(name string) bool { return strings.HasPrefix(name, attr) })
		}
	}
	for name, skips := range map[string]func(store.Write) bool{
		"who brought a guest":   removes("meegenomenDoor"),
		"who named a guest":     removes("genoemdDoor:"),
		"the guests of another": func(w store.Write) bool { _, sets := w.Set["gasten"]; return sets || removes("gasten")(w) },
		"the name in letters":   removes("door"),
		"letters":               func(w store.Write) bool { return w.Delete && strings.HasPrefix(w.Key.PK, store.LetterPrefix) },
		"leaders":               func(w store.Write) bool { return w.Delete && strings.HasPrefix(w.Key.SK, "leiding#") },
		"suspects of another":   func(w store.Write) bool { return w.Set["aanmelding"] != nil || w.Set["voorstel"] != nil },
		"wishes":                func(w store.Write) bool { return w.Delete && strings.HasPrefix(w.Key.SK, "wensen#") },
		"lines of the log":      func(w store.Write) bool { return w.Delete && strings.HasPrefix(w.Key.SK, "logboek#") },
		"places in line":        func(w store.Write) bool { return w.Delete && strings.HasPrefix(w.Key.PK, "rij#") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, file := fileOf(t)
			w := newErasing(t, db)
			w.everybody()
			careless := newDesk(t, without{db, skips})
			careless.pass(w.now().Sub(start))
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			err := careless.acts.Erase(ctx, w.person(erasedMail), "")
			w.send()
			w.must(db.Scrub(context.Background()))
			if found := w.found(read(t, file)); found == nil {
				t.Errorf("nothing is found (%v): the search proves nothing", err)
			}
		})
	}
}

// TestErasedFromEveryItem: the same on DynamoDB's wire on a bad day, where everybody presses the button twice.
func TestErasedFromEveryItem(t *testing.T) {
	t.Parallel()
	database := storetest.StartDynoxide(t)
	faults := storetest.NewFaults(storetest.NewTransport(), 9, storetest.Rates{})
	w := newErasing(t, store.Retrying(database.Through(t, faults)))
	w.everybody()
	if found := w.found(everyItem(t, database)); len(found) != len(w.needs) {
		t.Fatalf("before it only %q of %q are found: the search proves nothing", found, w.needs)
	}
	faults.Set(badDay)
	ended := make(chan error)
	for range 2 {
		go func() { ended <- w.acts.Erase(context.Background(), w.person(erasedMail), "") }()
	}
	w.must(errors.Join(<-ended, <-ended))
	faults.Set(storetest.Rates{})
	w.wantTold(w.send())
	w.wantPassedOn()
	if found := w.found(everyItem(t, database)); found != nil {
		t.Errorf("the table holds %q", found)
	}
	if found := w.found(w.log.Bytes()); found != nil {
		t.Errorf("the log holds %q", found)
	}
	if faults.Made("lost") == 0 || faults.Made("conflict") == 0 {
		t.Error("no answer was lost: the trial proves nothing")
	}
}

// everyItem writes out the whole table.
func everyItem(t testing.TB, database *storetest.Dynoxide) (raw []byte) {
	t.Helper()
	pages := dynamodb.NewScanPaginator(database.Client, &dynamodb.ScanInput{TableName: aws.String(storetest.TableName)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(page.Items)
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, text...)
	}
	return raw
}
