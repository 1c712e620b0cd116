// Package actstest opens the example network on an embedded store, for tests of what people meet of it. No function
// holds it.
package actstest

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// TeamMail is the address of the example's national team.
const TeamMail = "team@mdt.example"

// Example is the network with what can be done there.
type Example struct {
	*acts.Desk
	Network mdt.Network
	Logged  *bytes.Buffer
}

// Open fills a store of the test's own with the example, as it stands at the moment that the clock shows. Around puts
// something between the store and its engine; change, where it is not nil, alters the network first.
func Open(t testing.TB, clock func() time.Time, around func(store.Engine) store.Engine, change func(*mdt.Network)) Example {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "store.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	atlas, err1 := mdt.ParseAtlas(content.Municipalities)
	network, err2 := mdt.ParseNetwork(content.ExampleNetwork, atlas, clock())
	identity, err3 := mdt.NewIdentity([]byte(strings.Repeat("k", 32)))
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&network)
	}
	kept, ctx, logged := store.New(around(db)), context.Background(), new(bytes.Buffer)
	if err := errors.Join(kept.Fill(ctx, network.Regions, network.Meetings), kept.FillStaff(ctx, mdt.StaffOf(network.People, identity))); err != nil {
		t.Fatal(err)
	}
	return Example{&acts.Desk{Store: kept, Catalogue: store.NewCatalogue(kept, time.Hour), Identity: identity, Atlas: atlas,
		Team: mdt.Responder{Name: content.TeamName, Email: TeamMail}, Now: clock, Log: slog.New(slog.NewTextHandler(logged, nil))}, network, logged}
}
