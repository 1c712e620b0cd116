package dynamo_test

import (
	"testing"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

func TestContract(t *testing.T) {
	t.Parallel()
	d := storetest.StartDynoxide(t)
	storetest.Contract(t, func(testing.TB) store.Engine { return d.Engine })
}
