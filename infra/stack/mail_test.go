package stack

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/work"
)

// schedules are the forms of EventBridge Scheduler.
var schedules = regexp.MustCompile(`^(rate\(([1-9][0-9]*) (minute|minutes|hour|hours|day|days)\)|cron\(([^ ()]+ ){5}[^ ()]+\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$`)

// sesEvents are the events of SES that a configuration set can publish.
var sesEvents = strings.Fields("SEND REJECT BOUNCE COMPLAINT DELIVERY OPEN CLICK RENDERING_FAILURE DELIVERY_DELAY SUBSCRIPTION")

var mailChecks = []check{{
	holds: "the stream brings what the mailer sends, and nothing is lost on the way",
	look: func(c *complaints, root *template) {
		sources := eventsOf(root, "DynamoDB")
		c.want("the templates", "number of stream sources", len(sources), 1)
		for name, source := range sources {
			c.want(name, "FunctionResponseTypes", source["FunctionResponseTypes"], []any{"ReportBatchItemFailures"})
			c.want(name, "BisectBatchOnFunctionError", source["BisectBatchOnFunctionError"], true)
			c.want(name, "StartingPosition", source["StartingPosition"], "TRIM_HORIZON")
			c.want(name, "Enabled", source["Enabled"], switched(true, false))
			for _, bound := range []string{"MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "BatchSize"} {
				if n, _ := source[bound].(int); n <= 0 {
					c.of(name, "%s is %v", bound, source[bound])
				}
			}
			c.queue(root, name, at(source, "DestinationConfig", "OnFailure", "Destination"))
		}
	},
	breaks: map[string]func(*template){
		"failures count as successes": drop("Mailer", "FunctionResponseTypes", "Events", "Stream", "Properties"),
		"retried for a day":           drop("Mailer", "MaximumRetryAttempts", "Events", "Stream", "Properties"),
		"nowhere to go":               drop("Mailer", "DestinationConfig", "Events", "Stream", "Properties"),
		"no switch":                   set("Mailer", "Enabled", true, "Events", "Stream", "Properties"),
		"not halved":                  drop("Mailer", "BisectBatchOnFunctionError", "Events", "Stream", "Properties"),
	},
}, {
	holds: "the stream's filter lets new letters through and nothing else",
	look: func(c *complaints, root *template) {
		filters := list(at(streamSource(root), "FilterCriteria", "Filters"))
		c.want("the mailer's stream", "number of filters", len(filters), 1)
		for _, filter := range filters {
			var pattern any
			text, _ := at(filter, "Pattern").(string)
			if err := json.Unmarshal([]byte(text), &pattern); err != nil {
				c.of("the mailer's stream", "a filter that is no JSON: %v", err)
				continue
			}
			for i, want := range []bool{true, false, false} {
				if matches(pattern, recorded(i)) != want {
					c.of("the mailer's stream", "of %v the filter says %v", recorded(i), !want)
				}
			}
		}
	},
	breaks: map[string]func(*template){
		"no JSON":    pattern(`{eventName: INSERT}`),
		"everything": pattern(`{"eventName":["INSERT"]}`),
		"nothing":    pattern(`{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":["brief#"]}}}`),
		"changes":    pattern(`{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"brief#"}]}}}}`),
	},
}, {
	holds: "the sweep and the clock run every minute, each with the input its function knows",
	look: func(c *complaints, root *template) {
		sources := eventsOf(root, "ScheduleV2")
		c.want("the templates", "number of schedules", len(sources), 2)
		for name, source := range sources {
			called, wanted := "${Name}-sweep", work.Task{Task: work.SweepTask}
			if strings.HasPrefix(name, "Clock") {
				called, wanted = "${Name}-clock", work.Task{Task: work.ClockTask}
			}
			expression, _ := source["ScheduleExpression"].(string)
			if !schedules.MatchString(expression) || strings.HasPrefix(expression, "rate(1 ") == strings.HasSuffix(expression, "s)") {
				c.of(name, "%q is no schedule", expression)
			}
			c.want(name, "ScheduleExpression", expression, "rate(1 minute)")
			c.want(name, "Name", source["Name"], object{"Fn::Sub": called}) // else two stacks want the same
			c.want(name, "State", source["State"], switched("ENABLED", "DISABLED"))
			var task work.Task
			input, _ := source["Input"].(string)
			if err := json.Unmarshal([]byte(input), &task); err != nil || task != wanted {
				c.of(name, "the input %s is not its own: %v", input, err)
			}
			c.queue(root, name, at(source, "DeadLetterConfig", "Arn"))
		}
	},
	breaks: map[string]func(*template){
		"no expression":   set("Mailer", "ScheduleExpression", "rate(1 minutes)", "Events", "Sweep", "Properties"),
		"another task":    set("Mailer", "Input", `{"taak":"sweep"}`, "Events", "Sweep", "Properties"),
		"orphans taken":   set("Mailer", "Input", `{"taak":"nasturen","wezen":true}`, "Events", "Sweep", "Properties"),
		"everyone's name": drop("Mailer", "Name", "Events", "Sweep", "Properties"),
		"no switch":       set("Mailer", "State", "ENABLED", "Events", "Sweep", "Properties"),
		"nowhere to go":   drop("Mailer", "DeadLetterConfig", "Events", "Sweep", "Properties"),
		"a slow clock":    set("Clock", "ScheduleExpression", "rate(1 hour)", "Events", "Tick", "Properties"),
		"the other task":  set("Clock", "Input", `{"taak":"nasturen"}`, "Events", "Tick", "Properties"),
		"a clock alone":   set("Clock", "State", "ENABLED", "Events", "Tick", "Properties"),
	},
}, {
	holds: "the mailer runs one at a time, for its process keeps the account's rate",
	look: func(c *complaints, root *template) {
		mailer := find(root, "Mailer")
		c.want(mailer, "ReservedConcurrentExecutions", mailer.props["ReservedConcurrentExecutions"], object{"Ref": "MailerConcurrency"})
		c.want(mailer, "default", at(root.section("Parameters"), "MailerConcurrency", "Default"), 1)
	},
	breaks: map[string]func(*template){"any number": drop("Mailer", "ReservedConcurrentExecutions")},
}, {
	holds: "a minute's run that cannot be made is given up: the next one does its work",
	look: func(c *complaints, root *template) {
		for _, name := range []string{"Mailer", "Clock"} {
			c.want(name, "EventInvokeConfig", find(root, name).props["EventInvokeConfig"], object{"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 0})
		}
	},
	breaks: map[string]func(*template){
		"it waits for hours": drop("Mailer", "EventInvokeConfig"),
		"the clock does":     drop("Clock", "EventInvokeConfig"),
	},
}, {
	holds: "what is called without waiting has somewhere for its failures",
	look: func(c *complaints, root *template) {
		reports := find(root, "Mailevents")
		c.queue(root, reports, at(reports.props, "EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination"))
		c.want(reports, "MaximumRetryAttempts", at(reports.props, "EventInvokeConfig", "MaximumRetryAttempts"), 2)
		rules := root.every("AWS::Events::Rule")
		c.want("the templates", "number of rules", len(rules), 1)
		for _, rule := range rules {
			target := at(rule.props, "Targets", 0)
			c.queue(root, rule, at(target, "DeadLetterConfig", "Arn"))
			if n, _ := at(target, "RetryPolicy", "MaximumRetryAttempts").(int); n == 0 {
				c.of(rule, "no retries")
			}
		}
	},
	breaks: map[string]func(*template){
		"a report without":  drop("Mailevents", "EventInvokeConfig"),
		"a rule without":    drop("Reports", "DeadLetterConfig", "Targets", 0),
		"a queue not there": set("Reports", "DeadLetterConfig", object{"Arn": object{"Fn::GetAtt": []any{"Nothing", "Arn"}}}, "Targets", 0),
	},
}, {
	holds: "SES reports by EventBridge, and the rule takes our own reports",
	look: func(c *complaints, root *template) {
		for _, r := range root.every("AWS::SES::ConfigurationSetEventDestination") {
			kinds := list(at(r.props, "EventDestination", "MatchingEventTypes"))
			for _, kind := range kinds {
				if !slices.Contains(sesEvents, fmt.Sprint(kind)) {
					c.of(r, "%v is no event of SES", kind)
				}
			}
			for _, needed := range []any{"SEND", "REJECT", "BOUNCE", "COMPLAINT", "DELIVERY", "DELIVERY_DELAY"} {
				if !slices.Contains(kinds, needed) {
					c.of(r, "%v is not reported", needed)
				}
			}
			c.want(r, "Enabled", at(r.props, "EventDestination", "Enabled"), true)
		}
		rule := find(root, "Reports")
		pattern := deployed(root, given).child("Mail").value(rule.props["EventPattern"])
		set := at(pattern, "detail", "mail", "tags", "ses:configuration-set")
		if diff := cmp.Diff([]any{"<infra/post.yaml/ConfigurationSet>"}, set); diff != "" {
			c.of(rule, "the configuration set: %s", diff)
		}
		set.([]any)[0] = "aanmeldpunt" // as it is called in what was recorded
		files, _ := filepath.Glob(filepath.Join(top, "events", "mailevents", "*.json"))
		for _, file := range files {
			if !matches(pattern, parsed(file)) {
				c.of(rule, "it does not take %s", filepath.Base(file))
			}
		}
		c.want(rule, "number of reports held against it", len(files) >= 6, true)
	},
	breaks: map[string]func(*template){
		"a word SES lacks": set("Events", "MatchingEventTypes", []any{"SENT"}, "EventDestination"),
		"bounces unheard":  set("Events", "MatchingEventTypes", []any{"SEND"}, "EventDestination"),
		"another source":   set("Reports", "source", []any{"aws.s3"}, "EventPattern"),
		"another set":      set("Reports", "ses:configuration-set", []any{"x"}, "EventPattern", "detail", "mail", "tags"),
	},
}, {
	holds: "the domain is signed for, has a name that bounces come to, and nobody is watched",
	look: func(c *complaints, root *template) {
		identity := find(root, "Identity")
		c.want(identity, "SigningEnabled", at(identity.props, "DkimAttributes", "SigningEnabled"), true)
		c.want(identity, "key length", at(identity.props, "DkimSigningAttributes", "NextSigningKeyLength"), "RSA_2048_BIT")
		behaviour, _ := at(identity.props, "MailFromAttributes", "BehaviorOnMxFailure").(string)
		if !slices.Contains([]string{"USE_DEFAULT_VALUE", "REJECT_MESSAGE"}, behaviour) || at(identity.props, "MailFromAttributes", "MailFromDomain") == nil {
			c.of(identity, "no name that bounces come to")
		}
		set := find(root, "ConfigurationSet")
		c.want(set, "TlsPolicy", at(set.props, "DeliveryOptions", "TlsPolicy"), "REQUIRE")
		c.want(set, "ReputationMetricsEnabled", at(set.props, "ReputationOptions", "ReputationMetricsEnabled"), true)
		c.want(set, "SuppressedReasons", at(set.props, "SuppressionOptions", "SuppressedReasons"), []any{"BOUNCE", "COMPLAINT"})
		c.want(set, "TrackingOptions", set.props["TrackingOptions"], nil)
	},
	breaks: map[string]func(*template){
		"unsigned":        set("Identity", "SigningEnabled", false, "DkimAttributes"),
		"open to read":    set("ConfigurationSet", "TlsPolicy", "Required", "DeliveryOptions"),
		"a tracking name": set("ConfigurationSet", "TrackingOptions", object{"CustomRedirectDomain": "x"}),
		"a wrong word":    set("Identity", "BehaviorOnMxFailure", "UseDefaultValue", "MailFromAttributes"),
	},
}}

// switched is a value that depends on whether letters go out.
func switched(on, off any) object { return object{"Fn::If": []any{"Sends", on, off}} }

func pattern(text string) func(*template) {
	return set("Mailer", "FilterCriteria", object{"Filters": []any{object{"Pattern": text}}}, "Events", "Stream", "Properties")
}

// queue complains where a destination is no queue of ours that somebody watches.
func (c *complaints) queue(root *template, what, destination any) {
	name, _ := at(destination, "Fn::GetAtt", 0).(string)
	for _, r := range root.every("AWS::SQS::Queue") {
		if r.name == name {
			return
		}
	}
	c.of(what, "%v is no queue for failures", destination)
}

// recorded gives a stream record: 0 a new letter, 1 something else that is new, 2 a letter that changed.
func recorded(i int) any {
	file := filepath.Join(top, "events", "mailer", []string{"stream.json", "stream-stranger.json", "stream.json"}[i])
	record := at(parsed(file), "Records", i%2)
	if i == 2 {
		record.(object)["eventName"] = "MODIFY"
	}
	return record
}

func parsed(file string) (value any) {
	raw, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(raw, &value)
	}
	if err != nil {
		panic(err)
	}
	return value
}
