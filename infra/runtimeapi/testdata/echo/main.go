// Command echo is a function for the tests of the Runtime API: it answers with what it was given.
package main

import (
	"context"
	"errors"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type event struct {
	Say  string `json:"say"`
	Fail string `json:"fail"`
}

func main() {
	if os.Getenv("NEEDED") == "" {
		os.Stderr.WriteString("NEEDED is missing")
		os.Exit(1)
	}
	lambda.Start(handle)
}

func handle(ctx context.Context, e event) (map[string]string, error) {
	switch e.Fail {
	case "error":
		return nil, errors.New("as asked")
	case "panic":
		panic("as asked")
	case "exit":
		os.Exit(3)
	}
	deadline, _ := ctx.Deadline()
	lc, _ := lambdacontext.FromContext(ctx)
	if deadline.IsZero() || lc.AwsRequestID == "" {
		return nil, errors.New("no deadline or no request id")
	}
	return map[string]string{"said": e.Say, "needed": os.Getenv("NEEDED")}, nil
}
