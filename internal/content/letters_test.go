package content

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func letters(t testing.TB) map[int]LetterWords {
	t.Helper()
	words, err := Letters()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func TestEveryLetterHasWords(t *testing.T) {
	words := letters(t)
	for _, number := range []int{2, 3, 10, 13, 14, 15, 18, 19, 20} {
		if _, ok := words[number]; !ok {
			t.Errorf("letter %d has no words", number)
		}
	}
}

// spoken gives each phrase of the letters with its places filled in, so that it reads as it will be read.
func spoken(t testing.TB) map[string][]string {
	t.Helper()
	sources := map[string][]string{}
	files, err := fs.Glob(letterFiles, "brieven/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		source, err := fs.ReadFile(letterFiles, file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "Slot:") && line != strings.TrimSpace(agendaMark) {
				sources[path.Base(file)] = append(sources[path.Base(file)], line)
			}
		}
	}
	return sources
}

var (
	marks       = regexp.MustCompile(`^(Onderwerp: |(\[[a-zA-Z ]+\] ?)*(##? |- |=> |> )?)`)
	placeWord   = regexp.MustCompile(`\{[a-zA-Z]+\}`)
	sentenceEnd = regexp.MustCompile(`[.?!:](\s|$)`)
)

// sentences gives the sentences of running text; labels and addresses are none.
func sentences(line string) []string {
	kind := conditionMark().ReplaceAllString(conditionMark().ReplaceAllString(line, ""), "")
	if strings.HasPrefix(kind, "- ") || strings.HasPrefix(kind, "=> ") || strings.HasPrefix(kind, "> ") {
		return nil
	}
	text := placeWord.ReplaceAllString(marks.ReplaceAllString(line, ""), "iets")
	var out []string
	for _, sentence := range sentenceEnd.Split(text, -1) {
		if sentence = strings.TrimSpace(sentence); sentence != "" {
			out = append(out, sentence)
		}
	}
	return out
}

func TestLettersAreInPlainDutch(t *testing.T) {
	banned := regexp.MustCompile(`(?i)\b(indien|dient|ongeldige?|middels|betreffende|u|uw|welke|tevens|echter|derhalve|gaarne|conform|hierbij)\b`)
	words, count := 0, 0
	for file, lines := range spoken(t) {
		for _, line := range lines {
			if found := banned.FindString(line); found != "" {
				t.Errorf("%s: %q in %q", file, found, line)
			}
			for _, sentence := range sentences(line) {
				n := len(strings.Fields(sentence))
				words, count = words+n, count+1
				if n > 20 {
					t.Errorf("%s: %d words in %q", file, n, sentence)
				}
			}
		}
	}
	if mean := float64(words) / float64(count); mean >= 12 || count < 80 {
		t.Errorf("%d sentences of %.1f words; want fewer than 12 on average", count, mean)
	}
}

func TestSubjectsHoldNothingThatAVisitorTyped(t *testing.T) {
	for number, words := range letters(t) {
		for _, name := range words.Subject.places {
			if name != "bijeenkomst" && name != "onderwerp" {
				t.Errorf("the subject of letter %d names {%s}", number, name)
			}
		}
	}
}

func TestOnlyTheLetterToAFacilitatorRepeatsWhatAVisitorTyped(t *testing.T) {
	typed := map[string]bool{"bericht": true, "afzender": true, "afzenderMail": true, "organisatie": true, "gemeente": true, "telefoon": true}
	for number, words := range letters(t) {
		for _, line := range words.Lines {
			for _, name := range append(line.Text.places, line.Label.places...) {
				if typed[name] && number != 14 {
					t.Errorf("letter %d names {%s}", number, name)
				}
				if number == 14 && (name == "beheerlink" || name == "stoplink") {
					t.Errorf("letter 14 holds a visitor's link: {%s}", name)
				}
			}
		}
	}
}

