package console

import (
	"net/url"
	"strconv"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// letterRow is a letter as a list tells of it.
type letterRow struct {
	Path, What, To, About string // About: the meeting
	State, Class, When    string
	Happened              string
}

func (s *Service) letterRows(letters []mdt.Letter) (rows []letterRow) {
	for _, l := range letters {
		row := letterRow{Path: deskLetterPath(l.ID), What: letterKind(l.Kind), To: l.To, When: mdt.ShortMoment(l.Changed),
			State: say("beheer.brieven.stand." + string(l.State)), Class: deliveryClass(l.State), Happened: becameOf(l)}
		if l.Meeting != nil {
			row.About = l.Meeting.Name
		}
		rows = append(rows, row)
	}
	return rows
}

const lettersPath = "/console/brieven"

func deskLetterPath(id string) string { return lettersPath + "/" + url.PathEscape(id) }

// letterKind names a letter by what it says.
func letterKind(kind mdt.LetterKind) string {
	if text := say("beheer.brieven.soort." + strconv.Itoa(int(kind))); text != "" {
		return text
	}
	return say("beheer.brieven.soort.ander", "n", strconv.Itoa(int(kind)))
}

// deliveryClass is how a state looks: what arrived plain, what somebody must look at in warm, the rest outlined.
func deliveryClass(state mdt.DeliveryState) string {
	switch state {
	case mdt.Accepted, mdt.Delivered:
		return ""
	case mdt.Pending, mdt.Sending, mdt.Dropped:
		return "off"
	}
	return "wait"
}

// reasons are what the reasons of the mailer and the words of SES mean, by a part of them; the first that fits.
var reasons = []struct{ part, words string }{
	{"cannot be rendered", "opmaak"}, {"no trial", "voorbeeld"}, {"nobody confirmed", "onbevestigd"}, {"many letters to new", "nieuw"},
	{"limit of this address", "limiet"}, {"too fast", "teSnel"}, {"takes nothing", "stil"}, {"perhaps taken", "onzeker"},
	{"NoEmail", "bestaatNiet"}, {"MailboxFull", "vol"}, {"MessageTooLarge", "teGroot"}, {"ContentRejected", "inhoud"},
	{"AttachmentRejected", "inhoud"}, {"Suppress", "geblokkeerd"}, {"refused", "geweigerd"}, {"bounce: ", "werktNiet"},
}

// becameOf says what became of a letter, and why, in words.
func becameOf(l mdt.Letter) string {
	key := "beheer.brieven.wat." + string(l.State)
	if l.State == mdt.Bounced && strings.HasPrefix(l.Reason, mdt.LaterPerhaps) {
		key += ".even"
	}
	text := say(key)
	for _, reason := range reasons {
		if strings.Contains(l.Reason, reason.part) {
			return text + " " + say("beheer.brieven.reden."+reason.words)
		}
	}
	return text
}
