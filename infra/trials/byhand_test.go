package trials

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// cancel takes a registration back by hand, as one's own page will.
func (d *desk) cancel(meeting, email string) {
	d.t.Helper()
	_, entries := d.stands(meeting, email)
	entry := entries[0]
	count := map[string]int64{"wachtend": -1}
	if entry.Status == mdt.Confirmed {
		count = map[string]int64{"bezet": -1}
		for _, part := range entry.Parts {
			count["onderdeel:"+part] = -1
		}
	}
	writes := []store.Write{
		{Key: counterOf(meeting), Add: count},
		{Key: store.Key{PK: "persoon#" + string(entry.Person), SK: "aanmelding#" + meeting},
			Set: store.Item{"status": string(mdt.Cancelled)}, Add: map[string]int64{"versie": 1}},
	}
	if organisation := mdt.NormalOrganisation(entry.Organisation); organisation != "" && d.perOrg[meeting] {
		writes = append(writes, store.Write{Key: organisationOf(meeting, organisation), Add: map[string]int64{"aantal": -1}})
	}
	if err := d.engine.Transact(context.Background(), store.NewToken(), writes); err != nil {
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
