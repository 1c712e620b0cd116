package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"

	"aanmeldpunt/infra/browser"
)

// leastPoints is what Lighthouse must give a page in each category that it is looked at in.
const leastPoints = 98

// judged are the pages that Lighthouse looks at; the address of one's own page is known only once somebody has one.
// Of what is one person's, search engines are told to keep away: no points for being found.
var judged = []struct {
	name, path string
	found      bool
}{
	{"start", "/", true},
	{"a meeting", "/bijeenkomsten/netwerkbijeenkomst", true},
	{"the form", formPath, false},
	{"one's own page", "", false},
}

// lighthouse has Lighthouse look at pages of the local mode, each as a visitor on a phone meets it for the first time.
// What fails for being http fails no audit that counts on 127.0.0.1.
func (b *bench) lighthouse() error {
	addr, stop, err := b.startLocal()
	if err != nil {
		return err
	}
	defer stop()
	own, err := ownPage(addr)
	if err != nil {
		return err
	}
	for _, page := range judged[:b.number(len(judged), 1)] {
		path := page.path
		if path == "" {
			path = own
		}
		categories := []string{"performance", "accessibility", "best-practices"}
		if page.found {
			categories = append(categories, "seo")
		}
		if err := b.judge(page.name, "http://"+addr+path, categories); err != nil {
			return err
		}
	}
	return nil
}

// judge prints what one page got, and says beside the table what cost it points.
func (b *bench) judge(name, address string, categories []string) error {
	got, err := browser.Judge(b.ctx, b.dir, address, categories...)
	if errors.Is(err, browser.ErrMissing) {
		fmt.Fprintln(os.Stderr, "not measured:", err)
		return nil
	}
	if err != nil {
		return err
	}
	for _, category := range categories {
		b.table.points("lighthouse: "+name+", "+category, got[category].Points, atLeast(leastPoints))
		if faults := got[category].Faults; len(faults) > 0 {
			fmt.Fprintf(os.Stderr, "%s, %s: %s\n", name, category, strings.Join(faults, "; "))
		}
	}
	return nil
}

// ownPage registers somebody and gives the path in the link of the letter that comes of it.
func ownPage(addr string) (string, error) {
	visitor, err := newPoster(addr, body)
	if err != nil {
		return "", err
	}
	defer visitor.conn.Close()
	if err := errors.Join(visitor.post(1), settled(addr)); err != nil {
		return "", err
	}
	answer, err := http.Get("http://" + addr + "/lokaal/postvak.json")
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var letters []struct{ Text string }
	if err := json.NewDecoder(answer.Body).Decode(&letters); err != nil || len(letters) == 0 {
		return "", fmt.Errorf("no letter came: %w", err)
	}
	path := regexp.MustCompile(`/mijn/\S+`).FindString(letters[0].Text)
	if path == "" {
		return "", errors.New("no link to one's own page in the letter")
	}
	return path, nil
}