func TestLinksSayTheirPurpose(t *testing.T) {
	for number, words := range letters(t) {
		labels := map[string]string{}
		for _, line := range words.Lines {
			if line.Kind != LinkLine {
				continue
			}
			label, _, _ := line.Label.fill(nil)
			address := strings.Join(line.Text.places, "")
			if len(strings.Fields(label)) < 3 || regexp.MustCompile(`(?i)\b(klik|hier|link)\b`).MatchString(label) {
				t.Errorf("letter %d: %q does not say where it goes", number, label)
			}
			if other, twice := labels[label]; twice && other != address {
				t.Errorf("letter %d: %q is the text of two links", number, label)
			}
			labels[label] = address
		}
	}
}

func parse(t testing.TB, source string) LetterWords {
	t.Helper()
	words, _, err := parseLetter(source)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

const sample = `Onderwerp: Over {een}
Slot: team

# Kop

[twee] Er is {twee}.
[niet twee] Er is niets.
- Feit: {een}
- Leeg: {leeg}
=> Naar {een}: {adres}

[twee][niet leeg] ## Tussenkop
> {een}

{leeg}
--- agenda
{een}
Meer: {leeg}
`

func TestALetterIsFilledLineByLine(t *testing.T) {
	words := parse(t, sample)
	values := map[string]string{"een": "1", "twee": "2", "leeg": "", "adres": "https://x.example"}
	got, err := words.Fill(values)
	if err != nil {
		t.Fatal(err)
	}
	want := Filled{Subject: "Over 1", Agenda: []string{"1"}, Blocks: [][]FilledLine{
		{{Kind: HeadingLine, Text: "Kop"}},
		{{Text: "Er is 2."}, {Kind: FactLine, Label: "Feit", Text: "1"}, {Kind: LinkLine, Label: "Naar 1", Text: "https://x.example"}},
		{{Kind: SubheadingLine, Text: "Tussenkop"}, {Kind: QuoteLine, Text: "1"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	values["twee"] = ""
	if got, err = words.Fill(values); err != nil || got.Blocks[1][0].Text != "Er is niets." || len(got.Blocks[2]) != 1 {
		t.Errorf("with the other condition: %+v, %v", got, err)
	}
}

func TestWhatIsFilledInIsNeverReadAsALetter(t *testing.T) {
	hostile := "{adres} [twee]\n\n=> Klik: https://kwaad.example\n--- agenda\n# Kop"
	got, err := parse(t, sample).Fill(map[string]string{"een": hostile, "twee": "", "leeg": "", "adres": "https://x.example"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Blocks) != 3 || got.Blocks[1][1].Text != hostile || got.Blocks[1][2].Text != "https://x.example" || len(got.Agenda) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestANameWithoutAValueIsAnError(t *testing.T) {
	for _, missing := range []string{"een", "twee", "leeg", "adres"} {
		values := map[string]string{"een": "1", "twee": "2", "leeg": "", "adres": "x"}
		delete(values, missing)
		if _, err := parse(t, sample).Fill(values); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("without %s: %v", missing, err)
		}
	}
}

func TestALetterThatCannotBeReadIsAnError(t *testing.T) {
	for what, source := range map[string]string{
		"no subject": "Slot: team\n\n# Kop\n", "no closing": "Onderwerp: x\n\n# Kop\n", "no heading": "Onderwerp: x\nSlot: team\n\nKop\n",
		"a heading that may be left out": "Onderwerp: x\nSlot: team\n\n[een] # Kop\n",
		"nothing":                        "", "an open brace": "Onderwerp: x\nSlot: team\n\n# Kop\n\n{een\n", "no name": "Onderwerp: x\nSlot: team\n\n# Kop\n\n{een twee}\n",
		"a fact without a colon": "Onderwerp: x\nSlot: team\n\n# Kop\n\n- feit\n", "an open condition": "Onderwerp: x\nSlot: team\n\n# Kop\n\n[een tekst\n",
	} {
		if _, _, err := parseLetter(source); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
