package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The keys of the table. What belongs to one person stands in that person's partition, so that one query
// finds everything of a person; what a meeting counts stands in the meeting's. ARCHITECTURE lists them.

// A counter's attributes for one part: seats given away, of these offered, places in line, the line's turn, and
// the latest round that ended with a seat for anyone.
const (
	partPrefix  = "onderdeel:"
	partOffered = "aanbod:"
	partWaiting = "wacht:"
	partTurn    = "beurt:"
	partFreed   = "vrij:"
)

func personKey(p mdt.PersonID, sk string) Key { return Key{"persoon#" + string(p), sk} }

func registrationKey(meeting string, p mdt.PersonID) Key { return personKey(p, "aanmelding#"+meeting) }

func wishesKey(meeting string, p mdt.PersonID) Key { return personKey(p, "wensen#"+meeting) }

func interestKey(meeting string, p mdt.PersonID) Key { return personKey(p, "attendering#"+meeting) }

func proposalKey(meeting, id string, p mdt.PersonID) Key {
	return personKey(p, "voorstel#"+meeting+"#"+id)
}

// leadingKey is where a person who was named as leader finds the proposal.
func leadingKey(meeting, id string, p mdt.PersonID) Key {
	return personKey(p, "leiding#"+meeting+"#"+id)
}

func messageKey(id string, p mdt.PersonID) Key { return personKey(p, "bericht#"+id) }

func addressKey(p mdt.PersonID) Key { return personKey(p, "adres") }

func meetingKey(meeting string) Key { return Key{"bijeenkomsten", meeting} }

func counterKey(meeting string) Key { return Key{"bijeenkomst#" + meeting, "teller"} }

func numberKey(meeting string) Key { return Key{"bijeenkomst#" + meeting, "nummer"} }

// organisationKey holds a hash of the name, so that a key has one length and spells nobody out. It is no
// secret: who has a list of names can find one again.
func organisationKey(meeting, organisation string) Key {
	sum := sha256.Sum256([]byte(organisation))
	return Key{"bijeenkomst#" + meeting, "organisatie#" + hex.EncodeToString(sum[:12])}
}

func regionKey(id string) Key { return Key{"regios", id} }

// LetterPrefix begins the partition of every letter: what the mailer's stream filter matches.
const LetterPrefix = "brief#"

func letterKey(id string) Key { return Key{LetterPrefix + id, "brief"} }

func onceKey(digest string) Key { return Key{"sleutel#" + digest, "sleutel"} }

// The lists of the indexes, and the order in them.

func registrationList(meeting string) string { return "aanmeldingen#" + meeting }

func interestList(meeting string) string { return "attenderingen#" + meeting }

func proposalList(meeting string) string { return "voorstellen#" + meeting }

const messageList = "berichten"

// openMessages is where messages stand that nobody answered yet.
const openMessages = messageList + "#open"

// statusGroup is where registrations of one status stand.
func statusGroup(meeting string, s mdt.Status) string {
	return registrationList(meeting) + "#" + string(s)
}

func letterList(state mdt.DeliveryState) string { return "brieven#" + string(state) }

// instant writes a moment so that byte order is the order of time.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// LetterID takes the letter's id from its partition, as a stream record gives it; empty where it is none.
func LetterID(pk string) string {
	id, ok := strings.CutPrefix(pk, LetterPrefix)
	if !ok {
		return ""
	}
	return id
}

// item marshals a value and puts it under a key.
func item(key Key, value any) (Item, error) {
	it, err := Marshal(value)
	if err != nil {
		return nil, err
	}
	it[AttrPK], it[AttrSK] = key.PK, key.SK
	return it, nil
}

// listed places an item in the index.
func (i Item) listed(list, order string) Item {
	i[AttrList], i[AttrOrder] = list, order
	return i
}

// until gives an item its end date.
func (i Item) until(t time.Time) Item {
	i[AttrExpires] = t.Unix()
	return i
}

// create demands that nothing stands under the item's key.
func create(it Item) Write {
	return Write{Key: it.Key(), Put: it, If: []Condition{{Attr: AttrPK, Op: Absent}}}
}

// createOr demands that nothing stands there, or only what has passed its end date.
func createOr(it Item, now time.Time) Write {
	return Write{Key: it.Key(), Put: it, If: []Condition{{Attr: AttrPK, Op: AbsentOrExpired, Value: now.Unix()}}}
}

// foundAt takes the key of an entry apart.
func foundAt(key Key) Found {
	person, _ := strings.CutPrefix(key.PK, personKey("", "").PK)
	kind, path, _ := strings.Cut(key.SK, "#")
	f := Found{Of: mdt.NoteOf(kind), Person: mdt.PersonID(person)}
	switch f.Of {
	case mdt.NoteMessage:
		f.ID = path
	default:
		f.Meeting, f.ID, _ = strings.Cut(path, "#")
	}
	return f
}
