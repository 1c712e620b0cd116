package bolt

import "time"

const (
	tokenKept = 10 * time.Minute // at least, and
	tokensMax = 200_000          // of each half at most, whatever their age
)

// memory remembers the tokens of transactions that were done, in two halves: the elder is dropped whole
// when the younger is old or full. The writer alone uses it.
type memory struct {
	younger, elder map[string]struct{}
	since          time.Time // when younger was begun
}

func (m *memory) has(token string) bool {
	if token == "" {
		return false
	}
	_, young := m.younger[token]
	_, old := m.elder[token]
	return young || old
}

func (m *memory) remember(token string) {
	if token == "" {
		return
	}
	if m.younger == nil || len(m.younger) >= tokensMax || time.Since(m.since) > tokenKept {
		m.elder, m.younger, m.since = m.younger, make(map[string]struct{}), time.Now()
	}
	m.younger[token] = struct{}{}
}

// forget takes back a token whose commit failed.
func (m *memory) forget(token string) {
	delete(m.younger, token)
	delete(m.elder, token)
}
