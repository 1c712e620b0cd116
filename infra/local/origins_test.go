package main

import (
	"net/http"
	"testing"
)

// TestOrigins: the websites that may call are those of the flag, and without it those on port 8081 of this machine.
func TestOrigins(t *testing.T) {
	t.Parallel()
	const own, port8081 = "https://www.website.example", "http://localhost:8081"
	for _, c := range []struct {
		args    []string
		allowed map[string]bool
	}{
		{nil, map[string]bool{port8081: true, "http://127.0.0.1:8081": true, "http://localhost:8082": false, own: false}},
		{[]string{"-origins", own + ", http://127.0.0.1:9000"}, map[string]bool{own: true, "http://127.0.0.1:9000": true, port8081: false}},
		{[]string{"-origins", ""}, map[string]bool{own: false, port8081: false}},
	} {
		s := serve(t, append([]string{"-data", t.TempDir()}, c.args...)...)
		for origin, want := range c.allowed {
			if got := s.corsOf(origin); got != "" != want || want && got != origin {
				t.Errorf("%q: %s is answered with %q", c.args, origin, got)
			}
		}
	}
}

// corsOf gives whom the API lets read its answer to a website.
func (s *server) corsOf(origin string) string {
	s.t.Helper()
	r, err := http.NewRequest("GET", s.url+"/v1/bijeenkomsten", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Origin", origin)
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	answer.Body.Close()
	return answer.Header.Get("Access-Control-Allow-Origin")
}
