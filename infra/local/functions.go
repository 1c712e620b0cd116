package main

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/aws/aws-lambda-go/lambda"
)

// function is a Lambda function as Lambda calls it: bytes in, bytes out. As there, an instance of it has one call
// at a time: what it answers stands in a buffer of its own that its next call writes over.
type function struct{ instances *sync.Pool }

func newFunction(handler any) function {
	return function{&sync.Pool{New: func() any { return lambda.NewHandler(handler) }}}
}

// call sends an event and reads the answer into out, which may be nil.
func (f function) call(ctx context.Context, event, out any) error {
	payload, err := json.Marshal(event)
	if err != nil {
		return err
	}
	instance := f.instances.Get().(lambda.Handler)
	defer f.instances.Put(instance)
	answer, err := instance.Invoke(ctx, payload)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer, out)
}
