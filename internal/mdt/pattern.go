package mdt

import (
	"regexp"
	"sync"
)

// pattern gives a regular expression that is made when it is first asked for: a function should be ready
// soon, and needs few of them.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
