package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// Streamed makes a Lambda handler of an HTTP handler as Handler does, for answers of megabytes: the runtime reads the
// answer while it sends it. So a body is held once, as the bytes that it is: never whole in base64, nor as JSON.
func Streamed(h http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (io.Reader, error) {
	return func(ctx context.Context, e events.APIGatewayV2HTTPRequest) (io.Reader, error) {
		w, err := serve(ctx, h, e)
		switch {
		case err != nil:
			return nil, err
		case w == nil:
			return whole(badBody)
		}
		if out := w.head(); !plain(w.sent, w.body.Bytes()) {
			return spliced(out, w.body.Bytes())
		}
		return whole(w.response())
	}
}

// stream is read by the runtime as it stands. It has no field that JSON would show: the runtime encodes what has one.
type stream struct{ from io.Reader }

func (s stream) Read(p []byte) (int, error) { return s.from.Read(p) }

func whole(out events.APIGatewayV2HTTPResponse) (io.Reader, error) {
	text, err := json.Marshal(out)
	return stream{bytes.NewReader(text)}, err
}

// noBody is where the body of an answer stands that has none.
const noBody = `"body":"`

// spliced gives the JSON of an answer with a body in base64, which needs no escapes there.
func spliced(out events.APIGatewayV2HTTPResponse, body []byte) (io.Reader, error) {
	out.IsBase64Encoded = true
	frame, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndex(frame, []byte(noBody)) + len(noBody) // behind the headers, in which it may stand too
	return stream{io.MultiReader(bytes.NewReader(frame[:at]), &inBase64{rest: body}, bytes.NewReader(frame[at:]))}, nil
}

// piece is how many bytes are put in base64 at once: whole threes, so that only the last piece is padded.
const piece = 3 << 10

// inBase64 reads bytes in base64.
type inBase64 struct {
	rest  []byte
	ready []byte // what was encoded and not yet read
	room  [piece / 3 * 4]byte
}

func (b *inBase64) Read(p []byte) (int, error) {
	if len(b.ready) == 0 {
		if len(b.rest) == 0 {
			return 0, io.EOF
		}
		n := min(piece, len(b.rest))
		b.ready = base64.StdEncoding.AppendEncode(b.room[:0], b.rest[:n])
		b.rest = b.rest[n:]
	}
	n := copy(p, b.ready)
	b.ready = b.ready[n:]
	return n, nil
}
