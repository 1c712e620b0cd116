package stack

import (
	"strings"
)

// lambdaFunction is the kind of a function's resource.
const lambdaFunction = "AWS::Serverless::Function"

// routes gives for each route key of the API the resource of the function it goes to.
func routes(root *template) map[string]string {
	out := map[string]string{}
	for _, r := range root.every(lambdaFunction) {
		events, _ := r.props["Events"].(object)
		for _, e := range events {
			if at(e, "Type") == "HttpApi" {
				out[routeKey(e)] = r.name
			}
		}
	}
	return out
}

func routeKey(e any) string {
	path, _ := at(e, "Properties", "Path").(string)
	method, _ := at(e, "Properties", "Method").(string)
	if path == "" {
		return "$default"
	}
	return strings.ToUpper(method) + " " + path
}

// eventsOf gives the event sources of a kind that any function has, by "Function/Event".
func eventsOf(root *template, kind string) map[string]object {
	out := map[string]object{}
	for _, r := range root.every(lambdaFunction) {
		events, _ := r.props["Events"].(object)
		for name, e := range events {
			if at(e, "Type") == kind {
				props, _ := at(e, "Properties").(object)
				out[r.name+"/"+name] = props
			}
		}
	}
	return out
}

// streamSource is the mailer's event source.
func streamSource(root *template) object { return eventsOf(root, "DynamoDB")["Mailer/Stream"] }
