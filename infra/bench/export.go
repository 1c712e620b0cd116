package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/exports"
	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/setup/exporting"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// answerHolds is how large an answer of Lambda may be, in bytes.
const answerHolds = 6_291_556

// scribe is the function of the exports on an engine, with somebody of the team who is in.
type scribe struct {
	engine store.Engine
	store  *store.Store
	lambda func(context.Context, events.APIGatewayV2HTTPRequest) (io.Reader, error)
	cookie string
}

func openScribe(ctx context.Context, engine store.Engine) (*scribe, error) {
	identity, err := mdt.NewIdentity([]byte(strings.Repeat("k", 32)))
	if err != nil {
		return nil, err
	}
	kept, log := store.New(engine), slog.New(slog.NewTextHandler(io.Discard, nil))
	people := []mdt.Account{{Email: "sam@mdt-team.example", Name: "Sam", Role: mdt.RoleTeam}}
	if err := kept.FillStaff(ctx, mdt.StaffOf(people, identity)); err != nil {
		return nil, err
	}
	service := &exports.Service{Store: kept, Now: time.Now, Log: log, Gate: &access.Gate{Store: kept, Identity: identity, Now: time.Now, Log: log}}
	cookie, err := service.Gate.Open(ctx, people[0].Email)
	if err != nil {
		return nil, err
	}
	return &scribe{engine, kept, gateway.Streamed(service.Handler()), cookie.Name + "=" + cookie.Value}, nil
}

// all fetches every part of a list in turn, as API Gateway asks for it, and gives how many there were.
func (s *scribe) all(ctx context.Context, format string) (parts int, err error) {
	for parts = 1; ; parts++ {
		more, err := s.part(ctx, format, parts)
		if err != nil || !more {
			return parts, err
		}
	}
}

func (s *scribe) part(ctx context.Context, format string, part int) (more bool, err error) {
	answer, err := s.lambda(ctx, events.APIGatewayV2HTTPRequest{
		Version: "2.0", RawPath: "/console/bijeenkomsten/" + meeting + "/aanmeldingen." + format, RawQueryString: fmt.Sprint("deel=", part),
		Headers: map[string]string{"accept-encoding": "gzip", "host": "aanmelden.example"}, Cookies: []string{s.cookie},
		RequestContext: events.APIGatewayV2HTTPRequestContext{Stage: "$default", HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{Method: "GET"}},
	})
	if err != nil {
		return false, err
	}
	var head bytes.Buffer
	size, err := io.CopyN(&head, answer, 2000)
	if err == nil {
		var rest int64
		rest, err = io.Copy(io.Discard, answer) // as the runtime sends it
		size += rest
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return false, err
	case size > answerHolds:
		return false, fmt.Errorf("part %d is an answer of %d bytes: Lambda takes no more than %d", part, size, answerHolds)
	case !bytes.HasPrefix(head.Bytes(), []byte(`{"statusCode":200`)):
		return false, fmt.Errorf("part %d: answered %.300s", part, &head)
	}
	return bytes.Contains(head.Bytes(), []byte(`"Link"`)), nil
}

// read goes through the same bytes, a page of the engine at a time, and does nothing with the items.
func (s *scribe) read(ctx context.Context) (n int, err error) {
	q := store.Query{List: "aanmeldingen#" + meeting}
	for {
		page, err := s.engine.Query(ctx, q)
		if err != nil {
			return n, err
		}
		n += len(page.Items)
		if q.After = page.Next; q.After == "" {
			return n, nil
		}
	}
}

// export tells what it takes to hand out a list in parts, against reading the same items and doing nothing with
// them; and how much memory that takes.
func (b *bench) export() error {
	memory := map[string][]float64{}
	many := b.number(1_000_000, 50_000)
	for _, entries := range []int{10_000, many} {
		file := filepath.Join(b.dir, fmt.Sprint("export", entries))
		if err := b.exportedFrom(file, entries); err != nil {
			return err
		}
		for _, format := range formats {
			peak, err := b.memoryOf(file, format, many/entries)
			if err != nil {
				return err
			}
			memory[format] = append(memory[format], peak)
		}
	}
	for _, format := range formats {
		b.table.memory("export: memory, "+format, memory[format])
	}
	return nil
}

var formats = []string{"csv", "xlsx"}

// exportedFrom fills a file with so many people, and measures how long it takes to hand them out.
func (b *bench) exportedFrom(file string, entries int) error {
	db, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		return err
	}
	s, err := openScribe(b.ctx, db)
	if err == nil {
		err = errors.Join(fill(b.ctx, s.store), people(b.ctx, db, entries))
	}
	for _, format := range formats {
		if err == nil {
			err = b.exported(s, format, entries)
		}
	}
	return errors.Join(err, db.Close())
}

// exported measures the time of one form of one list.
func (b *bench) exported(s *scribe, format string, entries int) error {
	debug.FreeOSMemory()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(exporting.Memory + int64(inUse()*1e6))) // as the function has it
	parts, often := 0, max(1, 100_000/entries)                                              // a turn that is over at once tells of what else the machine does
	took := func(do func() error) (float64, error) {
		begun := time.Now()
		for range often {
			if err := do(); err != nil {
				return 0, err
			}
		}
		return time.Since(begun).Seconds() * 1000 / float64(often), nil
	}
	p, err := rounds(b.number(5, 3), b.within(40), func() (float64, error) {
		return took(func() (err error) {
			parts, err = s.all(b.ctx, format)
			return err
		})
	}, func() (float64, error) {
		return took(func() error {
			if n, err := s.read(b.ctx); n != entries || err != nil {
				return errors.Join(err, fmt.Errorf("read %d of %d", n, entries))
			}
			return nil
		})
	})
	if err == nil {
		b.table.row(fmt.Sprintf("export: %d as %s, in %d / read", entries, format, parts), "%.0f ms", p, atMost(3.2))
	}
	return err
}
