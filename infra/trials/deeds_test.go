package trials

import (
	"context"
	"errors"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// TestACorrectedAddressMovesTheEntry: with its seat, wishes, letters and guests, on both engines; where somebody is
// registered already nothing moves. What was sent to the wrong address is found with the entry, and erased with it.
func TestACorrectedAddressMovesTheEntry(t *testing.T) {
	listsOn(t, func(t *testing.T, d *desk) {
		ctx := context.Background()
		d.open("dag", 10, nil)
		d.send("dag", "fout@gast.example", "", fields{"naam": "Noor", "email": "fout@gast.example", "wensen": "rolstoel",
			"introducees": []map[string]string{{"naam": "Gast", "email": "gast@gast.example"}}})
		d.post("dag", "bezet@gast.example")
		wrong, right := d.person("fout@gast.example"), d.person("goed@gast.example")
		address := func(email string) mdt.Address { a, _ := mdt.ParseAddress(email); return a }
		var no *acts.Refused
		if err := d.acts.Correcting("dag", wrong, address("bezet@gast.example")).Do(ctx, 1); !errors.As(err, &no) || no.Code != "balie.adresBezet" {
			t.Errorf("to one that is taken: %v", err)
		}
		deed := d.acts.Correcting("dag", wrong, address("goed@gast.example"))
		letters, err := deed.Letters(ctx)
		if err != nil || len(letters) != 1 || letters[0].To != "goed@gast.example" {
			t.Fatalf("%v, %v", letters, err)
		}
		if err := deed.Do(ctx, 0); !errors.Is(err, acts.ErrOtherLetters) {
			t.Errorf("another number of letters was agreed to: %v", err)
		}
		if counter, _ := d.stands("dag"); counter.Occupied != 3 {
			t.Fatalf("%d seats before", counter.Occupied)
		}
		if err := deed.Do(ctx, 1); err != nil {
			t.Fatal(err)
		}
		counter, entries := d.stands("dag", "fout@gast.example", "goed@gast.example", "gast@gast.example")
		if counter.Occupied != 3 || entries[0] != nil || entries[1] == nil || entries[1].Status != mdt.Confirmed || len(entries[1].LetterIDs) != 2 || entries[2].BroughtBy != right {
			t.Errorf("%d seats, %+v, %+v, %+v", counter.Occupied, entries[0], entries[1], entries[2])
		}
		own, err := d.acts.Own(ctx, right)
		if err != nil || own.WishesOf("dag") != "rolstoel" {
			t.Errorf("wishes: %v", err)
		}
		if before, err := d.acts.Own(ctx, wrong); err != nil || !before.IsEmpty() {
			t.Errorf("under the wrong address: %+v, %v", before, err)
		}
		ids := entries[1].LetterIDs
		if err := d.acts.Erase(ctx, right, ""); err != nil {
			t.Fatal(err)
		}
		if left, err := d.store.Letters(ctx, ids); err != nil || len(left) > 0 {
			t.Errorf("erased, and letters to the wrong address stand: %v, %v", left, err)
		}
	})
}

// TestEntriesTakenDown: somebody without an address gets no letters and a person of their own; a whole group is one
// transaction; the same form sent twice makes no second entry.
func TestEntriesTakenDown(t *testing.T) {
	listsOn(t, func(t *testing.T, d *desk) {
		ctx := context.Background()
		d.open("dag", 3, func(m *mdt.Meeting) { then := start.Add(-1); m.Registering.Closes = &then; m.MaxGuests = 0 })
		m, err := d.store.Meeting(ctx, "dag")
		if err != nil {
			t.Fatal(err)
		}
		form := mdt.RegistrationForm{Name: "Bo", Guests: []mdt.Guest{{Name: "Ali"}, {Name: "Cem", Email: mdt.Address{Mail: "cem@gast.example", Normal: "cem@gast.example"}}}}
		deed, self := d.acts.Registering(*m, acts.ByHand{Form: form, Key: "k", Remark: &mdt.Remark{By: "Sam", Text: "Belde."}})
		letters, err := deed.Letters(ctx)
		if err != nil || len(letters) != 1 || letters[0].To != "cem@gast.example" {
			t.Fatalf("%+v, %v", letters, err)
		}
		if err := deed.Do(ctx, 1); err != nil {
			t.Fatal(err)
		}
		var no *acts.Refused
		if err := deed.Do(ctx, 1); !errors.As(err, &no) {
			t.Errorf("sent twice: %v", err)
		}
		counter, _ := d.stands("dag")
		found, err := d.store.Find(ctx, self.Reference)
		if err != nil || len(found) != 1 || counter.Occupied != 3 {
			t.Fatalf("%d seats, %v, %v", counter.Occupied, found, err)
		}
		standing, err := d.store.Standing(ctx, "dag", found[0].Person)
		if e := standing.Entries[0]; err != nil || e.Email != "" || len(e.Guests) != 2 || len(e.Remarks) != 1 || len(e.LetterIDs) != 0 {
			t.Errorf("%+v, %v", e, err)
		}
		if n := d.letters(); len(n) != 1 || n[mdt.LetterGuest] != 1 {
			t.Errorf("letters %v", n)
		}
		late, _ := d.acts.Registering(*m, acts.ByHand{Form: mdt.RegistrationForm{Name: "Dee"}, Key: "l"})
		if err := late.Do(ctx, 0); err != nil {
			t.Fatal(err)
		}
		if counter, _ := d.stands("dag"); counter.Waiting != 1 {
			t.Errorf("%d wait", counter.Waiting)
		}
	})
}
