package letters

import (
	"bytes"
	"fmt"
	"net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"

	"aanmeldpunt/internal/ical"
)

// Mail is a letter as one person gets it.
type Mail struct {
	ID          string // for Message-ID; SES puts its own in its place
	Date        time.Time
	From        mail.Address
	To          mail.Address // the only one who gets it
	ReplyTo     mail.Address
	Subject     string
	Text        string
	HTML        string
	Unsubscribe string    // address for List-Unsubscribe (RFC 8058); empty: a letter somebody is owed
	Calendar    *Calendar // nil: none
}

// Calendar is the calendar entry that goes with a mail.
type Calendar struct {
	Method ical.Method
	Data   []byte
}

// calendarName is the name of the attached file.
const calendarName = "agenda.ics"

// MIME writes the whole message: text and HTML as alternatives, the calendar entry beside them. Apart from
// the boundaries, which are random, the same mail always gives the same bytes.
func (m Mail) MIME() ([]byte, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Date.UTC())
	msg.FromMailAddress(&m.From)
	msg.ToMailAddress(&m.To)
	msg.ReplyToMailAddress(&m.ReplyTo)
	msg.Subject(m.Subject)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Unsubscribe != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if m.Calendar != nil {
		kind := gomail.ContentType("text/calendar; charset=utf-8; method=" + string(m.Calendar.Method))
		if err := msg.AttachReader(calendarName, bytes.NewReader(m.Calendar.Data), gomail.WithFileContentType(kind)); err != nil {
			return nil, fmt.Errorf("letters: attach the calendar entry: %w", err)
		}
	}
	var raw bytes.Buffer
	if _, err := msg.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("letters: write the message: %w", err)
	}
	return raw.Bytes(), nil
}
