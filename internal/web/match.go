package web

import (
	"net/url"
	"strings"
)

// Match holds a path, as it was sent, against a pattern with {names} for single segments; nothing is cleaned
// or redirected.
func Match(pattern, path string) (map[string]string, bool) {
	var values map[string]string
	for {
		want, restWant, moreWant := strings.Cut(pattern, "/")
		have, restHave, moreHave := strings.Cut(path, "/")
		have, err := url.PathUnescape(have)
		name, named := strings.CutPrefix(want, "{")
		switch {
		case err != nil || moreWant != moreHave || named && have == "" || !named && want != have:
			return nil, false
		case named && values == nil:
			values = map[string]string{strings.TrimSuffix(name, "}"): have}
		case named:
			values[strings.TrimSuffix(name, "}")] = have
		}
		if !moreWant {
			return values, true
		}
		pattern, path = restWant, restHave
	}
}

// LongestName is more than anything of ours is called by, in bytes: nothing has a longer name, and no table takes one.
const LongestName = 300

// TooLong says whether a piece of a path is longer than any name.
func TooLong(values map[string]string) bool {
	for _, value := range values {
		if len(value) > LongestName {
			return true
		}
	}
	return false
}
