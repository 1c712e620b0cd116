package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Meeting reads one meeting, or nil; an id from an address on the web may be one that nothing can have.
func (s *Store) Meeting(ctx context.Context, id string) (*mdt.Meeting, error) {
	if CheckKey(meetingKey(id)) != nil {
		return nil, nil
	}
	return one[mdt.Meeting](ctx, s.engine, meetingKey(id))
}

// Meetings reads all meetings, by id.
func (s *Store) Meetings(ctx context.Context) ([]mdt.Meeting, error) {
	return all[mdt.Meeting](ctx, s.engine, meetingKey("").PK)
}

// Regions reads all regions, by id.
func (s *Store) Regions(ctx context.Context) ([]mdt.Region, error) {
	return all[mdt.Region](ctx, s.engine, regionKey("").PK)
}

// one reads what stands under a key, or nil.
func one[T any](ctx context.Context, engine Engine, key Key) (*T, error) {
	items, err := engine.Get(ctx, key)
	if err != nil || items[0] == nil {
		return nil, err
	}
	value := new(T)
	return value, Unmarshal(items[0], value)
}

// gather reads what stands under keys, in their order (nil: nothing), in one round trip per MaxKeys.
func gather(ctx context.Context, engine Engine, keys []Key) ([]Item, error) {
	items := make([]Item, 0, len(keys))
	for some := range slices.Chunk(keys, MaxKeys) {
		found, err := engine.Get(ctx, some...)
		if err != nil {
			return nil, err
		}
		items = append(items, found...)
	}
	return items, nil
}

// keysOf gives the key of each of some names.
func keysOf[T any](names []T, key func(T) Key) []Key {
	keys := make([]Key, len(names))
	for i, name := range names {
		keys[i] = key(name)
	}
	return keys
}

func all[T any](ctx context.Context, engine Engine, pk string) ([]T, error) {
	var found []T
	for after := ""; ; {
		page, err := engine.Query(ctx, Query{PK: pk, After: after})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			var value T
			if err := Unmarshal(it, &value); err != nil {
				return nil, err
			}
			found = append(found, value)
		}
		if after = page.Next; after == "" {
			return found, nil
		}
	}
}

// Counters reads the counters of meetings, in the order of their ids, in one round trip per hundred.
func (s *Store) Counters(ctx context.Context, meetings []string) ([]mdt.Counter, error) {
	items, err := gather(ctx, s.engine, keysOf(meetings, counterKey))
	if err != nil {
		return nil, err
	}
	counters := make([]mdt.Counter, len(items))
	for i, it := range items {
		if counters[i], err = counterOf(it); err != nil {
			return nil, err
		}
	}
	return counters, nil
}

// Fill stores regions and meetings, with a counter for each meeting. What stands there already stays: it
// may be run again after it was cut off, and never touches what the team has changed since.
func (s *Store) Fill(ctx context.Context, regions []mdt.Region, meetings []mdt.Meeting) error {
	for _, region := range regions {
		region.Version = 1
		if err := s.place(ctx, regionKey(region.ID), region); err != nil {
			return err
		}
	}
	for _, meeting := range meetings {
		meeting.Version = 1
		// The counter goes first: a meeting that can be found always has one.
		if err := s.place(ctx, counterKey(meeting.ID), mdt.Counter{Version: 1}); err != nil {
			return err
		}
		if err := s.place(ctx, meetingKey(meeting.ID), meeting); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) place(ctx context.Context, key Key, value any) error {
	b := new(batch)
	b.put(key, value, create)
	if err := s.run(ctx, b); !errors.Is(err, ErrLostRace) {
		return err
	}
	return nil
}

// Empty says whether no network has been stored yet.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	page, err := s.engine.Query(ctx, Query{PK: meetingKey("").PK, Limit: 1})
	return len(page.Items) == 0, err
}

// Catalogue remembers meetings and regions for a while, so that a request need not read what seldom
// changes. A decision on an old meeting is noticed: the counter, read with every registration, carries
// the version of the meeting.
type Catalogue struct {
	store *Store
	keep  time.Duration
	now   func() time.Time // a clock that runs on: real time, also where the desk's own clock is moved

	mu       sync.Mutex
	meetings map[string]remembered[*mdt.Meeting]
	counters map[string]remembered[mdt.Counter]
	forgot   int // how often something was forgotten: what was read before that is not remembered
	listed   remembered[[]mdt.Meeting]
	regions  remembered[[]mdt.Region]
}

