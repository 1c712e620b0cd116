// Command exports is the Lambda function of the spreadsheets.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/setup/exporting"
)

func main() { lambda.Start(gateway.Streamed(exporting.FromOS())) }
