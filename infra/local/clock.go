package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"
)

// clock is the desk's own time: it begins at a chosen moment, runs on from there, and can be moved forward.
// It never goes back, also not over a crash: what it keeps in its file is a moment it has not come to yet.
type clock struct {
	mu   sync.Mutex
	file string
	base time.Time // the desk's time …
	at   time.Time // … at this real moment
	held bool      // it stands still at base
}

const (
	keepEvery = time.Second
	keepAhead = 2 * time.Second // more than keepEvery: the file stays ahead between two writes
)

// openClock begins at want, or at the time kept in the file where that is later.
func openClock(file string, want time.Time) (*clock, error) {
	c := &clock{file: file, base: want.Round(0).UTC(), at: time.Now()}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, c.save(keepAhead)
	}
	if err != nil {
		return nil, fmt.Errorf("the clock's file cannot be read (%w): give this user the right to, or choose another folder with -data", err)
	}
	var kept time.Time
	if err := json.Unmarshal(raw, &kept); err != nil {
		return nil, fmt.Errorf("the clock's file %s is damaged: delete it and give the moment to go on from with -now (entries stay)", file)
	}
	if kept.After(c.base) {
		c.base = kept
	}
	return c, c.save(keepAhead)
}

// Now is the desk's time, in UTC.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *clock) now() time.Time {
	if c.held {
		return c.base
	}
	return c.base.Add(time.Since(c.at))
}

// hold stops the clock, for everybody, and says where it stands.
func (c *clock) hold() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base, c.held = c.now(), true
	return c.base
}

// set puts a held clock at a moment, unless it is past that already.
func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held && t.After(c.base) {
		c.base = t
	}
}

// release lets a held clock run on, and remembers where.
func (c *clock) release() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held, c.at = false, time.Now()
	return c.save(keepAhead)
}

// keep remembers the time every second until ctx ends.
func (c *clock) keep(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		c.mu.Lock()
		err := c.save(keepAhead)
		c.mu.Unlock()
		if err != nil {
			log.Warn("the clock's time is not kept", "error", err)
		}
	}
}

// close remembers the time as it is: nobody looks at the clock any more.
func (c *clock) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.save(0)
}

func (c *clock) save(ahead time.Duration) error {
	raw, err := json.Marshal(c.now().Add(ahead))
	if err != nil {
		return err
	}
	return replaceFile(c.file, raw)
}
