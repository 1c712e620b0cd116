package apitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
)

// unknown judges an answer to what the document has no operation for: another path or method, or a
// question about the methods themselves.
func unknown(r *http.Request, answer *httptest.ResponseRecorder) error {
	if answer.Header().Get("API-Version") == "" {
		return fmt.Errorf("no API-Version")
	}
	switch {
	case r.Method == http.MethodHead, r.Method == http.MethodOptions && answer.Code == http.StatusNoContent:
		return nil
	case answer.Code == http.StatusMethodNotAllowed && answer.Header().Get("Allow") == "":
		return fmt.Errorf("no Allow")
	case answer.Code < 400:
		return fmt.Errorf("no operation in the document")
	}
	var problem struct {
		Title, Detail string
		Status        int
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil {
		return fmt.Errorf("no problem: %w", err)
	}
	if problem.Status != answer.Code || problem.Title == "" || problem.Detail == "" ||
		answer.Header().Get("Content-Type") != "application/problem+json" {
		return fmt.Errorf("no whole problem: %s", answer.Body)
	}
	return nil
}
