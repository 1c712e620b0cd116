package store

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Dossier reads everything that stands under an address, in one query a page. Entries that have passed their
// end are left out; what is known of the address itself is what the next write meets.
func (s *Store) Dossier(ctx context.Context, p mdt.PersonID, now time.Time) (mdt.Dossier, error) {
	d := mdt.Dossier{Person: p}
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{PK: personKey(p, "").PK, After: after})
		if err != nil {
			return mdt.Dossier{}, err
		}
		for _, it := range page.Items {
			if end, ok := it[AttrExpires].(int64); ok && end <= now.Unix() && it.Key() != addressKey(p) {
				continue
			}
			if err := into(&d, it); err != nil {
				return mdt.Dossier{}, err
			}
		}
		if after = page.Next; after == "" {
			return d, nil
		}
	}
}

// into puts an item in the place of the dossier that its key names; what is of another kind is left out.
func into(d *mdt.Dossier, it Item) (err error) {
	kind, _, _ := strings.Cut(it.Key().SK, "#")
	d.LetterIDs = append(d.LetterIDs, lettersOf(it)...)
	switch kind {
	case "aanmelding":
		d.Registrations, err = keep(d.Registrations, it)
		d.Registrations[len(d.Registrations)-1].Of.LetterIDs = lettersOf(it)
	case "wensen":
		d.Wishes, err = keep(d.Wishes, it)
	case "attendering":
		d.Interests, err = keep(d.Interests, it)
		d.Interests[len(d.Interests)-1].Of.LetterIDs = lettersOf(it)
	case "voorstel":
		d.Proposals, err = keep(d.Proposals, it)
		d.Proposals[len(d.Proposals)-1].Of.LetterIDs = allLetters(it)
	case "leiding":
		d.Leading, err = keep(d.Leading, it)
	case "bericht":
		d.Messages, err = keep(d.Messages, it)
	case "verdacht":
		d.Suspects, err = keep(d.Suspects, it)
	case "logboek":
		d.Log, err = keep(d.Log, it)
	case "adres":
		var found []mdt.Kept[mdt.AddressNote]
		found, err = keep(found, it)
		d.Address = found[0]
	}
	return err
}

func keep[T any](entries []mdt.Kept[T], it Item) ([]mdt.Kept[T], error) {
	var e mdt.Kept[T]
	if end, ok := it[AttrExpires].(int64); ok {
		e.Expires = time.Unix(end, 0).UTC()
	}
	err := Unmarshal(it, &e.Of)
	return append(entries, e), err
}

// decoyKey is where something is stored that means nothing: so that who asks cannot tell by the time it takes
// whether anything was found.
func decoyKey(sk string) Key { return Key{"schijn#" + strings.ToLower(rand.Text()), sk} }

// SendLink stores a letter with a personal link and notes it at its address, all or nothing; of a decoy the
// same where nobody finds it. It gives ErrLostRace or an engine's error.
func (s *Store) SendLink(ctx context.Context, l mdt.LinkSending) error {
	b := new(batch)
	w := Write{Key: addressKey(l.Person), Set: Item{noteOfLinks(l.Fresh): numbers(l.Sent), AttrExpires: l.Expires.Unix()}}
	w.If = []Condition{{Attr: noteOfLinks(l.Fresh), Op: Absent}}
	if len(l.Was) > 0 {
		w.If = []Condition{{Attr: noteOfLinks(l.Fresh), Op: Equal, Value: numbers(l.Was)}}
	}
	w.If = append(w.If, stillThere(l.Known)...)
	if l.Decoy {
		w.Key, w.If = decoyKey("adres"), []Condition{{Attr: AttrPK, Op: Absent}}
		b.add(w, nil)
		b.decoy(l.Letter)
		return s.run(ctx, b)
	}
	b.add(w, nil)
	b.letters([]mdt.Letter{l.Letter})
	return s.run(ctx, b)
}

// decoy adds what looks like a letter and is none: no stream and no sweep takes it up.
func (b *batch) decoy(l mdt.Letter) {
	l.ID = strings.ToLower(rand.Text())
	b.proof = decoyKey("brief")
	b.put(b.proof, l, func(it Item) Write { return create(it.listed("schijn", letterOrder(l)).until(l.Expires)) })
}

func noteOfLinks(fresh bool) string {
	if fresh {
		return "verseLinks"
	}
	return "linkBrieven"
}

func numbers(moments []int64) []any {
	list := make([]any, len(moments))
	for i, at := range moments {
		list[i] = at
	}
	return list
}

// attrLinksFrom is the moment before which no link of a person may have been issued.
const attrLinksFrom = "linksVanaf"

// EndLinks makes links of a person that were issued before a moment work no more; an earlier moment than the
// one that stands changes nothing, nor does it where the address was known and is not any more. What is known of it
// is kept until expires.
func (s *Store) EndLinks(ctx context.Context, p mdt.PersonID, known bool, before, expires time.Time) error {
	w := Write{Key: addressKey(p), Set: Item{attrLinksFrom: instant(before), AttrExpires: expires.Unix()},
		If: append(stillThere(known), Condition{Attr: attrLinksFrom, Op: Absent})}
	if _, err := s.engine.Change(ctx, w); !refused(err) {
		return err
	}
	w.If = append(stillThere(true), Condition{Attr: attrLinksFrom, Op: AtMost, Value: instant(before)})
	_, err := s.engine.Change(ctx, w)
	if refused(err) {
		return nil
	}
	return err
}

// stillThere demands that what was read stands: where somebody was erased since, nothing of them may come back.
func stillThere(known bool) []Condition {
	if !known {
		return nil
	}
	return []Condition{{Attr: AttrPK, Op: Present}}
}
