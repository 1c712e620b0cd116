package letters

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/parts"
)

// message is a mail as Go's own reader understands it: part by part, in order.
type message struct {
	header mail.Header
	kinds  []string // media types, containers included
	bodies []string
}

func readMIME(t testing.TB, raw []byte) message {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	read := message{header: m.Header}
	read.part(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	return read
}

func (m *message) part(t testing.TB, contentType, encoding string, body io.Reader) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	m.kinds = append(m.kinds, kind)
	if strings.HasPrefix(kind, "multipart/") {
		for reader := multipart.NewReader(body, params["boundary"]); ; {
			part, err := reader.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			m.part(t, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
		}
	}
	if encoding == "base64" {
		body = base64.NewDecoder(base64.StdEncoding, body)
	} else {
		body = quotedprintable.NewReader(body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	m.bodies = append(m.bodies, string(content))
}

// checkWire checks what holds for every message on the wire: CRLF alone, ASCII alone, lines and headers
// within their bounds, and one receiver.
func checkWire(t testing.TB, raw []byte) {
	t.Helper()
	bare := bytes.ReplaceAll(raw, []byte("\r\n"), nil)
	if bytes.ContainsAny(bare, "\r\n\x00") || slices.ContainsFunc(bare, func(b byte) bool { return b >= 0x80 }) {
		t.Errorf("a bare line end, a NUL or something else than ASCII")
	}
	head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
	for _, header := range regexp.MustCompile(`\r\n[^ \t]`).Split(string(head), -1) {
		if len(header) > maxHeader {
			t.Errorf("a header of %d bytes: %.50s", len(header), header)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || len(m.Header["Cc"])+len(m.Header["Bcc"]) > 0 {
		t.Errorf("receivers %v, %v", to, err)
	}
}

func raw(t testing.TB, m Mail) []byte {
	t.Helper()
	b, err := m.MIME()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAMessageHoldsTextPageAndCalendar(t *testing.T) {
	for _, v := range variants {
		m := v.render(t)
		b := raw(t, m)
		checkWire(t, b)
		got := readMIME(t, b)
		kinds := []string{"multipart/alternative", "text/plain", "text/html"}
		bodies := []string{strings.ReplaceAll(m.Text, "\n", "\r\n"), strings.ReplaceAll(m.HTML, "\n", "\r\n")}
		if m.Calendar != nil {
			kinds = append([]string{"multipart/mixed"}, append(kinds, "text/calendar")...)
			bodies = append(bodies, string(m.Calendar.Data))
		}
		if diff := cmp.Diff(kinds, got.kinds); diff != "" {
			t.Errorf("%s: parts (-want +got):\n%s", v.name, diff)
		}
		if diff := cmp.Diff(bodies, got.bodies); diff != "" {
			t.Errorf("%s: contents (-want +got):\n%s", v.name, diff)
		}
	}
}

func TestHeadersSayWhoSentWhatToWhom(t *testing.T) {
	for _, kind := range kinds {
		m := render(t, letter(t, kind))
		got := map[string]string{}
		for name, values := range readMIME(t, raw(t, m)).header {
			got[name] = strings.Join(values, "|")
		}
		delete(got, "Content-Type") // its boundary is random
		want := map[string]string{"From": `"Team MDT" <noreply@aanmelden.example>`, "To": "<" + m.To.Address + ">",
			"Reply-To": "<team@aanmelden.example>", "Subject": m.Subject, "Auto-Submitted": "auto-generated", "Mime-Version": "1.0",
			"Message-Id": "<b7k2m9@aanmelden.example>", "Date": "Wed, 20 Jan 2027 08:30:00 +0000"}
		switch kind {
		case mdt.LetterToFacilitator:
			want["Reply-To"] = "<sanne@voorbeeld.example>"
		case mdt.LetterInterest, mdt.LetterOpened:
			want["List-Unsubscribe"] = "<" + m.Unsubscribe + ">"
			want["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("letter %d (-want +got):\n%s", kind, diff)
		}
	}
}

func TestTheSameLetterGivesTheSameBytesButForBoundaries(t *testing.T) {
	boundary := regexp.MustCompile(`[0-9a-f]{60}`)
	for _, v := range variants {
		first, second := raw(t, v.render(t)), raw(t, v.render(t))
		if !bytes.Equal(boundary.ReplaceAll(first, nil), boundary.ReplaceAll(second, nil)) {
			t.Errorf("%s: two makings differ", v.name)
		}
	}
}

func TestALongSubjectFitsItsHeader(t *testing.T) {
	for _, name := range []string{strings.Repeat("a", 2000), strings.Repeat("é", 2000), strings.Repeat("😀", 2000), strings.Repeat("李 ", 900)} {
		l := letter(t, mdt.LetterRegistered)
		l.Meeting.Name = name
		m := render(t, l)
		b := raw(t, m)
		checkWire(t, b)
		var words mime.WordDecoder
		subject, err := words.DecodeHeader(readMIME(t, b).header.Get("Subject"))
		if err != nil || subject != m.Subject || !strings.HasSuffix(subject, "…") || !strings.HasPrefix(subject, "Je bent aangemeld: "+name[:4]) {
			t.Errorf("subject %.80q, %v", subject, err)
		}
	}
}

// python reads messages with Python's email package: a reader that is not ours and not Go's.
const python = `
import email, email.policy, json, sys
def read(text):
    m = email.message_from_bytes(text.encode("ascii"), policy=email.policy.default)
    parts = [p for p in m.walk() if not p.is_multipart()]
    defects = [repr(d) for p in m.walk() for d in list(p.defects) + [d for h in p.values() for d in h.defects]]
    return {"Subject": m["Subject"], "To": [a.addr_spec for a in m["To"].addresses], "ReplyTo": m["Reply-To"].addresses[0].addr_spec,
        "From": m["From"].addresses[0].display_name, "Kinds": [p.get_content_type() for p in m.walk()],
        "Names": [p.get_filename() for p in parts if p.get_filename()],
        "Text": parts[0].get_content().replace("\r\n", "\n"), "HTML": parts[1].get_content().replace("\r\n", "\n"),
        "Calendar": parts[2].get_content() if len(parts) > 2 else "", "Defects": defects}
json.dump([read(t) for t in json.load(sys.stdin)], sys.stdout)
`

type reading struct {
	Subject, ReplyTo, From, Text, HTML, Calendar string
	To, Kinds, Names, Defects                    []string
}

func TestPythonReadsTheSame(t *testing.T) {
	t.Parallel()
	program := parts.Need(t, "python3")
	var texts []string
	var want []reading
	for _, v := range variants {
		m := v.render(t)
		texts = append(texts, string(raw(t, m)))
		r := reading{Subject: m.Subject, ReplyTo: m.ReplyTo.Address, From: senderName, Text: m.Text, HTML: m.HTML, To: []string{m.To.Address},
			Kinds: []string{"multipart/alternative", "text/plain", "text/html"}, Names: []string{}, Defects: []string{}}
		if m.Calendar != nil {
			r.Kinds = append([]string{"multipart/mixed"}, append(r.Kinds, "text/calendar")...)
			r.Names, r.Calendar = []string{calendarName}, string(m.Calendar.Data)
		}
		want = append(want, r)
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	var complaint bytes.Buffer
	command := exec.Command(program, "-c", python)
	command.Stdin, command.Stderr = bytes.NewReader(input), &complaint
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaint.Bytes())
	}
	var got []reading
	if err := json.Unmarshal(output, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

func FuzzMIME(f *testing.F) {
	for _, value := range hostile {
		f.Add(uint8(4), value, "Jan", value)
	}
	r := renderer(f)
	f.Fuzz(func(t *testing.T, which uint8, text, name, meeting string) {
		l := letter(t, kinds[int(which)%len(kinds)])
		l.Name, l.By = name, text
		l.Parts, l.LostParts, l.Part, l.ChangedFields, l.What = []string{text, name}, []string{name, text}, text, []string{text, name}, []string{name}
		if l.Meeting != nil {
			l.Meeting.Name, l.Meeting.ID, l.Meeting.Place = meeting, name, text
		}
		if l.Message != nil {
			*l.Message = mdt.LetterMessage{Region: name, Text: text, Sender: name, SenderMail: "a@b.example", Organisation: meeting, Phone: text}
		}
		m, err := r.Render(l)
		if err != nil {
			if len(name) <= maxID {
				t.Fatal(err)
			}
			return
		}
		b := raw(t, m)
		checkWire(t, b)
		got := readMIME(t, b)
		if got.bodies[0] != strings.ReplaceAll(m.Text, "\n", "\r\n") || strings.Count(m.HTML, "<a ") != ourLinks(m) {
			t.Errorf("the message is not what was rendered:\n%q", m.Text)
		}
	})
}
