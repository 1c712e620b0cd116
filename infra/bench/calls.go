package main

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// calls are the two calls of a registration: the counter with the entry, and the transaction.
type calls struct {
	table string
	keys  []map[string]types.AttributeValue
	write []types.TransactWriteItem
}

// make makes the calls again, for somebody new: the same items but for the names in their partition keys.
func (c *calls) make(ctx context.Context, client *dynamodb.Client) error {
	name := strings.ToLower(rand.Text())
	in := &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{
		c.table: {Keys: []map[string]types.AttributeValue{c.keys[0], renamed(c.keys[1], name)}, ConsistentRead: aws.Bool(true)},
	}}
	found, err := client.BatchGetItem(ctx, in)
	if err != nil {
		return err
	}
	if len(found.Responses[c.table]) != 1 {
		return errors.New("the loop did not find just the counter")
	}
	write := slices.Clone(c.write)
	for i, w := range write {
		if w.Put != nil {
			put := *w.Put
			put.Item = renamed(put.Item, name)
			write[i].Put = &put
		}
	}
	_, err = client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: write, ClientRequestToken: aws.String(rand.Text())})
	return err
}

// renamed gives an item or key with another name of the same length behind the kind in its partition key.
func renamed(item map[string]types.AttributeValue, name string) map[string]types.AttributeValue {
	other := maps.Clone(item)
	kind, _, _ := strings.Cut(item["pk"].(*types.AttributeValueMemberS).Value, "#")
	other["pk"] = &types.AttributeValueMemberS{Value: kind + "#" + name}
	return other
}
