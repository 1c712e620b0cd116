package look

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// Again is a form of the desk that was sent after its session had ended: it keeps what was typed, and can be sent once more
// to the same place, which is never another site.
type Again struct {
	Path   string
	Values url.Values
}

// AgainOf keeps the form that a request sends, if it came from a page of ours and is at most so many bytes: a part of what
// was typed is worse than nothing, and a file is chosen again.
func AgainOf(r *http.Request, most int64) Again {
	a := Again{Path: "/console"}
	if strings.HasPrefix(r.URL.Path, "/console/") {
		a.Path = r.URL.RequestURI()
	}
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); r.Method != http.MethodPost || media != "application/x-www-form-urlencoded" ||
		http.NewCrossOriginProtection().Check(r) != nil {
		return a
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err != nil || int64(len(raw)) > most {
		return a
	}
	if values, err := url.ParseQuery(string(raw)); err == nil {
		a.Values = values
	}
	return a
}