type remembered[T any] struct {
	value T
	until time.Time
}

// NewCatalogue remembers for keep.
func NewCatalogue(s *Store, keep time.Duration) *Catalogue {
	return &Catalogue{store: s, keep: keep, now: time.Now, meetings: map[string]remembered[*mdt.Meeting]{},
		counters: map[string]remembered[mdt.Counter]{}}
}

// maxMeetingID is longer than any meeting's id: what is longer is not asked for, and not remembered.
const maxMeetingID = 200

// Meeting gives a published meeting, or nil where there is none.
func (c *Catalogue) Meeting(ctx context.Context, id string) (*mdt.Meeting, error) {
	meeting, err := c.Any(ctx, id)
	if meeting != nil && !meeting.Published {
		meeting = nil
	}
	return meeting, err
}

// Any gives a meeting, published or not, or nil where there is none.
func (c *Catalogue) Any(ctx context.Context, id string) (*mdt.Meeting, error) {
	if len(id) > maxMeetingID {
		return nil, nil
	}
	c.mu.Lock()
	known := c.meetings[id]
	c.mu.Unlock()
	if c.now().Before(known.until) {
		return known.value, nil
	}
	return c.Reread(ctx, id)
}

// maxKept bounds the memory that made-up ids can take.
const maxKept = 1000

// Reread reads a meeting anew, for whoever saw that what is remembered is old.
func (c *Catalogue) Reread(ctx context.Context, id string) (*mdt.Meeting, error) {
	meeting, err := c.store.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.meetings) >= maxKept {
		clear(c.meetings)
	}
	c.meetings[id] = remembered[*mdt.Meeting]{meeting, c.now().Add(c.keep)}
	return meeting, nil
}

// Meetings gives the published meetings, by id, but those that are by invitation.
func (c *Catalogue) Meetings(ctx context.Context) ([]mdt.Meeting, error) {
	return remember(c, &c.listed, func() ([]mdt.Meeting, error) {
		everything, err := c.store.Meetings(ctx)
		var published []mdt.Meeting
		for _, meeting := range everything {
			if meeting.Published && !meeting.ByInvitation {
				published = append(published, meeting)
			}
		}
		return published, err
	})
}

// Regions gives the regions, by id. What this process changes it forgets.
func (c *Catalogue) Regions(ctx context.Context) ([]mdt.Region, error) {
	return remember(c, &c.regions, func() ([]mdt.Region, error) { return c.store.Regions(ctx) })
}

func remember[T any](c *Catalogue, slot *remembered[T], read func() (T, error)) (T, error) {
	c.mu.Lock()
	known, forgot := *slot, c.forgot
	c.mu.Unlock()
	if c.now().Before(known.until) {
		return known.value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgot == forgot {
		*slot = remembered[T]{value, c.now().Add(c.keep)}
	}
	return value, nil
}

// Counters gives the counters of meetings, in the order of their ids. What this process changes it forgets.
func (c *Catalogue) Counters(ctx context.Context, ids ...string) ([]mdt.Counter, error) {
	counters, missing, forgot := c.known(ids)
	if len(missing) == 0 {
		return counters, nil
	}
	wanted := make([]string, len(missing))
	for i, at := range missing {
		wanted[i] = ids[at]
	}
	read, err := c.store.Counters(ctx, wanted)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, at := range missing {
		counters[at] = read[i]
		if c.forgot == forgot {
			c.counters[ids[at]] = remembered[mdt.Counter]{read[i], c.now().Add(c.keep)}
		}
	}
	return counters, nil
}

// known gives the counters that are remembered, and which are not.
func (c *Catalogue) known(ids []string) (counters []mdt.Counter, missing []int, forgot int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	counters = make([]mdt.Counter, len(ids))
	for i, id := range ids {
		counter, ok := c.counters[id]
		if !ok || !c.now().Before(counter.until) {
			missing = append(missing, i)
		}
		counters[i] = counter.value
	}
	return counters, missing, c.forgot
}

// Renew drops what is remembered of a meeting, and the list of them: it was edited.
func (c *Catalogue) Renew(id string) {
	c.Forget(id)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.meetings, id)
	c.listed = remembered[[]mdt.Meeting]{}
}

// Forget drops the counter of a meeting: it has changed.
func (c *Catalogue) Forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgot++
	delete(c.counters, id)
}

// ForgetRegions drops the regions: some have changed.
func (c *Catalogue) ForgetRegions() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgot++
	c.regions = remembered[[]mdt.Region]{}
}
