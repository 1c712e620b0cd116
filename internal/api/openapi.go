package api

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"strings"
)

// description is the OpenAPI document. Where it names a server and a mail address, an installation's own
// take their place when it is served.
//
//go:embed openapi.json
var description string

// The examples in the document that an installation's own values replace.
const (
	exampleSite     = "https://aanmelden.voorbeeld.example"
	exampleTeamMail = "team@voorbeeld.example"
)

// Description gives the OpenAPI document of this API for a site (base address without a slash at the end)
// and the team's mail address.
func Description(site, teamMail string) string {
	return strings.NewReplacer(exampleSite, inJSON(site), exampleTeamMail, inJSON(teamMail)).Replace(description)
}

// inJSON writes a text the way it stands between the quotes of JSON.
func inJSON(text string) string {
	quoted, _ := json.Marshal(text) // a string always can
	return string(quoted[1 : len(quoted)-1])
}

func (s *Service) describe(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(Description(s.Site, s.Team.Email))) // a caller that is gone hears nothing
	return nil
}
