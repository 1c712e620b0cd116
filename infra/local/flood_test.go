package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// raw sends bytes as they are and gives the connection.
func (s *server) raw(text string) net.Conn {
	s.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, text); err != nil {
		s.t.Fatal(err)
	}
	return conn
}

// status reads the status of one answer off a connection.
func statusOf(t testing.TB, reader *bufio.Reader) int {
	t.Helper()
	answer, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// TestOddPaths: whatever the path, the answer is that there is nothing, or that it cannot be read.
func TestOddPaths(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	cases := []struct {
		target string
		status int
	}{
		{"/", 200}, {"//", 404}, {"/..", 404}, {"/../..", 404}, {"/.", 404}, {"//v1/bijeenkomsten", 404}, {"/v1//bijeenkomsten", 404},
		{"/v1/bijeenkomsten/", 404}, {"/v1/bijeenkomsten/beslisdag%2Faanmeldingen", 404}, {"/v1/bijeenkomsten/%00", 404},
		{"/v1/bijeenkomsten/%FF%FE", 404}, {"/v1/bijeenkomsten/" + strings.Repeat("a", 20_000), 404}, {"/v1/bijeenkomsten/..%2f..%2fetc", 404},
		{"/%zz", 400}, {"/v1/%", 400}, {"niets", 400}, {"/v1/bijeenkomsten\x01", 400}, {"/mijn/", 404}, {"/mijn/a/b", 404}, {"/afmelden/%2F", 404},
		{"/lokaal/%2e%2e/v1", 404}, {"http://elders.example/v1/bijeenkomsten", 200}, {"/v1/regios?gemeente=%zz", 200}, {"/v1/regios?;;&&==", 200},
	}
	for _, c := range cases {
		conn := s.raw("GET " + c.target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		if got := statusOf(t, bufio.NewReader(conn)); got != c.status {
			t.Errorf("%.60q: %d, want %d", c.target, got, c.status)
		}
	}
	for _, request := range []string{"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "CONNECT elders.example:80 HTTP/1.1\r\nHost: x\r\n\r\n",
		"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "\r\n\r\n\x16\x03\x01"} {
		conn := s.raw(request)
		_ = conn.(*net.TCPConn).CloseWrite()
		if got := statusOf(t, bufio.NewReader(conn)); got >= 500 && got != 505 {
			t.Errorf("%q: %d", request, got)
		}
	}
}

// TestKeepAlive: several requests sent in one go on one connection are answered in their order.
func TestKeepAlive(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	reader := bufio.NewReader(s.raw("GET /v1/bijeenkomsten HTTP/1.1\r\nHost: x\r\n\r\n" +
		"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" +
		"GET /onbekend HTTP/1.1\r\nHost: x\r\n\r\n"))
	for _, want := range []int{200, 400, 404} {
		if got := statusOf(t, reader); got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
}

// TestHeaderFlood: more header than anyone needs is refused.
func TestHeaderFlood(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	conn := s.raw("GET /v1/bijeenkomsten HTTP/1.1\r\nHost: x\r\n")
	go func() {
		for range 3000 {
			if _, err := fmt.Fprintf(conn, "X-Veel: %s\r\n", strings.Repeat("a", 100)); err != nil {
				return // it was cut off
			}
		}
	}()
	if got := statusOf(t, bufio.NewReader(conn)); got != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%d", got)
	}
}

// TestLargeBodies: 413, whoever sends how much of what, in memory that does not grow with it; and a client
// that listens only after it has sent all hears it too.
func TestLargeBodies(t *testing.T) {
	s := serve(t, "-data", t.TempDir())
	chunk := bytes.Repeat([]byte("a"), 1<<20)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var wg sync.WaitGroup
	for _, megabytes := range []int{1, 10, 11, 20} {
		for _, length := range []string{fmt.Sprintf("Content-Length: %d", megabytes<<20), "Transfer-Encoding: chunked"} {
			conn := s.raw("POST " + beslisdag + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n")
			wg.Go(func() {
				chunked := strings.HasPrefix(length, "Transfer")
				for range megabytes {
					if chunked {
						fmt.Fprintf(conn, "%x\r\n", len(chunk))
					}
					if _, err := conn.Write(chunk); err != nil {
						t.Errorf("%d MB, %s: not heard to the end: %v", megabytes, length, err)
						return
					}
					if chunked {
						fmt.Fprint(conn, "\r\n")
					}
				}
				if chunked {
					fmt.Fprint(conn, "0\r\n\r\n")
				}
				if got := statusOf(t, bufio.NewReader(conn)); got != http.StatusRequestEntityTooLarge {
					t.Errorf("%d MB, %s: %d", megabytes, length, got)
				}
			})
		}
	}
	wg.Wait()
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("84 MB of bodies allocated %d bytes", grown)
	}
}

// TestEndlessBody: one that never ends is answered and cut off all the same.
func TestEndlessBody(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	conn := s.raw("POST " + berichten + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
	sent := make(chan int, 1)
	go func() {
		chunk := append([]byte("100000\r\n"), append(bytes.Repeat([]byte("a"), 1<<20), "\r\n"...)...)
		n := 0
		for ; n < 1000; n++ {
			if _, err := conn.Write(chunk); err != nil {
				break
			}
		}
		sent <- n
	}()
	if got := statusOf(t, bufio.NewReader(conn)); got != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", got)
	}
	if n := <-sent; n >= 1000 {
		t.Errorf("%d MB were taken", n)
	}
}

// TestManyParts: a multipart body is no form of ours, however many parts it has.
func TestManyParts(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	for parts, want := range map[int]int{1: 415, 10_000: 413} {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for i := range parts {
			_ = w.WriteField(fmt.Sprintf("veld%d", i), "x") // into memory
		}
		_ = w.Close()
		if a := s.do("POST", berichten, w.FormDataContentType(), body.String()); a.StatusCode != want {
			t.Errorf("%d parts: %s", parts, a)
		}
	}
}

// TestSlowBody: who takes more than ten seconds is told so and cut off. It is the one test that has to wait.
func TestSlowBody(t *testing.T) {
	if testing.Short() {
		t.Skip("takes the ten seconds that a visitor gets")
	}
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	conn := s.raw("POST " + berichten + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
	go func() {
		for {
			if _, err := io.WriteString(conn, "1\r\n \r\n"); err != nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	reader := bufio.NewReader(conn)
	if got := statusOf(t, reader); got != http.StatusRequestTimeout {
		t.Errorf("%d", got)
	}
	if _, err := reader.ReadByte(); err == nil {
		t.Error("the connection goes on")
	}
}

// TestSlowConnections: hundreds that say nothing, or begin and do not go on, keep nobody else waiting.
func TestSlowConnections(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	for i := range 300 {
		s.raw([]string{"", "GET /v1/bijeen", "POST " + beslisdag + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"}[i%3])
	}
	for i := range 20 {
		if a := s.post(beslisdag, fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)); a.StatusCode != 201 {
			t.Fatal(a)
		}
	}
	s.letters("noor19@gast.example", 1)
}

// TestCrowd: five hundred at once are all answered, each gets one letter, and a GET shows what was answered.
func TestCrowd(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin, "-limits", "off")
	const n = 500
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			body := fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)
			answer, err := http.Post(s.url+beslisdag, "application/json", strings.NewReader(body))
			if err != nil || answer.StatusCode != 201 {
				t.Errorf("%v %v", answer, err)
				return
			}
			answer.Body.Close()
		})
	}
	wg.Wait()
	s.waitFor("all letters", func() bool { return s.status().Mail["delivered"] == n })
	got := map[string]int{}
	for _, l := range s.mailbox("") {
		got[l.To[0]]++
	}
	for to, letters := range got {
		if letters != 1 {
			t.Errorf("%s got %d letters", to, letters)
		}
	}
	if len(got) != n {
		t.Errorf("%d people got letters", len(got))
	}
}

// TestShownAtOnce: a GET after an answered POST shows its effect.
func TestShownAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	free := func() float64 {
		t.Helper()
		places, ok := s.get("/v1/bijeenkomsten/netwerkbijeenkomst").json(t)["aanmelden"].(map[string]any)["vrijePlekken"].(float64)
		if !ok {
			t.Fatal("no free places are told")
		}
		return places
	}
	for i := range 3 {
		before := free()
		body := fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)
		if a := s.post("/v1/bijeenkomsten/netwerkbijeenkomst/aanmeldingen", body); a.StatusCode != 201 {
			t.Fatal(a)
		}
		if after := free(); after != before-1 {
			t.Errorf("%v places before, %v after", before, after)
		}
	}
	for i := range 50 {
		who := fmt.Sprintf("bo%d@gast.example", i)
		s.post("/v1/bijeenkomsten/netwerkbijeenkomst/aanmeldingen", fmt.Sprintf(`{"naam":"Bo","email":%q}`, who))
		if got := s.mailbox("?aan=" + who); len(got) != 1 {
			t.Fatalf("%s has %d letters right after the answer", who, len(got))
		}
	}
}
