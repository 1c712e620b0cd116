package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// together is how many items the bare loop stores in one Update.
const together = 64

// local holds the local mode, a process of its own as anyone starts it, taking posts over connections that
// stay open, against a loop that stores the same records in a bbolt file. What the posting costs on the same
// cores, and the letters that go out meanwhile, count against the local mode; before it is the loop's turn
// all letters have gone.
func (b *bench) local() error {
	addr, stop, err := b.startLocal()
	if err != nil {
		return err
	}
	defer stop()
	registration, err := seeRegistration(b.ctx, b.dir)
	if err != nil {
		return err
	}
	bare, err := openBare(filepath.Join(b.dir, loopFile), registration)
	if err != nil {
		return err
	}
	defer bare.file.Close()
	var visitors atomic.Int64
	for _, connections := range []int{64, 256} { // with few, the cores wait while all wait for the same flush
		if err := b.posted(addr, connections, bare, &visitors); err != nil {
			return err
		}
	}
	return nil
}

// posted measures over so many connections.
func (b *bench) posted(addr string, connections int, bare *bareFile, visitors *atomic.Int64) error {
	posters := make([]*poster, connections)
	for i := range posters {
		var err error
		if posters[i], err = newPoster(addr, body); err != nil {
			return err
		}
		defer posters[i].conn.Close()
	}
	n := b.number(3000, 2000)
	p, err := rounds(b.number(11, 3), b.within(40), func() (float64, error) {
		rate, err := crowd(len(posters), n, func(client int) error { return posters[client].post(visitors.Add(1)) })
		return rate, errors.Join(err, settled(addr))
	}, func() (float64, error) {
		begun := time.Now()
		err := bare.store(n, together/len(bare.registration.items()))
		return float64(n) / time.Since(begun).Seconds(), err
	})
	if err == nil {
		b.table.row(fmt.Sprintf("local: posts over %d connections / bare loop", connections), "%.0f/s", p, atLeast(0.5))
	}
	return err
}

// startLocal builds the local mode and starts it in a folder of its own, until it is stopped.
func (b *bench) startLocal() (addr string, stop func(), err error) {
	folder, err := os.MkdirTemp(b.dir, "local")
	if err != nil {
		return "", nil, err
	}
	if err := b.goBuild(folder, nil, "./infra/local"); err != nil {
		return "", nil, err
	}
	cmd := exec.Command(filepath.Join(folder, "local"), "-addr", "127.0.0.1:0", "-data", filepath.Join(folder, "data"), "-limits", "off")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = sync.OnceFunc(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	b.later(stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", nil, fmt.Errorf("the local mode does not start: %w", err)
	}
	_, rest, _ := strings.Cut(line, "http://")
	addr, _, _ = strings.Cut(rest, ",")
	return addr, stop, nil
}

// settled waits until every letter has been sent: moving the clock does, by however little.
func settled(addr string) error {
	answer, err := http.Post("http://"+addr+"/lokaal/klok", "application/json", strings.NewReader(`{"vooruit":"0s"}`))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the clock answers %s", answer.Status)
	}
	return nil
}
