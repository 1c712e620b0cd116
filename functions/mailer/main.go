// Command mailer is the Lambda function that sends the stored letters: as the table's stream brings them,
// and by a sweep on a schedule.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/setup/mailing"
)

func main() { lambda.Start(mailing.FromOS().Handle) }
