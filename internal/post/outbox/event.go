package outbox

import (
	"encoding/json"
	"fmt"
	"time"
)

// The names EventBridge gives to SES's reports.
var detailTypes = map[reportKind]string{reportSend: "Email Sent", reportDelivery: "Email Delivered",
	reportBounce: "Email Bounced", reportComplaint: "Email Complaint Received"}

// letterTag is the message tag that carries a letter's id; post/ses sets the same one.
const letterTag = "brief"

type object = map[string]any

// event writes a report as EventBridge hands it to a function.
func event(report reportKind, id letterID, letter stored, o Options) json.RawMessage {
	at := o.Now().UTC().Format(time.RFC3339)
	detail := object{"eventType": report, "mail": object{
		"timestamp":        letter.Sent.Format("2006-01-02T15:04:05.000Z"),
		"messageId":        id.String(),
		"destination":      []string{letter.To},
		"sendingAccountId": account,
		"tags":             object{"ses:configuration-set": []string{o.ConfigurationSet}, letterTag: []string{letter.Letter}},
	}}
	detail[sections[report]] = section(report, letter.To, at)
	raw, err := json.Marshal(object{
		"version": "0", "id": fmt.Sprintf("%s-%s", id, report), "detail-type": detailTypes[report], "source": "aws.ses",
		"account": account, "time": at, "region": "local",
		"resources": []string{"arn:aws:ses:local:" + account + ":configuration-set/" + o.ConfigurationSet}, "detail": detail,
	})
	if err != nil {
		panic(err) // maps of texts always become JSON
	}
	return raw
}

const account = "000000000000"

var sections = map[reportKind]string{reportSend: "send", reportDelivery: "delivery", reportBounce: "bounce",
	reportComplaint: "complaint"}

// section is the part of an event that only one kind of report has.
func section(report reportKind, to, at string) object {
	switch report {
	case reportDelivery:
		return object{"timestamp": at, "recipients": []string{to}, "smtpResponse": "250 ok"}
	case reportBounce:
		return object{"timestamp": at, "bounceType": "Permanent", "bounceSubType": "General",
			"bouncedRecipients": []object{{"emailAddress": to, "action": "failed", "status": "5.1.1"}}}
	case reportComplaint:
		return object{"timestamp": at, "complainedRecipients": []object{{"emailAddress": to}}, "complaintFeedbackType": "abuse"}
	}
	return object{}
}
