package store

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Store keeps the entries of the desk on an engine.
type Store struct {
	engine Engine
}

// New gives a Store on an engine.
func New(engine Engine) *Store { return &Store{engine} }

// ErrLostRace says that what the decision was based on has changed since: read again and decide again.
var ErrLostRace = errors.New("store: what was read has changed")

// ErrOrganisationFull says that the organisation has all the places it may have.
var ErrOrganisationFull = errors.New("store: the organisation's places are all taken")

// Once is the record of an idempotency key: which call it stands for, what was sent with it (a keyed
// digest, not the words) and what was answered.
type Once struct {
	Key     string            `json:"-"` // digest of call, address and key
	Body    string            `json:"inhoud"`
	Answer  map[string]string `json:"antwoord"`
	Expires time.Time         `json:"-"`
}

// Repeated says that the key was used before, by what is in Once.
type Repeated struct{ Once }

func (r *Repeated) Error() string { return "store: this idempotency key was used before" }

// OnceKept is how long a key is remembered.
const OnceKept = 25 * time.Hour

// batch gathers the writes of one transaction with, for each, what it means when its condition fails.
type batch struct {
	writes  []Write
	meaning []func(Reason) error // nil: a lost race
	proof   Key
	err     error
}

func (b *batch) add(w Write, meaning func(Reason) error) {
	b.writes = append(b.writes, w)
	b.meaning = append(b.meaning, meaning)
}

// put marshals a value to a write made by how; the first failure to marshal is kept.
func (b *batch) put(key Key, value any, how func(Item) Write) {
	it, err := item(key, value)
	if err != nil {
		b.err = errors.Join(b.err, err)
		return
	}
	b.add(how(it), nil)
}

// letters adds the letters, each under an id of its own. The first one proves the transaction.
func (b *batch) letters(letters []mdt.Letter) {
	for _, letter := range letters {
		if letter.To == "" { // who has no address gets no letters
			continue
		}
		letter.ID = strings.ToLower(rand.Text())
		key := letterKey(letter.ID)
		if b.proof == (Key{}) {
			b.proof = key
		}
		b.put(key, letter, func(it Item) Write {
			return create(placeLetter(it, letter))
		})
		for _, n := range letter.Notes {
			b.note(n, letter)
		}
	}
}

// placeLetter puts a letter's item in the list of its state, and gives it its end.
func placeLetter(it Item, l mdt.Letter) Item {
	return it.listed(letterList(l.State), letterOrder(l)).until(l.Expires)
}

func letterOrder(l mdt.Letter) string { return instant(l.Due) + "#" + l.ID }

// once adds the record of an idempotency key.
func (b *batch) once(o *Once, now time.Time) {
	if o == nil {
		return
	}
	it, err := item(onceKey(o.Key), o)
	b.err = errors.Join(b.err, err)
	if err != nil {
		return
	}
	b.add(createOr(it.until(now.Add(OnceKept)), now), func(r Reason) error { return repeated(o.Key, r.Old) })
}

func repeated(key string, old Item) error {
	before := Once{Key: key}
	if err := Unmarshal(old, &before); err != nil {
		return err
	}
	return &Repeated{before}
}

// run does the transaction, and says what a refusal means. A used key is answered before anything else is
// judged; after that a lost race goes before every other meaning, which may rest on what has changed.
func (s *Store) run(ctx context.Context, b *batch) error {
	if b.err != nil {
		return b.err
	}
	err := Run(ctx, s.engine, Transaction{Token: NewToken(), Proof: b.proof, Writes: b.writes})
	var refused *Refused
	if !errors.As(err, &refused) {
		return err
	}
	return b.judge(refused)
}

func (b *batch) judge(refused *Refused) error {
	full, lost := false, false
	for i, meaning := range b.meaning {
		reason, failed := refused.Of(i)
		switch {
		case !failed:
		case meaning == nil:
			lost = true
		default:
			if err := meaning(reason); !errors.Is(err, ErrOrganisationFull) {
				return err
			}
			full = true
		}
	}
	if full && !lost {
		return ErrOrganisationFull
	}
	return ErrLostRace
}

// Answered gives what was answered to an idempotency key, or nil.
func (s *Store) Answered(ctx context.Context, key string, now time.Time) (*Once, error) {
	items, err := s.engine.Get(ctx, onceKey(key))
	if err != nil || items[0] == nil {
		return nil, err
	}
	if end, ok := items[0][AttrExpires].(int64); ok && end <= now.Unix() {
		return nil, nil
	}
	once := Once{Key: key}
	return &once, Unmarshal(items[0], &once)
}
