package stack

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"aanmeldpunt/internal/parts"
)

// postOffice starts the SES of npm and gives its address.
func postOffice(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	command := exec.Command(parts.Need(t, "aws-ses-v2-local"), "--host", "127.0.0.1", "--port", fmt.Sprint(port))
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	address := fmt.Sprintf("http://127.0.0.1:%d", port)
	eventually(t, func() bool {
		response, err := http.Get(address + "/store")
		if err == nil {
			response.Body.Close()
		}
		return err == nil
	}, func() string { return "the post office does not answer" })
	return address
}

// mail is a letter as the post office keeps it.
type mail struct {
	Subject     string
	From        string
	Destination struct{ To []string }
	Body        struct{ Text, HTML string }
	Attachments []struct{ ContentType, Content string }
}

// arrived gives all that the post office took.
func arrived(t testing.TB, address string) []mail {
	t.Helper()
	response, err := http.Get(address + "/store")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var kept struct{ Emails []mail }
	if err := json.NewDecoder(response.Body).Decode(&kept); err != nil {
		t.Fatal(err)
	}
	return kept.Emails
}

// subjects gives who got what, in order: "address: subject".
func subjects(mails []mail) []string {
	var out []string
	for _, m := range mails {
		out = append(out, strings.Join(m.Destination.To, ",")+": "+m.Subject)
	}
	slices.Sort(out)
	return out
}
