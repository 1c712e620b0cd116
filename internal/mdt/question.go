package mdt

import "slices"

// QuestionKind is the sort of answer a question asks for.
type QuestionKind string

// The sorts of questions: free text, one of, several of, yes or no.
const (
	TextQuestion  QuestionKind = "tekst"
	OneOfQuestion QuestionKind = "keuze"
	ManyOf        QuestionKind = "meerkeuze"
	YesNo         QuestionKind = "jaNee"
)

// Question is a meeting's own question to whoever registers.
type Question struct {
	ID       string       `json:"id"`
	Text     string       `json:"tekst"`
	Kind     QuestionKind `json:"soort"`
	Required bool         `json:"verplicht,omitempty"` // where it is asked
	Choices  []string     `json:"keuzes,omitempty"`
	ShowIf   *ShowIf      `json:"toonAls,omitempty"` // nil: asked of everybody
}

// ShowIf is when a question is asked: where another one, that stands before it, has one of these answers; where
// there are none, any answer at all. A yes and a no are AnswerYes and AnswerNo.
type ShowIf struct {
	Question string   `json:"vraag"`
	Answers  []string `json:"antwoorden,omitempty"`
}

// How a yes and a no are written where an answer is a text.
const (
	AnswerYes = "ja"
	AnswerNo  = "nee"
)

// Asked says whether a question of the meeting is asked of whoever gave these answers to those before it.
func (m Meeting) Asked(q Question, answers map[string]any) bool {
	return q.ShowIf == nil || q.ShowIf.holds(answers[q.ShowIf.Question])
}

// holds says whether an answer (nil: none) is one of those that count.
func (s ShowIf) holds(answer any) bool {
	given := answerTexts(answer)
	if len(s.Answers) == 0 {
		return len(given) > 0
	}
	return slices.ContainsFunc(given, func(text string) bool { return slices.Contains(s.Answers, text) })
}

// answerTexts gives an answer, from a form or from the store, as texts.
func answerTexts(answer any) (texts []string) {
	switch a := answer.(type) {
	case string:
		return []string{a}
	case bool:
		if a {
			return []string{AnswerYes}
		}
		return []string{AnswerNo}
	case []string:
		return a
	case []any:
		for _, one := range a {
			texts = append(texts, answerTexts(one)...)
		}
	}
	return texts
}
