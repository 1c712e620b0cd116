// Command registrations is the Lambda function of the API's registrations.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/setup/apis"
)

func main() {
	service := apis.FromOS()
	lambda.Start(gateway.Handler(service.Registrations()))
}
