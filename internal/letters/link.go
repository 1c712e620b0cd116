package letters

import (
	"net/url"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// link signs a personal link of a letter. It works until the entry it is for is erased: six months after
// the meeting ends, or after the message came (mdt.EntryExpires, mdt.MessageExpires). What is erased
// earlier, it no longer finds. A letter that is made again gets the same link.
func (r *Renderer) link(purpose links.Purpose, letter mdt.Letter) string {
	l := links.Link{Purpose: purpose, Person: string(letter.Person), Entry: entry(letter), Issued: letter.Created}
	if letter.Meeting != nil {
		l.Expires = mdt.EntryExpires(mdt.Meeting{End: letter.Meeting.End})
	} else {
		l.Expires = mdt.MessageExpires(letter.Created)
	}
	return r.site + "/" + purpose.Path() + "/" + r.links.Sign(l)
}

// entry names what the links of a letter are for.
func entry(letter mdt.Letter) string {
	meeting := ""
	if letter.Meeting != nil {
		meeting = letter.Meeting.ID
	}
	switch letter.Kind {
	case mdt.LetterProposal:
		return links.Entry(links.Proposal, meeting, letter.Reference)
	case mdt.LetterLeader:
		return links.Entry(links.Leading, meeting, letter.Reference)
	case mdt.LetterInterest:
		return links.Entry(links.Interest, meeting)
	case mdt.LetterForwarded:
		return links.Entry(links.Message, letter.Reference)
	}
	return links.Entry(links.Registration, meeting)
}

// meetingLink is the page about a meeting that anyone may see: its own, where the team named one.
func (r *Renderer) meetingLink(m mdt.LetterMeeting) string {
	if m.Page != "" {
		return m.Page
	}
	return r.site + "/bijeenkomsten/" + url.PathEscape(m.ID)
}
