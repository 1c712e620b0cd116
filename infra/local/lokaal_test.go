package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMailbox: newest first, by address however it is written, and what is newer than a letter.
func TestMailbox(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	if got := s.get("/lokaal/postvak").body; strings.TrimSpace(string(got)) != "[]" {
		t.Errorf("an empty mailbox: %s", got)
	}
	for i := range 3 {
		if a := s.post(beslisdag, fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)); a.StatusCode != 201 {
			t.Fatal(a)
		}
		s.letters(fmt.Sprintf("noor%d@gast.example", i), 1)
	}
	all := s.mailbox("")
	var order []string
	for _, l := range all {
		order = append(order, l.To...)
	}
	if want := []string{"noor2@gast.example", "noor1@gast.example", "noor0@gast.example"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if got := s.mailbox("?aan=" + url.QueryEscape("Noor1@GAST.example")); len(got) != 1 || got[0].ID != all[1].ID {
		t.Errorf("by address: %+v", got)
	}
	if got := s.mailbox("?na=" + all[1].ID); len(got) != 1 || got[0].ID != all[0].ID {
		t.Errorf("newer than the second: %+v", got)
	}
	if got := s.mailbox("?na=" + all[0].ID); len(got) != 0 {
		t.Errorf("newer than the newest: %+v", got)
	}
	if got := s.mailbox("?aan=noor0@gast.example&na=" + all[2].ID); len(got) != 0 {
		t.Errorf("both filters: %+v", got)
	}
	if all[0].SentAt.Sub(s.status().Now).Abs() > time.Minute || all[0].From == "" || len(all[0].Attachments) == 0 {
		t.Errorf("letter: %+v", all[0])
	}
}

// TestLocalPaths: what is there answers, what is not says so, and no other method does anything.
func TestLocalPaths(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	cases := []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/lokaal", "", 200}, {"GET", "/lokaal/", "", 200}, {"HEAD", "/lokaal/status.json", "", 200},
		{"GET", "/lokaal/onbekend", "", 404}, {"GET", "/lokaal//status.json", "", 404}, {"GET", "/lokaal/../lokaal/status.json", "", 404},
		{"GET", "/lokaal/status.json/", "", 404}, {"GET", "/lokaal%2Fstatus.json", "", 404}, {"GET", "/lokaalweg", "", 404},
		{"POST", "/lokaal/status.json", "{}", 405}, {"DELETE", "/lokaal/postvak", "", 405}, {"GET", "/lokaal/klok", "", 405},
		{"GET", "/lokaal/postvak/bounce", "", 405}, {"POST", "/lokaal/postvak/000000000001.eml", "", 405},
		{"GET", "/lokaal/postvak/000000000001.eml", "", 404}, {"GET", "/lokaal/postvak/x.eml", "", 404}, {"GET", "/lokaal/postvak/.eml", "", 404},
		{"GET", "/lokaal/postvak/000000000001", "", 404}, {"GET", "/lokaal/postvak.json?na=x", "", 400},
		{"POST", "/lokaal/postvak/bounce", `{"email":"a@gast.example","soort":"weg"}`, 400}, {"POST", "/lokaal/postvak/bounce", `{"soort":"bounce"}`, 400},
		{"POST", "/lokaal/postvak/bounce", "", 400}, {"POST", "/lokaal/postvak/bounce", `{"email":"a@gast.example","soort":"complaint"}`, 200},
		{"POST", "/lokaal/klok", `{"vooruit":"-1h"}`, 400}, {"POST", "/lokaal/klok", `{"vooruit":"morgen"}`, 400}, {"POST", "/lokaal/klok", `{}`, 400},
		{"POST", "/lokaal/klok", `{"vooruit":"1h"} {"vooruit":"1h"}`, 400}, {"POST", "/lokaal/klok", `{"vooruit":"9999999999h"}`, 400},
		{"POST", "/lokaal/klok", strings.Repeat(" ", 1<<17), 400}, {"POST", "/lokaal/klok", `{"vooruit":"0s"}`, 200},
	}
	for _, c := range cases {
		a := s.do(c.method, c.path, "application/json", c.body)
		if a.StatusCode != c.status {
			t.Errorf("%s %s %.40q: %s, want %d", c.method, c.path, c.body, a, c.status)
		}
		if (a.Header.Get("Allow") != "") != (c.status == 405) {
			t.Errorf("%s %s: Allow %q", c.method, c.path, a.Header.Get("Allow"))
		}
	}
}

