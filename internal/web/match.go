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
