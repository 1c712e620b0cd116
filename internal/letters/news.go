package letters

import (
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// addNews adds what letters say of a meeting that has changed.
func addNews(values map[string]string, letter mdt.Letter) {
	values["attendering"] = when(letter.ToInterested())
	values["heeftPlek"] = when(!letter.Undecided() && !letter.Waiting)
	values["nieuweLink"] = when(letter.NewLink)
	parts := make([]string, len(letter.ChangedParts))
	for i, p := range letter.ChangedParts {
		parts[i] = p.Name + ": " + span(p.Start, p.End)
	}
	values["verplaatst"] = items(parts)
	for _, name := range []string{"waar", "wasWanneer", "wasWaar", "andereTijd", "anderePlek"} {
		values[name] = ""
	}
	if letter.Meeting != nil {
		values["waar"] = where(letter, *letter.Meeting)
	}
	if was := letter.Was; was != nil {
		values["wasWanneer"], values["wasWaar"] = span(was.Start, was.End), where(letter, *was)
		values["andereTijd"] = when(values["wasWanneer"] != values["wanneer"])
		values["anderePlek"] = when(values["wasWaar"] != values["waar"])
	}
}

// where is where this person takes part, or can.
func where(letter mdt.Letter, m mdt.LetterMeeting) string {
	online := content.PageWords("waar.online", nil)
	switch {
	case !m.Online:
		return m.Place
	case m.Place != "" && letter.Undecided():
		return content.PageWords("waar.allebei", map[string]string{"plaats": m.Place})
	}
	return online
}
