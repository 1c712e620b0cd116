package signin

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestOnward(t *testing.T) {
	t.Parallel()
	for _, stays := range []string{"/console", "/console/berichten", "/console/bijeenkomsten/beslisdag/aanmeldingen.csv?deel=2",
		"/console?na=abc%2F%0a", "/console/bijeenkomsten/caf%C3%A9"} {
		if got := Onward(stays); got != stays {
			t.Errorf("%q becomes %q", stays, got)
		}
	}
	for _, elsewhere := range []string{"", "/", "//evil.example", "//evil.example/console", `/\evil.example`, `\\evil.example`, "https://evil.example/console",
		"https:/console", "https:console", "javascript:alert(1)", "console", "/consoles", "/console.evil.example", "/mijn", "/console/../mijn", "/console/..",
		"/console/%2e%2e/mijn", "/console/..%2fmijn", "/console//evil.example", "/console/%2f%2fevil.example", "/console%2f..%2fmijn", "/console/\\evil", "/console/%5cevil",
		"/console/a\nLocation: https://evil.example", "/console/%0d%0aSet-Cookie:a=b", "/console/\t/evil.example", "\t/console", " /console", "/console/ ", "/console/\x00",
		"/console/é", "/console/\u202eevil", "/console#//evil.example", "/console/berichten/", "/console/./berichten", "/console/terug", "/console/terug?code=a&state=b",
		"//@evil.example/console", "///console", "/%63onsole/../mijn", "/console/%zz", "/console?a=\\evil", "/console?" + strings.Repeat("a", maxNext)} {
		if got := Onward(elsewhere); got != console {
			t.Errorf("%q leads to %q", elsewhere, got)
		}
	}
}

// FuzzOnward: wherever it leads, a browser on our site ends up below the console.
func FuzzOnward(f *testing.F) {
	for _, seed := range []string{"/console/a?b=c", "//evil", `/\evil`, "https:evil", "/console/..%2f"} {
		f.Add(seed)
	}
	site, _ := url.Parse("https://aanmelden.example/console/terug")
	f.Fuzz(func(t *testing.T, next string) {
		to, err := site.Parse(Onward(next))
		if err != nil || to.Scheme != "https" || to.Host != "aanmelden.example" || to.Path != "/console" && !strings.HasPrefix(to.Path, "/console/") ||
			slices.Contains(strings.Split(to.Path, "/"), "..") {
			t.Errorf("%q leads to %v, %v", next, to, err)
		}
	})
}

func TestACookieThatWasMadeUp(t *testing.T) {
	t.Parallel()
	good := Attempt{State: "s", Nonce: "n", Verifier: strings.Repeat("v", 43), Next: "/console/berichten"}
	if got, ok := ParseAttempt(good.String()); !ok || got != good {
		t.Fatalf("%+v, %v", got, ok)
	}
	away := good
	away.Next = "//evil.example"
	if got, ok := ParseAttempt(away.String()); !ok || got.Next != console {
		t.Errorf("%+v, %v", got, ok)
	}
	for _, text := range []string{"", "...", "s.n.v.", strings.Replace(good.String(), "s.", ".", 1), strings.Replace(good.String(), ".n.", "..", 1), good.String() + ".",
		good.String() + "=", "s.n." + good.Verifier + ".é", "s.n." + good.Verifier + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 4000))} {
		if got, ok := ParseAttempt(text); ok {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestAVerifiedAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{`true`: true, `"true"`: true, `false`: false, `"false"`: false, `1`: false, `"1"`: false, `"True"`: false,
		`null`: false, ``: false, `["true"]`: false, `{}`: false, `"yes"`: false} {
		if got := verified(json.RawMessage(text)); got != want {
			t.Errorf("%s counts as %v", text, got)
		}
	}
}
