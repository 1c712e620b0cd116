package access

import (
	"sync"

	"aanmeldpunt/internal/mdt"
)

// mostSeen is how many lists are remembered: what is forgotten costs one write more, that changes nothing.
const mostSeen = 10_000

// seen remembers of today which lists were written down as seen, and by whom. Looking through one, page after page, then
// costs no write.
type seen struct {
	mu  sync.Mutex
	day mdt.Date
	of  map[list]bool
}

// list is one of those that show many people, as somebody of the team looked at it.
type list struct {
	by            mdt.PersonID
	name, meeting string
}

func (s *seen) has(day mdt.Date, l list) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.day == day && s.of[l]
}

func (s *seen) add(day mdt.Date, l list) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day != day || len(s.of) >= mostSeen {
		s.day, s.of = day, map[list]bool{}
	}
	s.of[l] = true
}
