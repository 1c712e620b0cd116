package trials

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"aanmeldpunt/internal/store"
)

// cancel takes a registration back, as one's own page does.
func (d *desk) cancel(meeting, email string) {
	d.t.Helper()
	if err := d.acts.Cancel(context.Background(), meeting, d.person(email)); err != nil {
		d.t.Fatal(err)
	}
}

// The keys of ARCHITECTURE's table that trials look at past the store.
func counterOf(meeting string) store.Key {
	return store.Key{PK: "bijeenkomst#" + meeting, SK: "teller"}
}

func organisationOf(meeting, normal string) store.Key {
	sum := sha256.Sum256([]byte(normal))
	return store.Key{PK: "bijeenkomst#" + meeting, SK: "organisatie#" + hex.EncodeToString(sum[:12])}
}
