// Command console is the Lambda function of the team's desk.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/setup/consoling"
)

func main() { lambda.Start(gateway.Handler(consoling.FromOS())) }
