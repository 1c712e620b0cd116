package ses

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/post"
)

var env = map[string]string{"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}

func office(t testing.TB, url string) *Office {
	t.Helper()
	o, err := FromEnvironment(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	o.Endpoint, o.From, o.ConfigurationSet, o.Trial = url, "noreply@mdt.example", "aanmeldpunt", true
	return New(o)
}

var letter = post.Outgoing{LetterID: "b7k2m9", To: "sanne@voorbeeld.example", Raw: []byte("To: <sanne@voorbeeld.example>\r\n\r\nHallo\r\n")}

// endpointThat answers every request with one function and counts them.
func endpointThat(t testing.TB, answer http.HandlerFunc) (url string, requests *atomic.Int32) {
	t.Helper()
	requests = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, requests
}

func TestALetterGoesRawToOneReceiverWithItsTag(t *testing.T) {
	var body map[string]any
	url, _ := endpointThat(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "POST" || r.URL.Path != "/v2/email/outbound-emails" || !strings.Contains(r.Header.Get("Authorization"), "/ses/aws4_request") {
			t.Errorf("%s %s, %q", r.Method, r.URL, r.Header.Get("Authorization"))
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		io.WriteString(w, `{"MessageId":"0102-abc"}`)
	})
	id, err := office(t, url).Send(t.Context(), letter)
	if err != nil || id != "0102-abc" {
		t.Fatalf("Send = %q, %v", id, err)
	}
	want := map[string]any{
		"FromEmailAddress":     "noreply@mdt.example",
		"Destination":          map[string]any{"ToAddresses": []any{"sanne@voorbeeld.example"}},
		"Content":              map[string]any{"Raw": map[string]any{"Data": "VG86IDxzYW5uZUB2b29yYmVlbGQuZXhhbXBsZT4NCg0KSGFsbG8NCg=="}},
		"ConfigurationSetName": "aanmeldpunt",
		"EmailTags":            []any{map[string]any{"Name": "brief", "Value": "b7k2m9"}},
	}
	if diff := cmp.Diff(want, body); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
}

func TestEachErrorOfSESHasOneMeaning(t *testing.T) {
	cases := []struct {
		name    string
		status  int
		code    string
		message string
		want    error
	}{
		{"rejected", 400, "MessageRejected", "Email address is not verified: sanne@voorbeeld.example", post.ErrRefused},
		{"our own domain is not verified", 400, "MessageRejected", "Email address is not verified: noreply@mdt.example", post.ErrPaused},
		{"our own identity is not verified", 400, "MessageRejected", "Email address is not verified. Identity: MDT.example", post.ErrPaused},
		{"bad request", 400, "BadRequestException", "sanne@voorbeeld.example", post.ErrRefused},
		{"too fast", 429, "TooManyRequestsException", "Maximum sending rate exceeded.", post.ErrSlowDown},
		{"throttled", 400, "Throttling", "Rate exceeded", post.ErrSlowDown},
		{"429 of nobody knows whom", 429, "Whatever", "", post.ErrSlowDown},
		{"daily quota", 429, "TooManyRequestsException", "Daily message quota exceeded.", post.ErrPaused},
		{"limit", 400, "LimitExceededException", "", post.ErrPaused},
		{"paused", 400, "SendingPausedException", "", post.ErrPaused},
		{"suspended", 400, "AccountSuspendedException", "", post.ErrPaused},
		{"domain", 400, "MailFromDomainNotVerifiedException", "", post.ErrPaused},
		{"configuration set", 404, "NotFoundException", "", post.ErrPaused},
		{"no rights", 403, "AccessDeniedException", "", post.ErrPaused},
		{"old keys", 403, "ExpiredTokenException", "", post.ErrPaused},
		{"too large", 413, "RequestEntityTooLarge", "", post.ErrRefused},
		{"broken", 500, "InternalServiceErrorException", "", post.ErrUnknown},
		{"broken, with a code of another", 500, "MessageRejected", "", post.ErrUnknown},
		{"away", 503, "ServiceUnavailable", "", post.ErrUnknown},
		{"gateway", 502, "", "", post.ErrUnknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			url, requests := endpointThat(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amzn-ErrorType", c.code)
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(c.status)
				json.NewEncoder(w).Encode(map[string]string{"message": c.message})
			})
			_, err := office(t, url).Send(t.Context(), letter)
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if strings.Contains(err.Error(), "@") {
				t.Errorf("the reason holds an address: %v", err)
			}
			if n := requests.Load(); n != 1 {
				t.Errorf("%d attempts, want 1", n)
			}
		})
	}
}

