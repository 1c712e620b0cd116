package work

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/store"
)

// ErrForeign says that an event is not one this function is for.
var ErrForeign = errors.New("work: this event is not for this function")

// SweepTask is the name of the sweep in the schedule's input.
const SweepTask = "nasturen"

// Task is the schedule's input. Orphans is for the local mode, at its start: no other mailer runs.
type Task struct {
	Task    string `json:"taak"`
	Orphans bool   `json:"wezen,omitempty"`
}

// Handle takes what Lambda gives the mailer: a batch of the table's stream, or the schedule's input.
func (m *Mailer) Handle(ctx context.Context, raw json.RawMessage) (any, error) {
	var task Task
	if strictly(raw, &task) == nil && task.Task == SweepTask {
		return nil, m.Sweep(ctx, task.Orphans)
	}
	var batch events.DynamoDBEvent
	if err := json.Unmarshal(raw, &batch); err != nil || !fromStream(batch) {
		m.Log.ErrorContext(ctx, "event refused", "reason", ErrForeign)
		return nil, ErrForeign
	}
	return m.stream(ctx, batch), nil
}

func strictly(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func fromStream(batch events.DynamoDBEvent) bool {
	for _, record := range batch.Records {
		if record.EventSource != "aws:dynamodb" || record.Change.SequenceNumber == "" {
			return false
		}
	}
	return len(batch.Records) > 0
}

// stream sends the letters that a batch of records names. A record that names no letter is reported as
// failed: it ends at the failure destination, and the rest of the batch has been sent.
func (m *Mailer) stream(ctx context.Context, batch events.DynamoDBEvent) events.DynamoDBEventResponse {
	m.paused.Store(false)
	var answer events.DynamoDBEventResponse
	fail := func(sequence string) {
		answer.BatchItemFailures = append(answer.BatchItemFailures, events.DynamoDBBatchItemFailure{ItemIdentifier: sequence})
	}
	sequences := map[string]string{}
	var ids []string
	for _, record := range batch.Records {
		if record.EventName != "INSERT" {
			continue
		}
		id, err := letterOf(record)
		if err != nil {
			m.Log.ErrorContext(ctx, "stream record cannot be read", "error", err)
			fail(record.Change.SequenceNumber)
			continue
		}
		if _, twice := sequences[id]; !twice {
			ids = append(ids, id)
		}
		sequences[id] = record.Change.SequenceNumber
	}
	for _, id := range m.Send(ctx, ids) {
		fail(sequences[id])
	}
	return answer
}

func letterOf(record events.DynamoDBEventRecord) (string, error) {
	pk, ok := record.Change.Keys[store.AttrPK]
	if !ok || pk.DataType() != events.DataTypeString {
		return "", fmt.Errorf("work: record %s has no key", record.EventID)
	}
	id := store.LetterID(pk.String())
	if id == "" {
		return "", fmt.Errorf("work: record %s is not of a letter", record.EventID)
	}
	return id, nil
}
