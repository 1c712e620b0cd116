package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"aanmeldpunt/internal/store/bolt"
)

// perTurn is how many registrations are made in one turn, 64 at once, and how many the bare loop stores, 64
// to an Update: few, so that a small meeting stays small.
const (
	perTurn  = 128
	restored = 100_000 // meetings below this begin each round anew; to larger ones some thousands more are nothing
)

// sized is a meeting with so many entries, in two files: the engine's and the loop's.
type sized struct {
	entries  int
	folder   string
	db       *bolt.DB
	ours     *desk
	bare     *bareFile
	measured pair
}

// growth tells how much longer a registration takes where many are in the meeting already, and how much
// longer the bare loop takes with files of the same sizes.
func (b *bench) growth() error {
	registration, err := seeRegistration(b.ctx, b.dir)
	if err != nil {
		return err
	}
	var meetings []*sized
	for _, entries := range []int{100, 10_000, b.number(1_000_000, 50_000)} {
		m := &sized{entries: entries, folder: filepath.Join(b.dir, fmt.Sprint(entries))}
		if err := b.prefill(m, registration); err != nil {
			return err
		}
		meetings = append(meetings, m)
	}
	var visitors atomic.Int64
	for i, end := 0, time.Now().Add(b.within(60)); i < b.number(41, 9) && (i < leastRounds || time.Now().Before(end)); i++ {
		for _, m := range meetings {
			if err := b.round(m, &visitors, registration); err != nil {
				return err
			}
		}
	}
	b.told(meetings)
	return errors.Join(meetings[0].close(), meetings[1].close(), meetings[2].close())
}

func (b *bench) told(meetings []*sized) {
	for _, m := range meetings {
		b.table.row(fmt.Sprintf("growth: a registration among %d / bare loop", m.entries), "%.0f µs", m.measured, none)
	}
	for _, m := range meetings[1:] {
		b.table.growth(fmt.Sprintf("growth: from %d to %d entries", meetings[0].entries, m.entries), meetings[0].measured, m.measured, atMost(1.15))
	}
}

// round gives each two turns, in both orders, and adds what they took.
func (b *bench) round(m *sized, visitors *atomic.Int64, r *registration) error {
	if err := b.begin(m, r); err != nil {
		return err
	}
	p, err := rounds(2, time.Minute, func() (float64, error) {
		rate, err := crowd(64, perTurn, func(int) error { return m.ours.register(b.ctx, visitors.Add(1)) })
		return 1e6 / rate, err
	}, func() (float64, error) {
		begun := time.Now()
		err := m.bare.store(perTurn, 64)
		return float64(time.Since(begun).Microseconds()) / perTurn, err
	})
	m.measured.ours, m.measured.bare = append(m.measured.ours, p.ours...), append(m.measured.bare, p.bare...)
	return err
}

// begin opens the files, as they were at first where the meeting is small.
func (b *bench) begin(m *sized, r *registration) (err error) {
	if m.db != nil && m.entries >= restored {
		return nil
	}
	if err := errors.Join(m.close(), m.restore()); err != nil {
		return err
	}
	if m.db, err = bolt.Open(filepath.Join(m.folder, oursFile), bolt.Options{}); err != nil {
		return err
	}
	if m.ours, err = openDesk(b.ctx, m.db); err != nil {
		return err
	}
	m.bare, err = openBare(filepath.Join(m.folder, loopFile), r)
	return err
}

func (m *sized) close() error {
	if m.db == nil {
		return nil
	}
	return errors.Join(m.db.Close(), m.bare.file.Close())
}
