package stack

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// ways are the routes of the contract and the function each goes to.
var ways = map[string]string{
	"ANY /v1/bijeenkomsten":                                      "Meetings",
	"ANY /v1/bijeenkomsten/{bijeenkomst}":                        "Meetings",
	"ANY /v1/bijeenkomsten/{bijeenkomst}/aanmeldingen":           "Registrations",
	"ANY /v1/bijeenkomsten/{bijeenkomst}/voorstellen":            "Proposals",
	"ANY /v1/bijeenkomsten/{bijeenkomst}/attenderingen":          "Interests",
	"ANY /v1/berichten":                                          "Messages",
	"ANY /v1/regios":                                             "Meetings",
	"ANY /v1/openapi.json":                                       "Meetings",
	"ANY /":                                                      "Pages",
	"ANY /bijeenkomsten/{bijeenkomst}":                           "Pages",
	"ANY /bijeenkomsten/{bijeenkomst}/agenda.ics":                "Pages",
	"ANY /bijeenkomsten/{bijeenkomst}/aanmelden":                 "Pages",
	"ANY /bijeenkomsten/{bijeenkomst}/voorstel":                  "Pages",
	"ANY /bijeenkomsten/{bijeenkomst}/houd-me-op-de-hoogte":      "Pages",
	"ANY /bedankt/{bon}":                                         "Pages",
	"ANY /regios":                                                "Pages",
	"ANY /contact":                                               "Pages",
	"ANY /mijn":                                                  "Pages",
	"ANY /mijn/{token}":                                          "Pages",
	"ANY /mijn/{token}/gegevens.json":                            "Pages",
	"ANY /afmelden/{token}":                                      "Pages",
	"ANY /uitnodiging/{token}":                                   "Pages",
	"ANY /uitnodiging/{token}/aanmelden":                         "Pages",
	"ANY /voorbeeld/{token}":                                     "Pages",
	"ANY /voorbeeld/{token}/aanmelden":                           "Pages",
	"ANY /privacy":                                               "Pages",
	"ANY /toegankelijkheid":                                      "Pages",
	"ANY /console":                                               "Console",
	"ANY /console/{proxy+}":                                      "Console",
	"ANY /console/bijeenkomsten/{bijeenkomst}/aanmeldingen.csv":  "Exports",
	"ANY /console/bijeenkomsten/{bijeenkomst}/aanmeldingen.xlsx": "Exports",
	"ANY /console/bijeenkomsten/{bijeenkomst}/voorstellen.csv":   "Exports",
	"ANY /console/bijeenkomsten/{bijeenkomst}/voorstellen.xlsx":  "Exports",
	"ANY /console/berichten.csv":                                 "Exports",
	"ANY /console/berichten.xlsx":                                "Exports",
	"ANY /v1/{proxy+}":                                           "Meetings",
	"$default":                                                   "Pages",
}

// loggable are the variables of an access log that name nobody and hold no token.
var loggable = []string{"requestTime", "requestId", "routeKey", "status", "responseLength", "responseLatency",
	"integrationLatency", "integrationStatus", "error.responseType"}

var variable = regexp.MustCompile(`\$context\.([A-Za-z.]+)`)

