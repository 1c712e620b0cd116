// Package lint judges Dutch words for the people who will read them: no word that public services have agreed
// not to use to people, no sentence that is too long, no date with a wrong weekday. It is help for tests:
// of the words in content, and of whatever is made with them.
package lint

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The bounds of a text: words in its longest sentence, and words in a sentence on average (less than).
const (
	LongestSentence = 20
	MeanSentence    = 12
)

// banned are the words of requirement T5 with others of their kind, and the blame of "verplicht veld" (F5).
var banned = regexp.MustCompile(`(?i)\b(indien|dient|ongeldige?|middels|betreffende|uw?|tevens|echter|derhalve|gaarne|conform|hierbij|` +
	`foutieve?|is verplicht|verplicht veld)\b`)

// Faults says what is wrong with a text: nothing where it is fit to be read.
func Faults(text string) (faults []string) {
	for _, word := range banned.FindAllString(text, -1) {
		faults = append(faults, fmt.Sprintf("the word %q", word))
	}
	for _, sentence := range Sentences(text) {
		if n := len(strings.Fields(sentence)); n > LongestSentence {
			faults = append(faults, fmt.Sprintf("%d words in %q", n, sentence))
		}
	}
	return append(faults, dates(text)...)
}

// sentenceEnd is where a sentence ends: at a mark with nothing or a space behind it, and at the end of a line.
var sentenceEnd = regexp.MustCompile(`[.?!:](\s|$)|\n`)

// Sentences gives the sentences of a text. A date and a time stay whole: the mark in "12.00" has no space behind it.
func Sentences(text string) (sentences []string) {
	for _, sentence := range sentenceEnd.Split(text, -1) {
		if sentence = strings.TrimSpace(sentence); sentence != "" {
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}

// Mean gives how many words the sentences of texts have on average, and how many sentences there are.
func Mean(texts []string) (mean float64, sentences int) {
	words := 0
	for _, text := range texts {
		for _, sentence := range Sentences(text) {
			words, sentences = words+len(strings.Fields(sentence)), sentences+1
		}
	}
	return float64(words) / float64(max(1, sentences)), sentences
}

var (
	weekdays = strings.Fields("zondag maandag dinsdag woensdag donderdag vrijdag zaterdag")
	months   = strings.Fields("januari februari maart april mei juni juli augustus september oktober november december")
	date     = regexp.MustCompile(`(?i)(\pL+ )?\b(\d{1,2}) (` + strings.Join(months, "|") + `) (\d{4})\b`)
)

// dates finds the dates that have no weekday before them, or another than theirs.
func dates(text string) (faults []string) {
	for _, found := range date.FindAllStringSubmatch(text, -1) {
		day, _ := strconv.Atoi(found[2])
		year, _ := strconv.Atoi(found[4])
		at := time.Date(year, month(found[3]), day, 12, 0, 0, 0, time.UTC)
		switch weekday := weekdays[at.Weekday()]; {
		case at.Day() != day:
			faults = append(faults, fmt.Sprintf("%q is no day", found[0]))
		case strings.TrimSpace(found[1]) != weekday:
			faults = append(faults, fmt.Sprintf("%q is a %s", found[0], weekday))
		}
	}
	return faults
}

func month(name string) time.Month {
	for i, known := range months {
		if strings.EqualFold(name, known) {
			return time.Month(i + 1)
		}
	}
	return 0
}
