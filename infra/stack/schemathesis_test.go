package stack

import (
	"os/exec"
	"strings"
	"testing"

	"aanmeldpunt/internal/parts"
)

// TestAStrangerReadsTheDescription lets schemathesis, which knows nothing of us but the OpenAPI document, send
// what the document allows and what it does not: no answer is a fault of ours, and every answer is as described.
func TestAStrangerReadsTheDescription(t *testing.T) {
	stranger := parts.Need(t, "schemathesis")
	addr := startLocal(t)
	run := exec.Command(stranger, "run", "http://"+addr+"/v1/openapi.json", "--url", "http://"+addr+"/v1",
		"--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"+
			"response_schema_conformance,unsupported_method",
		"--phases", "examples,coverage,fuzzing", "-n", "20", "--generation-deterministic", "--workers", "1")
	run.Dir = t.TempDir() // it leaves notes where it runs
	out, err := run.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "Tested: ") {
		t.Errorf("nothing was tested:\n%s", out)
	}
}
