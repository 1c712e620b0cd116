package main

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"aanmeldpunt/internal/sheets"
)

// TestExportsAtTheDesk: what a visitor posted comes out as both kinds of file, to who is in and to nobody else; through
// the events that API Gateway would send, compressed as a browser asks for it.
func TestExportsAtTheDesk(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	if got := s.post("/v1/bijeenkomsten/netwerkbijeenkomst/aanmeldingen", `{"naam": "=Noor", "email": "noor@gast.example", "regios": ["wad-en-wierden"]}`); got.StatusCode != 201 {
		t.Fatal(got)
	}
	const path = "/console/bijeenkomsten/netwerkbijeenkomst/aanmeldingen"
	for email, want := range map[string][]string{"sam@mdt-team.example": {"=Noor"}, "femke@wad-en-wierden.example": {"=Noor"}, "jelle@meren-en-eilanden.example": nil} {
		get := s.signedIn(email)
		answer := get(path + ".csv")
		var rows [][]string
		for row, err := range sheets.ReadCSV(answer.Body) {
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, row)
		}
		at := slices.Index(rows[0], "Naam")
		var names []string
		for _, row := range rows[1:] {
			names = append(names, row[at])
		}
		if !answer.Uncompressed || !slices.Equal(names, want) || !strings.Contains(answer.Header.Get("Content-Disposition"), "aanmeldingen-netwerkbijeenkomst-2027-03-01.csv") {
			t.Errorf("%s: compressed %v, %v, %v", email, answer.Uncompressed, names, answer.Header)
		}
		raw, err := io.ReadAll(get(path + ".xlsx").Body)
		if err != nil {
			t.Fatal(err)
		}
		if book, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err != nil || len(book.File) != 6 {
			t.Errorf("%s: %v", email, err)
		}
	}
	answer, err := http.DefaultTransport.RoundTrip(mustRequest(t, s.url+path+".csv"))
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		t.Errorf("nobody: %v %v", answer, err)
	}
}

// signedIn lets somebody in, and gives what fetches a page for them.
func (s *server) signedIn(email string) func(path string) *http.Response {
	s.t.Helper()
	in := s.post("/lokaal/login", `{"email": "`+email+`"}`)
	return func(path string) *http.Response {
		s.t.Helper()
		r := mustRequest(s.t, s.url+path)
		r.AddCookie(in.Cookies()[0])
		answer, err := http.DefaultClient.Do(r)
		if err != nil || answer.StatusCode != 200 {
			s.t.Fatalf("%s: %v, %v", path, answer, err)
		}
		s.t.Cleanup(func() { _ = answer.Body.Close() })
		return answer
	}
}

func mustRequest(t testing.TB, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
