package store

import (
	"context"
	"fmt"
	"time"

	"aanmeldpunt/internal/mdt"
)

// A line is a partition of its own, read consistently and in order: "wacht#" items for those who can be
// offered a seat, "aanbod#" items for those who have been, which a list holds by the end of the offer.

const (
	queuePrefix = "wacht#"
	offerPrefix = "aanbod#"
	offersList  = "aanbiedingen"
)

func linePartition(meeting, part string) string { return "rij#" + meeting + "#" + part }

func spotKey(prefix, meeting string, person mdt.PersonID, p mdt.Place) Key {
	return Key{linePartition(meeting, p.Part), fmt.Sprintf("%s%s#%s", prefix, spotOrder(p.Spot), person)}
}

// spotOrder writes a spot so that byte order is the order of the line.
func spotOrder(s mdt.Spot) string { return fmt.Sprintf("%015d#%03d", s.Number, s.Behind) }

// inLine is an item of a line.
type inLine struct {
	Person  mdt.PersonID `json:"persoon"`
	Meeting string       `json:"bijeenkomst"`
	Part    string       `json:"onderdeel,omitempty"`
	Until   *time.Time   `json:"aanbodTot,omitempty"`
	Rounds  []mdt.Round  `json:"eerdereRondes,omitempty"` // of the seats that have passed who waits
}

// places makes the items of the lines what the registration asks for.
func (b *batch) places(e mdt.EntryChange, expires time.Time) {
	was, now := lineItems(e.Was), lineItems(e.New)
	for key := range was {
		if _, stays := now[key]; !stays {
			b.add(Write{Key: key, Delete: true}, nil)
		}
	}
	for key, in := range now {
		before, stood := was[key]
		if stood && (in.Until == nil || before.Until.Equal(*in.Until)) {
			continue
		}
		b.put(key, in, func(it Item) Write {
			it.until(expires)
			if in.Until != nil {
				it.listed(offersList, instant(*in.Until)+"#"+key.PK+key.SK)
			}
			return Write{Key: key, Put: it}
		})
	}
}

func lineItems(r *mdt.Registration) map[Key]inLine {
	items := map[Key]inLine{}
	for _, p := range r.Queued() {
		items[spotKey(queuePrefix, r.Meeting, r.Person, p)] = inLine{Person: r.Person, Meeting: r.Meeting, Part: p.Part, Rounds: p.Rounds}
	}
	for _, p := range r.Offers() {
		items[spotKey(offerPrefix, r.Meeting, r.Person, p)] = inLine{Person: r.Person, Meeting: r.Meeting, Part: p.Part, Until: p.Until}
	}
	return items
}

// NextInLine gives those to whom a seat of a line (part is empty for the meeting's own) goes on its way, the
// next one first; at most limit.
func (s *Store) NextInLine(ctx context.Context, meeting, part string, way mdt.Way, limit int) ([]mdt.PersonID, error) {
	var behind, before []mdt.PersonID
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{PK: linePartition(meeting, part), Prefix: queuePrefix, After: after, Limit: max(limit, 25)})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			in, spot, err := waitingAt(it)
			switch {
			case err != nil:
				return nil, err
			case spot.Had(way.Round):
			case spot.Compare(way.At) > 0:
				behind = append(behind, in.Person)
			default:
				before = append(before, in.Person)
			}
		}
		if after = page.Next; after == "" || len(behind) >= limit {
			found := append(behind, before...)
			return found[:min(limit, len(found))], nil
		}
	}
}

// waitingAt reads an item of those who wait, with its place.
func waitingAt(it Item) (in inLine, spot mdt.Spot, err error) {
	if err := Unmarshal(it, &in); err != nil {
		return in, spot, err
	}
	spot.Rounds = in.Rounds
	_, err = fmt.Sscanf(it.Key().SK, queuePrefix+"%d#%d#", &spot.Number, &spot.Behind)
	return in, spot, err
}

// Offer names an offer: whose it is, and in which line.
type Offer struct {
	Meeting, Part string
	Person        mdt.PersonID
	Until         time.Time
}

// LapsedOffers gives offers whose time is over, the longest ago first; at most 100 at once.
func (s *Store) LapsedOffers(ctx context.Context, now time.Time) ([]Offer, error) {
	return s.offers(ctx, Query{List: offersList, UpTo: instant(now) + "~", Limit: 100})
}

// FirstOffer gives the offer that lapses first, or nil.
func (s *Store) FirstOffer(ctx context.Context) (*Offer, error) {
	first, err := s.offers(ctx, Query{List: offersList, Limit: 1})
	if err != nil || len(first) == 0 {
		return nil, err
	}
	return &first[0], nil
}

func (s *Store) offers(ctx context.Context, q Query) ([]Offer, error) {
	page, err := s.engine.Query(ctx, q)
	if err != nil {
		return nil, err
	}
	offers := make([]Offer, len(page.Items))
	for i, it := range page.Items {
		var in inLine
		if err := Unmarshal(it, &in); err != nil {
			return nil, err
		}
		offers[i] = Offer{Meeting: in.Meeting, Part: in.Part, Person: in.Person, Until: *in.Until}
	}
	return offers, nil
}
