package console

import (
	"net/http"

	"aanmeldpunt/internal/mdt"
)

// lateMessage keeps what was typed in a message that somebody else changed, and says what stands by now.
func (s *Service) lateMessage(w http.ResponseWriter, v *visit, m *mdt.Message, in *posted) error {
	differs := s.differs(messageForm(m), storedMessage(m), in)
	if len(differs) == 0 { // somebody stored the very same
		return onward(w, messagePath(m.Reference))
	}
	return s.showMessageForm(w, v, m, http.StatusConflict, in.typed, differs)
}
