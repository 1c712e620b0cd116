package dynamo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Client makes a client from environment variables alone, as Lambda sets them: AWS_REGION,
// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where there is one, AWS_SESSION_TOKEN;
// AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL sends it elsewhere. A missing variable is named in the error.
// (The SDK's own loader knows more places and makes the binary 2 MB larger.)
//
// The client makes one attempt at each call: trying again is the store's.
func Client(getenv func(string) string, h *http.Client) (*dynamodb.Client, error) {
	if h == nil {
		h = http.DefaultClient
	}
	var missing []error
	need := func(name string) string {
		value := getenv(name)
		if value == "" {
			missing = append(missing, fmt.Errorf("environment variable %s is not set", name))
		}
		return value
	}
	options := dynamodb.Options{Region: need("AWS_REGION"), HTTPClient: steady{h}, Retryer: aws.NopRetryer{}}
	credentials := aws.Credentials{
		AccessKeyID: need("AWS_ACCESS_KEY_ID"), SecretAccessKey: need("AWS_SECRET_ACCESS_KEY"),
		SessionToken: getenv("AWS_SESSION_TOKEN"), Source: "environment",
	}
	options.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return credentials, nil })
	if own := ownEndpoint(getenv); own != "" {
		options.BaseEndpoint = &own
	}
	if err := errors.Join(missing...); err != nil {
		return nil, fmt.Errorf("dynamo: %w", err)
	}
	return dynamodb.New(options), nil
}

// steady sends a body that is its own. The SDK closes the one it made as soon as an answer begins, while the
// transport may still look for its end: that breaks the connection under the answer, at times, where the
// database is near. A body that can be sent again also lets the transport replace a connection that the
// other side closed while the function was frozen.
type steady struct{ *http.Client }

func (s steady) Do(r *http.Request) (*http.Response, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return s.Client.Do(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r = r.WithContext(r.Context())
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, _ = r.GetBody()
	return s.Client.Do(r)
}

func ownEndpoint(getenv func(string) string) string {
	if own := getenv("AWS_ENDPOINT_URL_DYNAMODB"); own != "" {
		return own
	}
	return getenv("AWS_ENDPOINT_URL")
}

// Warm opens the connection that the first call will use, so that a function pays for the handshake before
// its first request. h is the client's. A failure does not matter: then the first call pays.
func Warm(ctx context.Context, getenv func(string) string, h *http.Client) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	endpoint := ownEndpoint(getenv)
	if endpoint == "" {
		endpoint = "https://dynamodb." + getenv("AWS_REGION") + ".amazonaws.com"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint+"/ping", nil)
	if err != nil {
		return
	}
	answer, err := h.Do(request)
	if err != nil {
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // a body left unread closes the connection
}
