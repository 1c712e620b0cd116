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

// TestLettersToOneAddressAreFew until its owner shows that it is theirs: three, and then one a day; a button behind
// a link in one of them lets go what waits.
func TestLettersToOneAddressAreFew(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	propose := func(email string) {
		t.Helper()
		if a := s.form(voorstellen, "naam=Noor", "email="+email, "thema=Samen", "doel=inspireren", "soort=idee"); a.StatusCode != 201 {
			t.Fatal(a)
		}
	}
	if a := s.form(attenderen, "email=noor@gast.example", "toestemming=on"); a.StatusCode != 201 {
		t.Fatal(a)
	}
	for range 5 {
		propose("noor@gast.example")
		propose("sam@gast.example")
	}
	first := s.letters("noor@gast.example", 3)
	s.letters("sam@gast.example", 3)
	s.waitFor("the rest is held", func() bool { return s.status().Mail["held"] == 5 })
	if next := s.status().Next; next == nil {
		t.Error("nothing is to come")
	}
	if a := s.post("/lokaal/klok", `{"vooruit":"24h"}`); a.StatusCode != 200 {
		t.Fatal(a)
	}
	s.letters("noor@gast.example", 4)
	s.letters("sam@gast.example", 4)
	unsubscribe := ""
	for _, l := range first {
		if header := l.Headers["List-Unsubscribe"]; header != "" {
			unsubscribe = link.FindStringSubmatch(header)[1]
		}
	}
	if unsubscribe == "" {
		t.Fatal("no letter tells how to end the interest")
	}
	if a := s.form(unsubscribe, "List-Unsubscribe=One-Click"); a.StatusCode != 200 {
		t.Fatal(a)
	}
	if a := s.post("/lokaal/klok", `{"vooruit":"1m"}`); a.StatusCode != 200 {
		t.Fatal(a)
	}
	s.letters("noor@gast.example", 6)
	for range 4 {
		propose("noor@gast.example")
	}
	s.letters("noor@gast.example", 10)
	if held := s.status().Mail["held"]; held != 1 {
		t.Errorf("%d letters are held, want the one of somebody else", held)
	}
}
