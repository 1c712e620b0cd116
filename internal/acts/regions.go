package acts

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// ChangeRegions stores what the team changes of regions, on what it read of them, all or nothing. Messages that were
// sent before stay with whoever got them. It gives store.ErrLostRace where a region is another by now, and
// store.ErrTooManyRegions.
func (d *Desk) ChangeRegions(ctx context.Context, changes []mdt.RegionChange) error {
	err := d.Store.PutRegions(ctx, changes)
	d.Catalogue.ForgetRegions() // also where it went wrong: somebody else changed them, or the answer was lost
	return err
}
