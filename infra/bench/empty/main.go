// Command empty is a Lambda function that does nothing: what the others are held against.
package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() {}) }
