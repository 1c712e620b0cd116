package trials

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

var ownLink = regexp.MustCompile(`/mijn/[A-Za-z0-9._~-]+`)

// TestErasureKills kills the local server while somebody is being erased, and starts it again on the same data:
// when its last letter went out nothing of them is in the file. All 60 kills:
//
//	AANMELDPUNT_LONG=1 go test -run ErasureKills -timeout 30m -v ./infra/trials
func TestErasureKills(t *testing.T) {
	t.Parallel()
	data, network := t.TempDir(), roomy(t, "beslisdag", 100)
	random := rand.New(rand.NewPCG(9, 9))
	file, taken := filepath.Join(data, "aanmeldpunt.db"), 0
	for i := range number(2, 4, 60) {
		email := fmt.Sprintf("kill%dx@gast.example", i)
		s := serve(t, data, network)
		if code, _ := s.post("beslisdag", email); code != http.StatusCreated {
			t.Fatal(code)
		}
		s.settled()
		s.form(s.linkOf(email), "handeling", "verselink")
		s.settled()
		fresh, before := s.linkOf(email), s.mailed()[email]
		answered := make(chan bool, 1)
		if !bytes.Contains(bytes.ToLower(read(t, file)), []byte(email)) {
			t.Fatal("the file does not hold the address before: the trial proves nothing")
		}
		go func() { answered <- s.tryForm(fresh, "handeling", "wissen", "kenmerk", "alles") }()
		time.Sleep(time.Duration(random.IntN(12_000)) * time.Microsecond)
		s.kill()
		whole := <-answered
		s = serve(t, data, network)
		s.settled()
		if told := s.mailed()[email] - before; told == 0 && !whole { // nothing was noted: it is pressed again
			s.form(fresh, "handeling", "wissen", "kenmerk", "alles")
			s.settled()
		} else {
			taken++
		}
		if told := s.mailed()[email] - before; told < 1 || told > 2 {
			t.Errorf("%s got %d letters about it", email, told)
		}
		if free := s.free("beslisdag"); free != 100 {
			t.Errorf("%d seats are free", free)
		}
		if !s.without(file, email) {
			t.Errorf("the file holds %s", email)
		}
		s.kill()
	}
	t.Logf("%d erasures were cut off or done before the kill", taken)
}

// without waits until the file does not hold a text: it may just be being rewritten.
func (s *server) without(file, text string) bool {
	for range 200 {
		if !bytes.Contains(bytes.ToLower(read(s.t, file)), []byte(text)) {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

// linkOf is the personal link in the newest letter to an address.
func (s *server) linkOf(email string) string {
	s.t.Helper()
	var letters []struct{ Text string }
	s.get("/lokaal/postvak.json?aan="+url.QueryEscape(email), &letters)
	for _, letter := range letters {
		if found := ownLink.FindString(letter.Text); found != "" {
			return found
		}
	}
	s.t.Fatalf("no link for %s in %d letters", email, len(letters))
	return ""
}

// tryForm posts a plain form, its fields by twos; false where no answer came.
func (s *server) tryForm(path string, fields ...string) bool {
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	answer, err := s.client.PostForm(s.url+path, values)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode < 400
}

func (s *server) form(path string, fields ...string) {
	s.t.Helper()
	if !s.tryForm(path, fields...) {
		s.t.Fatalf("%v was not taken: %s", fields, s.log.String())
	}
}