func TestALostAnswerIsInDoubtAndNotRepeated(t *testing.T) {
	drop := func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		connection.Close()
	}
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, `{"MessageId":`)
	}
	for name, answer := range map[string]http.HandlerFunc{"reset": drop, "half an answer": half} {
		url, requests := endpointThat(t, answer)
		_, err := office(t, url).Send(t.Context(), letter)
		if !errors.Is(err, post.ErrUnknown) || requests.Load() != 1 {
			t.Errorf("%s: %v after %d attempts; want ErrUnknown after 1", name, err, requests.Load())
		}
	}
}

func TestAnAnswerThatDoesNotComeIsInDoubt(t *testing.T) {
	url, requests := endpointThat(t, func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := office(t, url).Send(ctx, letter); !errors.Is(err, post.ErrUnknown) || requests.Load() != 1 {
		t.Errorf("%v after %d attempts; want ErrUnknown after 1", err, requests.Load())
	}
}

func TestWhatNeverLeftIsNotInDoubt(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	url := server.URL
	server.Close()
	if _, err := office(t, url).Send(t.Context(), letter); !errors.Is(err, post.ErrSlowDown) {
		t.Errorf("nobody listens: %v, want ErrSlowDown", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := office(t, url).Send(ctx, letter); !errors.Is(err, post.ErrSlowDown) {
		t.Errorf("no time left: %v, want ErrSlowDown", err)
	}
}

func TestExampleAddressesGetNoMailOutsideATrial(t *testing.T) {
	url, requests := endpointThat(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"MessageId":"x"}`) })
	o := office(t, url)
	o.options.Trial = false
	for to, refused := range map[string]bool{"a@b.example": true, "a@EXAMPLE": true, "a@b.test": true, "a@c.b.Invalid": true,
		"a@b.example.": true, "a@example.nl": false, "a@mijntest.nl": false} {
		before := requests.Load()
		_, err := o.Send(t.Context(), post.Outgoing{LetterID: "x", To: to, Raw: letter.Raw})
		if sent := requests.Load() > before; errors.Is(err, post.ErrRefused) != refused || sent == refused {
			t.Errorf("%s: %v, sent %v; want refused %v", to, err, sent, refused)
		}
	}
}

func TestTheEnvironmentSaysWhereSESIs(t *testing.T) {
	with := func(name, value string) func(string) string {
		return func(asked string) string {
			if asked == name {
				return value
			}
			if name == "AWS_ENDPOINT_URL_SESV2" && asked == "AWS_ENDPOINT_URL" {
				return "http://all.example"
			}
			return env[asked]
		}
	}
	for name, want := range map[string]string{"AWS_ENDPOINT_URL": "http://x.example", "AWS_ENDPOINT_URL_SESV2": "http://x.example", "": ""} {
		if o, err := FromEnvironment(with(name, "http://x.example")); err != nil || o.Endpoint != want {
			t.Errorf("%s: %q, %v; want %q", name, o.Endpoint, err, want)
		}
	}
	for name := range env {
		if _, err := FromEnvironment(with(name, "")); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v, want an error that names it", name, err)
		}
	}
}

// The control: the SDK left to itself does repeat, so the counts above say something.
func TestTheSDKLeftToItselfRepeats(t *testing.T) {
	url, requests := endpointThat(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
	o := office(t, url)
	left := o.client.Options()
	left.RetryMaxAttempts = 0
	left.Retryer = retry.NewStandard(func(so *retry.StandardOptions) {
		so.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	})
	o.client = sesv2.New(left)
	if _, err := o.Send(t.Context(), letter); err == nil || requests.Load() != 3 {
		t.Errorf("%v after %d attempts; want an error after 3", err, requests.Load())
	}
}
