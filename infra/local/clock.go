package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// clock is the desk's own time: it begins at a chosen moment, runs on from there, and can be moved forward.
type clock struct {
	mu     sync.Mutex
	file   string
	start  time.Time // the desk's time …
	at     time.Time // … at this real moment
	frozen *time.Time
}

// openClock begins at want, or at the time the store has already come to where that is later.
func openClock(dir string, want time.Time) (*clock, error) {
	c := &clock{file: filepath.Join(dir, "klok.json"), start: want, at: time.Now()}
	raw, err := os.ReadFile(c.file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, c.save()
	}
	if err != nil {
		return nil, err
	}
	var stored time.Time
	if err := json.Unmarshal(raw, &stored); err != nil {
		return nil, errors.New(c.file + " is damaged: delete it to start the clock anew (entries stay)")
	}
	if stored.After(c.start) {
		c.start = stored
	}
	return c, nil
}

// Now is the desk's time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *clock) now() time.Time {
	if c.frozen != nil {
		return *c.frozen
	}
	return c.start.Add(time.Since(c.at))
}

// stop holds the clock at t while what falls due at that moment is done; nobody else's time runs on either.
func (c *clock) stop(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = &t
}

// run lets the clock go on from where it was stopped, and remembers it.
func (c *clock) run() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start, c.at, c.frozen = c.now(), time.Now(), nil
	return c.save()
}

// keep remembers the time every second, so that a restart never goes back.
func (c *clock) keep(done <-chan struct{}) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			c.mu.Lock()
			_ = c.save() // tried again in a second
			c.mu.Unlock()
		}
	}
}

func (c *clock) save() error {
	raw, err := json.Marshal(c.now().UTC())
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.file+".nieuw", raw, 0o600); err != nil {
		return err
	}
	return os.Rename(c.file+".nieuw", c.file)
}
