package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Who may come in at the team's desk, and who is in. A session stands under a hash of what the browser holds, so
// that whoever reads the table can be nobody.

func staffKey(id mdt.PersonID) Key { return Key{"mensen", string(id)} }

func sessionKey(secret string) Key {
	sum := sha256.Sum256([]byte(secret))
	return Key{"sessie#" + hex.EncodeToString(sum[:]), "sessie"}
}

// Staff reads the whole list, by id.
func (s *Store) Staff(ctx context.Context) ([]mdt.Staff, error) {
	return all[mdt.Staff](ctx, s.engine, staffKey("").PK)
}

// StaffMember reads one line of the list, or nil.
func (s *Store) StaffMember(ctx context.Context, id mdt.PersonID) (*mdt.Staff, error) {
	return one[mdt.Staff](ctx, s.engine, staffKey(id))
}

// FillStaff puts people on the list; who is on it already stays as the team has them.
func (s *Store) FillStaff(ctx context.Context, staff []mdt.Staff) error {
	for _, member := range staff {
		member.Version = 1
		if err := s.place(ctx, staffKey(member.ID), member); err != nil {
			return err
		}
	}
	return nil
}

// PutStaff stores a line of the list on what was read of it (nil: nobody was there). It gives ErrLostRace where
// that is not so any more, or where one of those who stay is not of the team any more.
func (s *Store) PutStaff(ctx context.Context, was *mdt.Staff, now mdt.Staff, stay ...mdt.PersonID) error {
	b := new(batch)
	b.ofTheTeam(stay)
	if was == nil {
		now.Version = 1
		b.put(staffKey(now.ID), now, create)
	} else {
		b.amend(staffKey(now.ID), *was, now, was.Version, nil)
	}
	return s.run(ctx, b)
}

// ofTheTeam demands that somebody is of the team still: two who take each other off at once are not both gone.
func (b *batch) ofTheTeam(stay []mdt.PersonID) {
	for _, id := range stay {
		b.add(Write{Key: staffKey(id), Check: true, If: []Condition{{Attr: "rol", Op: Equal, Value: mdt.RoleTeam}}}, nil)
	}
}

// RemoveStaff takes somebody off the list; who is not on it is off it. It gives ErrLostRace where one of those who stay
// is not of the team any more.
func (s *Store) RemoveStaff(ctx context.Context, id mdt.PersonID, stay ...mdt.PersonID) error {
	b := new(batch)
	b.ofTheTeam(stay)
	b.add(Write{Key: staffKey(id), Delete: true}, nil)
	return s.run(ctx, b)
}

// Enter reads a session and the line of the list of whose it says to be, in one round trip; nil where there is none.
func (s *Store) Enter(ctx context.Context, secret string, id mdt.PersonID) (*mdt.Session, *mdt.Staff, error) {
	items, err := s.engine.Get(ctx, sessionKey(secret), staffKey(id))
	if err != nil || items[0] == nil || items[1] == nil {
		return nil, nil, err
	}
	session, staff := new(mdt.Session), new(mdt.Staff)
	return session, staff, errors.Join(Unmarshal(items[0], session), Unmarshal(items[1], staff))
}

// OpenSession stores a session under the secret that its browser holds.
func (s *Store) OpenSession(ctx context.Context, secret string, session mdt.Session) error {
	b := new(batch)
	b.put(sessionKey(secret), session, func(it Item) Write { return create(it.until(session.Begun.Add(mdt.SessionMost))) })
	return s.run(ctx, b)
}

// SessionSeen notes that a session was used; one that was closed meanwhile stays closed.
func (s *Store) SessionSeen(ctx context.Context, secret string, at time.Time) error {
	_, err := s.engine.Change(ctx, Write{Key: sessionKey(secret), Set: Item{"gezienOp": instant(at)}, If: []Condition{{Attr: AttrPK, Op: Present}}})
	if refused(err) {
		return nil
	}
	return err
}

// CloseSession ends one.
func (s *Store) CloseSession(ctx context.Context, secret string) error {
	b := new(batch)
	b.add(Write{Key: sessionKey(secret), Delete: true}, nil)
	return s.run(ctx, b)
}

// EndSessions makes all sessions of somebody that began before a moment be over.
func (s *Store) EndSessions(ctx context.Context, id mdt.PersonID, before time.Time) error {
	_, err := s.engine.Change(ctx, Write{Key: staffKey(id), Set: Item{"sessiesVanaf": instant(before)},
		Add: map[string]int64{AttrVersion: 1}, If: []Condition{{Attr: AttrPK, Op: Present}}})
	if refused(err) {
		return nil
	}
	return err
}
