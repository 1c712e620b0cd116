package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"aanmeldpunt/infra/runtimeapi"
	"aanmeldpunt/internal/store/storetest"
)

// jsonFunctions are those of the API.
var jsonFunctions = []string{"meetings", "registrations", "interests", "proposals", "messages"}

// otherFunctions with the limit of their time to ready, where there is one.
var otherFunctions = []struct {
	name  string
	limit limit
}{{"pages", atMost(2.5)}, {"console", atMost(3)}, {"exports", none}, {"mailer", none}, {"mailevents", none}, {"clock", none}}

// refused is an endpoint at which nothing listens: a connection to it is refused at once.
const refused = "http://127.0.0.1:1"

// start measures from the start of a process to the moment it asks for its first event, and the bytes of
// what Lambda gets.
func (b *bench) start() error {
	built, err := b.build(runtime.GOARCH)
	if err != nil {
		return err
	}
	for _, name := range jsonFunctions {
		if err := b.ready(built, name, atMost(1.6)); err != nil {
			return err
		}
	}
	for _, f := range otherFunctions {
		if err := b.ready(built, f.name, f.limit); err != nil {
			return err
		}
	}
	if err := b.connection(built); err != nil {
		return err
	}
	return b.sizes()
}

// ready holds a function that cannot open a connection against the empty one.
func (b *bench) ready(built, name string, l limit) error {
	ours := b.starts(built, name, environment(refused))
	p, err := rounds(b.number(61, 9), b.within(6), ours, b.starts(built, "empty", environment(refused)))
	if err == nil {
		b.table.row("start to ready: "+name+" / empty Lambda", "%.2f ms", p, l)
	}
	return err
}

// connection tells what it costs to open the connection during the start: to a database beside it and
// without TLS, so what is ours of it, and not what the network adds.
func (b *bench) connection(built string) error {
	database, err := b.dynoxide()
	if err != nil || database == nil {
		return err
	}
	const name = "registrations"
	p, err := rounds(b.number(61, 9), b.within(6), b.starts(built, name, environment(database.Endpoint)), b.starts(built, name, environment(refused)))
	if err == nil {
		b.table.row("start to ready: "+name+", connected / refused", "%.2f ms", p, none)
	}
	return err
}

// starts gives what starts a binary once and tells how many milliseconds it took to be ready.
func (b *bench) starts(built, name string, env map[string]string) func() (float64, error) {
	config := runtimeapi.Config{Command: []string{filepath.Join(built, name)}, Env: env}
	return func() (float64, error) {
		begun := time.Now()
		f, err := runtimeapi.Start(b.ctx, config)
		took := time.Since(begun)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		f.Stop()
		return float64(took.Microseconds()) / 1000, nil
	}
}

// environment is all that any function asks for.
func environment(endpoint string) map[string]string {
	key := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32)))
	return map[string]string{
		"TABLE": storetest.TableName, "PERSON_KEY": key, "LINK_KEYS": "1:" + key, "SITE": "https://aanmelden.example",
		"ORIGINS": "https://www.mdt.example", "TEAM_MAIL": "team@mdt.example", "RESPONSIBLE": "De minister", "SENDER": "aanmelden@mdt.example", "ISSUER": "https://inloggen.example", "ISSUER_CLIENT": "aanmeldpunt",
		"CONFIGURATION_SET": "aanmeldpunt", "SEND_RATE": "14", "NEW_ADDRESS_RATE": "2", "TRIAL": "true",
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint, "AWS_ENDPOINT_URL_SESV2": endpoint,
	}
}

// sizes holds the bytes against those of the empty function, for the architecture that is deployed.
func (b *bench) sizes() error {
	built, err := b.build("arm64")
	if err != nil {
		return err
	}
	bytes := func(name string) int64 {
		info, statErr := os.Stat(filepath.Join(built, name))
		if statErr != nil {
			err = statErr
			return 1
		}
		return info.Size()
	}
	for _, name := range jsonFunctions {
		b.table.size("bytes, arm64: "+name+" / empty Lambda", bytes(name), bytes("empty"), atMost(1.65))
	}
	for _, f := range otherFunctions {
		b.table.size("bytes, arm64: "+f.name+" / empty Lambda", bytes(f.name), bytes("empty"), none)
	}
	return err
}

// build makes all functions and the empty one, as infra/build has them made.
func (b *bench) build(arch string) (folder string, err error) {
	folder = filepath.Join(b.dir, arch)
	return folder, b.goBuild(folder, []string{"CGO_ENABLED=0", "GOOS=linux", "GOARCH=" + arch},
		"-buildvcs=false", "-trimpath", "-tags", "lambda.norpc", "-ldflags", "-s -w", "./functions/...", "./infra/bench/empty")
}

// goBuild runs go build at the top of the project.
func (b *bench) goBuild(folder string, env []string, args ...string) error {
	top, err := exec.CommandContext(b.ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("run this within the project: %w", err)
	}
	cmd := exec.CommandContext(b.ctx, "go", append([]string{"build", "-o", folder + "/"}, args...)...)
	cmd.Dir, cmd.Env = strings.TrimSpace(string(top)), append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}
