package setup_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"aanmeldpunt/internal/setup"
)

var key = base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32)))

// TestEverySettingThatIsWrongIsNamed: all of them at once, each with what it should be.
func TestEverySettingThatIsWrongIsNamed(t *testing.T) {
	env := setup.From(map[string]string{"SITE": "aanmelden.example", "ORIGINS": "https://a.example, http://b.example", "RATE": "-1",
		"TRIAL": "yes", "SHORT": base64.StdEncoding.EncodeToString([]byte("short")), "MAIL": "Team <team@mdt.example>"})
	env.Text("TABLE")
	env.Key("PERSON_KEY")
	env.Key("SHORT")
	env.Site("SITE")
	env.Origins("ORIGINS")
	env.Rate("RATE")
	env.Yes("TRIAL")
	env.Mail("MAIL")
	err := env.Err()
	if err == nil {
		t.Fatal("nothing is wrong")
	}
	lines := strings.Split(err.Error(), "\n")
	for i, name := range []string{"TABLE", "PERSON_KEY", "SHORT", "SITE", "ORIGINS", "RATE", "TRIAL", "MAIL"} {
		if i >= len(lines) || !strings.Contains(lines[i], name) {
			t.Errorf("%s is not named: %q", name, lines)
		}
	}
	if strings.Contains(err.Error(), "short") && strings.Contains(err.Error(), base64.StdEncoding.EncodeToString([]byte("short"))) {
		t.Error("a secret is shown")
	}
}

func TestGoodSettings(t *testing.T) {
	env := setup.From(map[string]string{"SITE": "https://aanmelden.example/", "ORIGINS": " https://a.example ,http://localhost:8081,", "RATE": "14",
		"TRIAL": "true", "PERSON_KEY": key, "MAIL": "team@mdt.example"})
	if got := env.Site("SITE"); got != "https://aanmelden.example" {
		t.Errorf("site %q", got)
	}
	if got := env.Origins("ORIGINS"); len(got) != 2 || got[0] != "https://a.example" || got[1] != "http://localhost:8081" {
		t.Errorf("origins %q", got)
	}
	if got := env.Origins("NONE"); got != nil {
		t.Errorf("no origins: %q", got)
	}
	if !env.Yes("TRIAL") || env.Yes("NOT_SET") || env.Rate("RATE") != 14 || len(env.Key("PERSON_KEY")) != 32 || env.Mail("MAIL") != "team@mdt.example" {
		t.Error("a good setting is read wrong")
	}
	if err := env.Err(); err != nil {
		t.Error(err)
	}
}

// TestStoreNamesWhatAWSLacks: outside Lambda the region and the credentials are missing, and named.
func TestStoreNamesWhatAWSLacks(t *testing.T) {
	env := setup.From(map[string]string{"TABLE": "tafel"})
	if env.Store(http.DefaultClient) != nil {
		t.Fatal("a store without credentials")
	}
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if !strings.Contains(env.Err().Error(), name) {
			t.Errorf("%s is not named: %v", name, env.Err())
		}
	}
}
