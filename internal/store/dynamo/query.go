package dynamo

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/store"
)

// Query reads one page: of a partition consistently, of a list from the index. A full page that happens to
// be the last may have a Next behind which there is nothing.
func (d *DB) Query(ctx context.Context, q store.Query) (store.Page, error) {
	q, err := store.CheckQuery(q)
	if err != nil {
		return store.Page{}, err
	}
	if q.UpTo != "" && q.UpTo < q.Prefix {
		return store.Page{}, nil
	}
	in, err := d.queryInput(q)
	if err != nil {
		return store.Page{}, err
	}
	out, err := d.client.Query(ctx, in)
	if err != nil {
		return store.Page{}, readError(ctx, err)
	}
	d.countOne(false, out.ConsumedCapacity)
	return pageOf(out, q)
}

func (d *DB) queryInput(q store.Query) (*dynamodb.QueryInput, error) {
	in := &dynamodb.QueryInput{
		TableName: d.table, ScanIndexForward: aws.Bool(!q.Last), ReturnConsumedCapacity: d.returns,
		ConsistentRead: aws.Bool(true),
	}
	partition, place := store.AttrPK, store.AttrSK
	if q.List != "" {
		partition, place = q.In.List, q.In.Order
		in.IndexName, in.ConsistentRead = aws.String(q.In.Name), nil
	}
	var e expression
	condition := e.name(partition) + " = " + e.value(text(q.PK+q.List)) + e.stretch(place, q)
	in.KeyConditionExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues = &condition, e.names, e.values
	if q.Limit > 0 {
		in.Limit = aws.Int32(int32(min(q.Limit, 1<<30)))
	}
	var err error
	in.ExclusiveStartKey, err = startKey(q)
	return in, err
}

// stretch narrows to what begins with Prefix and stands at or before UpTo. DynamoDB takes one condition on
// the place: where both ask for something, UpTo either stands among what begins with Prefix or behind it all.
func (e *expression) stretch(place string, q store.Query) string {
	switch {
	case q.UpTo != "" && q.Prefix == "":
		return " AND " + e.name(place) + " <= " + e.value(text(q.UpTo))
	case q.UpTo != "" && strings.HasPrefix(q.UpTo, q.Prefix):
		return " AND " + e.name(place) + " BETWEEN " + e.value(text(q.Prefix)) + " AND " + e.value(text(q.UpTo))
	case q.Prefix != "":
		return " AND begins_with(" + e.name(place) + ", " + e.value(text(q.Prefix)) + ")"
	}
	return ""
}

func startKey(q store.Query) (map[string]types.AttributeValue, error) {
	if q.After == "" {
		return nil, nil
	}
	c, err := q.Place()
	if err != nil {
		return nil, err
	}
	if q.List == "" {
		return keyValues(store.Key{PK: q.PK, SK: c.SK}), nil
	}
	key := keyValues(store.Key{PK: c.PK, SK: c.SK})
	if key[q.In.List] = text(q.List); q.In.Order != "" {
		key[q.In.Order] = text(c.Order)
	}
	return key, nil
}

func pageOf(out *dynamodb.QueryOutput, q store.Query) (page store.Page, err error) {
	page.Items = make([]store.Item, len(out.Items))
	for i, values := range out.Items {
		if page.Items[i], err = itemOf(values); err != nil {
			return store.Page{}, err
		}
	}
	if len(out.LastEvaluatedKey) == 0 {
		return page, nil
	}
	end, err := fieldsOf(out.LastEvaluatedKey)
	page.Next = q.Behind(end)
	return page, err
}
