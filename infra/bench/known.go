package main

import (
	"strings"
	"time"
)

// known tells whether one could hear by the clock that an address is known: how long the local mode takes to answer
// one that is, and a form that looks like a machine's, against one that is fresh. One visitor posts after another.
func (b *bench) known() error {
	addr, stop, err := b.startLocal()
	if err != nil {
		return err
	}
	defer stop()
	person, err := newPoster(addr, body)
	if err != nil {
		return err
	}
	defer person.conn.Close()
	runs, fresh := b.number(2000, 50), counted(0)
	for range runs { // who is known from here on
		if err := person.post(fresh()); err != nil {
			return err
		}
	}
	first, again := counted(0), counted(0)
	for _, c := range []struct {
		what, body string
		who        func() int64
	}{
		{"a known address", body, first},
		{"known, again within a day", body, again},
		{"looks like spam", strings.Replace(body, "{", `{"valstrik": "x", `, 1), fresh},
	} {
		by, err := newPoster(addr, c.body) // only now: a connection that waits is closed
		if err != nil {
			return err
		}
		defer by.conn.Close()
		p, err := rounds(runs, 5*time.Minute, timed(by, c.who), timed(person, fresh))
		if err != nil {
			return err
		}
		b.table.apart("known: "+c.what+" / a fresh one", p, 2)
	}
	return nil
}

// counted gives the numbers after n, one after another.
func counted(n int64) func() int64 {
	return func() int64 { n++; return n }
}

// timed has a visitor post, and tells how many milliseconds the answer took.
func timed(by *poster, who func() int64) func() (float64, error) {
	return func() (float64, error) {
		number := who()
		begun := time.Now()
		err := by.post(number)
		return float64(time.Since(begun).Nanoseconds()) / 1e6, err
	}
}
