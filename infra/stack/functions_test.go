package stack

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// gatewayWaits is how long API Gateway waits for a function, in seconds.
const gatewayWaits = 30

var functionChecks = []check{{
	holds: "every function is built from its own folder, as Lambda runs it",
	look: func(c *complaints, root *template) {
		for _, r := range root.every(lambdaFunction) {
			folder, _ := r.props["CodeUri"].(string)
			folder = filepath.Join(top, filepath.Dir(r.in.path), folder)
			c.want(r, "CodeUri", folder, filepath.Join(top, "functions", strings.ToLower(r.name)))
			if _, err := os.Stat(filepath.Join(folder, "main.go")); err != nil {
				c.of(r, "no main.go: %v", err)
			}
			c.want(r, "BuildMethod", at(r.whole, "Metadata", "BuildMethod"), "go1.x")
			c.want(r, "Handler", property(r, "Handler"), "bootstrap")
			c.want(r, "Runtime", property(r, "Runtime"), "provided.al2023")
			c.want(r, "Architectures", property(r, "Architectures"), []any{object{"Ref": "Arch"}})
		}
	},
	breaks: map[string]func(*template){
		"all of the code":    set("Pages", "CodeUri", "."),
		"a folder not there": set("Mailer", "CodeUri", "functions/mailer/"),
		"a fixed processor":  set("Mailer", "Architectures", []any{"arm64"}),
	},
}, {
	holds: "every folder of functions is in the templates",
	look: func(c *complaints, root *template) {
		folders, _ := filepath.Glob(filepath.Join(top, "functions", "*", "main.go"))
		known := map[string]bool{}
		for _, name := range names(root) {
			known[name] = true
		}
		for _, main := range folders {
			if name := filepath.Base(filepath.Dir(main)); !known[name] {
				c.of("functions/"+name, "is in no template")
			}
		}
	},
	breaks: map[string]func(*template){"a function is left out": func(root *template) { delete(root.section("Resources"), "Pages") }},
}, {
	holds: "every function has a log of its own that is kept half a year, and errors in it are counted",
	look: func(c *complaints, root *template) {
		counted := map[string]bool{}
		for _, r := range root.every("AWS::Logs::MetricFilter") {
			if at(r.props, "MetricTransformations", 0, "MetricName") == "ErrorLines" {
				group, _ := at(r.props, "LogGroupName", "Ref").(string)
				counted[group] = true
				c.want(r, "FilterPattern", r.props["FilterPattern"], `{ $.level = "ERROR" }`)
			}
		}
		for _, r := range root.every(lambdaFunction) {
			c.want(r, "LogFormat", property(r, "LoggingConfig", "LogFormat"), "JSON")
			if !pointsAt(at(r.props, "LoggingConfig", "LogGroup"), r.name+"Log") || !counted[r.name+"Log"] {
				c.of(r, "no log group of its own, or its errors are not counted")
			}
		}
		for _, r := range root.every("AWS::Logs::LogGroup") {
			c.want(r, "RetentionInDays", r.props["RetentionInDays"], 180)
		}
	},
	breaks: map[string]func(*template){
		"no retention":            drop("PagesLog", "RetentionInDays"),
		"the log of another":      set("Pages", "LoggingConfig", object{"LogGroup": object{"Ref": "MailerLog"}}),
		"a pattern never matched": set("MailerErrors", "FilterPattern", "ERROR"),
		"no filter":               func(root *template) { delete(find(root, "PagesErrors").in.section("Resources"), "PagesErrors") },
	},
}, {
	holds: "a function ends in the time that whoever waits for it has",
	look: func(c *complaints, root *template) {
		for _, r := range root.every(lambdaFunction) {
			seconds, _ := property(r, "Timeout").(int)
			if seconds <= 20 || r.in == root && seconds >= gatewayWaits {
				c.of(r, "Timeout is %d: more than the store's 20 seconds, less than the gateway's %d", seconds, gatewayWaits)
			}
			if r.name == "Mailer" && time.Duration(seconds)*time.Second >= mdt.Lease {
				c.of(r, "it may run for %d seconds, longer than a letter's lease", seconds)
			}
		}
	},
	breaks: map[string]func(*template){
		"longer than the gateway": set("Registrations", "Timeout", 60),
		"longer than a lease":     set("Mailer", "Timeout", 900),
		"the default of three":    drop("Mailevents", "Timeout"),
	},
}, {
	holds: "settings are sealed with our own key",
	look: func(c *complaints, root *template) {
		for _, r := range root.every(lambdaFunction) {
			if key := property(r, "KmsKeyArn"); !pointsAt(key, "Key") && !pointsAt(key, "KeyArn") {
				c.of(r, "KmsKeyArn is %v", key)
			}
		}
	},
	breaks: map[string]func(*template){"no key": func(root *template) {
		delete(at(root.body, "Globals", "Function").(object), "KmsKeyArn")
	}},
}}

// property gives a function's property, or what Globals say of it.
func property(r resource, path ...any) any {
	if value := at(r.props, path...); value != nil {
		return value
	}
	return at(r.in.body, append([]any{"Globals", "Function"}, path...)...)
}

// pointsAt says whether a value refers to a resource or parameter of this name, or to a child's output named
// after it.
func pointsAt(value any, name string) bool {
	if at(value, "Ref") == name {
		return true
	}
	target, _ := at(value, "Fn::GetAtt", 0).(string)
	attribute, _ := at(value, "Fn::GetAtt", 1).(string)
	return target == name || attribute == "Outputs."+name || attribute == "Outputs."+name+"Arn"
}
