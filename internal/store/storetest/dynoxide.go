// Package storetest holds what tests of the store and of what stands on it need: a real DynamoDB wire, the
// faults a network and a busy table make, and the suite every engine must pass. Nothing of it ships.
package storetest

import (
	"context"
	"net"
	"net/http"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/parts"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/dynamo"
)

// TableName is the table that Dynoxide makes.
const TableName = "aanmeldpunt"

// Dynoxide is a running DynamoDB of the test's own, in memory, with the table in it.
type Dynoxide struct {
	Endpoint string
	Client   *dynamodb.Client // makes one attempt at each call
	Engine   *dynamo.DB
}

// StartDynoxide starts dynoxide on a free port and makes the table; it ends with the test. Where the
// program is not installed the test is skipped, or fails, as parts.Need has it.
func StartDynoxide(t testing.TB) *Dynoxide {
	t.Helper()
	program := parts.Need(t, "dynoxide")
	d := &Dynoxide{Endpoint: start(t, program)}
	d.Client = d.NewClient(t, d.Endpoint, &http.Client{Transport: NewTransport()})
	d.Engine = dynamo.New(d.Client, TableName)
	if err := makeTable(context.Background(), d.Client); err != nil {
		t.Fatalf("make the table: %v", err)
	}
	return d
}

// NewTransport gives a transport that keeps a connection for each of many clients.
func NewTransport() *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost, transport.MaxIdleConns = 256, 256
	return transport
}

// Environ gives the environment variables that send dynamo.Client to endpoint.
func Environ(endpoint string) map[string]string {
	return map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint,
	}
}

// NewClient gives a client that speaks to endpoint (this database, or a proxy before it) through h.
func (d *Dynoxide) NewClient(t testing.TB, endpoint string, h *http.Client) *dynamodb.Client {
	t.Helper()
	environ := Environ(endpoint)
	client, err := dynamo.Client(func(name string) string { return environ[name] }, h)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// Through gives the engine on this database as it is seen through a transport that does things to the calls.
func (d *Dynoxide) Through(t testing.TB, transport http.RoundTripper) *dynamo.DB {
	t.Helper()
	return dynamo.New(d.NewClient(t, d.Endpoint, &http.Client{Transport: transport}), TableName)
}

// start runs the program and gives its address. A free port may be taken by another before the program has
// it, so there are some tries.
func start(t testing.TB, program string) (endpoint string) {
	t.Helper()
	for range 5 {
		port := freePort(t)
		command := exec.Command(program, "-p", strconv.Itoa(port), "--log", "quiet")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = command.Wait(); close(ended) }()
		if listens(port, ended) {
			t.Cleanup(func() { _ = command.Process.Kill(); <-ended })
			return "http://127.0.0.1:" + strconv.Itoa(port)
		}
		_ = command.Process.Kill()
		<-ended
	}
	t.Fatal("dynoxide does not start")
	return ""
}

func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func listens(port int, ended <-chan struct{}) bool {
	for range 1000 {
		connection, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(port))
		if err == nil {
			connection.Close()
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(10 * time.Millisecond):
		}
	}
	return false
}

func makeTable(ctx context.Context, client *dynamodb.Client) error {
	table := &dynamodb.CreateTableInput{
		TableName:           aws.String(TableName),
		BillingMode:         types.BillingModePayPerRequest,
		StreamSpecification: &types.StreamSpecification{StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeKeysOnly},
	}
	table.KeySchema = keySchema(table, store.AttrPK, store.AttrSK)
	for _, x := range store.Indexes {
		projection := &types.Projection{ProjectionType: types.ProjectionTypeAll}
		if x.KeysOnly {
			projection.ProjectionType = types.ProjectionTypeKeysOnly
		}
		table.GlobalSecondaryIndexes = append(table.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: aws.String(x.Name), KeySchema: keySchema(table, x.List, x.Order), Projection: projection,
		})
	}
	_, err := client.CreateTable(ctx, table)
	if err != nil {
		return err
	}
	_, err = client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{
		TableName:               aws.String(TableName),
		TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String(store.AttrExpires), Enabled: aws.Bool(true)},
	})
	return err
}

// keySchema gives the schema of these attributes (order may be empty), and has the table define them.
func keySchema(table *dynamodb.CreateTableInput, hash, order string) (schema []types.KeySchemaElement) {
	for name, kind := range map[string]types.KeyType{hash: types.KeyTypeHash, order: types.KeyTypeRange} {
		if name == "" {
			continue
		}
		schema = append(schema, types.KeySchemaElement{AttributeName: aws.String(name), KeyType: kind})
		if !slices.ContainsFunc(table.AttributeDefinitions, func(d types.AttributeDefinition) bool { return *d.AttributeName == name }) {
			table.AttributeDefinitions = append(table.AttributeDefinitions,
				types.AttributeDefinition{AttributeName: aws.String(name), AttributeType: types.ScalarAttributeTypeS})
		}
	}
	slices.SortFunc(schema, func(a, b types.KeySchemaElement) int { return strings.Compare(string(a.KeyType), string(b.KeyType)) })
	return schema
}
