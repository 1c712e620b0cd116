// Command local runs the whole desk on one machine: the same functions that Lambda runs, on an embedded
// store, with API Gateway, the table's stream, the schedule and SES played round them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// heapGrowth is how far the heap may grow between collections, in percent. It is small here, and collecting
// it less often leaves a fifth of the processor's time to posts and letters. GOGC in the environment goes first.
const heapGrowth = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, log); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "cannot run:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, out io.Writer, log *slog.Logger) error {
	options, err := parse(args, out)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", options.addr)
	if err != nil {
		return fmt.Errorf("%s cannot be listened on (%w): stop what runs there, or choose another address with -addr", options.addr, err)
	}
	desk, err := openDesk(options, listener.Addr(), log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	desk.start()
	fmt.Fprint(out, desk.welcome())
	return desk.serve(ctx, listener)
}

const (
	slowest = 10 * time.Second // what a request may take to come in
	farWell = 10 * time.Second // what requests under way get at the end
)

// serve answers requests until ctx ends. A slow or silent caller is cut off and keeps nobody else waiting.
func (d *desk) serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{Handler: d.handler, ReadTimeout: slowest, ReadHeaderTimeout: slowest, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(d.log.Handler(), slog.LevelDebug)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return errors.Join(err, d.close())
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), farWell)
	defer cancel()
	if server.Shutdown(last) != nil {
		_ = server.Close() // who is still sending now has been waited for
	}
	return d.close()
}
