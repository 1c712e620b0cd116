package ses

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/parts"
	"aanmeldpunt/internal/post"
)

// localSES starts the SES that npm has for tests, and gives its address.
func localSES(t *testing.T) (url string) {
	t.Helper()
	program := parts.Need(t, "aws-ses-v2-local")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	command := exec.Command(program, "--host", "127.0.0.1", "--port", fmt.Sprint(port))
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Kill()
		command.Wait()
	})
	url = fmt.Sprintf("http://127.0.0.1:%d", port)
	for range 200 {
		if response, err := http.Get(url + "/store"); err == nil {
			response.Body.Close()
			return url
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer at %s", program, url)
	return ""
}

func TestAnotherSESTakesTheSameLetter(t *testing.T) {
	t.Parallel()
	url := localSES(t)
	raw := "From: \"Team MDT\" <noreply@mdt.example>\r\nTo: <sanne@voorbeeld.example>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHallo caf=C3=A9\r\n"
	id, err := office(t, url).Send(t.Context(), post.Outgoing{LetterID: "b7k2m9", To: "sanne@voorbeeld.example", Raw: []byte(raw)})
	if err != nil || id == "" {
		t.Fatalf("Send = %q, %v", id, err)
	}
	response, err := http.Get(url + "/store")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var store struct {
		Emails []struct {
			MessageID   string
			Subject     string
			Destination struct{ To []string }
			Body        struct{ Text string }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&store); err != nil {
		t.Fatal(err)
	}
	if len(store.Emails) != 1 || store.Emails[0].MessageID != id || store.Emails[0].Subject != "Café" ||
		!strings.Contains(store.Emails[0].Destination.To[0], "sanne@voorbeeld.example") || strings.TrimSpace(store.Emails[0].Body.Text) != "Hallo café" {
		t.Errorf("it keeps %+v", store)
	}
}
