// Package letters makes a mail of a stored letter: subject, text, HTML, calendar entry and headers, from
// the words in content. It reads nothing but the letter, so the same letter always gives the same mail.
package letters

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// Settings are what letters say of the house they come from.
type Settings struct {
	Site     string     // address of the pages, like "https://aanmelden.example"
	Sender   string     // address that letters come from
	TeamMail string     // address of the national team, which answers
	Links    links.Keys // keys that sign the personal links
}

// Renderer makes mails of letters. It may be used by several goroutines at once.
type Renderer struct {
	words  map[int]content.LetterWords
	links  links.Keys
	site   string
	domain string // of the sender: the right-hand side of ids in mails and calendars
	from   mail.Address
	team   mail.Address
	blank  bool // personal links are shown, and lead nowhere
}

// senderName is the name that letters come from.
const senderName = "Team MDT"

// New makes a Renderer, or says which setting is wrong.
func New(s Settings) (*Renderer, error) {
	words, err := content.Letters()
	if err != nil {
		return nil, err
	}
	site, err := url.Parse(s.Site)
	if err != nil || site.Host == "" || site.Scheme != "https" && site.Scheme != "http" || site.RawQuery != "" || site.User != nil {
		return nil, fmt.Errorf("letters: %q is no address of a site", s.Site)
	}
	from, err := address(s.Sender)
	if err != nil {
		return nil, fmt.Errorf("letters: the sender: %w", err)
	}
	team, err := address(s.TeamMail)
	if err != nil {
		return nil, fmt.Errorf("letters: the team's address: %w", err)
	}
	from.Name = senderName
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Renderer{words: words, links: s.Links, site: strings.TrimRight(s.Site, "/"), domain: domain,
		from: from, team: team}, nil
}

// ErrIncomplete marks a letter that lacks what its words need, or has what no link can carry. It cannot be
// sent as it is.
var ErrIncomplete = errors.New("letters: incomplete letter")

// Render makes the mail of a letter. An error means that this letter can never be made as it is stored;
// it names what is wrong and no person.
func (r *Renderer) Render(letter mdt.Letter) (Mail, error) {
	words, known := r.words[int(letter.Kind)]
	if !known {
		return Mail{}, fmt.Errorf("letters: there are no words for letter %d", letter.Kind)
	}
	to, err := address(letter.To)
	if err != nil {
		return Mail{}, fmt.Errorf("letters: the receiver: %w", err)
	}
	if err := complete(letter); err != nil {
		return Mail{}, err
	}
	filled, err := words.Fill(r.values(letter))
	if err != nil {
		return Mail{}, err
	}
	out := Mail{ID: letter.ID + "@" + r.domain, Date: letter.Created, From: r.from, To: to, ReplyTo: r.team,
		Subject: shortened(filled.Subject), Text: text(filled), HTML: page(filled)}
	if letter.Kind == mdt.LetterToFacilitator {
		if out.ReplyTo, err = address(letter.Message.SenderMail); err != nil {
			return Mail{}, fmt.Errorf("letters: the sender of the message: %w", err)
		}
	}
	if letter.ToInterested() {
		out.Unsubscribe = r.link(links.Unsubscribe, letter)
	}
	out.Calendar = r.calendar(letter, filled.Agenda)
	return out, nil
}
