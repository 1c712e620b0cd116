package exports

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// list is what a file is made of.
type list struct {
	columns []sheets.Column
	// fill adds the rows behind a place until there are no more, or no other is sure to fit: then next is where to go on.
	fill func(ctx context.Context, after string, out *output) (next string, err error)
}

// column is one column of a list of entries.
type column[T any] struct {
	key   string // of its words
	head  string // its words, where they are the meeting's own
	width int
	cell  func(*T) sheets.Cell
}

// words are a column's in content, and text what it shows of an entry.
func words[T any](key string, width int, text func(*T) string) column[T] {
	return column[T]{key: key, width: width, cell: func(entry *T) sheets.Cell { return sheets.Text(text(entry)) }}
}

// table gives the list of what a way through the store brings by.
func table[T any](columns []column[T], read func(ctx context.Context, after string) (store.Stretch[T], error), sees func(*T) bool, ready func(context.Context, []T) error) list {
	heads := make([]sheets.Column, len(columns))
	for i, c := range columns {
		heads[i] = sheets.Column{Head: c.head, Width: c.width}
		if c.key != "" {
			heads[i].Head = content.PageWords("uitvoer.kolom."+c.key, nil)
		}
	}
	cells := make([]sheets.Cell, len(columns))
	add := func(out *output, entry *T) error {
		for i := range columns {
			cells[i] = columns[i].cell(entry)
		}
		return out.row(cells)
	}
	return list{heads, func(ctx context.Context, after string, out *output) (string, error) {
		ctx, stop := context.WithCancel(ctx)
		defer stop() // of what is read ahead when a part ends
		get := func(after string) func() (store.Stretch[T], error) { return aside(ctx, after, read, ready) }
		for coming := get(after); ; {
			some, err := coming()
			if err != nil {
				return "", err
			}
			if some.Next != "" {
				coming = get(some.Next)
			}
			last := len(some.Entries) - 1
			for i := range some.Entries {
				if !sees(&some.Entries[i]) {
					continue
				}
				if err := add(out, &some.Entries[i]); err != nil {
					return "", err
				}
				if out.full() && (i < last || some.Next != "") {
					return some.Behind(i), nil
				}
			}
			if some.Next == "" {
				return "", nil
			}
		}
	}}
}

// aside reads a stretch while the one before it is written down, and gives it once it is there.
func aside[T any](ctx context.Context, after string, read func(context.Context, string) (store.Stretch[T], error), ready func(context.Context, []T) error) func() (store.Stretch[T], error) {
	type found struct {
		some store.Stretch[T]
		err  error
	}
	result := make(chan found, 1)
	go func() {
		var f found
		f.err = web.Caught(func() (err error) {
			if f.some, err = read(ctx, after); err == nil && ready != nil {
				err = ready(ctx, f.some.Entries)
			}
			return err
		})
		result <- f
	}()
	return func() (store.Stretch[T], error) {
		select {
		case f := <-result:
			return f.some, f.err
		case <-ctx.Done():
			return store.Stretch[T]{}, ctx.Err()
		}
	}
}

// list gives the list that is asked for, as this visit may see it. A meeting that is not there, or a
// concept to a facilitator, is a page that is not there.
func (s *Service) list(ctx context.Context, v *access.Visit, a ask) (list, error) {
	named, err := s.names(ctx)
	if err != nil {
		return list{}, err
	}
	if a.meeting == "" {
		return s.messages(v, named), nil
	}
	meeting, err := s.Store.Meeting(ctx, a.meeting)
	switch {
	case err != nil:
		return list{}, err
	case meeting == nil, !meeting.Published && !v.SeesAll():
		return list{}, &trouble{status: http.StatusNotFound}
	case a.name == "voorstellen":
		return s.proposals(v, *meeting, named), nil
	}
	return s.registrations(v, *meeting, named, a.wishes), nil
}

// regionNames finds the name of a region by its id.
type regionNames map[string]string

func (s *Service) names(ctx context.Context) (regionNames, error) {
	regions, err := s.Store.Regions(ctx)
	names := regionNames{mdt.Nationwide: content.FieldWords("regios.keuze."+mdt.Nationwide, nil)}
	for _, region := range regions {
		names[region.ID] = region.Name
	}
	return names, err
}

func (n regionNames) of(ids ...string) string {
	return joined(ids, func(id string) string { return n[id] })
}

// joined names some things. What has no name any more keeps its id.
func joined(ids []string, name func(string) string) string {
	if len(ids) == 0 {
		return ""
	}
	named := slices.Clone(ids)
	for i, id := range named {
		if text := name(id); text != "" {
			named[i] = text
		}
	}
	return strings.Join(named, ", ")
}

// choice gives the words of a choice from one of our own lists, or the choice itself.
func choice(key, value string) string {
	if text := content.PageWords(key+value, nil); value != "" && text != "" {
		return text
	}
	return value
}
