package store

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// What a meeting's counter counts beside seats: entries that the team has yet to approve, and those of people who have
// no address.
const (
	attrRequested = "aangevraagd"
	attrMute      = "zonderAdres"
)

// MeetingSave is a meeting that the team made of another.
type MeetingSave struct {
	Was *mdt.Meeting // what it was read as; nil: it is a new one
	Now mdt.Meeting  // its version is set here
	// Counted is what was given away when it was told how many letters the change sends; nil: it does not matter.
	Counted *mdt.Counter
	Empty   []string // lines in which nobody may wait: their seats are added without handing any on
}

// SaveMeeting stores a meeting together with the version that its counter carries, so that whatever is decided on
// what it was is decided again. It gives ErrLostRace where something else stands there by now, or where somebody
// came to have a seat, or to wait, of a part that goes.
func (s *Store) SaveMeeting(ctx context.Context, save MeetingSave) (mdt.Meeting, error) {
	b := new(batch)
	now := save.Now
	if save.Was == nil {
		now.Version = 1
		b.put(counterKey(now.ID), mdt.Counter{Version: 1}, create)
		b.put(meetingKey(now.ID), now, create)
	} else {
		now.Version = save.Was.Version + 1
		b.add(counterOnward(save), nil)
		b.put(meetingKey(now.ID), now, func(it Item) Write {
			return Write{Key: it.Key(), Put: it, If: isVersion(save.Was.Version)}
		})
	}
	return now, s.run(ctx, b)
}

func isVersion(version int64) []Condition {
	return []Condition{{Attr: AttrVersion, Op: Equal, Value: version}}
}

// counterOnward brings the counter to the next version of its meeting.
func counterOnward(save MeetingSave) Write {
	w := Write{Key: counterKey(save.Now.ID), Add: map[string]int64{AttrVersion: 1}, If: isVersion(save.Was.Version)}
	if c := save.Counted; c != nil {
		for attr, n := range map[string]int{"bezet": c.Occupied, "aangeboden": c.Offered, "wachtend": c.Waiting, attrRequested: c.Requested, attrMute: c.Mute} {
			w.demand(attr, AtMost, &n)
			w.demand(attr, AtLeast, &n)
		}
	}
	none := 0
	for _, part := range save.Empty {
		attr := "wachtend"
		if part != "" {
			attr = partWaiting + part
		}
		w.demand(attr, AtMost, &none)
	}
	for _, p := range save.Was.Parts {
		if _, stays := save.Now.Part(p.ID); !stays {
			w.demand(partPrefix+p.ID, AtMost, &none)
			w.demand(partWaiting+p.ID, AtMost, &none)
		}
	}
	return w
}

// MeetingAndCounter reads a meeting with its counter, in one round trip; nil where there is none.
func (s *Store) MeetingAndCounter(ctx context.Context, id string) (*mdt.Meeting, mdt.Counter, error) {
	if CheckKey(meetingKey(id)) != nil {
		return nil, mdt.Counter{}, nil
	}
	items, err := s.engine.Get(ctx, meetingKey(id), counterKey(id))
	if err != nil || items[0] == nil {
		return nil, mdt.Counter{}, err
	}
	meeting := new(mdt.Meeting)
	if err := Unmarshal(items[0], meeting); err != nil {
		return nil, mdt.Counter{}, err
	}
	counter, err := counterOf(items[1])
	return meeting, counter, err
}
