package console

import (
	"net/http"
	"strconv"
	"time"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// letterWay leads to a letter about the meeting as it is stored.
type letterWay struct{ Number, Text, Href, Frame string }

func letterWays(m mdt.Meeting, now time.Time) (ways []letterWay) {
	for _, kind := range mdt.ParagraphKinds {
		if _, known := m.SampleLetter(kind, now); known {
			n := strconv.Itoa(int(kind))
			path := meetingPath(m.ID, "brieven")
			ways = append(ways, letterWay{n, say("beheer.bewerken.brief." + n), path + "?brief=" + n + "#voorbeeld", path + "/" + n})
		}
	}
	return ways
}

// open shows one of the letters on the page.
func (v *sectionView) open(number string) {
	for i, way := range v.Letters {
		if way.Number == number {
			v.Shown = &v.Letters[i]
		}
	}
}

// paragraphPart are the team's own words, a field for each letter.
func paragraphPart(b *look.Fields) partView {
	part := partView{Title: say("beheer.bewerken.groep.alineas"), Intro: say("beheer.bewerken.groep.alineas.uitleg")}
	for _, f := range forms.ParagraphsSpec()[0].Fields {
		b.Labels["alineas."+f.Name], b.Hints["alineas."+f.Name] = say("beheer.bewerken.brief."+f.Name), ""
		part.Items = append(part.Items, itemView{Fields: b.Of([]forms.Field{f}, "alineas.", "alineas.")})
	}
	return part
}

// sampleLetter answers with a letter about the meeting as it would look now, for a frame.
func (s *Service) sampleLetter(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	kind, err := strconv.Atoi(r.PathValue("brief"))
	letter, known := m.SampleLetter(mdt.LetterKind(kind), s.Now())
	if err != nil || !known {
		return &trouble{status: http.StatusNotFound}
	}
	_, _, html, err := s.Letters.Show(letter)
	if err != nil {
		return err
	}
	return frame(w, html)
}

// frame answers with a letter that stands in a frame of a page of ours.
func frame(w http.ResponseWriter, html string) error {
	w.Header().Set("Content-Security-Policy", letterPolicy)
	w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html)) // a reader who is gone sees nothing
	return nil
}
