// Package dynamo is the store's engine on a DynamoDB table: keys pk and sk, and the indexes of store.Indexes.
// It knows expressions and errors of DynamoDB and nothing of what is stored.
//
// It makes one attempt at each call and says how that ended; store.Run and store.Retrying try again.
package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/store"
)

// DB is a store.Engine on one table.
type DB struct {
	client   *dynamodb.Client
	table    *string
	returns  types.ReturnConsumedCapacity
	consumed func(table string, read, write float64)
}

var _ store.Engine = (*DB)(nil)

// New gives the engine on a table.
func New(client *dynamodb.Client, table string) *DB {
	return &DB{client: client, table: &table, returns: types.ReturnConsumedCapacityNone}
}

// Counting gives the same engine, telling f what each successful call consumed, in capacity units. DynamoDB
// does not tell it of refused transactions.
func (d *DB) Counting(f func(table string, read, write float64)) *DB {
	counting := *d
	counting.returns, counting.consumed = types.ReturnConsumedCapacityTotal, f
	return &counting
}

func (d *DB) count(writes bool, capacities ...types.ConsumedCapacity) {
	if d.consumed == nil {
		return
	}
	for _, c := range capacities {
		units := aws.ToFloat64(c.CapacityUnits)
		if writes {
			d.consumed(aws.ToString(c.TableName), 0, units)
		} else {
			d.consumed(aws.ToString(c.TableName), units, 0)
		}
	}
}

func (d *DB) countOne(writes bool, c *types.ConsumedCapacity) {
	if c != nil {
		d.count(writes, *c)
	}
}

// Get reads items, consistently: one by itself, several in one batch.
func (d *DB) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	if len(keys) > store.MaxKeys {
		return nil, fmt.Errorf("%w: %d keys", store.ErrInvalid, len(keys))
	}
	for _, key := range keys {
		if err := store.CheckKey(key); err != nil {
			return nil, err
		}
	}
	switch len(keys) {
	case 0:
		return nil, nil
	case 1:
		item, err := d.getOne(ctx, keys[0])
		return []store.Item{item}, err
	}
	return d.getSeveral(ctx, keys)
}

func (d *DB) getOne(ctx context.Context, key store.Key) (store.Item, error) {
	out, err := d.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: d.table, Key: keyValues(key), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: d.returns,
	})
	if err != nil {
		return nil, readError(ctx, err)
	}
	d.countOne(false, out.ConsumedCapacity)
	return itemOf(out.Item)
}

func (d *DB) getSeveral(ctx context.Context, keys []store.Key) ([]store.Item, error) {
	found := make(map[store.Key]store.Item, len(keys))
	var ask []map[string]types.AttributeValue
	for _, key := range keys {
		if _, asked := found[key]; !asked {
			found[key] = nil
			ask = append(ask, keyValues(key))
		}
	}
	for len(ask) > 0 {
		left, err := d.getBatch(ctx, ask, found)
		if err != nil {
			return nil, err
		}
		if len(left) == len(ask) {
			return nil, fmt.Errorf("%w: no key of the batch was read", store.ErrBusy)
		}
		ask = left
	}
	items := make([]store.Item, len(keys))
	for i, key := range keys {
		items[i] = found[key]
	}
	return items, nil
}

// getBatch adds what one batch gives to found, and returns the keys it did not come to.
func (d *DB) getBatch(ctx context.Context, ask []map[string]types.AttributeValue, found map[store.Key]store.Item) (left []map[string]types.AttributeValue, err error) {
	out, err := d.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
		RequestItems: map[string]types.KeysAndAttributes{
			*d.table: {Keys: ask, ConsistentRead: aws.Bool(true)},
		},
		ReturnConsumedCapacity: d.returns,
	})
	if err != nil {
		return nil, readError(ctx, err)
	}
	d.count(false, out.ConsumedCapacity...)
	for _, values := range out.Responses[*d.table] {
		item, err := itemOf(values)
		if err != nil {
			return nil, err
		}
		found[item.Key()] = item
	}
	return out.UnprocessedKeys[*d.table].Keys, nil
}
