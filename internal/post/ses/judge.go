package ses

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"aanmeldpunt/internal/post"
)

// verdicts say what SES's errors mean for a letter. What is not of the letter but of the account or of our
// own set-up pauses everything: each letter would fail the same way.
var verdicts = map[string]error{
	"MessageRejected":                    post.ErrRefused,
	"BadRequestException":                post.ErrRefused,
	"TooManyRequestsException":           post.ErrSlowDown,
	"Throttling":                         post.ErrSlowDown,
	"ThrottlingException":                post.ErrSlowDown,
	"LimitExceededException":             post.ErrPaused,
	"SendingPausedException":             post.ErrPaused,
	"AccountSuspendedException":          post.ErrPaused,
	"MailFromDomainNotVerifiedException": post.ErrPaused,
	"NotFoundException":                  post.ErrPaused, // the configuration set
}

// judge says what an error of an attempt means. SES's own words may hold addresses: its code is all that
// is passed on.
func judge(err error, from string) error {
	var api smithy.APIError
	var response *awshttp.ResponseError
	status := 0
	if errors.As(err, &response) && response.Response != nil {
		status = response.HTTPStatusCode()
	}
	if errors.As(err, &api) && status != 0 && status < 500 {
		return fmt.Errorf("%w: SES answered %d %s", verdict(api, status, from), status, code(api))
	}
	var dial *net.OpError
	switch {
	case status != 0:
		return fmt.Errorf("%w: SES answered %d", post.ErrUnknown, status)
	case errors.As(err, &dial) && dial.Op == "dial":
		return fmt.Errorf("%w: SES cannot be reached, nothing was sent", post.ErrSlowDown)
	}
	return fmt.Errorf("%w: no answer from SES", post.ErrUnknown)
}

func verdict(api smithy.APIError, status int, from string) error {
	known, found := verdicts[api.ErrorCode()]
	switch {
	case found && unverified(api, from):
		return post.ErrPaused
	case found && known == post.ErrSlowDown && overQuota(api):
		return post.ErrPaused
	case found:
		return known
	case status == http.StatusTooManyRequests:
		return post.ErrSlowDown
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound:
		return post.ErrPaused // keys or rights: ours to mend
	case status >= 400:
		return post.ErrRefused
	}
	return post.ErrUnknown
}

// unverified tells a sender that SES does not know (yet) from a letter that it rejects: it gives both the same
// code, and names whose identity it misses.
func unverified(api smithy.APIError, from string) bool {
	message, domain := strings.ToLower(api.ErrorMessage()), strings.ToLower(from[strings.LastIndexByte(from, '@')+1:])
	return strings.Contains(message, "not verified") && strings.Contains(message, domain)
}

// overQuota tells the day's quota from the rate: SES gives both the same code.
func overQuota(api smithy.APIError) bool {
	message := strings.ToLower(api.ErrorMessage())
	return strings.Contains(message, "daily") || strings.Contains(message, "quota")
}

// code is SES's word for an error, as far as it is a word.
func code(api smithy.APIError) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, api.ErrorCode())
}
