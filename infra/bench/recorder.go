package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// recorder keeps the last body of each operation that passes.
type recorder struct {
	next   http.RoundTripper
	bodies map[string][]byte
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	if r.bodies == nil {
		r.bodies = map[string][]byte{}
	}
	_, operation, _ := strings.Cut(request.Header.Get("X-Amz-Target"), ".")
	r.bodies[operation] = body
	request.Body = io.NopCloser(bytes.NewReader(body))
	return r.next.RoundTrip(request)
}

// value is an attribute's value as it stands in a body.
type value struct{ of types.AttributeValue }

func (v *value) UnmarshalJSON(raw []byte) error {
	var kinds struct {
		S, N *string
		BOOL *bool
		L    []value
		M    map[string]value
	}
	if err := json.Unmarshal(raw, &kinds); err != nil {
		return err
	}
	switch {
	case kinds.S != nil:
		v.of = &types.AttributeValueMemberS{Value: *kinds.S}
	case kinds.N != nil:
		v.of = &types.AttributeValueMemberN{Value: *kinds.N}
	case kinds.BOOL != nil:
		v.of = &types.AttributeValueMemberBOOL{Value: *kinds.BOOL}
	case kinds.L != nil:
		list := &types.AttributeValueMemberL{}
		for _, element := range kinds.L {
			list.Value = append(list.Value, element.of)
		}
		v.of = list
	case kinds.M != nil:
		v.of = &types.AttributeValueMemberM{Value: plain(kinds.M)}
	default:
		return fmt.Errorf("a value of an unknown kind: %s", raw)
	}
	return nil
}

func plain(values map[string]value) map[string]types.AttributeValue {
	if values == nil {
		return nil
	}
	out := make(map[string]types.AttributeValue, len(values))
	for name, v := range values {
		out[name] = v.of
	}
	return out
}

// write is one write of a transaction, as it stands in a body.
type write struct {
	TableName, ConditionExpression, UpdateExpression *string
	Item, Key, ExpressionAttributeValues             map[string]value
	ExpressionAttributeNames                         map[string]string
	ReturnValuesOnConditionCheckFailure              types.ReturnValuesOnConditionCheckFailure
}

func (w *write) put() *types.Put {
	return &types.Put{TableName: w.TableName, Item: plain(w.Item), ConditionExpression: w.ConditionExpression,
		ExpressionAttributeNames: w.ExpressionAttributeNames, ExpressionAttributeValues: plain(w.ExpressionAttributeValues),
		ReturnValuesOnConditionCheckFailure: w.ReturnValuesOnConditionCheckFailure}
}

func (w *write) update() *types.Update {
	return &types.Update{TableName: w.TableName, Key: plain(w.Key), ConditionExpression: w.ConditionExpression,
		UpdateExpression: w.UpdateExpression, ExpressionAttributeNames: w.ExpressionAttributeNames,
		ExpressionAttributeValues:           plain(w.ExpressionAttributeValues),
		ReturnValuesOnConditionCheckFailure: w.ReturnValuesOnConditionCheckFailure}
}

// calls reads the calls of the last registration.
func (r *recorder) calls() (*calls, error) {
	var read struct {
		RequestItems map[string]struct{ Keys []map[string]value }
	}
	var transaction struct {
		TransactItems []struct{ Put, Update *write }
	}
	if err := errors.Join(json.Unmarshal(r.bodies["BatchGetItem"], &read), json.Unmarshal(r.bodies["TransactWriteItems"], &transaction)); err != nil {
		return nil, err
	}
	c := new(calls)
	for table, asked := range read.RequestItems {
		c.table = table
		for _, key := range asked.Keys {
			c.keys = append(c.keys, plain(key))
		}
	}
	for _, w := range transaction.TransactItems {
		switch {
		case w.Put != nil:
			c.write = append(c.write, types.TransactWriteItem{Put: w.Put.put()})
		case w.Update != nil:
			c.write = append(c.write, types.TransactWriteItem{Update: w.Update.update()})
		default:
			return nil, errors.New("a write that the loop does not know")
		}
	}
	if len(c.keys) != 2 || len(c.write) != 3 {
		return nil, fmt.Errorf("a registration reads %d items and writes %d: not the loop's calls", len(c.keys), len(c.write))
	}
	return c, nil
}
