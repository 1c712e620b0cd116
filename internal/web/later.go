package web

import (
	"net/http"
	"strconv"
	"time"
)

// Soon is what one is asked to wait where the store does not answer.
const Soon = 10 * time.Second

// Later says in an answer after how long it may be asked again, in whole seconds; 0 says nothing.
func Later(h http.Header, after time.Duration) {
	if after > 0 {
		h.Set("Retry-After", strconv.Itoa(int((after+time.Second-1)/time.Second)))
	}
}
