package stack

import (
	"fmt"
	"slices"
)

// watched are the metrics that somebody must hear of.
var watched = []string{"AWS/ApiGateway 5xx", "AWS/Lambda Errors", "AWS/Lambda Throttles", "AWS/Lambda IteratorAge",
	"AWS/SQS ApproximateNumberOfMessagesVisible", "AWS/DynamoDB ReadThrottleEvents", "AWS/DynamoDB WriteThrottleEvents",
	"AWS/SES Reputation.BounceRate", "AWS/SES Reputation.ComplaintRate", "own ErrorLines", "own OldestLetterSeconds", "own ClockLateSeconds",
	"own NewAddressLettersHeld"}

var watchChecks = []check{{
	holds: "what must be heard of has an alarm that tells somebody",
	look: func(c *complaints, root *template) {
		var have []string
		for _, r := range root.every("AWS::CloudWatch::Alarm") {
			c.want(r, "AlarmActions", r.props["AlarmActions"], []any{object{"Ref": "Topic"}})
			if enabled := r.props["ActionsEnabled"]; enabled != nil {
				c.want(r, "ActionsEnabled", enabled, switched(true, false))
			}
			have = append(have, metrics(r)...)
		}
		for _, metric := range watched {
			if !slices.Contains(have, metric) {
				c.of("the alarms", "nobody hears of %s", metric)
			}
		}
		c.want(find(root, "Topic"), "Subscription", at(find(root, "Topic").props, "Subscription", 0), object{"Protocol": "email", "Endpoint": object{"Ref": "AlarmMail"}})
	},
	breaks: map[string]func(*template){
		"a silent alarm":  drop("ServerErrors", "AlarmActions"),
		"a switched one":  set("ErrorLines", "ActionsEnabled", false),
		"a metric spoilt": set("ServerErrors", "MetricName", "5XXError"),
		"nobody's mail":   drop("Topic", "Subscription"),
	},
}, {
	holds: "a function that nobody waits for is heard of when it fails, and when it is silent",
	look: func(c *complaints, root *template) {
		for _, name := range []string{"Mailer", "Mailevents", "Clock"} {
			if !dimension(root, "AWS/Lambda", name) {
				c.of(name, "nobody hears when it fails")
			}
		}
		for _, alarm := range []string{"LettersTooOld", "ClockTooLate"} {
			r := find(root, alarm)
			c.want(r, "TreatMissingData", r.props["TreatMissingData"], "breaching")
			c.want(r, "ActionsEnabled", r.props["ActionsEnabled"], switched(true, false))
		}
	},
	breaks: map[string]func(*template){
		"a clock that may fail":       set("ClockFails", "Dimensions", []any{}),
		"a clock that may be silent":  set("ClockTooLate", "TreatMissingData", "notBreaching"),
		"an alarm of what is put off": drop("ClockTooLate", "ActionsEnabled"),
	},
}, {
	holds: "every queue of failures has an alarm",
	look: func(c *complaints, root *template) {
		for _, queue := range root.every("AWS::SQS::Queue") {
			if !dimension(root, "AWS/SQS", queue.name) {
				c.of(queue, "nobody hears what falls into it")
			}
		}
	},
	breaks: map[string]func(*template){
		"one alarm too few": func(root *template) {
			delete(find(root, "ReportFailuresWait").in.section("Resources"), "ReportFailuresWait")
		},
	},
}, {
	holds: "every function's throttles are counted, the mailer's apart",
	look: func(c *complaints, root *template) {
		for _, r := range root.every(lambdaFunction) {
			if r.name == "Mailer" {
				continue
			}
			found := false
			for _, query := range list(find(root, "Throttles").props["Metrics"]) {
				found = found || at(query, "MetricStat", "Metric", "Dimensions", 0, "Value", "Ref") == r.name
			}
			if !found {
				c.of(r, "its throttles are not counted")
			}
		}
	},
	breaks: map[string]func(*template){
		"one left out": func(root *template) {
			alarm := find(root, "Throttles").props
			alarm["Metrics"] = slices.Delete(list(alarm["Metrics"]), 1, 2)
		},
	},
}, {
	holds: "an alarm on a metric of our own has a filter that makes it",
	look: func(c *complaints, root *template) {
		made := map[string]bool{}
		for _, r := range root.every("AWS::Logs::MetricFilter") {
			transformation := at(r.props, "MetricTransformations", 0)
			c.want(r, "MetricNamespace", at(transformation, "MetricNamespace"), object{"Ref": "Name"})
			made[fmt.Sprint("own ", at(transformation, "MetricName"))] = true
		}
		for _, r := range root.every("AWS::CloudWatch::Alarm") {
			for _, metric := range metrics(r) {
				if len(metric) > 4 && metric[:4] == "own " && !made[metric] {
					c.of(r, "nothing makes %s", metric)
				}
			}
		}
	},
	breaks: map[string]func(*template){
		"another name":      set("LettersTooOld", "MetricName", "OldestLetter"),
		"another namespace": set("WaitingLetters", "MetricNamespace", "Aanmeldpunt", "MetricTransformations", 0),
	},
}}

// metrics gives what an alarm looks at: "namespace name", with own for a namespace of ours.
func metrics(alarm resource) (out []string) {
	walk(alarm.props, func(m object) {
		if m["MetricName"] == nil {
			return
		}
		namespace := m["Namespace"]
		if at(namespace, "Ref") == "Name" {
			namespace = "own"
		}
		out = append(out, fmt.Sprint(namespace, " ", m["MetricName"]))
	})
	return out
}

// dimension says whether an alarm looks at a resource of this name.
func dimension(root *template, namespace, name string) bool {
	return slices.ContainsFunc(root.every("AWS::CloudWatch::Alarm"), func(r resource) bool {
		return r.props["Namespace"] == namespace && pointsAt(at(r.props, "Dimensions", 0, "Value"), name)
	})
}
