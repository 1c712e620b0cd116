package outbox

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"aanmeldpunt/internal/post"
)

// BenchmarkSend sends letters of an ordinary size from 64 senders at once; -benchtime=10000x is the rush
// after a meeting opens.
func BenchmarkSend(b *testing.B) {
	box := open(b, filepath.Join(b.TempDir(), "outbox.db"), &ear{})
	raw := message("sanne@voorbeeld.example", strings.Repeat("x", 60))
	raw = append(raw, strings.Repeat("Een regel van zestig tekens, zoals er veel zijn in een brief.\r\n", 130)...)
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for n := 0; pb.Next(); n++ {
			letter := post.Outgoing{LetterID: fmt.Sprint("brief", n), To: fmt.Sprintf("gast%d@voorbeeld.example", n), Raw: raw}
			if _, err := box.Send(b.Context(), letter); err != nil {
				b.Error(err)
			}
		}
	})
	settle(b, box)
}
