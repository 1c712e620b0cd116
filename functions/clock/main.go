// Command clock is the Lambda function that does what falls due: openings, reminders, offers that lapse, the end
// of waiting lists, the letter to the team.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/setup/clocking"
)

func main() { lambda.Start(clocking.FromOS().Handle) }
