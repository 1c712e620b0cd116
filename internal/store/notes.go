package store

import (
	"slices"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// Entries know their letters, so that these are found when they are not owed any more, and when the person is
// erased: one attribute a letter, named after its id, so that two letters at once never overwrite each other.

const (
	notePrefix    = "brief:"
	noteOwn       = "eigen" // the letter goes to the entry's person
	noteMention   = "noemt" // it goes to somebody else and names this person
	namedByPrefix = "genoemdDoor:"
	ledPrefix     = "leidingWas:" // of a proposal: who was named as its leader before
	// attrVoid marks a letter that is not owed any more, whatever becomes of an attempt that is under way.
	attrVoid = "vervallen"
	// attrAdditions counts what was added to an entry and left its version: notes of letters, and names of who
	// brought it. Whoever takes the entry away demands that it is as it was read, or a letter would be left behind.
	attrAdditions = "aanvullingen"
)

func additions(it Item) int64 {
	n, _ := it[attrAdditions].(int64)
	return n
}

// asRead demands that an entry is as it was read, additions included.
func asRead(version, additions int64) []Condition {
	return []Condition{{Attr: AttrVersion, Op: Equal, Value: version}, {Attr: attrAdditions, Op: AtMost, Value: additions}}
}

// lettersOf gives the ids of the letters to the entry's person.
func lettersOf(it Item) []string { return noted(it, noteOwn) }

// allLetters gives the ids of letters to the entry's person, and of those that name it to somebody else.
func allLetters(it Item) []string { return append(lettersOf(it), noted(it, noteMention)...) }

// drops marks letters that are not owed any more.
func (b *batch) drops(ids []string) {
	for _, id := range ids {
		b.add(Write{Key: letterKey(id), Set: Item{attrVoid: true}, If: []Condition{{Attr: AttrPK, Op: Present}}}, nil)
	}
}

// noted gives the ids of letters that an entry knows in that way, in order.
func noted(it Item, how string) (ids []string) {
	for name, value := range it {
		if id, is := strings.CutPrefix(name, notePrefix); is && value == how {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func noteKey(n mdt.Note) Key {
	switch n.Of {
	case mdt.NoteInterest:
		return interestKey(n.Meeting, n.Person)
	case mdt.NoteProposal:
		return proposalKey(n.Meeting, n.ID, n.Person)
	case mdt.NoteLeading:
		return leadingKey(n.Meeting, n.ID, n.Person)
	case mdt.NoteMessage:
		return messageKey(n.ID, n.Person)
	case mdt.NoteAddress:
		return addressKey(n.Person)
	}
	return registrationKey(n.Meeting, n.Person)
}

// note lets an entry know of a letter, in the write that stores the entry where there is one.
func (b *batch) note(n mdt.Note, l mdt.Letter) {
	key, name, how := noteKey(n), notePrefix+l.ID, any(noteOwn)
	if n.Mention {
		how = noteMention
	}
	for i := range b.writes {
		w := &b.writes[i]
		switch {
		case w.Key != key:
		case w.Put != nil:
			w.Put[name], w.Put[attrAdditions] = how, additions(w.Put)+1
			return
		case !w.Delete:
			if w.Set == nil {
				w.Set = Item{}
			}
			w.Set[name], w.Check = how, false
			w.added()
			return
		}
	}
	w := Write{Key: key, Set: Item{name: how}, If: []Condition{{Attr: AttrPK, Op: Present}}}
	w.added()
	if n.Of == mdt.NoteAddress { // it may not be there yet
		w.Set[AttrExpires], w.If = l.Expires.Unix(), nil
	}
	b.add(w, nil)
}

// added counts an addition.
func (w *Write) added() {
	if w.Add == nil {
		w.Add = map[string]int64{}
	}
	w.Add[attrAdditions]++
}
