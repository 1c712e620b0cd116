package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"time"
)

// options are what can be chosen at the start.
type options struct {
	addr    string
	data    string
	network string
	now     time.Time
	rate    float64
	limits  bool
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("local", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on")
	flags.StringVar(&o.data, "data", ".lokaal", "folder that keeps the entries")
	flags.StringVar(&o.network, "network", "", "network file for an empty store (docs/netwerk.md); without it the example")
	flags.Float64Var(&o.rate, "rate", 0, "letters a second; 0 sends at once")
	now := flags.String("now", "", "moment at which the clock starts, as 2027-03-01T09:00:00+01:00; without it the real time")
	limits := flags.String("limits", "on", "off: no limits per address and network, for load tests")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	return o, o.check(*now, *limits, flags.Args())
}

func (o *options) check(now, limits string, rest []string) (err error) {
	if len(rest) > 0 {
		return fmt.Errorf("unknown argument %q: every choice is a flag, see -help", rest[0])
	}
	o.now = time.Now()
	if now != "" {
		if o.now, err = time.Parse(time.RFC3339, now); err != nil {
			return fmt.Errorf("-now %q is no moment like 2027-03-01T09:00:00+01:00", now)
		}
	}
	if _, _, err := net.SplitHostPort(o.addr); err != nil {
		return fmt.Errorf("-addr %q is no address like 127.0.0.1:8080", o.addr)
	}
	if limits != "on" && limits != "off" {
		return fmt.Errorf("-limits %q: choose on or off", limits)
	}
	if o.rate < 0 {
		return fmt.Errorf("-rate %v: choose a number of letters a second, or 0 to send at once", o.rate)
	}
	o.limits = limits == "on"
	return nil
}
