package outbox

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// Letter is a letter as somebody's mail program would read it.
type Letter struct {
	ID          string            `json:"id"`
	To          []string          `json:"to"` // bare addresses
	From        string            `json:"from"`
	ReplyTo     []string          `json:"replyTo"`
	Subject     string            `json:"subject"`
	Text        string            `json:"text"`
	HTML        string            `json:"html"`
	Headers     map[string]string `json:"headers"` // decoded; one that stands there twice has both values, a comma between
	Attachments []Attachment      `json:"attachments"`
	Tags        map[string]string `json:"tags"`
	SentAt      time.Time         `json:"sentAt"`
}

// Attachment is a file that goes with a letter; its content is base64 in JSON.
type Attachment struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int    `json:"size"`
	Content []byte `json:"content"`
}

// parse reads a letter from the bytes that were sent, and from nothing else.
func parse(id letterID, s stored, raw []byte) (Letter, error) {
	letter := Letter{ID: id.String(), To: []string{}, ReplyTo: []string{}, Attachments: []Attachment{},
		Headers: map[string]string{}, Tags: map[string]string{letterTag: s.Letter}, SentAt: s.Sent}
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Letter{}, fmt.Errorf("outbox: letter %s: %w", id, err)
	}
	for name, values := range message.Header {
		letter.Headers[name] = decoded(strings.Join(values, ", "))
	}
	letter.Subject = letter.Headers["Subject"]
	letter.To, letter.ReplyTo = addresses(message.Header, "To"), addresses(message.Header, "Reply-To")
	letter.From = decoded(message.Header.Get("From"))
	err = letter.part(message.Header.Get("Content-Type"), message.Header.Get("Content-Transfer-Encoding"), "", message.Body)
	if err != nil {
		return Letter{}, fmt.Errorf("outbox: letter %s: %w", id, err)
	}
	return letter, nil
}

func decoded(header string) string {
	var words mime.WordDecoder
	if text, err := words.DecodeHeader(header); err == nil {
		return text
	}
	return header
}

func addresses(header mail.Header, name string) []string {
	list, err := header.AddressList(name)
	if err != nil {
		return []string{}
	}
	bare := make([]string, len(list))
	for i, address := range list {
		bare[i] = address.Address
	}
	return bare
}

// part reads one part, and the parts in it.
func (l *Letter) part(contentType, encoding, disposition string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		return l.parts(multipart.NewReader(body, params["boundary"]))
	}
	content, err := io.ReadAll(transfer(encoding, body))
	if err != nil {
		return err
	}
	how, file, _ := mime.ParseMediaType(disposition)
	switch {
	case how == "attachment":
		l.Attachments = append(l.Attachments, Attachment{decoded(file["filename"]), contentType, len(content), content})
	case kind == "text/html":
		l.HTML = unix(content)
	default:
		l.Text = unix(content)
	}
	return nil
}

func (l *Letter) parts(reader *multipart.Reader) error {
	for {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		h := part.Header
		err = l.part(h.Get("Content-Type"), h.Get("Content-Transfer-Encoding"), h.Get("Content-Disposition"), part)
		if err != nil {
			return err
		}
	}
}

func transfer(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}

// unix writes line ends as \n: CRLF is how mail travels, not what it says.
func unix(content []byte) string { return strings.ReplaceAll(string(content), "\r\n", "\n") }
