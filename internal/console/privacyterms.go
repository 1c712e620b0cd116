package console

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"aanmeldpunt/internal/mdt"
)

// termRow is a sort of what is kept, and how long.
type termRow struct{ What, Term, From string }

// comingRow is when what belongs to a meeting goes.
type comingRow struct{ Name, Path, Interests, Wishes, Entries string }

// terms are how long each sort is kept, as the rules have it.
func terms() (rows []termRow) {
	for _, r := range mdt.Retentions {
		key := "beheer.bewaren." + r.What
		rows = append(rows, termRow{say(key), say("beheer.termijn."+r.Unit, "n", strconv.Itoa(r.Count)), say(key + ".vanaf")})
	}
	return rows
}

// coming tells of each meeting of which something is kept when it goes.
func (s *Service) coming(r *http.Request) (rows []comingRow, err error) {
	meetings, err := s.Store.Meetings(r.Context())
	slices.SortFunc(meetings, func(a, b mdt.Meeting) int { return a.End.Compare(b.End) })
	for _, m := range meetings {
		if mdt.EntryExpires(m).After(s.Now()) {
			rows = append(rows, comingRow{m.Name, "/console/bijeenkomsten/" + url.PathEscape(m.ID),
				s.goes(mdt.InterestExpires(m)), s.goes(mdt.WishesExpire(m)), s.goes(mdt.EntryExpires(m))})
		}
	}
	return rows, err
}

func (s *Service) goes(at time.Time) string {
	if at.After(s.Now()) {
		return mdt.ShortDay(at)
	}
	return say("beheer.privacy.weg")
}
