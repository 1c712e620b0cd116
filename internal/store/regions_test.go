package store_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// regionsAt are those of a store with three, one of them from before there were versions.
func regionsAt(t *testing.T) (*store.Store, []mdt.Region) {
	t.Helper()
	db := opened(t)
	old := store.Item{"pk": "regios", "sk": "oud", "id": "oud", "naam": "Oud", "gemeenten": []any{"GM0001"}}
	err := db.Transact(t.Context(), store.NewToken(), []store.Write{{Key: store.Key{PK: "regios", SK: "oud"}, Put: old}})
	if err != nil {
		t.Fatal(err)
	}
	s := store.New(db)
	for range 2 { // again changes nothing
		if err := s.Fill(t.Context(), []mdt.Region{{ID: "a", Name: "A", Municipalities: []string{"GM0002"}}, {ID: "b", Name: "B", Municipalities: []string{}},
			{ID: "oud", Name: "Anders"}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s, regionsOf(t, s)
}

func regionsOf(t *testing.T, s *store.Store) []mdt.Region {
	t.Helper()
	regions, err := s.Regions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return regions
}

func versions(regions []mdt.Region) (all []int64) {
	for _, r := range regions {
		all = append(all, r.Version)
	}
	return all
}

func TestPutRegions(t *testing.T) {
	s, was := regionsAt(t)
	if got := versions(was); !slices.Equal(got, []int64{1, 1, 0}) || was[2].Name != "Oud" {
		t.Fatalf("filled: versions %v, %s", got, was[2].Name)
	}
	now := slices.Clone(was)
	now[0].Municipalities, now[2].Municipalities, now[2].Phone = []string{}, []string{"GM0001", "GM0002"}, "030 555 01 90"
	if err := s.PutRegions(t.Context(), mdt.RegionChanges(was, now, true)); err != nil {
		t.Fatal(err)
	}
	now[0].Version, now[2].Version = 2, 1
	if diff := cmp.Diff(now, regionsOf(t, s)); diff != "" {
		t.Errorf("what stands: %s", diff)
	}
	t.Run("on what was read before", func(t *testing.T) {
		for i, r := range was {
			changed := r
			changed.Name = "Later"
			err := s.PutRegions(t.Context(), []mdt.RegionChange{{Was: &was[i], Now: &changed}})
			if want := r.ID != "b"; errors.Is(err, store.ErrLostRace) != want {
				t.Errorf("%s: %v", r.ID, err)
			}
		}
	})
	t.Run("one that stays has changed", func(t *testing.T) {
		was := regionsOf(t, s)
		old := was[1]
		old.Version-- // as somebody read it who was too early
		moved := was[0]
		moved.Name = "Nieuw"
		if err := s.PutRegions(t.Context(), []mdt.RegionChange{{Was: &was[0], Now: &moved}, {Was: &old, Now: &old}}); !errors.Is(err, store.ErrLostRace) {
			t.Errorf("%v", err)
		}
		if got := regionsOf(t, s)[0]; got.Name == "Nieuw" {
			t.Error("half was stored")
		}
	})
	t.Run("one comes, one goes", func(t *testing.T) {
		was := regionsOf(t, s)
		now := append(slices.Clone(was[1:]), mdt.Region{ID: "c", Name: "C", Municipalities: []string{}})
		for _, want := range []error{nil, store.ErrLostRace} {
			if err := s.PutRegions(t.Context(), mdt.RegionChanges(was, now, false)); !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		if got := regionsOf(t, s); len(got) != 3 || got[1].ID != "c" || got[1].Version != 1 {
			t.Errorf("%+v", got)
		}
	})
	if err := s.PutRegions(t.Context(), nil); err != nil {
		t.Errorf("nothing: %v", err)
	}
	if err := s.PutRegions(t.Context(), make([]mdt.RegionChange, 101)); !errors.Is(err, store.ErrTooManyRegions) {
		t.Errorf("too many: %v", err)
	}
}

// TestAMunicipalityGoesToOne: many take one municipality that is nowhere, each for another region, all at once. Without
// a look at the regions that stay as they are, several have it.
func TestAMunicipalityGoesToOne(t *testing.T) {
	for _, guarded := range []bool{true, false} {
		db := opened(t)
		s := store.New(db)
		var regions []mdt.Region
		for id := 'a'; id < 'k'; id++ {
			regions = append(regions, mdt.Region{ID: string(id), Name: string(id)})
		}
		if err := s.Fill(t.Context(), regions, nil); err != nil {
			t.Fatal(err)
		}
		was := regionsOf(t, s)
		var all sync.WaitGroup
		for _, r := range was {
			all.Go(func() {
				err := s.PutRegions(t.Context(), mdt.RegionChanges(was, mdt.Moved(was, []string{"GM0001"}, r.ID), guarded))
				if err != nil && !errors.Is(err, store.ErrLostRace) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		homes := 0
		for _, r := range regionsOf(t, s) {
			homes += len(r.Municipalities)
		}
		if guarded != (homes == 1) {
			t.Errorf("guarded %v: it is in %d regions", guarded, homes)
		}
	}
}

// interrupted does something while a partition is being read.
type interrupted struct {
	store.Engine
	meanwhile func()
}

func (i *interrupted) Query(ctx context.Context, q store.Query) (store.Page, error) {
	page, err := i.Engine.Query(ctx, q)
	if i.meanwhile != nil {
		i.meanwhile()
	}
	return page, err
}

// TestTheCatalogueForgetsRegions: also those that were being read when they changed.
func TestTheCatalogueForgetsRegions(t *testing.T) {
	engine := &interrupted{Engine: opened(t)}
	s := store.New(engine)
	if err := s.Fill(t.Context(), []mdt.Region{{ID: "a", Name: "0"}}, nil); err != nil {
		t.Fatal(err)
	}
	c := store.NewCatalogue(s, time.Hour)
	name := func() string {
		regions, err := c.Regions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return regions[0].Name
	}
	rename := func(to string) {
		meanwhile := engine.meanwhile
		engine.meanwhile = nil
		was := regionsOf(t, s)
		now := was[0]
		now.Name = to
		if err := s.PutRegions(t.Context(), []mdt.RegionChange{{Was: &was[0], Now: &now}}); err != nil {
			t.Fatal(err)
		}
		engine.meanwhile = meanwhile
	}
	name()
	if rename("1"); name() != "0" {
		t.Fatal("nothing is remembered")
	}
	if c.ForgetRegions(); name() != "1" {
		t.Error("what was forgotten is remembered")
	}
	c.ForgetRegions()
	engine.meanwhile = func() { rename("2"); c.ForgetRegions(); engine.meanwhile = nil }
	if name(); name() != "2" {
		t.Error("what was read before the change is remembered")
	}
}
