// Package ses hands letters to Amazon SES.
//
// SES has no way to say "this is the letter I sent a moment ago", so an attempt is made once, and what its
// answer leaves in doubt is said to be in doubt. The SDK would make three attempts by itself.
package ses

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"

	"aanmeldpunt/internal/post"
)

// Options say which SES, and what goes with each letter.
type Options struct {
	Region           string
	Endpoint         string // instead of SES's own in the region; empty: its own
	Credentials      aws.CredentialsProvider
	HTTP             *http.Client // shared with other clients, so that connections are
	From             string       // the address that letters come from
	ConfigurationSet string       // makes SES report what becomes of a letter
	Trial            bool         // also hand over letters to domains that cannot exist (.example, .invalid, .test)
}

// Office is a post.Office that gives letters to SES.
type Office struct {
	client  *sesv2.Client
	options Options
}

var _ post.Office = (*Office)(nil)

// LetterTag is the message tag that carries a letter's id and comes back with every event.
const LetterTag = "brief"

// Patience is how long an attempt waits for SES's answer: well within the lease of a letter.
const Patience = 10 * time.Second

// New makes an Office. Everything is given by hand: loading the SDK's own configuration would cost a
// Lambda a quarter of its size and more of its start.
func New(o Options) *Office {
	return &Office{options: o, client: sesv2.New(sesv2.Options{
		Region:           o.Region,
		BaseEndpoint:     endpoint(o.Endpoint),
		Credentials:      o.Credentials,
		HTTPClient:       client(o.HTTP),
		Retryer:          aws.NopRetryer{},
		RetryMaxAttempts: 1,
	})}
}

func endpoint(url string) *string {
	if url == "" {
		return nil
	}
	return &url
}

func client(given *http.Client) sesv2.HTTPClient {
	if given == nil {
		return nil // the SDK's own
	}
	return given
}

// Send makes one attempt.
func (o *Office) Send(ctx context.Context, letter post.Outgoing) (messageID string, err error) {
	if !o.options.Trial && nowhere(letter.To) {
		return "", fmt.Errorf("%w: a letter to an example address, and this is no trial", post.ErrRefused)
	}
	if ctx.Err() != nil {
		return "", fmt.Errorf("%w: no time left, nothing was sent", post.ErrSlowDown)
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	out, err := o.client.SendEmail(ctx, &sesv2.SendEmailInput{
		FromEmailAddress:     &o.options.From,
		Destination:          &types.Destination{ToAddresses: []string{letter.To}},
		Content:              &types.EmailContent{Raw: &types.RawMessage{Data: letter.Raw}},
		ConfigurationSetName: &o.options.ConfigurationSet,
		EmailTags:            []types.MessageTag{{Name: aws.String(LetterTag), Value: &letter.LetterID}},
	})
	if err != nil {
		return "", judge(err, o.options.From)
	}
	return aws.ToString(out.MessageId), nil
}

// nowhere says whether an address is at a domain that exists for examples and tests alone (RFC 2606).
func nowhere(address string) bool {
	domain := strings.TrimSuffix(strings.ToLower(address[strings.LastIndexByte(address, '@')+1:]), ".")
	switch domain[strings.LastIndexByte(domain, '.')+1:] {
	case "example", "invalid", "test":
		return true
	}
	return false
}

// FromEnvironment takes what AWS's own environment variables say: region, endpoint and credentials. The
// error names what is missing.
func FromEnvironment(getenv func(string) string) (Options, error) {
	o := Options{Region: getenv("AWS_REGION"), Endpoint: getenv("AWS_ENDPOINT_URL_SESV2")}
	if o.Endpoint == "" {
		o.Endpoint = getenv("AWS_ENDPOINT_URL")
	}
	if o.Region == "" {
		return Options{}, errors.New("ses: AWS_REGION is not set")
	}
	keys := aws.Credentials{AccessKeyID: getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: getenv("AWS_SECRET_ACCESS_KEY"),
		SessionToken: getenv("AWS_SESSION_TOKEN"), Source: "environment"}
	if !keys.HasKeys() {
		return Options{}, errors.New("ses: AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set")
	}
	o.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return keys, nil })
	return o, nil
}
