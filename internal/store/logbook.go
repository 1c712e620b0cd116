package store

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The log of the desk. A line about a person stands with that person, so that their own page can tell of it and
// an erasure takes it along; any other stands under its month. All are in one list by moment.

const logList = "logboek"

func logKey(l mdt.LogLine) Key {
	at := instant(l.At)
	id := at + "#" + strings.ToLower(rand.Text()[:8])
	if l.What == mdt.DeedSeen { // once a day for each of the team
		id = string(mdt.DateOf(l.At)) + "#" + string(l.By) + "#" + l.About
	}
	if l.Subject == "" {
		if l.What == mdt.DeedSeen { // what is about many is of a meeting: each has its own
			id += "#" + l.Meeting
		}
		return Key{"logboek#" + at[:len("2026-11")], id}
	}
	return personKey(l.Subject, "logboek#"+id)
}

// Log writes a line down. That somebody saw something is written down once a day: the first time.
func (s *Store) Log(ctx context.Context, l mdt.LogLine) error {
	key := logKey(l)
	it, err := item(key, l)
	if err != nil {
		return err
	}
	delete(it, AttrPK)
	delete(it, AttrSK)
	it.listed(logList, instant(l.At)+"#"+key.SK).until(l.Expires())
	_, err = s.engine.Change(ctx, Write{Key: key, Set: it, If: []Condition{{Attr: "wat", Op: Absent}}})
	switch {
	case refused(err):
		return nil
	case err != nil || l.Subject == "":
		return err
	}
	return s.unlessErased(ctx, key, l)
}

// unlessErased takes a line away again where what it is about stands no more: its person was erased while it was
// being written. An erasure that looked before the line stood had taken the entry away before that; one that looks
// later finds the line.
func (s *Store) unlessErased(ctx context.Context, key Key, l mdt.LogLine) error {
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{PK: key.PK, After: after})
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			kind, _, _ := strings.Cut(it.Key().SK, "#")
			if kind != "adres" && kind != "logboek" && (l.About == "" || it["kenmerk"] == l.About || kind == "leiding") {
				return nil
			}
		}
		if after = page.Next; after == "" {
			b := new(batch)
			b.add(Write{Key: key, Delete: true}, nil)
			return s.run(ctx, b)
		}
	}
}

// LogLines gives a page of the log, the newest first, from before a moment on (zero: from now). The list may lag a
// moment. It gives ErrInvalid where After is none of this list.
func (s *Store) LogLines(ctx context.Context, before time.Time, l Listing[mdt.LogLine], now time.Time) (Listed[mdt.LogLine], error) {
	q := Query{List: logList, Last: true}
	if !before.IsZero() {
		q.UpTo = instant(before)
	}
	return list(ctx, s.engine, q, l, now, logLineOf)
}

func logLineOf(it Item) (*mdt.LogLine, error) {
	line, err := valueOf[mdt.LogLine](it)
	if person, is := strings.CutPrefix(it.Key().PK, "persoon#"); is && line != nil {
		line.Subject = mdt.PersonID(person)
	}
	return line, err
}
