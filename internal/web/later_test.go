package web

import (
	"net/http"
	"testing"
	"time"
)

func TestLater(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]string{0: "", -time.Second: "", time.Millisecond: "1", time.Second: "1", 1500 * time.Millisecond: "2", Soon: "10", time.Hour: "3600"} {
		h := http.Header{}
		Later(h, after)
		if got := h.Get("Retry-After"); got != want {
			t.Errorf("%s: %q, not %q", after, got, want)
		}
	}
}
