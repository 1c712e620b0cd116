package letters

import (
	"net/url"
	"strings"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// link signs a personal link of a letter, or gives "" where the letter is nobody's own. It works until the
// entry it is for is erased: six months after the meeting ends, or after the message came (mdt.EntryExpires,
// mdt.MessageExpires); one that was asked for (letter 25), until its own end. What is erased earlier, it no
// longer finds. A letter that is made again gets the same link.
func (r *Renderer) link(purpose links.Purpose, letter mdt.Letter) string {
	if letter.Person == "" || letter.Kind == mdt.LetterErased {
		return ""
	}
	l := links.Link{Purpose: purpose, Person: string(letter.Person), Entry: entry(letter), Issued: letter.Created}
	switch {
	case letter.Kind == mdt.LetterLink:
		l.Expires = *letter.Until
	case letter.Meeting != nil:
		l.Expires = mdt.EntryExpires(mdt.Meeting{End: letter.Meeting.End})
	default:
		l.Expires = mdt.MessageExpires(letter.Created)
	}
	secret := blanked
	if !r.blank {
		secret = r.links.Sign(l)
	}
	return r.site + "/" + purpose.Path() + "/" + secret
}

// ownLink is the link to one's own page.
func (r *Renderer) ownLink(letter mdt.Letter) string {
	if letter.Kind == mdt.LetterLink && letter.Fresh {
		return r.link(links.Fresh, letter)
	}
	return r.link(links.Own, letter)
}

// entry names what the links of a letter are for.
func entry(letter mdt.Letter) string {
	if letter.Entry != "" {
		return letter.Entry
	}
	meeting := ""
	if letter.Meeting != nil {
		meeting = letter.Meeting.ID
	}
	switch letter.Kind {
	case mdt.LetterProposal:
		return links.Entry(links.Proposal, meeting, letter.Reference)
	case mdt.LetterLeader:
		return links.Entry(links.Leading, meeting, letter.Reference)
	case mdt.LetterInterest, mdt.LetterOpened:
		return links.Entry(links.Interest, meeting)
	case mdt.LetterForwarded:
		return links.Entry(links.Message, letter.Reference)
	case mdt.LetterLink:
		return links.Everything
	}
	return links.Entry(links.Registration, meeting)
}

// aboutProposal says whether a letter's entry is a proposal.
func aboutProposal(letter mdt.Letter) bool {
	return strings.HasPrefix(entry(letter), links.Proposal+"/")
}

// meetingLink is the page about a meeting that anyone may see: its own, where the team named one.
func (r *Renderer) meetingLink(m mdt.LetterMeeting) string {
	if m.Page != "" {
		return m.Page
	}
	return r.site + "/bijeenkomsten/" + url.PathEscape(m.ID)
}

// webAddress gives an address back where it is one of the web, and nothing where it is not: it comes from
// the team, and stands in a letter as a link.
func webAddress(s string) string {
	at, err := url.Parse(strings.TrimSpace(s))
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return ""
	}
	return at.String()
}
