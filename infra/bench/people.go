package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// perWrite is how many registrations are stored at once.
const perWrite = 100

// people stores so many registrations, no two alike, straight into the engine and into the list by moment alone.
func people(ctx context.Context, engine store.Engine, n int) error {
	begun := time.Now().Add(-time.Duration(n) * time.Second).UTC()
	next := make(chan int, n/perWrite)
	for i := range n / perWrite {
		next <- i
	}
	_, err := crowd(64, n/perWrite, func(int) error {
		batch := <-next
		random := rand.New(rand.NewPCG(uint64(batch), 7))
		writes := make([]store.Write, perWrite)
		for i := range writes {
			it, err := stored(random, begun.Add(time.Duration(batch*perWrite+i)*time.Second))
			if err != nil {
				return err
			}
			writes[i] = store.Write{Key: it.Key(), Put: it}
		}
		return engine.Transact(ctx, fmt.Sprint("people", batch), writes)
	})
	return err
}

// stored is somebody's registration as an item.
func stored(random *rand.Rand, at time.Time) (store.Item, error) {
	word := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString([]string{"ka", "lo", "men", "ti", "sa", "ver", "do", "ri", "na", "wil", "ster", "jan", "el", "bo", "hu", "gra", "pie", "ma", "ze", "dijk"}[random.IntN(20)])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	reference, person := make([]byte, 8), make([]byte, nameLength)
	for i := range person {
		person[i] = "abcdefghijklmnopqrstuvwxyz234567"[random.IntN(32)]
	}
	for i := range reference {
		reference[i] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"[random.IntN(31)]
	}
	first, last := word(2), word(3)
	r := mdt.Registration{Person: mdt.PersonID(person), Meeting: meeting, Reference: string(reference), Status: mdt.Confirmed, Name: first + " " + last,
		Email: strings.ToLower(first+"."+last) + "@" + strings.ToLower(word(3)) + ".example", Organisation: "Stichting " + word(3), Role: "begeleider",
		Phone: fmt.Sprintf("06 %08d", random.IntN(100_000_000)), Regions: []string{mdt.Nationwide}, Created: at, Seated: &at, Version: 1}
	it, err := store.Marshal(r)
	if err != nil {
		return nil, err
	}
	it[store.AttrPK], it[store.AttrSK] = "persoon#"+string(person), "aanmelding#"+meeting
	it[store.AttrList], it[store.AttrOrder] = "aanmeldingen#"+meeting, at.Format(store.TimeLayout)+"#"+string(reference)
	return it, nil
}
