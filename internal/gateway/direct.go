package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// Direct is a Lambda handler as Handler makes one, for answers of megabytes: it takes the event and gives the answer as the
// bytes that they are. Encoding a body in base64, and then once more as JSON, would hold it four times.
type Direct struct{ handler http.Handler }

// NewDirect makes one of an HTTP handler.
func NewDirect(h http.Handler) Direct { return Direct{h} }

// Invoke is what the Lambda runtime calls. An event that is not an HTTP API's gives ErrNotHTTP.
func (d Direct) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, ErrNotHTTP
	}
	w, err := serve(ctx, d.handler, e)
	if err != nil {
		return nil, err
	}
	if w == nil {
		return json.Marshal(badBody)
	}
	out := w.head()
	if plain(w.sent, w.body.Bytes()) {
		out.Body = w.body.String()
		return json.Marshal(out)
	}
	out.IsBase64Encoded = true
	return spliced(out, w.body.Bytes())
}

// noBody is where the body of an answer stands that has none.
var noBody = []byte(`"body":"`)

// spliced gives the JSON of an answer with a body in base64, made in one piece: base64 needs no escapes there.
func spliced(out events.APIGatewayV2HTTPResponse, body []byte) ([]byte, error) {
	frame, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndex(frame, noBody) + len(noBody) // behind the headers, in which it may stand too
	answer := make([]byte, 0, len(frame)+base64.StdEncoding.EncodedLen(len(body)))
	answer = append(answer, frame[:at]...)
	answer = base64.StdEncoding.AppendEncode(answer, body)
	return append(answer, frame[at:]...), nil
}
