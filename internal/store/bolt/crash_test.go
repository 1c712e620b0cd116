package bolt

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
)

// The tests below start this test program again as a process that stores until it is killed.
const crashVariable = "AANMELDPUNT_CRASH_FILE"

// scrubVariable says that the process also rewrites its file all the time.
const scrubVariable = "AANMELDPUNT_CRASH_SCRUB"

// crashesVariable holds the number of kills; the long run takes 200.
const crashesVariable = "AANMELDPUNT_CRASHES"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashVariable); path != "" {
		storeUntilKilled(path)
	}
	os.Exit(m.Run())
}

const pieces = 5 // items of one transaction, beside the counter

// storeUntilKilled has eight clients transact, and prints each transaction's name when it was answered.
func storeUntilKilled(path string) {
	db, err := Open(path, Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var printing sync.Mutex
	for client := range 8 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d-%d", os.Getpid(), client, i)
				if err := db.Transact(context.Background(), name, wholeOf(name)); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				printing.Lock()
				fmt.Println(name)
				printing.Unlock()
			}
		}()
	}
	for os.Getenv(scrubVariable) != "" {
		if err := db.Scrub(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	select {}
}

func wholeOf(name string) []store.Write {
	writes := []store.Write{{Key: store.Key{PK: "counter", SK: "n"}, Add: map[string]int64{"n": 1}}}
	for i := range pieces {
		writes = append(writes, store.Write{
			Key: store.Key{PK: fmt.Sprint("piece", i), SK: name}, If: []store.Condition{{Attr: store.AttrPK, Op: store.Absent}},
			Put: store.Item{"name": name, store.AttrList: "all", store.AttrOrder: name},
		})
	}
	return writes
}

// TestAKilledProcessKeepsWhatItAnswered kills the process at random moments and looks at what it left:
// every transaction is there whole or not at all, every answered one is there, and all is counted.
func TestAKilledProcessKeepsWhatItAnswered(t *testing.T) {
	t.Parallel()
	killed(t, "", func(answered, _, crashes int) bool { return answered >= 10*crashes })
}

// TestAProcessKilledInARewriteKeepsWhatItAnswered does the same while the file is rewritten again and again:
// many kills leave a part of a rewrite, which the next Open removes.
func TestAProcessKilledInARewriteKeepsWhatItAnswered(t *testing.T) {
	t.Parallel()
	killed(t, "yes", func(_, parts, crashes int) bool { return parts > crashes/6 })
}

// killed goes on until it shows enough: answered transactions, and parts that a rewrite left, over so many
// crashes. On a busy machine that takes more of them.
func killed(t *testing.T, scrubbing string, enough func(answered, parts, crashes int) bool) {
	t.Helper()
	crashes := 6
	if n, err := strconv.Atoi(os.Getenv(crashesVariable)); err == nil {
		crashes = n
	}
	path := filepath.Join(t.TempDir(), "data")
	answered, parts, kills := map[string]bool{}, 0, 0
	for ; kills < crashes || kills < 10*crashes && !enough(len(answered), parts, crashes); kills++ {
		for _, name := range storeAndKill(t, path, scrubbing) {
			answered[name] = true
		}
		if _, err := os.Stat(path + leftOver); err == nil {
			parts++
		}
		checkLeft(t, path, answered)
	}
	if !enough(len(answered), parts, crashes) {
		t.Errorf("in %d runs only %d transactions were answered, and %d left a part: the test shows little", kills, len(answered), parts)
	}
	t.Logf("%d answered transactions over %d kills, %d parts of a rewrite", len(answered), kills, parts)
}

// checkLeft opens what a crash left.
func checkLeft(t *testing.T, path string, answered map[string]bool) {
	t.Helper()
	found, err := wholes(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for name := range answered {
		if found[name] == 0 {
			t.Fatalf("transaction %s was answered and is gone", name)
		}
	}
	if _, err := os.Stat(path + leftOver); err == nil {
		t.Error("a part of a rewrite stands beside the file that was opened since")
	}
}

// storeAndKill gives the names the process printed before it was killed, at a random moment of its work.
func storeAndKill(t *testing.T, path, scrubbing string) (names []string) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), crashVariable+"="+path, scrubVariable+"="+scrubbing)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var killing sync.Once
	defer func() { _ = command.Process.Kill(); _ = command.Wait() }()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		killing.Do(func() {
			time.AfterFunc(time.Duration(rand.IntN(40_000))*time.Microsecond, func() { _ = command.Process.Kill() })
		})
		names = append(names, lines.Text())
	}
	return names
}

// wholes gives the transactions that stand in the file; an error where one is not whole.
func wholes(ctx context.Context, path string) (found map[string]int, err error) {
	db, err := Open(path, Options{})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	counter := int64(0)
	found = map[string]int{}
	err = db.Each(ctx, func(item store.Item) bool {
		if name, ok := item["name"].(string); ok {
			found[name]++
		} else {
			counter, _ = item["n"].(int64)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	listed, err := namesListed(ctx, db)
	if err != nil {
		return nil, err
	}
	for name, n := range found {
		if n != pieces || listed[name] != pieces {
			return nil, fmt.Errorf("of transaction %s %d of %d items stand, %d in the list", name, n, pieces, listed[name])
		}
	}
	if int(counter) != len(found) || len(listed) != len(found) {
		return nil, fmt.Errorf("%d transactions stand, %d are counted, %d listed", len(found), counter, len(listed))
	}
	return found, nil
}

func namesListed(ctx context.Context, db *DB) (listed map[string]int, err error) {
	listed = map[string]int{}
	for q := (store.Query{List: "all"}); ; {
		page, err := db.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			listed[item["name"].(string)]++
		}
		if q.After = page.Next; q.After == "" {
			return listed, nil
		}
	}
}

// TestAPartIsSeen is the negative control: items stored one by one are found in parts.
func TestAPartIsSeen(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]int{"some items": 3, "only the counter": 1, "all": pieces + 1} {
		db := opened(t, Options{})
		for _, w := range wholeOf("x")[:n] {
			if err := db.Transact(t.Context(), "", []store.Write{w}); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := wholes(t.Context(), db.path); (err == nil) != (name == "all") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
