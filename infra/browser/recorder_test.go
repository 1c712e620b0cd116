package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestMain(m *testing.M) { os.Exit(Run(m)) }

// recorder is a test that may fail: it keeps what is said.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatal(args ...any)                 { r.said = append(r.said, fmt.Sprint(args...)); runtime.Goexit() }
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...); runtime.Goexit() }
func (r *recorder) Skip(args ...any) {
	r.said = append(r.said, "skip: "+fmt.Sprint(args...))
	runtime.Goexit()
}
func (r *recorder) Skipf(format string, args ...any) {
	r.Errorf("skip: "+format, args...)
	runtime.Goexit()
}

// complaints gives what a check says in a test of its own.
func complaints(t *testing.T, check func(t testing.TB)) []string {
	t.Helper()
	r, done := &recorder{TB: t}, make(chan struct{})
	go func() {
		defer close(done)
		check(r)
	}()
	<-done
	return r.said
}

// wantComplaint wants a check to say one thing at least, with these words in it. Where the check lacks a part, so does the test.
func wantComplaint(t *testing.T, words string, check func(t testing.TB)) {
	t.Helper()
	said := complaints(t, check)
	for _, one := range said {
		if strings.Contains(one, words) {
			return
		}
		if strings.HasPrefix(one, "skip: ") {
			t.Skip(one)
		}
	}
	t.Errorf("said %q, want %q", said, words)
}

// good is a page with nothing wrong with it. %s is the place for something that is.
const good = `<!DOCTYPE html>
<html lang="nl">
  <head>
    <meta charset="utf-8">
    <title>Voorbeeld</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="description" content="Een voorbeeld">
    <link rel="icon" href="data:,">
    <style>:focus-visible { outline: 3px solid #000; } a { display: inline-block; padding: 1rem; }</style>
  </head>
  <body>
    <main>
      <h1>Voorbeeld</h1>
      <p><a href="/een">Een</a> <a href="/twee">Twee</a></p>
%s
    </main>
  </body>
</html>
`

func with(more string) string { return strings.Replace(good, "%s\n", more, 1) }

// site serves pages by path; what is not there is a page of its own.
func site(t *testing.T, pages map[string]string) (base string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page, ok := pages[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			page = good
		}
		fmt.Fprint(w, page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
