package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/parts"
)

func TestPictures(t *testing.T) {
	parts.Need(t, "chromium")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/weg" {
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprint(w, "<!DOCTYPE html><title>x</title><p>x")
	}))
	defer server.Close()
	dir, out := t.TempDir(), new(bytes.Buffer)
	if err := run(t.Context(), []string{"-site", server.URL + "/", "-to", dir, "-width", "320,1280", "/", "/weg", "/een/Twee.html?q=3"}, out, out); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	want := []string{"een-Twee-html-q-3-1280.png", "een-Twee-html-q-3-320.png", "index-1280.png", "index-320.png", "weg-1280.png", "weg-320.png"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(out.String(), "404 /weg at 320 px: weg-320.png") {
		t.Errorf("said %s", out)
	}
}

func TestChoices(t *testing.T) {
	for args, want := range map[string]string{
		"":                      "-to",
		"-to x -width 320,veel": `"veel" is no number`,
		"-to x -width 0":        `"0" is no number`,
		"-to x -width":          "needs an argument",
		"-to x -breed 3":        "not defined",
	} {
		if _, err := parse(strings.Fields(args), new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", args, err, want)
		}
	}
	o, err := parse([]string{"-to", "x"}, new(bytes.Buffer))
	if err != nil || len(o.paths) < 10 || fmt.Sprint(o.widths) != "[320 768 1280]" || o.site != "http://127.0.0.1:8080" {
		t.Errorf("%+v, %v", o, err)
	}
}
