package outbox

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/post"
)

// whole is a message with everything a letter of ours can have, and a bit more.
var whole = strings.ReplaceAll(`Message-ID: <b7k2m9@aanmelden.example>
Subject: =?utf-8?q?Je_bent_aangemeld:_Caf=C3=A9?=
 =?utf-8?q?_2027?=
From: "Team MDT" <noreply@aanmelden.example>
To: <sanne@voorbeeld.example>
Reply-To: <team@aanmelden.example>
Auto-Submitted: auto-generated
Content-Type: multipart/mixed; boundary=buiten

--buiten
Content-Type: multipart/alternative; boundary=binnen

--binnen
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

Hallo Sanne,=20
caf=C3=A9
--binnen
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

<p>Hallo Sanne</p>
--binnen--

--buiten
Content-Disposition: attachment; filename="agenda.ics"
Content-Type: text/calendar; charset=utf-8; method=PUBLISH; name="agenda.ics"
Content-Transfer-Encoding: base64

QkVHSU46VkNBTEVO
REFSDQo=
--buiten--
`, "\n", "\r\n")

func list(t *testing.T, box *Outbox, filter Filter) []map[string]any {
	t.Helper()
	var written bytes.Buffer
	if err := box.WriteJSON(&written, filter); err != nil {
		t.Fatal(err)
	}
	var letters []map[string]any
	if err := json.Unmarshal(written.Bytes(), &letters); err != nil {
		t.Fatalf("%v in %s", err, written.Bytes())
	}
	return letters
}

func TestALetterReadsInJSONAsAMailProgramShowsIt(t *testing.T) {
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), &ear{})
	if got := list(t, box, Filter{}); got == nil || len(got) != 0 {
		t.Errorf("an empty outbox: %v, want an empty array", got)
	}
	id, err := box.Send(t.Context(), post.Outgoing{LetterID: "b7k2m9", To: "sanne@voorbeeld.example", Raw: []byte(whole)})
	if err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{{
		"id": id, "to": []any{"sanne@voorbeeld.example"}, "from": `"Team MDT" <noreply@aanmelden.example>`,
		"replyTo": []any{"team@aanmelden.example"}, "subject": "Je bent aangemeld: Café 2027",
		"text": "Hallo Sanne, \ncafé", "html": "<p>Hallo Sanne</p>",
		"attachments": []any{map[string]any{"name": "agenda.ics", "size": 17.0, "content": "QkVHSU46VkNBTEVOREFSDQo=",
			"type": `text/calendar; charset=utf-8; method=PUBLISH; name="agenda.ics"`}},
		"headers": map[string]any{"Message-Id": "<b7k2m9@aanmelden.example>", "Subject": "Je bent aangemeld: Café 2027",
			"From": `"Team MDT" <noreply@aanmelden.example>`, "To": "<sanne@voorbeeld.example>", "Reply-To": "<team@aanmelden.example>",
			"Auto-Submitted": "auto-generated", "Content-Type": "multipart/mixed; boundary=buiten"},
		"tags": map[string]any{"brief": "b7k2m9"}, "sentAt": "2027-01-20T12:00:00Z",
	}}
	if diff := cmp.Diff(want, list(t, box, Filter{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	send(t, box, "twee", "noor@voorbeeld.example")
	if got := list(t, box, Filter{}); len(got) != 2 || got[1]["id"] != id {
		t.Errorf("two letters: %v", got)
	}
}

func TestAnEventIsShapedAsEventBridgeGivesIt(t *testing.T) {
	e := &ear{}
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), e)
	id := send(t, box, "b7k2m9", "sanne@voorbeeld.example")
	if err := box.Bounce("sanne@voorbeeld.example", "bounce"); err != nil {
		t.Fatal(err)
	}
	if err := box.Bounce("sanne@voorbeeld.example", "complaint"); err != nil {
		t.Fatal(err)
	}
	settle(t, box)
	types := []string{"Email Sent", "Email Delivered", "Email Bounced", "Email Complaint Received"}
	if len(e.raw) != len(types) {
		t.Fatalf("%d events, want %d", len(e.raw), len(types))
	}
	for i, raw := range e.raw {
		var event events.EventBridgeEvent
		if err := json.Unmarshal(raw, &event); err != nil {
			t.Fatal(err)
		}
		if event.Source != "aws.ses" || event.DetailType != types[i] || event.ID == "" || !event.Time.Equal(now) {
			t.Errorf("event %d: %+v", i, event)
		}
		var detail struct {
			EventType string
			Mail      struct {
				MessageID   string
				Destination []string
				Tags        map[string][]string
			}
			Bounce struct{ BounceType, BounceSubType string }
		}
		if err := json.Unmarshal(event.Detail, &detail); err != nil {
			t.Fatal(err)
		}
		tags := map[string][]string{"ses:configuration-set": {"aanmeldpunt"}, "brief": {"b7k2m9"}}
		if diff := cmp.Diff(tags, detail.Mail.Tags); diff != "" || detail.Mail.MessageID != id || detail.Mail.Destination[0] != "sanne@voorbeeld.example" {
			t.Errorf("event %d: %+v", i, detail)
		}
		if permanent := detail.Bounce.BounceType == "Permanent"; permanent != (detail.EventType == "Bounce") {
			t.Errorf("event %d: %+v", i, detail)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n"))
	f.Add([]byte("Subject: =?x?q?y?=\r\n\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		letter, err := parse(1, stored{Letter: "x"}, raw)
		if err != nil {
			return
		}
		if _, err := json.Marshal(letter); err != nil || letter.To == nil || letter.Attachments == nil || letter.Headers == nil {
			t.Errorf("%v: %+v", err, letter)
		}
	})
}
