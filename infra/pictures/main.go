// Command pictures takes pictures of pages, for people who want to see them beside each other.
//
//	go run ./infra/pictures -to /tmp/plaatjes
//	go run ./infra/pictures -site https://… -to /tmp/plaatjes -width 320 /privacy /contact
//	go run ./infra/pictures -to /tmp/plaatjes -as sam@mdt-team.example
//
// Without paths it takes the public pages of the example network, or, as somebody of the team, those of the desk.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"
	"unicode"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/parts"
)

// takingMay is how long all pictures may take together.
const takingMay = 10 * time.Minute

// known are the public pages.
var known = strings.Fields(`/ /bijeenkomsten/beslisdag /bijeenkomsten/beslisdag/aanmelden /bijeenkomsten/netwerkbijeenkomst
	/bijeenkomsten/netwerkbijeenkomst/aanmelden /bijeenkomsten/netwerkbijeenkomst/voorstel /bijeenkomsten/startbijeenkomst
	/bijeenkomsten/regiodag-noord /bijeenkomsten/regiodag-noord/houd-me-op-de-hoogte /regios /contact /mijn /privacy
	/toegankelijkheid /er-is-niets`)

// desk are the pages of the team's desk.
var desk = strings.Fields(`/console /console/mensen /console/regios /console/regios/hof-en-gouwe
	/console/regios/hof-en-gouwe/wijzigen /console/gemeenten /console/regiobestanden /console/brieven /console/brieven/kapot /console/verdacht
	/console/privacy /console/logboek`)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are what can be chosen.
type options struct {
	site, to string
	as       string // who is signed in at the desk of the local mode; empty: nobody
	cookie   string // … and by what
	widths   []int
	paths    []string
}

func parse(args []string, errs io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("pictures", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&o.site, "site", "http://127.0.0.1:8080", "base address of the pages")
	flags.StringVar(&o.to, "to", "", "folder for the pictures")
	flags.StringVar(&o.as, "as", "", "address of whom to be at the team's desk (/lokaal/mensen.json lists them)")
	widths := flags.String("width", fmt.Sprintf("%d,%d,%d", browser.Phone, browser.Tablet, browser.Wide), "widths in CSS pixels, separated by commas")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.to == "" {
		return o, errors.New("name the folder for the pictures with -to")
	}
	for word := range strings.SplitSeq(*widths, ",") {
		width, err := strconv.Atoi(word)
		if err != nil || width < 100 || width > 10_000 {
			return o, fmt.Errorf("-width: %q is no number from 100 to 10000", word)
		}
		o.widths = append(o.widths, width)
	}
	o.site = strings.TrimSuffix(o.site, "/")
	o.paths = flags.Args()
	switch {
	case len(o.paths) > 0:
	case o.as != "":
		o.paths = desk
	default:
		o.paths = known
	}
	return o, nil
}

func run(ctx context.Context, args []string, out, errs io.Writer) error {
	o, err := parse(args, errs)
	if err != nil {
		return err
	}
	program, ok := parts.Find("chromium")
	if !ok {
		return errors.New("there is no chromium: bash .ci/parts installs it")
	}
	ctx, cancel := context.WithTimeout(ctx, takingMay)
	defer cancel()
	if o.as != "" {
		if o.cookie, err = signedIn(ctx, o.site, o.as); err != nil {
			return err
		}
	}
	chromium, err := browser.Start(ctx, program)
	if err != nil {
		return err
	}
	for _, width := range o.widths {
		if err = o.take(chromium, width, out); err != nil {
			break
		}
	}
	return errors.Join(err, chromium.Stop())
}

// signedIn gives the cookie of somebody at the desk of the local mode.
func signedIn(ctx context.Context, site, email string) (string, error) {
	body, err := json.Marshal(map[string]string{"email": email})
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, site+"/lokaal/login", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	for _, cookie := range answer.Cookies() {
		return cookie.Name + "=" + cookie.Value, nil
	}
	return "", fmt.Errorf("%s is let in nowhere: %s", email, answer.Status)
}

// take takes pictures of all pages at one width.
func (o options) take(chromium *browser.Browser, width int, out io.Writer) error {
	window, err := chromium.Open(browser.View{Width: width, Scripts: true, Cookie: o.cookie})
	if err != nil {
		return err
	}
	defer window.Close()
	for _, path := range o.paths {
		if err := window.Visit(o.site + path); err != nil {
			return err
		}
		if err := window.PictureTo(o.to, name(path)); err != nil {
			return err
		}
		fmt.Fprintf(out, "%d %s at %d px: %s-%d.png\n", window.Status(), path, width, name(path), width)
	}
	return nil
}

// name makes a file's name of a path: letters and digits stay, what lies between them becomes one hyphen.
func name(path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "index"
	}
	return strings.Join(words, "-")
}
