package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"time"

	"aanmeldpunt/internal/setup"
)

// websites are the origins where one would try a website of one's own.
const websites = "http://localhost:8081,http://127.0.0.1:8081"

// options are what can be chosen at the start.
type options struct {
	addr    string
	data    string
	network string
	now     time.Time
	rate    float64
	limits  bool
	origins []string // websites that may call from a browser and post their own forms
}

// parse reads the flags. Asked for help it prints them to out and gives flag.ErrHelp.
func parse(args []string, out io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("local", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // main says what is wrong, once
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free one")
	flags.StringVar(&o.data, "data", ".lokaal", "`folder` that keeps the entries")
	flags.StringVar(&o.network, "network", "", "network `file` for an empty store (docs/netwerk.md); without it the example")
	flags.Float64Var(&o.rate, "rate", 0, "letters a `second`; 0 sends at once")
	now := flags.String("now", "", "`moment` at which the clock starts, as 2027-03-01T09:00:00+01:00; without it the real time")
	limits := flags.String("limits", "on", "`off`: no limits per address and network, for load tests")
	origins := flags.String("origins", websites, "`websites` that may call the API and post their own forms, with commas between (docs/inbouwen.md)")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(out)
		flags.Usage()
	}
	if err != nil {
		return o, fmt.Errorf("%w (-help lists the choices)", err)
	}
	if o.origins, err = parseOrigins(*origins); err != nil {
		return o, err
	}
	return o, o.check(*now, *limits, flags.Args())
}

// parseOrigins reads origins as the functions do.
func parseOrigins(text string) ([]string, error) {
	const flag = "-origins"
	env := setup.From(map[string]string{flag: text})
	return env.Origins(flag), env.Err()
}

func (o *options) check(now, limits string, rest []string) (err error) {
	if len(rest) > 0 {
		return fmt.Errorf("unknown argument %q: every choice is a flag, see -help", rest[0])
	}
	o.now = time.Now()
	if now != "" {
		if o.now, err = time.Parse(time.RFC3339, now); err != nil || o.now.After(lastMoment) {
			return fmt.Errorf("-now %q is no moment like 2027-03-01T09:00:00+01:00", now)
		}
	}
	if _, _, err := net.SplitHostPort(o.addr); err != nil {
		return fmt.Errorf("-addr %q is no address like 127.0.0.1:8080", o.addr)
	}
	if limits != "on" && limits != "off" {
		return fmt.Errorf("-limits %q: choose on or off", limits)
	}
	o.limits = limits == "on"
	if !(o.rate == 0 || o.rate >= 0.001 && o.rate <= 1e6) { // written so that NaN fails
		return fmt.Errorf("-rate %v: choose from 0.001 to 1000000 letters a second, or 0 to send at once", o.rate)
	}
	if o.data == "" {
		return errors.New("-data is empty: choose a folder that keeps the entries")
	}
	return nil
}
