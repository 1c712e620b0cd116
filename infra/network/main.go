// Command network puts the regions and meetings of a network file (docs/netwerk.md) into a deployed table, and who may
// come in at the team's desk where the environment holds the table's PERSON_KEY.
//
//	go run ./infra/network -check network.json
//	go run ./infra/network -table NAME network.json
//
// It finds AWS through the environment, as the functions do. What stands in the table already stays as it
// is, so it may be run again after it was cut off. Example addresses are refused, but for a -trial.
package main

import (
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/dynamo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	l := loader{now: time.Now, open: openTable, key: strings.TrimSpace(os.Getenv("PERSON_KEY")), out: os.Stdout, errs: os.Stderr}
	if err := l.run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "nothing more is stored:", err)
		os.Exit(1)
	}
}

// filler stores what is new of a network.
type filler interface {
	Fill(ctx context.Context, regions []mdt.Region, meetings []mdt.Meeting) error
	FillStaff(ctx context.Context, staff []mdt.Staff) error
}

func openTable(name string) (filler, error) {
	client, err := dynamo.Client(os.Getenv, &http.Client{Timeout: 10 * time.Second})
	if err != nil {
		return nil, err
	}
	return store.New(store.Retrying(dynamo.New(client, name))), nil
}

// loader is the command with what it needs from outside.
type loader struct {
	now       func() time.Time
	open      func(table string) (filler, error)
	key       string // base64: what persons are known by in the table; empty: nobody is put on the list
	out, errs io.Writer
}

// options are what can be chosen.
type options struct {
	table, file  string
	trial, check bool
}

func (l loader) parse(args []string) (o options, err error) {
	flags := flag.NewFlagSet("network", flag.ContinueOnError)
	flags.SetOutput(l.errs)
	flags.StringVar(&o.table, "table", "", "name of the table")
	flags.BoolVar(&o.trial, "trial", false, "take example addresses too; no mail can reach them")
	flags.BoolVar(&o.check, "check", false, "only say whether the file is right")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() != 1 {
		return o, errors.New("name one network file, after the flags")
	}
	if o.table == "" && !o.check {
		return o, errors.New("name the table with -table, or only check the file with -check")
	}
	o.file = flags.Arg(0)
	return o, nil
}

func (l loader) run(ctx context.Context, args []string) error {
	o, err := l.parse(args)
	if err != nil {
		return err
	}
	network, err := l.read(o)
	if err != nil {
		return fmt.Errorf("%s: %w", o.file, err)
	}
	staff, told, err := l.staff(network.People)
	if err != nil {
		return err
	}
	found := fmt.Sprintf("%d regions and %d meetings", len(network.Regions), len(network.Meetings))
	if o.check {
		fmt.Fprintf(l.out, "%s is right: %s\n", o.file, found)
		return nil
	}
	table, err := l.open(o.table)
	if err != nil {
		return err
	}
	if err := errors.Join(table.Fill(ctx, network.Regions, network.Meetings), table.FillStaff(ctx, staff)); err != nil {
		return fmt.Errorf("table %s: %w (run it again: what is stored already stays)", o.table, err)
	}
	fmt.Fprintf(l.out, "%s now holds %s of %s; what stood there before is as it was\n%s\n", o.table, found, o.file, told)
	return nil
}

// staff gives the list of who may come in, and what is told of it. Whoever knows the address of somebody finds their
// lines in the table only with its key, so without one nobody can be put on the list.
func (l loader) staff(people []mdt.Account) (staff []mdt.Staff, told string, err error) {
	if l.key == "" {
		return nil, fmt.Sprintf("left out: the people of the file (%d). Set PERSON_KEY to the table's key to let them in at the desk", len(people)), nil
	}
	key, err := base64.StdEncoding.DecodeString(l.key) // as the functions do: with another key nobody would be found
	if err != nil {
		return nil, "", fmt.Errorf("PERSON_KEY: %w", err)
	}
	identity, err := mdt.NewIdentity(key)
	if err != nil {
		return nil, "", fmt.Errorf("PERSON_KEY: %w", err)
	}
	return mdt.StaffOf(people, identity), fmt.Sprintf("at the desk: the people of the file (%d) may come in", len(people)), nil
}

// read gives the network of a file that may be loaded.
func (l loader) read(o options) (mdt.Network, error) {
	data, err := os.ReadFile(o.file)
	if err != nil {
		return mdt.Network{}, err
	}
	atlas, err := mdt.ParseAtlas(content.Municipalities)
	if err != nil {
		return mdt.Network{}, err
	}
	network, err := mdt.ParseNetwork(data, atlas, l.now())
	if err == nil && !o.trial {
		if err = mdt.CheckRealAddresses(network); err != nil {
			err = fmt.Errorf("%w\n(with -trial they are taken)", err)
		}
	}
	return network, err
}
