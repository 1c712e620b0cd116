package forms

import (
	"strconv"
	"strings"

	"aanmeldpunt/internal/mdt"
)

func itoa(n int) string { return strconv.Itoa(n) }

var questionRow = []Field{
	{Name: "id", Kind: Line, Code: "bewerken.id", Max: maxName},
	{Name: "tekst", Kind: Line, Code: "bewerken.vraag", Max: maxTheme},
	{Name: "soort", Kind: Choice, Code: "bewerken.soort", Choices: []string{string(mdt.TextQuestion), string(mdt.OneOfQuestion), string(mdt.ManyOf), string(mdt.YesNo)}},
	{Name: "keuzes", Kind: Text, Code: "bewerken.keuzes", Max: maxChoices},
	{Name: "verplicht", Kind: Bool, Code: "bewerken.verplicht"},
	{Name: "toonVraag", Kind: Choice, Code: "bewerken.toonAls"},
	{Name: "toonAntwoorden", Kind: Text, Code: "bewerken.toonAls", Max: maxChoices},
}

var questionsSpec = Spec{{Name: "vragen", Kind: Objects, Code: "bewerken.vragen", Max: maxQuestions, Fields: questionRow}}

// QuestionsSpec is the table of a meeting's own questions: one row each, the hidden id of one that there is already.
func QuestionsSpec() Spec { return questionsSpec }

// Questions gives a meeting with these questions. A question that waits for an answer names the question before it by
// its place (1, 2, …); choices and answers stand each on a line.
func Questions(v *Values, was mdt.Meeting) (mdt.Meeting, []mdt.Fault) {
	c := newChecker(v)
	now := was
	now.Questions = nil
	taken := map[string]bool{}
	for _, q := range was.Questions {
		taken[q.ID] = true // also of one that goes: its answers stand under it
	}
	for _, row := range c.rows("vragen") {
		q := mdt.Question{ID: row.text("id"), Text: row.text("tekst"), Kind: mdt.QuestionKind(row.choice("soort")), Required: row.yes("verplicht"), Choices: eachLine(row.text("keuzes"))}
		if q.ID == "" {
			q.ID = freeID(strings.Trim(mdt.Slug(q.Text)[:min(20, len(mdt.Slug(q.Text)))], "-"), "vraag", func(id string) bool { return taken[id] })
		}
		taken[q.ID] = true
		if place := row.anyChoice("toonVraag"); place != "" {
			q.ShowIf = &mdt.ShowIf{Answers: eachLine(row.text("toonAntwoorden"))}
			if n, err := strconv.Atoi(place); err == nil && n > 0 && n <= len(now.Questions) {
				q.ShowIf.Question = now.Questions[n-1].ID
			}
		}
		now.Questions = append(now.Questions, q)
	}
	return now, c.faults()
}

// anyChoice gives what was chosen of choices that only the page knows.
func (c checker) anyChoice(name string) string {
	chosen, _ := c.held[name].(string)
	return strings.TrimSpace(chosen)
}

// eachLine gives the lines of a text, without those that are empty.
func eachLine(text string) (lines []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

var paragraphsSpec = Spec{{Name: "alineas", Kind: Object, Code: "bewerken.alinea", Fields: paragraphFields()}}

func paragraphFields() (fields []Field) {
	for _, kind := range mdt.ParagraphKinds {
		fields = append(fields, Field{Name: itoa(int(kind)), Kind: Text, Code: "bewerken.alinea", Max: maxMessage})
	}
	return fields
}

// ParagraphsSpec is the table of the team's own words in letters about a meeting.
func ParagraphsSpec() Spec { return paragraphsSpec }

// Paragraphs gives a meeting with them.
func Paragraphs(v *Values, was mdt.Meeting) (mdt.Meeting, []mdt.Fault) {
	c := newChecker(v)
	now := was
	now.Paragraphs = nil
	inside := c.inside("alineas")
	for _, kind := range mdt.ParagraphKinds {
		if text := inside.text(itoa(int(kind))); text != "" {
			if now.Paragraphs == nil {
				now.Paragraphs = map[string]string{}
			}
			now.Paragraphs[itoa(int(kind))] = text
		}
	}
	return now, c.faults()
}
