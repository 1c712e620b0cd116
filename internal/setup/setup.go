// Package setup turns the environment into what a function's main wires. Each kind of function has a
// package of its own below it, so that no binary holds what it does not use.
//
// A setting that is missing or wrong stops the start, and every one of them is named at once.
package setup

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/dynamo"
)

// Env reads settings and gathers what is wrong with them.
type Env struct {
	get    func(string) string
	faults []error
}

// FromOS reads the process's environment.
func FromOS() *Env { return &Env{get: os.Getenv} }

// From reads settings from a map, for tests.
func From(values map[string]string) *Env {
	return &Env{get: func(name string) string { return values[name] }}
}

// Get reads a setting as it is; it may be empty.
func (e *Env) Get(name string) string { return e.get(name) }

func (e *Env) fault(format string, args ...any) {
	e.faults = append(e.faults, fmt.Errorf(format, args...))
}

// Text is a setting that must be there.
func (e *Env) Text(name string) string {
	value := strings.TrimSpace(e.get(name))
	if value == "" {
		e.fault("%s is missing", name)
	}
	return value
}

// Optional is a setting that may be empty, or not there at all.
func (e *Env) Optional(name string) string { return strings.TrimSpace(e.get(name)) }

// Key is a secret in base64, of at least 32 bytes.
func (e *Env) Key(name string) []byte {
	text := e.Text(name)
	key, err := base64.StdEncoding.DecodeString(text)
	if text != "" && (err != nil || len(key) < 32) {
		e.fault("%s must be base64 of at least 32 bytes", name)
	}
	return key
}

// Site is a base address, https (or http on this very machine), given without a slash at its end.
func (e *Env) Site(name string) string {
	text := strings.TrimSuffix(e.Text(name), "/")
	if text != "" && !isOrigin(text) {
		e.fault("%s must be an address like https://aanmelden.voorbeeld.nl", name)
	}
	return text
}

// Origins is a list of website origins, separated by commas; it may be empty.
func (e *Env) Origins(name string) []string {
	var origins []string
	for part := range strings.SplitSeq(e.get(name), ",") {
		origin := strings.TrimSpace(part)
		if origin == "" {
			continue
		}
		if !isOrigin(origin) {
			e.fault("%s: %q is not an origin like https://www.voorbeeld.nl", name, origin)
		}
		origins = append(origins, origin)
	}
	return origins
}

func isOrigin(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != text {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || u.Scheme == "http" && (host == "localhost" || host == "127.0.0.1" || host == "::1")
}

// Mail is a bare mail address.
func (e *Env) Mail(name string) string {
	text := e.Text(name)
	if address, err := mail.ParseAddress(text); text != "" && (err != nil || address.Address != text) {
		e.fault("%s must be a mail address", name)
	}
	return text
}

// Rate is a number above zero.
func (e *Env) Rate(name string) float64 {
	text := e.Text(name)
	rate, err := strconv.ParseFloat(text, 64)
	if text != "" && (err != nil || rate <= 0) {
		e.fault("%s must be a number above 0", name)
	}
	return rate
}

// Yes is true for "true"; absent and "false" are false, and anything else is a fault.
func (e *Env) Yes(name string) bool {
	switch value := e.get(name); value {
	case "", "false":
		return false
	case "true":
		return true
	}
	e.fault("%s must be true or false", name)
	return false
}

// Err gives all faults so far as one error, or nil.
func (e *Env) Err() error { return errors.Join(e.faults...) }

// Check gathers an error under a setting's name.
func (e *Env) Check(name string, err error) {
	if err != nil {
		e.fault("%s: %w", name, err)
	}
}

// Must ends the process where a setting is wrong, after saying which.
func (e *Env) Must() {
	if err := e.Err(); err != nil {
		slog.Error("cannot start: a setting is missing or wrong", "settings", strings.Split(err.Error(), "\n"))
		os.Exit(1)
	}
}

// HTTP is the one client that every AWS call of a function uses: one pool of connections.
func HTTP() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &http.Client{Transport: transport, Timeout: 10 * time.Second}
}

// Store opens the table named by TABLE and warms the connection, so that the first request need not wait for it.
func (e *Env) Store(client *http.Client) *store.Store {
	table := e.Text("TABLE")
	if e.Err() != nil {
		return nil
	}
	database, err := dynamo.Client(e.get, client)
	if err != nil {
		e.faults = append(e.faults, err)
		return nil
	}
	dynamo.Warm(context.Background(), e.get, client)
	return store.New(store.Retrying(dynamo.New(database, table)))
}

// Log is the log of a Lambda function: JSON, at the level that Lambda is set to.
func Log() *slog.Logger {
	log := slog.New(lambdacontext.NewLogHandler())
	slog.SetDefault(log)
	return log
}
