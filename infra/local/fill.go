package main

import (
	"context"
	"fmt"
	"os"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// fill reads the network file and stores it where the store is empty.
func (d *desk) fill() error {
	raw, name := content.ExampleNetwork, "the example network"
	if d.options.network != "" {
		name = d.options.network
		var err error
		if raw, err = os.ReadFile(d.options.network); err != nil {
			return fmt.Errorf("-network: %w", err)
		}
	}
	var err error
	if d.network, err = mdt.ParseNetwork(raw, d.atlas, d.clock.Now()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	ctx := context.Background()
	if empty, err := d.store.Empty(ctx); err != nil || !empty {
		return err
	}
	return d.store.Fill(ctx, d.network.Regions, d.network.Meetings)
}