// TestPeople: one of each role, with a region where there is one.
func TestPeople(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir())
	var people []map[string]string
	if err := json.Unmarshal(s.get("/lokaal/mensen.json").body, &people); err != nil {
		t.Fatal(err)
	}
	roles := map[string]int{}
	for _, p := range people {
		roles[p["rol"]]++
		if !strings.HasSuffix(p["email"], ".example") || p["naam"] == "" || (p["rol"] == "facilitator") != (p["regio"] != "") {
			t.Errorf("%v", p)
		}
	}
	if roles["team"] == 0 || roles["facilitator"] == 0 || roles["lezer"] == 0 || len(roles) != 3 {
		t.Errorf("roles %v", roles)
	}
}

// TestBounce: what SES reports of an address is brought to the letters of before and to those that follow.
func TestBounce(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	register := func(name string) {
		t.Helper()
		if a := s.post(beslisdag, `{"naam":"Noor","email":"`+name+`@gast.example"}`); a.StatusCode != 201 {
			t.Fatal(a)
		}
	}
	counts := func(want map[string]int) {
		t.Helper()
		s.waitFor(fmt.Sprintf("letters %v", want), func() bool {
			got := s.status().Mail
			return got["delivered"] == want["delivered"] && got["bounced"] == want["bounced"] && got["complained"] == want["complained"]
		})
	}
	report := func(name, kind string) {
		t.Helper()
		if a := s.post("/lokaal/postvak/bounce", `{"email":"`+name+`@GAST.example","soort":"`+kind+`"}`); a.StatusCode != 200 {
			t.Fatal(a)
		}
	}
	register("noor")
	register("sam")
	counts(map[string]int{"delivered": 2})
	report("noor", "bounce")
	if got := s.status().Mail; got["bounced"] != 1 || got["delivered"] != 1 {
		t.Errorf("right after the bounce: %v", got)
	}
	register("noor") // the letter that says so bounces too
	counts(map[string]int{"delivered": 1, "bounced": 2})
	report("sam", "complaint")
	counts(map[string]int{"bounced": 2, "complained": 1})
	report("later", "complaint")
	register("later")
	counts(map[string]int{"bounced": 2, "complained": 2})
}

// TestNetworkOfOnesOwn: the file fills an empty folder once; afterwards the folder knows by itself.
func TestNetworkOfOnesOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := networkFile(t, func(n map[string]any) {
		n["mensen"] = []any{map[string]any{"email": "enige@mdt.example", "naam": "Enige", "rol": "team"}}
	})
	for range 2 {
		s := serve(t, "-data", dir, "-network", file)
		if got := string(s.get("/lokaal/mensen.json").body); !strings.Contains(got, "enige@mdt.example") || strings.Contains(got, "facilitator") {
			t.Errorf("people: %s", got)
		}
		if err := s.end(); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, "-data", dir)
	if got := string(s.get("/lokaal/mensen.json").body); !strings.Contains(got, "enige@mdt.example") {
		t.Errorf("without the flag the folder forgot its own network: %s", got)
	}
	if err := s.end(); err != nil {
		t.Fatal(err)
	}
	again := serve(t, "-data", dir, "-network", file)
	if !strings.Contains(again.said, "-network was not read") {
		t.Errorf("a filled folder and -network: %s", again.said)
	}
}
