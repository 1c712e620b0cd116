package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var nine = time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC)

// TestClockGoesOn: it begins where it is told, runs, stands still while held, and goes on from there.
func TestClockGoesOn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "klok.json")
	c, err := openClock(file, nine)
	if err != nil {
		t.Fatal(err)
	}
	first := c.Now()
	if first.Before(nine) || c.Now().Before(first) {
		t.Errorf("it began at %v, wanted %v", first, nine)
	}
	held := c.hold()
	time.Sleep(time.Millisecond)
	if !c.Now().Equal(held) || held.Before(first) {
		t.Errorf("held at %v it says %v", held, c.Now())
	}
	c.set(nine.Add(time.Hour))
	c.set(nine) // never back
	if !c.Now().Equal(nine.Add(time.Hour)) {
		t.Errorf("set an hour ahead it says %v", c.Now())
	}
	if err := c.release(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Millisecond)
	if !c.Now().After(nine.Add(time.Hour)) {
		t.Error("released it stands still")
	}
	c.set(nine.Add(24 * time.Hour)) // only a held clock can be set
	if c.Now().After(nine.Add(2 * time.Hour)) {
		t.Error("a running clock was set")
	}
}

// TestClockNeverGoesBack: neither after a crash, at whatever moment, nor after an orderly end.
func TestClockNeverGoesBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "klok.json")
	for range 3 {
		c, err := openClock(file, nine)
		if err != nil {
			t.Fatal(err)
		}
		c.hold()
		c.set(c.Now().Add(time.Hour))
		if err := c.release(); err != nil {
			t.Fatal(err)
		}
		crashed := c.Now()
		next, err := openClock(file, nine)
		if err != nil {
			t.Fatal(err)
		}
		if now := next.Now(); now.Before(crashed) || now.After(crashed.Add(keepAhead+time.Second)) {
			t.Errorf("it crashed at %v and goes on at %v", crashed, now)
		}
		if err := next.close(); err != nil {
			t.Fatal(err)
		}
	}
	later, err := openClock(file, nine.Add(1000*time.Hour))
	if err != nil || later.Now().Before(nine.Add(1000*time.Hour)) {
		t.Errorf("a later -now counts: %v, %v", later.Now(), err)
	}
}

// TestClockDamaged: the fault names the file and what to do.
func TestClockDamaged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "klok.json")
	if err := os.WriteFile(file, []byte("maandag"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openClock(file, nine); err == nil {
		t.Error("a damaged clock was opened")
	}
}

// TestMoves: several moves add up, a huge one is quick and takes what has expired with it, and pacing that
// would take an hour a letter holds nothing up.
func TestMoves(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin, "-rate", "0.001")
	move := func(by string) time.Time {
		t.Helper()
		a := s.post("/lokaal/klok", `{"vooruit":"`+by+`"}`)
		now, err := time.Parse(time.RFC3339, fmt.Sprint(a.json(t)["now"]))
		if a.StatusCode != 200 || err != nil {
			t.Fatalf("%s: %v", a, err)
		}
		return now
	}
	for i := range 5 {
		if a := s.post(beslisdag, fmt.Sprintf(`{"naam":"Noor","email":"noor%d@gast.example"}`, i)); a.StatusCode != 201 {
			t.Fatal(a)
		}
	}
	before := s.status()
	if before.Next == nil || before.Mail["delivered"] > 1 {
		t.Fatalf("paced: %+v", before)
	}
	if now := move("0s"); now.Before(before.Now) {
		t.Errorf("from %v to %v", before.Now, now)
	}
	if got := s.status(); got.Mail["delivered"] != 5 || got.Next.What == before.Next.What || len(s.mailbox("")) != 5 {
		t.Errorf("after the move: %+v", got)
	}
	from := s.status().Now
	move("26h")
	if now := move("90m"); now.Sub(from) < 27*time.Hour+30*time.Minute || now.Sub(from) > 28*time.Hour {
		t.Errorf("two moves: from %v to %v", from, now)
	}
	move("20000h")
	if got := s.status().Mail; got["delivered"] != 0 {
		t.Errorf("letters of two years ago are still stored: %v", got)
	}
	if a := s.get("/v1/bijeenkomsten/beslisdag"); a.StatusCode != 200 || a.json(t)["status"] != "geweest" {
		t.Errorf("%s", a)
	}
}
