package main

import (
	"fmt"
	"os"
	"testing"

	"aanmeldpunt/internal/parts"
	"aanmeldpunt/internal/store/storetest"
)

// dynoxide starts a DynamoDB on this machine; nil, with a word to whoever reads along, where it is not installed.
func (b *bench) dynoxide() (d *storetest.Dynoxide, err error) {
	if _, ok := parts.Find("dynoxide"); !ok {
		fmt.Fprintln(os.Stderr, "not measured: dynoxide is not installed (.ci/run says how)")
		return nil, nil
	}
	defer func() {
		switch ended := recover().(type) {
		case nil:
		case failure:
			err = ended
		default:
			panic(ended)
		}
	}()
	return storetest.StartDynoxide(asTest{bench: b}), nil
}

// asTest is a test to what tests use to start a part.
type asTest struct {
	testing.TB
	bench *bench
}

// failure is how starting a part ended.
type failure struct{ error }

func (asTest) Helper()                        {}
func (t asTest) Cleanup(f func())             { t.bench.later(f) }
func (asTest) Fatal(args ...any)              { panic(failure{fmt.Errorf("%s", fmt.Sprint(args...))}) }
func (asTest) Fatalf(format string, a ...any) { panic(failure{fmt.Errorf(format, a...)}) }
