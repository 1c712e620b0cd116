package trials

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// restored gives a new table that holds what stood in another when it was copied, as a restore of DynamoDB does.
func restored(t *testing.T, from *storetest.Dynoxide) *storetest.Dynoxide {
	t.Helper()
	to := storetest.StartDynoxide(t)
	pages := dynamodb.NewScanPaginator(from.Client, &dynamodb.ScanInput{TableName: aws.String(storetest.TableName)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			if _, err := to.Client.PutItem(context.Background(), &dynamodb.PutItemInput{TableName: aws.String(storetest.TableName), Item: item}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return to
}

// TestRestoredLettersAreNotSentAgain: a table is restored from a copy, its stream names every letter as new, the
// sweeps of a day go by. What SES had taken before the copy is not sent again, and what SES had reported stays.
// What was waiting at the moment of the copy is sent: nobody can know that it went out afterwards, which is why
// the mailer stays off after a restore until someone has looked.
func TestRestoredLettersAreNotSentAgain(t *testing.T) {
	t.Parallel()
	table := storetest.StartDynoxide(t)
	d := newDesk(t, store.Retrying(table.Engine))
	d.open("dag", 100, nil)
	d.rush("dag", emails(20))
	mailer, _ := d.mailer()
	if err := mailer.Sweep(context.Background(), false); err != nil {
		t.Fatal(err)
	}
	before := letterIDs(t, table)
	for i, report := range []mdt.Report{mdt.ReportDelivered, mdt.ReportBounced, mdt.ReportComplained} {
		if known, err := d.store.Report(context.Background(), before[i], report, "", d.now()); !known || err != nil {
			t.Fatal(known, err)
		}
	}
	d.post("dag", "wacht@gast.example")
	states, err := d.store.CountLetters(context.Background())
	if err != nil {
		t.Fatal(err)
	}

	copied := restored(t, table)
	sent, after := replay(t, copied, before)
	if sent["wacht@gast.example"] != 1 || len(sent) != 1 {
		t.Errorf("sent again: %v", sent)
	}
	states[mdt.Pending]--
	states[mdt.Accepted]++
	for state, n := range states {
		if after[state] != n {
			t.Errorf("%d letters are %s, want %d", after[state], state, n)
		}
	}
	forgotten := restored(t, table)
	for _, id := range before {
		forget(t, forgotten, id)
	}
	if sent, _ := replay(t, forgotten, before); len(sent) != 21 {
		t.Errorf("letters whose state is lost are sent to %d: the trial proves nothing", len(sent))
	}
}

// replay gives a mailer on a restored table the stream of all its letters, twice, and the sweeps of a day.
func replay(t *testing.T, table *storetest.Dynoxide, before []string) (sent map[string]int, states map[mdt.DeliveryState]int) {
	t.Helper()
	d := newDesk(t, store.Retrying(table.Engine))
	d.pass(time.Hour)
	mailer, office := d.mailer()
	for range 2 {
		if _, err := mailer.Handle(context.Background(), streamOf(before)); err != nil {
			t.Fatal(err)
		}
	}
	for range 24 {
		d.pass(time.Hour)
		if err := mailer.Sweep(context.Background(), false); err != nil {
			t.Fatal(err)
		}
	}
	sent = map[string]int{}
	for email, kinds := range office.kind {
		sent[email] = len(kinds)
	}
	states, err := d.store.CountLetters(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return sent, states
}

func streamOf(letters []string) json.RawMessage {
	var records []map[string]any
	for i, id := range letters {
		records = append(records, map[string]any{"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": map[string]any{
			"SequenceNumber": fmt.Sprint(i + 1),
			"Keys":           map[string]any{"pk": map[string]string{"S": store.LetterPrefix + id}, "sk": map[string]string{"S": "brief"}}}})
	}
	raw, _ := json.Marshal(map[string]any{"Records": records}) // maps of texts always marshal
	return raw
}

func letterIDs(t *testing.T, table *storetest.Dynoxide) (ids []string) {
	t.Helper()
	page, err := table.Client.Scan(context.Background(), &dynamodb.ScanInput{TableName: aws.String(storetest.TableName)})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range page.Items {
		if pk, ok := item["pk"].(*types.AttributeValueMemberS); ok && store.LetterID(pk.Value) != "" {
			ids = append(ids, store.LetterID(pk.Value))
		}
	}
	return ids
}

// forget puts a letter back to where it began, as a copy without states would.
func forget(t *testing.T, table *storetest.Dynoxide, id string) {
	t.Helper()
	_, err := table.Engine.Change(context.Background(), store.Write{Key: store.Key{PK: store.LetterPrefix + id, SK: "brief"},
		Set: store.Item{"staat": string(mdt.Pending), store.AttrList: "brieven#" + string(mdt.Pending)}})
	if err != nil {
		t.Fatal(err)
	}
}
