package pages

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// Legal is who answers for what these pages do.
type Legal struct {
	Responsible  string // the body that answers for the personal data, as a sentence begins
	PrivacyMail  string // its data protection officer
	SecurityMail string // who hears of weak spots
}

// proseView is a page that is all text.
type proseView []prosePart

// prosePart is one of a heading, a text, a list of facts or a link.
type prosePart struct {
	Heading, Text string
	Facts         []row
	Link          *look.Way
}

// prose shows a page that is all text, with values in its places.
func (s *Service) prose(w http.ResponseWriter, r *http.Request, name string, values map[string]string) error {
	blocks, err := content.Prose(name, values)
	if err != nil {
		return err
	}
	var parts proseView
	title := ""
	for _, block := range blocks {
		for i, line := range block {
			if line.Kind == content.HeadingLine {
				title = line.Text
				continue
			}
			parts = parts.add(line, i > 0)
		}
	}
	return s.show(w, r, http.StatusOK, page{name: "prose", Title: title, Link: s.Site + r.URL.Path, Body: parts})
}

// add puts a line behind the others: lines of text and facts that follow each other in a block belong together.
func (p proseView) add(line content.FilledLine, follows bool) proseView {
	last := len(p) - 1
	switch line.Kind {
	case content.SubheadingLine:
		return append(p, prosePart{Heading: line.Text})
	case content.LinkLine:
		return append(p, prosePart{Link: &look.Way{Href: line.Text, Text: line.Label}})
	case content.FactLine:
		if follows && p[last].Facts != nil {
			p[last].Facts = append(p[last].Facts, row{line.Label, line.Text})
			return p
		}
		return append(p, prosePart{Facts: []row{{line.Label, line.Text}}})
	}
	if follows && p[last].Text != "" {
		p[last].Text += " " + line.Text
		return p
	}
	return append(p, prosePart{Text: line.Text})
}

// privacy tells what article 13 of the GDPR asks (P1), with the terms that the rules keep to.
func (s *Service) privacy(w http.ResponseWriter, r *http.Request) error {
	return s.prose(w, r, "privacy", map[string]string{
		"verantwoordelijke": s.Legal.Responsible,
		"privacymail":       s.Legal.PrivacyMail,
		"teammail":          s.Team.Email,
		"aanmeldingMaanden": strconv.Itoa(mdt.EntryMonths),
		"logboekMaanden":    strconv.Itoa(mdt.LogMonths),
		"wensenDagen":       strconv.Itoa(mdt.WishesDays),
		"berichtMaanden":    strconv.Itoa(mdt.MessageMonths),
		"attenderingDagen":  strconv.Itoa(mdt.InterestDays),
		"spamDagen":         strconv.Itoa(mdt.SuspectDays),
		"kopieDagen":        strconv.Itoa(mdt.BackupDays),
		"mijnlink":          "/mijn",
		"aplink":            "https://www.autoriteitpersoonsgegevens.nl",
	})
}

// accessibility says how far everyone can use these pages, and whom to tell where one cannot (A1).
func (s *Service) accessibility(w http.ResponseWriter, r *http.Request) error {
	return s.prose(w, r, "toegankelijkheid", map[string]string{
		"teammail":      s.Team.Email,
		"registerlink":  "https://www.toegankelijkheidsverklaring.nl",
		"ombudsmanlink": "https://www.nationaleombudsman.nl",
	})
}

// securityKept is how long what security.txt says may be believed: RFC 9116 asks for less than a year.
const securityKept = 180

// security is the file that says where to report a weak spot (W5, RFC 9116).
func (s *Service) security(w http.ResponseWriter, _ *http.Request) error {
	day := s.Now().UTC().Truncate(24 * time.Hour)
	var b strings.Builder
	fmt.Fprintf(&b, "Contact: mailto:%s\n", s.Legal.SecurityMail)
	fmt.Fprintf(&b, "Expires: %s\n", day.AddDate(0, 0, securityKept).Format(time.RFC3339))
	fmt.Fprintf(&b, "Preferred-Languages: nl, en\n")
	fmt.Fprintf(&b, "Canonical: %s/.well-known/security.txt\n", s.Site)
	return look.Give(w, "text/plain; charset=utf-8", b.String())
}

// robots tells search engines what is no page for them: what stands behind a link of one person.
func (s *Service) robots(w http.ResponseWriter, _ *http.Request) error {
	return look.Give(w, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /mijn/\nDisallow: /afmelden/\nDisallow: /bedankt/\n")
}
