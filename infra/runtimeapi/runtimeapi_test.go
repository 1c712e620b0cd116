package runtimeapi

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "echo")
	if out, err := exec.Command("go", "build", "-tags", "lambda.norpc", "-o", binary, "./testdata/echo").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return binary
}

func start(t *testing.T, binary string) *Function {
	t.Helper()
	f, err := Start(t.Context(), Config{Command: []string{binary}, Env: map[string]string{"NEEDED": "here"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Stop)
	return f
}

func TestAFunctionAnswersEventAfterEvent(t *testing.T) {
	t.Parallel()
	f := start(t, build(t))
	for _, word := range []string{"een", "twee"} {
		got, err := f.Invoke(t.Context(), []byte(`{"say":"`+word+`"}`))
		if want := `{"needed":"here","said":"` + word + `"}`; err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	var failed *Failure
	if _, err := f.Invoke(t.Context(), []byte(`{"fail":"error"}`)); !errors.As(err, &failed) || failed.Message != "as asked" {
		t.Errorf("got %v, want the function's own error", err)
	}
	if _, err := f.Invoke(t.Context(), []byte(`{}`)); err != nil {
		t.Errorf("after an error the function goes on: %v", err)
	}
}

func TestAFunctionThatEndsIsNoticed(t *testing.T) {
	t.Parallel()
	binary := build(t)
	for _, how := range []string{"panic", "exit"} {
		f := start(t, binary)
		_, err := f.Invoke(t.Context(), []byte(`{"fail":"`+how+`"}`))
		if err == nil {
			t.Errorf("%s: no error", how)
		}
		if _, err := f.Invoke(t.Context(), []byte(`{}`)); !errors.Is(err, ErrEnded) {
			t.Errorf("%s: then %v, want ErrEnded", how, err)
		}
	}
	_, err := Start(t.Context(), Config{Command: []string{binary}})
	if !errors.Is(err, ErrEnded) || !strings.Contains(err.Error(), "NEEDED is missing") {
		t.Errorf("got %v, want what the function wrote", err)
	}
}
