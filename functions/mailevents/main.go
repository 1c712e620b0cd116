// Command mailevents is the Lambda function that brings SES's reports back to the letters.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/setup/reporting"
)

func main() { lambda.Start(reporting.FromOS().Handle) }
