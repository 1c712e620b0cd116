package content

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/content/lint"
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
	for _, number := range []int{2, 3, 4, 5, 6, 8, 10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29} {
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
	marks     = regexp.MustCompile(`^(Onderwerp: )?(\[[a-zA-Z ]+\] ?)*(##? |\* |- |==?> |> )?`)
	placeWord = regexp.MustCompile(`\{[a-zA-Z]+\}`)
)

// running gives the running text of a line as it will be read; labels, lists and addresses are none.
func running(line string) string {
	mark := marks.FindString(line)
	if kind := strings.TrimSpace(mark[strings.LastIndex(mark, "]")+1:]); strings.Contains("- * => ==> >", kind) && kind != "" {
		return ""
	}
	return placeWord.ReplaceAllString(line[len(mark):], "iets")
}

func TestLettersAreInPlainDutch(t *testing.T) {
	var texts []string
	for file, lines := range spoken(t) {
		for _, line := range lines {
			text := running(line)
			texts = append(texts, text)
			for _, fault := range append(lint.Faults(text), lint.Faults(marks.ReplaceAllString(line, ""))...) {
				t.Errorf("%s: %s", file, fault)
			}
		}
	}
	if mean, count := lint.Mean(texts); mean >= lint.MeanSentence || count < 200 {
		t.Errorf("%d sentences of %.1f words; want fewer than %d on average", count, mean, lint.MeanSentence)
	}
	if got := running("[een][niet twee] - Wanneer: {wanneer}") + running("[een] Kom je {wanneer}?"); got != "Kom je iets?" {
		t.Errorf("running text %q", got)
	}
}

func TestSubjectsHoldNothingThatAVisitorTyped(t *testing.T) {
	ours := []string{"bijeenkomst", "onderdeel", "onderwerp", "kenmerk", "dagen", "aantal"}
	for number, words := range letters(t) {
		for _, subject := range words.Subject {
			for _, name := range subject.Text.places {
				if !slices.Contains(ours, name) {
					t.Errorf("the subject of letter %d names {%s}", number, name)
				}
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
				if slices.Contains([]int{14, 17, 28, 29}, number) && (name == "beheerlink" || name == "stoplink") {
					t.Errorf("letter %d holds a visitor's link: {%s}", number, name)
				}
			}
		}
	}
}

func TestLinksSayTheirPurpose(t *testing.T) {
	for number, words := range letters(t) {
		labels, actions := map[string]string{}, 0
		for _, line := range words.Lines {
			if line.Kind == ActionLine {
				actions++
			} else if line.Kind != LinkLine {
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
		if actions > 1 {
			t.Errorf("letter %d asks for %d things at once", number, actions)
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

const sample = `Onderwerp: [twee] Over {een} en {twee}
Onderwerp: Over {een}
Slot: team

[niet twee] # Kop zonder
# Kop

[twee] Er is {twee}.
[niet twee] Er is niets.
- Feit: {een}
- Leeg: {leeg}
=> Naar {een}: {adres}

* {leden}
* {leeg}
==> Doe {een}: {adres}

[twee][niet leeg] ## Tussenkop
> {een}

{leeg}
--- agenda
{een}
Meer: {leeg}
`

func TestALetterIsFilledLineByLine(t *testing.T) {
	words := parse(t, sample)
	values := map[string]string{"een": "1", "twee": "2", "leeg": "", "leden": "a\nb", "adres": "https://x.example"}
	got, err := words.Fill(values)
	if err != nil {
		t.Fatal(err)
	}
	want := Filled{Subject: "Over 1 en 2", Agenda: []string{"1"}, Blocks: [][]FilledLine{
		{{Kind: HeadingLine, Text: "Kop"}},
		{{Text: "Er is 2."}, {Kind: FactLine, Label: "Feit", Text: "1"}, {Kind: LinkLine, Label: "Naar 1", Text: "https://x.example"}},
		{{Kind: ListLine, Text: "a\nb"}, {Kind: ActionLine, Label: "Doe 1", Text: "https://x.example"}},
		{{Kind: SubheadingLine, Text: "Tussenkop"}, {Kind: QuoteLine, Text: "1"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	values["twee"] = ""
	if got, err = words.Fill(values); err != nil || got.Blocks[1][0].Text != "Er is niets." || len(got.Blocks[3]) != 1 ||
		got.Subject != "Over 1" || got.Blocks[0][0].Text != "Kop zonder" {
		t.Errorf("with the other condition: %+v, %v", got, err)
	}
}

func TestWhatIsFilledInIsNeverReadAsALetter(t *testing.T) {
	hostile := "{adres} [twee]\n\n=> Klik: https://kwaad.example\n--- agenda\n# Kop"
	got, err := parse(t, sample).Fill(map[string]string{"een": hostile, "twee": "", "leeg": "", "leden": "a", "adres": "https://x.example"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Blocks) != 4 || got.Blocks[1][1].Text != hostile || got.Blocks[1][2].Text != "https://x.example" || len(got.Agenda) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestANameWithoutAValueIsAnError(t *testing.T) {
	for _, missing := range []string{"een", "twee", "leeg", "leden", "adres"} {
		values := map[string]string{"een": "1", "twee": "2", "leeg": "", "leden": "a", "adres": "x"}
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
		"a subject that may be left out": "Onderwerp: [een] x\nSlot: team\n\n# Kop\n",
		"something else than a subject":  "Onderwerp: x\nOnderwerp: # y\nSlot: team\n\n# Kop\n", "an unknown head": "Onderwerp: x\nDatum: y\nSlot: team\n\n# Kop\n",
		"nothing": "", "an open brace": "Onderwerp: x\nSlot: team\n\n# Kop\n\n{een\n", "no name": "Onderwerp: x\nSlot: team\n\n# Kop\n\n{een twee}\n",
		"a fact without a colon": "Onderwerp: x\nSlot: team\n\n# Kop\n\n- feit\n", "an open condition": "Onderwerp: x\nSlot: team\n\n# Kop\n\n[een tekst\n",
	} {
		if _, _, err := parseLetter(source); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