var apiChecks = []check{{
	holds: "every route goes to the function that knows it",
	look: func(c *complaints, root *template) {
		got := routes(root)
		for key, want := range ways {
			c.want("route "+key, "function", got[key], want)
		}
		for key := range got {
			if ways[key] == "" {
				c.of("route "+key, "is nobody's")
			}
		}
		files, _ := filepath.Glob(filepath.Join(top, "events", "http", "*.json"))
		for _, file := range files {
			key, _ := at(parsed(file), "routeKey").(string)
			path, _ := at(parsed(file), "rawPath").(string)
			if ways[key] == "" || key != "$default" && !follows(strings.TrimPrefix(key, "ANY "), path) {
				c.of(filepath.Base(file), "%s is not the route of %s", key, path)
			}
		}
	},
	breaks: map[string]func(*template){
		"a path too few": drop("Messages", "Post", "Events"),
		"POST alone":     set("Messages", "Method", "POST", "Events", "Post", "Properties"),
		"swapped":        set("Messages", "Path", "/v1/regios", "Events", "Post", "Properties"),
		"no last resort": drop("Pages", "Rest", "Events"),
	},
}, {
	holds: "the API has a throttle and leaves CORS, 404 and 405 to the functions",
	look: func(c *complaints, root *template) {
		api := find(root, "Api")
		for _, limit := range []string{"ThrottlingRateLimit", "ThrottlingBurstLimit"} {
			parameter, _ := at(api.props, "DefaultRouteSettings", limit, "Ref").(string)
			if n, _ := at(root.section("Parameters"), parameter, "Default").(int); n <= 0 {
				c.of(api, "%s is no number above 0", limit)
			}
		}
		c.want(api, "CorsConfiguration", api.props["CorsConfiguration"], nil)
		c.want(api, "Globals.HttpApi", at(root.body, "Globals", "HttpApi"), nil)
		c.want(api, "Domain", api.props["Domain"], nil)
		c.want(api, "DisableExecuteApiEndpoint", api.props["DisableExecuteApiEndpoint"], object{"Fn::If": []any{"OwnDomain", true, false}})
	},
	breaks: map[string]func(*template){
		"no throttle":    drop("Api", "DefaultRouteSettings"),
		"a CORS block":   set("Api", "CorsConfiguration", true),
		"a hidden block": func(root *template) { root.section("Globals")["HttpApi"] = object{"CorsConfiguration": true} },
		"two ways in":    drop("Api", "DisableExecuteApiEndpoint"),
	},
}, {
	holds: "the access log tells the route, and neither path nor visitor",
	look: func(c *complaints, root *template) {
		api := find(root, "Api")
		format, _ := at(api.props, "AccessLogSettings", "Format").(string)
		var line object
		if err := json.Unmarshal([]byte(variable.ReplaceAllString(format, "x")), &line); err != nil {
			c.of(api, "a line of the access log is no JSON: %v", err)
		}
		for _, found := range variable.FindAllStringSubmatch(format, -1) {
			if !slices.Contains(loggable, found[1]) {
				c.of(api, "the access log tells %s", found[1])
			}
		}
		c.want(api, "route", line["route"], "x")
		c.want(api, "DestinationArn", at(api.props, "AccessLogSettings", "DestinationArn"), object{"Fn::GetAtt": []any{"ApiLog", "Arn"}})
	},
	breaks: map[string]func(*template){
		"the path":    set("Api", "Format", `{"route":"$context.routeKey","path":"$context.path"}`, "AccessLogSettings"),
		"the visitor": set("Api", "Format", `{"route":"$context.routeKey","ip":"$context.identity.sourceIp"}`, "AccessLogSettings"),
		"no JSON":     set("Api", "Format", `$context.routeKey`, "AccessLogSettings"),
		"no log":      drop("Api", "AccessLogSettings"),
	},
}, {
	holds: "a function is given each setting it reads, and no other",
	look: func(c *complaints, root *template) {
		for _, r := range root.every(lambdaFunction) {
			set, _ := at(r.props, "Environment", "Variables").(object)
			reads := settings(strings.ToLower(r.name))
			if len(reads) == 0 {
				c.of(r, "its setup reads nothing that this test can see")
			}
			for name := range reads {
				if set[name] == nil {
					c.of(r, "%s is read and not set", name)
				}
			}
			for name := range set {
				if !reads[name] {
					c.of(r, "%s is set and not read", name)
				}
			}
		}
	},
	breaks: map[string]func(*template){
		"one forgotten": drop("Mailer", "SENDER", "Environment", "Variables"),
		"one too many":  set("Mailevents", "PERSON_KEY", "x", "Environment", "Variables"),
	},
}}

// follows holds a path against a route with {names}, of which {proxy+} at the end is whatever is below.
func follows(route, path string) bool {
	if above, greedy := strings.CutSuffix(route, "{proxy+}"); greedy {
		return strings.HasPrefix(path, above) && path != above
	}
	return slices.EqualFunc(strings.Split(route, "/"), strings.Split(path, "/"), func(want, have string) bool {
		return want == have || strings.HasPrefix(want, "{") && have != ""
	})
}

var (
	setupImport = regexp.MustCompile(`"aanmeldpunt/(internal/setup/[a-z]+)"`)
	setting     = regexp.MustCompile(`(?:env|e)\.(?:Text|Optional|Key|Site|Origins|Mail|Rate|Yes)\("([A-Z_]+)"\)`)
	storing     = regexp.MustCompile(`env\.Store\(`)
)

// settings gives the environment variables that a function's setup reads, as its source says.
func settings(name string) map[string]bool {
	out := map[string]bool{}
	wired := setupImport.FindStringSubmatch(source("functions/" + name))
	if wired == nil {
		return out
	}
	text := source(wired[1])
	if acting := setupImport.FindStringSubmatch(text); acting != nil {
		text += source(acting[1])
	}
	if storing.MatchString(text) {
		text += source("internal/setup")
	}
	for _, found := range setting.FindAllStringSubmatch(text, -1) {
		out[found[1]] = true
	}
	return out
}

// source joins the Go files of a folder, tests left out.
func source(folder string) string {
	files, _ := filepath.Glob(filepath.Join(top, folder, "*.go"))
	texts := map[string]string{}
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, "_test.go") {
			texts[file] = string(raw)
		}
	}
	return strings.Join(slices.Collect(maps.Values(texts)), "\n")
}
