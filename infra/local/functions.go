package main

import (
	"context"
	"encoding/json"

	"github.com/aws/aws-lambda-go/lambda"
)

// function is a Lambda function as Lambda calls it: bytes in, bytes out.
type function struct{ handler lambda.Handler }

func newFunction(handler any) function { return function{lambda.NewHandler(handler)} }

// call sends an event and reads the answer into out, which may be nil.
func (f function) call(ctx context.Context, event, out any) error {
	payload, err := json.Marshal(event)
	if err != nil {
		return err
	}
	answer, err := f.handler.Invoke(ctx, payload)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer, out)
}
