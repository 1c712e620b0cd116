// Command messages is the Lambda function of the API's messages.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/setup/apis"
)

func main() {
	service := apis.WithAtlas(apis.FromOS())
	lambda.Start(gateway.Handler(service.Messages()))
}
