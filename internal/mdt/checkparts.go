package mdt

import (
	"slices"
	"strconv"
	"strings"
)

// PartKinds are what a part can be.
var PartKinds = []string{PartPlenary, PartSession}

// What a part is: for everybody, or chosen among others.
const (
	PartPlenary = "plenair"
	PartSession = "deelsessie"
)

func (c *checking) checkParts() {
	ids := map[string]bool{}
	for i, p := range c.Parts {
		at := "onderdelen/" + strconv.Itoa(i) + "/"
		if len(p.ID) > maxID || !names().MatchString(p.ID) {
			c.fault(at+"id", "bewerken.id.vorm")
		} else if ids[p.ID] {
			c.fault(at+"id", "bewerken.id.dubbel")
		}
		ids[p.ID] = true
		if strings.TrimSpace(p.Name) == "" {
			c.fault(at+"naam", "bewerken.naam.leeg")
		}
		if !slices.Contains(PartKinds, p.Kind) {
			c.fault(at+"soort", "bewerken.soort.onbekend")
		}
		c.checkCount(at+"plekken", p.Seats)
		c.checkSpan(at, p.Start, p.End)
		known := !c.Start.IsZero() && !c.End.IsZero() && !p.Start.IsZero() && !p.End.IsZero()
		if known && (p.Start.Before(c.Start) || p.End.After(c.End)) {
			c.fault(at+"begint", "bewerken.onderdeel.buiten")
		}
	}
}

// checkRemoved refuses that a part goes that somebody has a seat of, or waits for.
func (c *checking) checkRemoved(e Edited) {
	if e.Was == nil {
		return
	}
	for _, p := range e.Was.Parts {
		line := e.Counter.Line(p.ID)
		if _, stays := c.Part(p.ID); !stays && line.Occupied+line.Waiting > 0 {
			c.fault("onderdelen", "bewerken.onderdeel.bezet")
			c.found[len(c.found)-1].Args = map[string]string{"onderdeel": p.Name, "n": strconv.Itoa(line.Occupied + line.Waiting)}
		}
	}
}

func (c *checking) checkQuestions() {
	ids := map[string]bool{}
	for i, q := range c.Questions {
		at := "vragen/" + strconv.Itoa(i) + "/"
		if !questionIDs().MatchString(q.ID) {
			c.fault(at+"id", "bewerken.vraag.id")
		} else if ids[q.ID] {
			c.fault(at+"id", "bewerken.id.dubbel")
		}
		ids[q.ID] = true
		if strings.TrimSpace(q.Text) == "" {
			c.fault(at+"tekst", "bewerken.vraag.leeg")
		}
		c.checkChoices(at, q)
		c.checkShowIf(at+"toonAls", i, q.ShowIf)
	}
}

func (c *checking) checkChoices(at string, q Question) {
	switch chosen := q.Kind == OneOfQuestion || q.Kind == ManyOf; {
	case !chosen && q.Kind != TextQuestion && q.Kind != YesNo:
		c.fault(at+"soort", "bewerken.soort.onbekend")
	case chosen && len(q.Choices) == 0:
		c.fault(at+"keuzes", "bewerken.keuzes.leeg")
	case !chosen && len(q.Choices) > 0:
		c.fault(at+"keuzes", "bewerken.keuzes.geen")
	case slices.ContainsFunc(q.Choices, func(choice string) bool { return strings.TrimSpace(choice) == "" }):
		c.fault(at+"keuzes", "bewerken.keuzes.leeg")
	case len(q.Choices) != len(unique(q.Choices)):
		c.fault(at+"keuzes", "bewerken.keuzes.dubbel")
	}
}

// checkShowIf demands that a question waits for one that stands before it, and for answers which that can have.
func (c *checking) checkShowIf(at string, i int, s *ShowIf) {
	if s == nil {
		return
	}
	before := slices.IndexFunc(c.Questions[:i], func(q Question) bool { return q.ID == s.Question })
	if before < 0 {
		c.fault(at+"/vraag", "bewerken.toonAls.vraag")
		return
	}
	possible := c.Questions[before].Choices
	switch c.Questions[before].Kind {
	case TextQuestion:
		return
	case YesNo:
		possible = []string{AnswerYes, AnswerNo}
	}
	for _, answer := range s.Answers {
		if !slices.Contains(possible, answer) {
			c.fault(at+"/antwoorden", "bewerken.toonAls.antwoord")
			return
		}
	}
}

func unique(texts []string) []string { return slices.Compact(slices.Sorted(slices.Values(texts))) }

// ParagraphKinds are the letters in which the team can have words of its own about a meeting.
var ParagraphKinds = []LetterKind{LetterRegistered, LetterWaiting, LetterOffer, LetterReminder, LetterInterest,
	LetterOpened, LetterGuest, LetterPlaced, LetterJoinOnline}

// maxParagraph is as long as a paragraph should get.
const maxParagraph = 1000

func (c *checking) checkParagraphs() {
	for number, text := range c.Paragraphs {
		n, _ := strconv.Atoi(number)
		switch {
		case !slices.Contains(ParagraphKinds, LetterKind(n)):
			c.fault("alineas/"+number, "bewerken.alinea.brief")
		case len([]rune(text)) > maxParagraph:
			c.fault("alineas/"+number, "bewerken.alinea.teLang")
			c.found[len(c.found)-1].Args = map[string]string{"n": strconv.Itoa(maxParagraph)}
		}
	}
}

// Paragraph is what the team has to say itself about the meeting in a letter of that kind.
func (m Meeting) Paragraph(kind LetterKind) string { return m.Paragraphs[strconv.Itoa(int(kind))] }
