package dynamo

import (
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/store"
)

func keyValues(key store.Key) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{store.AttrPK: text(key.PK), store.AttrSK: text(key.SK)}
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

// valueOf gives DynamoDB's form of a value that passed the store's check.
func valueOf(value any) types.AttributeValue {
	switch value := value.(type) {
	case string:
		return text(value)
	case int64:
		return number(value)
	case bool:
		return &types.AttributeValueMemberBOOL{Value: value}
	case []any:
		list := make([]types.AttributeValue, len(value))
		for i, element := range value {
			list[i] = valueOf(element)
		}
		return &types.AttributeValueMemberL{Value: list}
	case map[string]any:
		return &types.AttributeValueMemberM{Value: valuesOf(value)}
	}
	panic(fmt.Sprintf("dynamo: a %T passed the check", value))
}

func valuesOf(attributes map[string]any) map[string]types.AttributeValue {
	values := make(map[string]types.AttributeValue, len(attributes)+2)
	for name, value := range attributes {
		values[name] = valueOf(value)
	}
	return values
}

// itemOf gives the item of DynamoDB's form; nil where there is none.
func itemOf(values map[string]types.AttributeValue) (store.Item, error) {
	if values == nil {
		return nil, nil
	}
	return fieldsOf(values)
}

func fieldsOf(values map[string]types.AttributeValue) (map[string]any, error) {
	fields := make(map[string]any, len(values))
	for name, value := range values {
		if _, isNull := value.(*types.AttributeValueMemberNULL); isNull {
			continue // someone's work in the console; we never write it
		}
		field, err := anyOf(value)
		if err != nil {
			return nil, fmt.Errorf("attribute %s: %w", name, err)
		}
		fields[name] = field
	}
	return fields, nil
}

func anyOf(value types.AttributeValue) (any, error) {
	switch value := value.(type) {
	case *types.AttributeValueMemberS:
		return value.Value, nil
	case *types.AttributeValueMemberN:
		n, err := strconv.ParseInt(value.Value, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("no whole number: %w", err)
		}
		return n, nil
	case *types.AttributeValueMemberBOOL:
		return value.Value, nil
	case *types.AttributeValueMemberL:
		list := make([]any, len(value.Value))
		for i, element := range value.Value {
			var err error
			if list[i], err = anyOf(element); err != nil {
				return nil, err
			}
		}
		return list, nil
	case *types.AttributeValueMemberM:
		return fieldsOf(value.Value)
	}
	return nil, fmt.Errorf("a %T is no value of an item", value)
}
