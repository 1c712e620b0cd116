package acts

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// once is the record of the post's idempotency key, or nil without one. A key counts per call and address.
func (d *Desk) once(p Post, call, meeting string, person mdt.PersonID) *store.Once {
	if p.Key == "" {
		return nil
	}
	return &store.Once{
		Key:  d.Identity.Digest("post", call, meeting, string(person), p.Key),
		Body: d.Identity.Digest("inhoud", string(p.Values)),
	}
}

// settle gives the stored answer of a used key its right: before a refusal, and in the place of storing
// again. It gives what was answered before, or nil and the error that stands.
func (d *Desk) settle(ctx context.Context, err error, once *store.Once) (*store.Once, error) {
	var used *store.Repeated
	var refused *Refused
	before := (*store.Once)(nil)
	switch {
	case errors.As(err, &used):
		before = &used.Once
	case once != nil && errors.As(err, &refused):
		stored, readErr := d.Store.Answered(ctx, once.Key, d.Now())
		if readErr != nil {
			return nil, readErr
		}
		if stored == nil {
			return nil, err
		}
		before = stored
	default:
		return nil, err
	}
	if before.Body != once.Body {
		return nil, ErrKeyUsed
	}
	return before, nil
}

func randomID() string { return strings.ToLower(rand.Text()) }

// unique names a new entry. With an idempotency key the name and the reference are made from it, so that
// the entry is its own record of the key; body is then the digest of what was sent. Without one they are
// random and body is empty.
func (d *Desk) unique(p Post, call, meeting string, person mdt.PersonID) (id, reference, body string) {
	once := d.once(p, call, meeting, person)
	if once == nil {
		id = randomID()
		return id, d.Identity.Reference(call, id), ""
	}
	return once.Key, d.Identity.Reference(call, once.Key), once.Body
}
