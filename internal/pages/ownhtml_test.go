package pages_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

var (
	changeForm    = regexp.MustCompile(`(?s)<form class="form".*?</form>`)
	inputs        = regexp.MustCompile(`<input[^>]*>`)
	areas         = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>`)
	htmlAttribute = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
)

// fieldsOf gives what a browser would send of the form in which one changes something.
func fieldsOf(page string) url.Values {
	values := url.Values{}
	form := changeForm.FindString(page)
	for _, input := range inputs.FindAllString(form, -1) {
		has := map[string]string{}
		for _, a := range htmlAttribute.FindAllStringSubmatch(input, -1) {
			has[a[1]] = html.UnescapeString(a[2])
		}
		boxed := has["type"] == "checkbox" || has["type"] == "radio"
		if has["name"] != "" && (!boxed || strings.Contains(input, " checked")) {
			values.Add(has["name"], has["value"])
		}
	}
	for _, area := range areas.FindAllStringSubmatch(form, -1) {
		values.Add(area[1], html.UnescapeString(area[2]))
	}
	return values
}
