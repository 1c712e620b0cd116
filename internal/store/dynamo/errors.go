package dynamo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"aanmeldpunt/internal/store"
)

// How a call ended, by DynamoDB's code for it. A code that is missing here and is no fault of the server's
// is a fault of ours.
var outcomes = map[string]error{
	"TransactionConflictException":           store.ErrBusy,
	"TransactionConflict":                    store.ErrBusy,
	"TransactionInProgressException":         store.ErrBusy,
	"ReplicatedWriteConflictException":       store.ErrBusy,
	"ProvisionedThroughputExceededException": store.ErrBusy,
	"ProvisionedThroughputExceeded":          store.ErrBusy,
	"RequestLimitExceeded":                   store.ErrBusy,
	"ThrottlingException":                    store.ErrBusy,
	"ThrottlingError":                        store.ErrBusy,
	"Throttling":                             store.ErrBusy,
	"SlowDown":                               store.ErrBusy,

	"AccessDeniedException":                store.ErrUnavailable,
	"ExpiredTokenException":                store.ErrUnavailable,
	"IncompleteSignature":                  store.ErrUnavailable,
	"InvalidSignatureException":            store.ErrUnavailable,
	"MissingAuthenticationToken":           store.ErrUnavailable,
	"ResourceNotFoundException":            store.ErrUnavailable,
	"UnrecognizedClientException":          store.ErrUnavailable,
	"KMSAccessDeniedException":             store.ErrUnavailable,
	"ItemCollectionSizeLimitExceeded":      store.ErrInvalid,
	"ValidationError":                      store.ErrInvalid,
	"ValidationException":                  store.ErrInvalid,
	"SerializationException":               store.ErrInvalid,
	"IdempotentParameterMismatch":          store.ErrInvalid,
	"IdempotentParameterMismatchException": store.ErrInvalid,
}

// readError says how a read ended that failed: it can be done again whatever happened.
func readError(ctx context.Context, err error) error {
	return outcome(ctx, err, store.ErrBusy)
}

// writeError says how a write ended that failed; where the answer is missing it may have been done.
func writeError(ctx context.Context, err error) error {
	var canceled *types.TransactionCanceledException
	if errors.As(err, &canceled) {
		return canceledError(canceled)
	}
	var failed *types.ConditionalCheckFailedException
	if errors.As(err, &failed) {
		return refusal(0, failed.Item)
	}
	return outcome(ctx, err, store.ErrUnknown)
}

// outcome names how a call ended; lost is how one ended whose answer is missing or a fault of the server's.
func outcome(ctx context.Context, err error, lost error) error {
	var answer smithy.APIError
	kind := lost
	switch {
	case errors.As(err, &answer):
		if kind = outcomes[answer.ErrorCode()]; kind == nil && serverFault(answer, err) {
			kind = lost
		}
	case neverSent(err):
		kind = store.ErrUnavailable
	}
	switch {
	case kind == nil:
		return fmt.Errorf("dynamo: %w", err)
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w: %w", kind, ctx.Err(), err)
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func serverFault(answer smithy.APIError, err error) bool {
	var response interface{ HTTPStatusCode() int }
	return answer.ErrorFault() == smithy.FaultServer || errors.As(err, &response) && response.HTTPStatusCode() >= 500
}

// neverSent tells whether there was no connection to send the call over.
func neverSent(err error) bool {
	var operation *net.OpError
	return errors.As(err, &operation) && operation.Op == "dial"
}

// canceledError judges a cancelled transaction by its reasons, which stand in the order of its writes.
func canceledError(canceled *types.TransactionCanceledException) error {
	var refused []store.Reason
	var codes []string
	worst := error(nil)
	for i, reason := range canceled.CancellationReasons {
		switch code := aws.ToString(reason.Code); code {
		case "", "None":
		case "ConditionalCheckFailed":
			old, err := itemOf(reason.Item)
			if err != nil {
				return fmt.Errorf("dynamo: write %d: %w", i, err)
			}
			refused = append(refused, store.Reason{Write: i, Old: old})
		default:
			codes = append(codes, code)
			if outcomes[code] != store.ErrBusy {
				worst = store.ErrInvalid
			}
		}
	}
	switch {
	case refused != nil:
		return &store.Refused{Reasons: refused}
	case worst != nil:
		return fmt.Errorf("%w: %s: %w", worst, strings.Join(codes, ", "), canceled)
	}
	return fmt.Errorf("%w: %s", store.ErrBusy, strings.Join(codes, ", "))
}

func refusal(write int, values map[string]types.AttributeValue) error {
	old, err := itemOf(values)
	if err != nil {
		return fmt.Errorf("dynamo: %w", err)
	}
	return &store.Refused{Reasons: []store.Reason{{Write: write, Old: old}}}
}
