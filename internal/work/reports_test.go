package work_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func sesEvent(id, kind, bounce, set string) events.EventBridgeEvent {
	detail := map[string]any{"eventType": kind, "mail": map[string]any{
		"destination": []string{"iemand@gast.example"},
		"tags":        map[string][]string{"brief": {id}, "ses:configuration-set": {set}}}}
	if kind == "Bounce" {
		main, sub, _ := strings.Cut(bounce, "/")
		detail["bounce"] = map[string]string{"bounceType": main, "bounceSubType": sub}
	}
	raw, _ := json.Marshal(detail) // of maps and strings only
	return events.EventBridgeEvent{Source: "aws.ses", DetailType: "Email", Detail: raw}
}

func (d *desk) reported(id, kind, bounce string) {
	d.t.Helper()
	if err := d.reports.Handle(context.Background(), sesEvent(id, kind, bounce, "aanmeldpunt")); err != nil {
		d.t.Fatal(err)
	}
}

// TestReports: what SES reports becomes the letter's state, however often and in whatever order it comes.
func TestReports(t *testing.T) {
	for _, c := range []struct {
		name   string
		events []string // kind, or kind:bounce
		want   mdt.DeliveryState
	}{
		{"sent", []string{"Send"}, mdt.Accepted},
		{"delivered", []string{"Send", "Delivery"}, mdt.Delivered},
		{"twice", []string{"Delivery", "Delivery"}, mdt.Delivered},
		{"out of order", []string{"Delivery", "DeliveryDelay", "Send"}, mdt.Delivered},
		{"delayed", []string{"Send", "DeliveryDelay"}, mdt.Delayed},
		{"bounced for good", []string{"Send", "Bounce:Permanent/General"}, mdt.Bounced},
		{"bounced, then a late send", []string{"Bounce:Permanent/NoEmail", "Send"}, mdt.Bounced},
		{"suppressed", []string{"Send", "Bounce:Permanent/OnAccountSuppressionList"}, mdt.Suppressed},
		{"rejected", []string{"Send", "Reject"}, mdt.Rejected},
		{"complained after delivery", []string{"Delivery", "Complaint"}, mdt.Complained},
		{"nothing to us", []string{"Open", "Click"}, mdt.Accepted},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, 1)
			d.stream(d.ids[0])
			for _, e := range c.events {
				kind, bounce, _ := strings.Cut(e, ":")
				d.reported(d.ids[0], kind, bounce)
			}
			if diff := cmp.Diff(map[mdt.DeliveryState]int{c.want: 1}, d.states()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReportBeforeResult: SES's event comes before our own note that it was sent. The event stays.
func TestReportBeforeResult(t *testing.T) {
	d := newDesk(t, 1)
	d.office.does = func(id string) error {
		return d.reports.Handle(context.Background(), sesEvent(id, "Delivery", "", "aanmeldpunt"))
	}
	d.stream(d.ids[0])
	if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Delivered: 1}, d.states()); diff != "" {
		t.Error(diff)
	}
}

func TestReportAboutUnknownLetter(t *testing.T) {
	d := newDesk(t, 1)
	d.reported("onbekend", "Bounce", "Permanent/General")
	if !strings.Contains(d.log.String(), "unknown letter") {
		t.Error("not logged")
	}
	if letter, err := d.store.Letter(context.Background(), "onbekend"); letter != nil || err != nil {
		t.Errorf("a letter was made of it: %v %v", letter, err)
	}
}

// TestForgedReports: another source, another configuration set, or no event at all changes nothing.
func TestForgedReports(t *testing.T) {
	d := newDesk(t, 1)
	d.stream(d.ids[0])
	other := sesEvent(d.ids[0], "Bounce", "Permanent/General", "aanmeldpunt")
	other.Source = "eigen.bron"
	for name, event := range map[string]events.EventBridgeEvent{
		"other source":            other,
		"other configuration set": sesEvent(d.ids[0], "Bounce", "Permanent/General", "een-ander"),
		"nothing":                 {},
		"no detail":               {Source: "aws.ses", Detail: json.RawMessage(`"x"`)},
	} {
		if err := d.reports.Handle(context.Background(), event); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Accepted: 1}, d.states()); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(d.log.String(), "@") {
		t.Error("an address stands in the log")
	}
}
