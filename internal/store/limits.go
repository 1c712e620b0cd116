package store

import (
	"errors"
	"fmt"
)

// AttrNumber holds the number that Engine.Next counts, int64.
const AttrNumber = "nummer"

// The limits every engine keeps to; they are those of DynamoDB
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
const (
	MaxKeys   = 100       // of one Get
	MaxWrites = 100       // of one Transact
	MaxItem   = 400 << 10 // bytes of one item, names included
	MaxDepth  = 32        // levels of lists and maps in one another
	maxPK     = 2048      // bytes
	maxSK     = 1024      // bytes
	maxToken  = 36        // characters
)

// ErrInvalid marks a call that no engine can carry out: a fault of the caller, which trying again never mends.
var ErrInvalid = errors.New("store: invalid call")

// CheckTransaction tells whether an engine can judge these writes: their number, keys, values and kind.
func CheckTransaction(token string, writes []Write) error {
	if len(token) > maxToken {
		return fmt.Errorf("%w: token of %d characters", ErrInvalid, len(token))
	}
	if len(writes) == 0 || len(writes) > MaxWrites {
		return fmt.Errorf("%w: %d writes", ErrInvalid, len(writes))
	}
	for i, w := range writes {
		if err := CheckWrite(w); err != nil {
			return fmt.Errorf("write %d: %w", i, err)
		}
		for _, earlier := range writes[:i] {
			if earlier.Key == w.Key {
				return fmt.Errorf("%w: two writes on one key", ErrInvalid)
			}
		}
	}
	return nil
}

// CheckChange tells whether w is one that Engine.Change may be given.
func CheckChange(w Write) error {
	if w.Put != nil || w.Delete || w.Check {
		return fmt.Errorf("%w: Change takes Set, Add and Remove only", ErrInvalid)
	}
	return CheckWrite(w)
}

// CheckWrite tells whether w is well formed: one kind of write, on a key that can be stored, with values an
// item may hold.
func CheckWrite(w Write) error {
	if err := CheckKey(w.Key); err != nil {
		return err
	}
	if err := checkKind(w); err != nil {
		return err
	}
	for _, c := range w.If {
		if err := checkCondition(c); err != nil {
			return err
		}
	}
	if err := checkAttributes(w.Set); err != nil {
		return err
	}
	if w.Put == nil {
		return nil
	}
	if key := w.Put.Key(); key != w.Key && key != (Key{}) {
		return fmt.Errorf("%w: the item carries another key than the write", ErrInvalid)
	}
	return checkAttributes(w.Put)
}

// CheckKey tells whether an item can be stored under key.
func CheckKey(key Key) error {
	if key.PK == "" || key.SK == "" || len(key.PK) > maxPK || len(key.SK) > maxSK {
		return fmt.Errorf("%w: key of %d and %d bytes", ErrInvalid, len(key.PK), len(key.SK))
	}
	return nil
}

func checkKind(w Write) error {
	kinds := 0
	for _, is := range []bool{w.Put != nil, w.Delete, w.Check, w.Changes()} {
		if is {
			kinds++
		}
	}
	if kinds != 1 || w.Check && len(w.If) == 0 {
		return fmt.Errorf("%w: a write of %d kinds", ErrInvalid, kinds)
	}
	return checkChanged(w)
}

// Changes tells whether w sets, adds or removes attributes.
func (w Write) Changes() bool { return len(w.Set)+len(w.Add)+len(w.Remove) > 0 }

// checkChanged refuses a change of the key, and an attribute that is changed twice.
func checkChanged(w Write) error {
	seen := make(map[string]bool, len(w.Set)+len(w.Add)+len(w.Remove))
	changed := func(name string) error {
		if seen[name] || name == AttrPK || name == AttrSK || name == "" {
			return fmt.Errorf("%w: attribute %q cannot be changed or is changed twice", ErrInvalid, name)
		}
		seen[name] = true
		return nil
	}
	for name := range w.Set {
		if err := changed(name); err != nil {
			return err
		}
	}
	for name := range w.Add {
		if err := changed(name); err != nil {
			return err
		}
	}
	for _, name := range w.Remove {
		if err := changed(name); err != nil {
			return err
		}
	}
	return nil
}

func checkCondition(c Condition) error {
	if c.Attr == "" && c.Op != AbsentOrExpired || c.Op < Absent || c.Op > AbsentOrExpired {
		return fmt.Errorf("%w: condition %d", ErrInvalid, c.Op)
	}
	switch c.Op {
	case Equal:
		return checkValue(c.Value, 1)
	case AtMost, AtLeast:
		switch c.Value.(type) {
		case int64, string:
			return nil
		}
		return fmt.Errorf("%w: a bound is an int64 or a string, not a %T", ErrInvalid, c.Value)
	case OneOf:
		if len(c.Values) == 0 || len(c.Values) > MaxKeys {
			return fmt.Errorf("%w: OneOf %d values", ErrInvalid, len(c.Values))
		}
		return checkValue(c.Values, 0)
	case AbsentOrExpired:
		if _, ok := c.Value.(int64); !ok {
			return fmt.Errorf("%w: AbsentOrExpired wants an int64, not %T", ErrInvalid, c.Value)
		}
	}
	return nil
}

func checkAttributes(attributes map[string]any) error {
	for name, value := range attributes {
		if name == "" {
			return fmt.Errorf("%w: an attribute without a name", ErrInvalid)
		}
		if err := checkValue(value, 1); err != nil {
			return fmt.Errorf("attribute %s: %w", name, err)
		}
		if placing[name] && !indexable(value) {
			return fmt.Errorf("%w: attribute %s must be a string that is not empty", ErrInvalid, name)
		}
	}
	return nil
}

func indexable(value any) bool {
	s, ok := value.(string)
	return ok && s != "" && len(s) <= maxSK
}

func checkValue(value any, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("%w: more than %d levels deep", ErrInvalid, MaxDepth)
	}
	switch value := value.(type) {
	case string, int64, bool:
		return nil
	case []any:
		for _, element := range value {
			if err := checkValue(element, depth+1); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		for _, element := range value {
			if err := checkValue(element, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%w: a %T is no value of an item", ErrInvalid, value)
}
