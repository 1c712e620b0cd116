package pages_test

import (
	"strings"
	"testing"
	"time"
)

// TestPrivacySaysWhatItMust: what article 13 of the GDPR asks, with the terms of the rules.
func TestPrivacySaysWhatItMust(t *testing.T) {
	got := newSite(t, nil).get("/privacy")
	for _, want := range []string{"De minister van Voorbeeld is verantwoordelijk", "fg@minvb.example", teamMail,
		"taak van algemeen belang", "artikel 6, lid 1, onder e", "toestemming", "onder a", // grounds
		"tot 6 maanden na de bijeenkomst", "tot 14 dagen na de bijeenkomst", "tot 6 maanden nadat het kwam", "tot 30 dagen nadat de aanmelding openging", "Wat op spam lijkt: tot 30 dagen", "bekeek of wijzigde: 12 maanden", "binnen 35 dagen",
		"Het landelijke MDT-team:", "De facilitators van je regio's:", "Amazon Web Services:", // recipients
		"bekijken, verbeteren, meenemen en wissen", "bezwaar maken", "binnen een maand", "Autoriteit Persoonsgegevens", "Je hoeft niets in te vullen.", "geen cookies"} {
		if !got.says(want) {
			t.Errorf("the page about privacy does not say %q", want)
		}
	}
	if got.Code != 200 || !got.linksTo("https://www.autoriteitpersoonsgegevens.nl") || !got.linksTo("/mijn") {
		t.Errorf("%d, links %v", got.Code, got.links())
	}
}

func TestTheAccessibilityStatement(t *testing.T) {
	got := newSite(t, nil).get("/toegankelijkheid")
	if got.Code != 200 || !got.says("WCAG 2.2") || !got.says("Een onafhankelijk onderzoek door mensen is er nog niet geweest.") || !got.linksTo("mailto:"+teamMail) {
		t.Errorf("%d, links %v", got.Code, got.links())
	}
}

// TestSecurityTxt holds the file to RFC 9116: contact, an end that is less than a year away, one address.
func TestSecurityTxt(t *testing.T) {
	s := newSite(t, nil)
	got := s.get("/.well-known/security.txt")
	fields := map[string]string{}
	for line := range strings.Lines(got.html) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok || fields[name] != "" {
			t.Errorf("line %q", line)
		}
		fields[name] = value
	}
	if got.Code != 200 || got.Header().Get("Content-Type") != "text/plain; charset=utf-8" || fields["Contact"] != "mailto:veilig@minvb.example" ||
		fields["Canonical"] != siteAddress+"/.well-known/security.txt" || fields["Preferred-Languages"] != "nl, en" {
		t.Errorf("%d %v", got.Code, fields)
	}
	end, err := time.Parse(time.RFC3339, fields["Expires"])
	if err != nil || !end.After(s.now.AddDate(0, 3, 0)) || !end.Before(s.now.AddDate(1, 0, 0)) {
		t.Errorf("expires %s, %v", fields["Expires"], err)
	}
}

func TestSearchEnginesStayOutOfWhatIsOnePersons(t *testing.T) {
	got := newSite(t, nil).get("/robots.txt")
	if got.Code != 200 || got.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Fatalf("%d %s", got.Code, got.Header().Get("Content-Type"))
	}
	for _, path := range []string{"/mijn/", "/afmelden/", "/bedankt/"} {
		if !strings.Contains(got.html, "Disallow: "+path+"\n") {
			t.Errorf("%s may be looked at: %s", path, got.html)
		}
	}
}
