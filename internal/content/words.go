package content

import (
	"embed"
	"io/fs"
	"regexp"
	"strings"
	"sync"
)

//go:embed woorden/fouten.txt
var faultFile string

//go:embed woorden/velden.txt
var fieldFile string

//go:embed woorden/gewist.txt
var erasedFile string

//go:embed woorden/paginas.txt
var pageFile string

//go:embed woorden/mijn.txt
var ownFile string

// What stands at the team's desk: a file for each part of it.
//
//go:embed woorden/beheer*.txt
var deskFiles embed.FS

var (
	faults    = sync.OnceValue(func() map[string]string { return readWords(faultFile) })
	fields    = sync.OnceValue(func() map[string]string { return readWords(fieldFile) })
	erased    = sync.OnceValue(func() map[string]string { return readWords(erasedFile) })
	pageWords = sync.OnceValue(func() map[string]string { return readWords(pageFile + ownFile + joined(deskFiles)) })
)

// joined gives all the files of a folder as one text.
func joined(files embed.FS) string {
	var text strings.Builder
	names, _ := fs.Glob(files, "*/*.txt") // the pattern is well-formed
	for _, name := range names {
		file, _ := files.ReadFile(name) // it is compiled in
		text.Write(file)
	}
	return text.String()
}

// readWords reads lines of "key = words"; an empty line or one that begins with # says nothing.
func readWords(file string) map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(file) {
		key, text, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if ok && !strings.HasPrefix(key, "#") {
			words[key] = text
		}
	}
	return words
}

// Fault gives the words that belong to a code, with args filled in. A code without words of its own gets
// those of its end ("introducee.email.vorm", else "email.vorm", else "*.vorm"), and an unknown one a
// sentence that is always right.
func Fault(code string, args map[string]string) string { return fill(faultWords(code), args) }

func faultWords(code string) string {
	rest, more := code, true
	for more {
		if text, ok := faults()[rest]; ok {
			return text
		}
		_, rest, more = strings.Cut(rest, ".")
	}
	if text, ok := faults()["*."+code[strings.LastIndexByte(code, '.')+1:]]; ok {
		return text
	}
	return faults()["*"]
}

// FieldWords gives what stands at a field of a form, or on a button: "naam.label", "naam.uitleg",
// "naam.kort" (in a list), "doel.keuze.inspireren", "knop.voorstel". It is empty where there are no such words.
func FieldWords(key string, args map[string]string) string { return fill(fields()[key], args) }

// ErasedWords names a kind of what can be erased ("aanmelding", "bericht") to whose it was; it is empty for
// what has no words.
func ErasedWords(kind string) string { return erased()[kind] }

// PageWords gives what stands on a page; it is empty where there are no such words.
func PageWords(key string, args map[string]string) string { return fill(pageWords()[key], args) }

var (
	optional = pattern(`\[[^\]]*\]`)
	slot     = pattern(`\{([A-Za-z]+)(?::([^|}]*)\|([^}]*))?\}`)
)

// pattern gives a regular expression that is made when it is first asked for: no start waits for it.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// fill puts args in their {slots}. A [piece] with a slot that has no value is left out; {n:one|more}
// follows the number n.
func fill(text string, args map[string]string) string {
	if !strings.ContainsAny(text, "{[") {
		return text
	}
	text = optional().ReplaceAllStringFunc(text, func(piece string) string {
		for _, found := range slot().FindAllStringSubmatch(piece, -1) {
			if args[found[1]] == "" {
				return ""
			}
		}
		return piece[1 : len(piece)-1]
	})
	return slot().ReplaceAllStringFunc(text, func(found string) string {
		name := slot().FindStringSubmatch(found)
		switch value := args[name[1]]; {
		case !strings.Contains(found, ":"):
			return value
		case value == "1":
			return name[2]
		default:
			return name[3]
		}
	})
}
