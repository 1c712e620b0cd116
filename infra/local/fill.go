package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// filling is what a store was filled from, as the folder remembers it: the dates of a network file follow the
// moment of filling, and the store does not hold all that stands in it.
type filling struct {
	Start   time.Time       `json:"begonnenOp"`
	Network json.RawMessage `json:"netwerk"`
	Done    bool            `json:"gevuld"` // false: it was cut off, and is done again
}

// fill stores the network where the store is empty, and reads it back where it is not.
func (d *desk) fill(ctx context.Context, identity *mdt.Identity) error {
	f, err := d.filling(ctx)
	if err != nil {
		return err
	}
	if d.network, err = mdt.ParseNetwork(f.Network, d.atlas, f.Start); err != nil {
		return err
	}
	if !f.Done {
		if err := d.keepFilling(f); err != nil {
			return err
		}
		if err := d.store.Fill(ctx, d.network.Regions, d.network.Meetings); err != nil {
			return err
		}
	}
	if err := d.fillStaff(ctx, identity); err != nil || f.Done {
		return err
	}
	f.Done = true
	return d.keepFilling(f)
}

// fillStaff puts the network's people on the list of who may come in, where nobody is: the desk never lets the last
// of the team go, so an empty list is one that was never filled.
func (d *desk) fillStaff(ctx context.Context, identity *mdt.Identity) error {
	if staff, err := d.store.Staff(ctx); err != nil || len(staff) > 0 {
		return err
	}
	return d.store.FillStaff(ctx, mdt.StaffOf(d.network.People, identity))
}

// filling gives what the store was filled from, or is to be.
func (d *desk) filling(ctx context.Context) (f filling, err error) {
	raw, err := os.ReadFile(d.file("netwerk.json"))
	if err == nil {
		if err = json.Unmarshal(raw, &f); err == nil {
			d.unread = d.options.network != ""
			return f, nil
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return f, fmt.Errorf("%s cannot be read (%w): put the file back, or begin anew with an empty folder (-data)", d.file("netwerk.json"), err)
	}
	f = filling{Start: d.clock.Now(), Network: content.ExampleNetwork}
	if d.options.network == "" {
		return f, nil
	}
	f.Network, err = readNetwork(d.options.network, d.atlas, f.Start)
	return f, err
}

// readNetwork reads a network file and names the file with all that is wrong in it.
func readNetwork(path string, atlas *mdt.Atlas, start time.Time) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("-network: the file cannot be read (%w): docs/netwerk.md says what it holds", err)
	}
	if _, err := mdt.ParseNetwork(raw, atlas, start); err != nil {
		return nil, fmt.Errorf("-network %s: %w", path, err)
	}
	return raw, nil
}

func (d *desk) keepFilling(f filling) error {
	raw, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return replaceFile(d.file("netwerk.json"), raw)
}
