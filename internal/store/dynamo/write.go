package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/store"
)

// Transact does all writes or none.
func (d *DB) Transact(ctx context.Context, token string, writes []store.Write) error {
	if err := store.CheckTransaction(token, writes); err != nil {
		return err
	}
	in := &dynamodb.TransactWriteItemsInput{
		TransactItems: make([]types.TransactWriteItem, len(writes)), ReturnConsumedCapacity: d.returns,
	}
	if token != "" {
		in.ClientRequestToken = &token
	}
	for i, w := range writes {
		in.TransactItems[i] = d.transactItem(w)
	}
	out, err := d.client.TransactWriteItems(ctx, in)
	if err != nil {
		return writeError(ctx, err)
	}
	d.count(true, out.ConsumedCapacity...)
	return nil
}

const returnOld = types.ReturnValuesOnConditionCheckFailureAllOld

func (d *DB) transactItem(w store.Write) types.TransactWriteItem {
	var e expression
	key, condition := keyValues(w.Key), e.condition(w.If)
	switch {
	case w.Put != nil:
		return types.TransactWriteItem{Put: &types.Put{
			TableName: d.table, Item: itemValues(w), ConditionExpression: condition,
			ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values, ReturnValuesOnConditionCheckFailure: returnOld,
		}}
	case w.Delete:
		return types.TransactWriteItem{Delete: &types.Delete{
			TableName: d.table, Key: key, ConditionExpression: condition,
			ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values, ReturnValuesOnConditionCheckFailure: returnOld,
		}}
	case w.Check:
		return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{
			TableName: d.table, Key: key, ConditionExpression: condition,
			ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values, ReturnValuesOnConditionCheckFailure: returnOld,
		}}
	}
	update := e.update(w)
	return types.TransactWriteItem{Update: &types.Update{
		TableName: d.table, Key: key, ConditionExpression: condition, UpdateExpression: update,
		ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values, ReturnValuesOnConditionCheckFailure: returnOld,
	}}
}

func itemValues(w store.Write) map[string]types.AttributeValue {
	values := valuesOf(w.Put)
	values[store.AttrPK], values[store.AttrSK] = text(w.Key.PK), text(w.Key.SK)
	return values
}

// Change does one write that sets, adds or removes, and returns the item as it is then.
func (d *DB) Change(ctx context.Context, w store.Write) (store.Item, error) {
	if err := store.CheckChange(w); err != nil {
		return nil, err
	}
	var e expression
	condition := e.condition(w.If)
	update := e.update(w)
	out, err := d.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: d.table, Key: keyValues(w.Key), ConditionExpression: condition, UpdateExpression: update,
		ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
		ReturnValues: types.ReturnValueAllNew, ReturnValuesOnConditionCheckFailure: returnOld, ReturnConsumedCapacity: d.returns,
	})
	if err != nil {
		return nil, writeError(ctx, err)
	}
	d.countOne(true, out.ConsumedCapacity)
	return itemOf(out.Attributes)
}

// Next adds one to the number under key and returns it.
func (d *DB) Next(ctx context.Context, key store.Key) (int64, error) {
	if err := store.CheckKey(key); err != nil {
		return 0, err
	}
	var e expression
	update := e.update(store.Write{Add: map[string]int64{store.AttrNumber: 1}})
	out, err := d.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: d.table, Key: keyValues(key), UpdateExpression: update,
		ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
		ReturnValues: types.ReturnValueUpdatedNew, ReturnConsumedCapacity: d.returns,
	})
	if err != nil {
		return 0, writeError(ctx, err)
	}
	d.countOne(true, out.ConsumedCapacity)
	item, err := itemOf(out.Attributes)
	n, _ := item[store.AttrNumber].(int64)
	return n, err
}
