package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/console"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/gateway"
)

const (
	// maxHeard is how much of a body is read to its end, for many clients listen only when all is sent.
	maxHeard = 64 << 20
)

// gate plays API Gateway: it gives each request to the function of its route, as the event that API Gateway
// would send. The routes are those of template.yaml.
type gate struct {
	routes   []route
	fallback function // the $default route
	traffic  *traffic
	log      *slog.Logger
}

// route is a path with * for any one segment, and ** at its end for whatever is below.
type route struct {
	path string
	to   function
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := hear(w, r, kept(r.URL.Path))
	if err != nil {
		unheard(w, err)
		return
	}
	defer g.traffic.pass(r.Method)()
	var answer events.APIGatewayV2HTTPResponse
	if err := g.route(r.URL.EscapedPath()).call(r.Context(), gateway.Event(r, body), &answer); err != nil {
		g.log.Error("a function failed", "method", r.Method, "error", err)
		problem(w, http.StatusInternalServerError, "Storing", "Er gaat iets mis bij ons. Probeer het straks opnieuw.")
		return
	}
	gateway.Write(w, answer)
}

// kept is how much of a body goes into an event: one byte more than its function takes, so that the function itself says
// that it is too large, and a thousand of those cost no memory. The desk takes sheets.
func kept(path string) int {
	if strings.HasPrefix(path, "/console/") {
		return console.MaxFile + 1
	}
	return forms.MaxBody + 1
}

// hear reads a body: what an event can use of it, and the rest to throw it away.
func hear(w http.ResponseWriter, r *http.Request, kept int) ([]byte, error) {
	if r.Body == http.NoBody {
		return nil, nil
	}
	all := http.MaxBytesReader(w, r.Body, maxHeard)
	body, err := io.ReadAll(io.LimitReader(all, int64(kept)))
	if err == nil && len(body) == kept {
		_, err = io.Copy(io.Discard, all)
	}
	var endless *http.MaxBytesError
	if errors.As(err, &endless) {
		err = nil // the function says that it is too large; the connection ends after that
	}
	return body, err
}

// unheard answers a request whose body did not come in whole.
func unheard(w http.ResponseWriter, err error) {
	w.Header().Set("Connection", "close")
	if errors.Is(err, os.ErrDeadlineExceeded) {
		problem(w, http.StatusRequestTimeout, "Te langzaam", "Het versturen duurde te lang. Probeer het opnieuw.")
		return
	}
	problem(w, http.StatusBadRequest, "Niet goed ingevuld", "We kunnen dit niet lezen.")
}

// problem answers what no function could (RFC 9457).
func problem(w http.ResponseWriter, status int, title, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"type":"about:blank","title":%q,"status":%d,"detail":%q}`+"\n", title, status, detail)
}

// route finds the function of a path as it was sent: an escaped slash divides nothing.
func (g *gate) route(path string) function {
	segments := strings.Split(path, "/")
	for _, route := range g.routes {
		wanted, given := strings.Split(route.path, "/"), segments
		if last := len(wanted) - 1; wanted[last] == "**" && len(given) > last {
			wanted, given = wanted[:last], given[:last]
		}
		if slices.EqualFunc(wanted, given, fits) {
			return route.to
		}
	}
	return g.fallback
}

func fits(want, have string) bool { return want == have || want == "*" && have != "" }

// traffic knows whether visitors crowd: what else there is to do gives way to them.
type traffic struct {
	under   atomic.Int64 // posts in a function now
	crowded atomic.Int64 // when there last were many, in nanoseconds of real time
}

const (
	many = 4                     // posts at once; fewer find room beside the letters
	calm = 20 * time.Millisecond // how long there must not have been many: a crowd answered together comes back together
)

// pass notes a request until the function it gives is called.
func (t *traffic) pass(method string) (left func()) {
	if method != http.MethodPost {
		return func() {}
	}
	if t.under.Add(1) >= many {
		t.crowded.Store(time.Now().UnixNano())
	}
	return func() { t.under.Add(-1) }
}

func (t *traffic) clear() bool {
	return t.under.Load() < many && time.Since(time.Unix(0, t.crowded.Load())) > calm
}
