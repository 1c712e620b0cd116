package work

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/mdt"
)

// Reporting is what Reports needs of the store.
type Reporting interface {
	Report(ctx context.Context, id string, report mdt.Report, reason string, now time.Time) (known bool, err error)
}

// Reports brings SES's events (by EventBridge) back to the letters they are about.
type Reports struct {
	Letters          Reporting
	ConfigurationSet string // events of another one are refused
	Now              func() time.Time
	Log              *slog.Logger
}

// LetterTag is the message tag that carries a letter's id.
const LetterTag = "brief"

// sesDetail is what we read of an SES event.
type sesDetail struct {
	EventType string `json:"eventType"`
	Mail      struct {
		Tags map[string][]string `json:"tags"`
	} `json:"mail"`
	Bounce struct {
		Type    string `json:"bounceType"`
		SubType string `json:"bounceSubType"`
	} `json:"bounce"`
}

// Handle takes one EventBridge event. An event of another source, or of another configuration set, is an
// error; one about a letter we do not know is logged and done with.
func (r *Reports) Handle(ctx context.Context, event events.EventBridgeEvent) error {
	var detail sesDetail
	if event.Source != "aws.ses" || json.Unmarshal(event.Detail, &detail) != nil ||
		only(detail.Mail.Tags["ses:configuration-set"]) != r.ConfigurationSet {
		r.Log.ErrorContext(ctx, "event refused", "reason", ErrForeign)
		return ErrForeign
	}
	report, reason := detail.report()
	if report == "" {
		return nil // opens, clicks and the like: not asked for, and nothing to us
	}
	id := only(detail.Mail.Tags[LetterTag])
	known, err := r.Letters.Report(ctx, id, report, reason, r.Now())
	switch {
	case err != nil:
		r.Log.ErrorContext(ctx, "report not stored", "letter", id, "report", string(report), "error", err)
	case !known:
		r.Log.WarnContext(ctx, "report about an unknown letter", "report", string(report))
	case report != mdt.ReportSent && report != mdt.ReportDelivered:
		r.Log.WarnContext(ctx, "letter did not arrive", "letter", id, "report", string(report))
	}
	return err
}

func only(values []string) string {
	if len(values) != 1 {
		return ""
	}
	return values[0]
}

var simpleReports = map[string]mdt.Report{"Send": mdt.ReportSent, "Delivery": mdt.ReportDelivered,
	"DeliveryDelay": mdt.ReportDelayed, "Complaint": mdt.ReportComplained, "Reject": mdt.ReportRejected,
	"Rendering Failure": mdt.ReportRejected}

// report reads the kind of event; the reason it gives is one of SES's own words, never an address.
func (d sesDetail) report() (report mdt.Report, reason string) {
	if d.EventType != "Bounce" {
		return simpleReports[d.EventType], ""
	}
	switch {
	case d.Bounce.SubType == "Suppressed" || d.Bounce.SubType == "OnAccountSuppressionList":
		return mdt.ReportSuppressed, d.Bounce.SubType
	case d.Bounce.Type == "Permanent":
		return mdt.ReportBounced, "bounce: " + d.Bounce.SubType
	}
	return mdt.ReportSoftBounce, mdt.LaterPerhaps + d.Bounce.SubType
}
