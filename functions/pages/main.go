// Command pages is the Lambda function of the pages.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/setup/paging"
)

func main() { lambda.Start(gateway.Handler(paging.FromOS())) }
