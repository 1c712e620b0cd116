package dynamo

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
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

// place is where a page ended: the key of its last item and, in a list, its order.
type place struct{ PK, SK, Order string }

func startKey(q store.Query) (map[string]types.AttributeValue, error) {
	if q.After == "" {
		return nil, nil
	}
	var p place
	raw, err := base64.RawURLEncoding.DecodeString(q.After)
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: After is no place in a list", store.ErrInvalid)
	}
	if q.List == "" {
		return keyValues(store.Key{PK: q.PK, SK: p.SK}), nil
	}
	key := keyValues(store.Key{PK: p.PK, SK: p.SK})
	key[q.In.List] = text(q.List)
	if q.In.Order != "" {
		key[q.In.Order] = text(p.Order)
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
	key, err := fieldsOf(out.LastEvaluatedKey)
	if err != nil {
		return store.Page{}, err
	}
	end := store.Item(key)
	p := place{SK: end.Key().SK}
	if q.List != "" {
		p.PK = end.Key().PK
		p.Order, _ = end[q.In.Order].(string)
	}
	raw, err := json.Marshal(p)
	page.Next = base64.RawURLEncoding.EncodeToString(raw)
	return page, err
}
