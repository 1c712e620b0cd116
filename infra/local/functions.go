package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/gateway"
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

// maxBody is what API Gateway takes; more it refuses by itself.
const maxBody = 10 << 20

// gate plays API Gateway: it gives each request to the function of its route, as the event that API Gateway
// would send. The routes are those of template.yaml.
type gate struct {
	routes   []route
	fallback function // the $default route
}

// route is a path with * for any one segment.
type route struct {
	path string
	to   function
}

func (a gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		gatewayError(w, http.StatusRequestEntityTooLarge, "Request Too Long")
		return
	}
	var answer events.APIGatewayV2HTTPResponse
	if err := a.route(r.URL.Path).call(r.Context(), gateway.Event(r, body), &answer); err != nil {
		gatewayError(w, http.StatusInternalServerError, "Internal Server Error")
		return
	}
	gateway.Write(w, answer)
}

func (a gate) route(path string) function {
	segments := strings.Split(path, "/")
	for _, route := range a.routes {
		if fits(strings.Split(route.path, "/"), segments) {
			return route.to
		}
	}
	return a.fallback
}

func fits(want, have []string) bool {
	return slices.EqualFunc(want, have, func(w, h string) bool { return w == h || w == "*" && h != "" })
}

// gatewayError is what API Gateway says of its own accord.
func gatewayError(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, "{\"message\":%q}\n", message)
}
