package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// from gives a client that comes from another address of this machine, if it has one.
func from(t testing.TB, address string) *http.Client {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	probe, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.ParseIP(address)})
	if err != nil {
		t.Skipf("this machine is not %s too: %v", address, err)
	}
	_ = probe.Close()
	transport := &http.Transport{DialContext: dialer.DialContext}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// postsAs posts n registrations, each with another claim of where it came from, and counts the answers.
func postsAs(t testing.TB, client *http.Client, s *server, n int) map[int]int {
	t.Helper()
	codes := map[int]int{}
	for i := range n {
		body := fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)
		r, err := http.NewRequest("POST", s.url+"/v1/bijeenkomsten/informatiesessie-beslissen/aanmeldingen", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i%250))
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		codes[answer.StatusCode]++
	}
	return codes
}

// TestOneNetworkIsLimitedAndOthersAreNot, whatever a header says; and -limits off takes everything. The desk's
// own clock runs meanwhile, so a few more than sixty may come through.
func TestOneNetworkIsLimitedAndOthersAreNot(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	here, there := from(t, "127.0.0.1"), from(t, "127.0.0.2")
	if codes := postsAs(t, here, s, 200); codes[201] < 60 || codes[201] > 70 || codes[201]+codes[429] != 200 {
		t.Errorf("answers %v", codes)
	}
	if codes := postsAs(t, there, s, 20); codes[201] != 20 {
		t.Errorf("another network: %v", codes)
	}
	if codes := postsAs(t, here, s, 5); codes[429] < 4 {
		t.Errorf("the first again: %v", codes)
	}
	if got := s.get("/v1/bijeenkomsten"); got.StatusCode != 200 {
		t.Errorf("reading is limited: %s", got)
	}
	if codes := postsAs(t, here, serve(t, "-data", t.TempDir(), "-now", begin, "-limits", "off"), 200); codes[201] != 200 {
		t.Errorf("without limits: %v", codes)
	}
}
