package pages_test

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestWhoMayPost: our own pages, the websites we know and what says nothing; no other site and no "null".
func TestWhoMayPost(t *testing.T) {
	for _, test := range []struct {
		headers []string
		taken   bool
	}{
		{nil, true},
		{[]string{"Origin: " + siteAddress}, true},
		{[]string{"Origin: " + siteAddress, "Sec-Fetch-Site: same-origin"}, true},
		{[]string{"Origin: " + website, "Sec-Fetch-Site: cross-site"}, true},
		{[]string{"Origin: " + website}, true},
		{[]string{"Origin: null"}, false},
		{[]string{"Origin: null", "Sec-Fetch-Site: same-origin"}, false},
		{[]string{"Origin: https://evil.example"}, false},
		{[]string{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}, false},
		{[]string{"Origin: https://www.website.example.evil.example"}, false},
		{[]string{"Origin: http://www.website.example"}, false},
		{[]string{"Origin: https://sub.aanmelden.example", "Sec-Fetch-Site: same-site"}, false},
	} {
		for path, body := range whole {
			s := newSite(t, nil)
			got := s.form(path, body, test.headers...)
			if taken := got.Code == 303; taken != test.taken || !taken && (got.Code != 403 || !got.says("Open deze pagina opnieuw en druk nog eens op de knop.") || !got.linksTo(path)) {
				t.Errorf("%s %v: %d", path, test.headers, got.Code)
			}
		}
	}
}

// TestBodiesThatAreNoForm are answered with a page, in the order of the API.
func TestBodiesThatAreNoForm(t *testing.T) {
	s := newSite(t, nil)
	long := strings.Repeat("x", 33<<10)
	for _, test := range []struct {
		contentType, body string
		status            int
	}{
		{"application/json", `{"naam":"Noor"}`, 415},
		{"multipart/form-data; boundary=x", "--x--", 415},
		{"text/plain", "naam=Noor", 415},
		{"", "naam=Noor", 415},
		{"application/x-www-form-urlencoded; charset=iso-8859-1", "naam=Noor", 415},
		{"application/x-www-form-urlencoded", "naam=" + long, 413},
		{"application/json", long, 413},
		{"application/x-www-form-urlencoded", "naam=%zz", 400},
		{"application/x-www-form-urlencoded", "naam=%ff", 400},
		{"application/x-www-form-urlencoded", "", 400},
	} {
		got := s.do("POST", aanmelden, test.body, "Content-Type: "+test.contentType)
		if got.Code != test.status || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") || got.title() == "" {
			t.Errorf("%s, %d bytes: %d, want %d", test.contentType, len(test.body), got.Code, test.status)
		}
	}
	if got := s.do("POST", aanmelden, "naam=Noor", "Content-Type: application/x-www-form-urlencoded", "Content-Encoding: gzip"); got.Code != 415 {
		t.Errorf("compressed: %d", got.Code)
	}
	for path := range whole {
		if got := s.do("PUT", path, ""); got.Code != 405 || got.Header().Get("Allow") != "GET, HEAD, POST" {
			t.Errorf("PUT %s: %d %q", path, got.Code, got.Header().Get("Allow"))
		}
		if got := s.do("HEAD", path, ""); got.Code != 200 {
			t.Errorf("HEAD %s: %d", path, got.Code)
		}
	}
	if got := s.form("/bijeenkomsten/nergens/aanmelden", whole[aanmelden]); got.Code != 404 {
		t.Errorf("a meeting that is not there: %d", got.Code)
	}
}

// TestAFormIsNotLostWhenTheStoreIsDown: 503, the form as it was, the same key, and when to try again.
func TestAFormIsNotLostWhenTheStoreIsDown(t *testing.T) {
	for path, body := range whole {
		s := newSite(t, nil)
		s.get(path)
		s.engine.failWrites = fmt.Errorf("arn:aws: %w", store.ErrUnavailable)
		got := s.form(path, body+"&sleutel=een")
		if got.Code != 503 || got.Header().Get("Retry-After") == "" || !got.says("Er gaat iets mis bij ons. Je gegevens zijn niet verstuurd.") ||
			got.hidden().Get("sleutel") != "een" || attribute(got.field("email"), "value") != "noor@gast.example" || strings.Contains(got.html, "arn:") {
			t.Errorf("%s: %d %v", path, got.Code, got.Header())
		}
		if strings.Contains(s.log.String(), "noor@") {
			t.Error("an address in the log")
		}
		s.engine.failWrites = nil
		if got := s.form(path, body+"&sleutel=een"); got.Code != 303 {
			t.Errorf("%s after that: %d", path, got.Code)
		}
	}
}

// TestWhatIsTypedIsText: whatever is typed anywhere comes back as text, in no page as a tag.
func TestWhatIsTypedIsText(t *testing.T) {
	attack := `"><script>alert(1)</script><img src=x onerror=alert(1)>'"</textarea></title>javascript:alert(1)`
	for path, body := range whole {
		values, err := url.ParseQuery(body)
		if err != nil {
			t.Fatal(err)
		}
		for name := range values {
			s := newSite(t, nil)
			changed := maps.Clone(values)
			changed[name] = []string{attack}
			for _, extra := range []string{"", "&email="} {
				got := s.form(path, changed.Encode()+extra)
				if where := got.Header().Get("Location"); where != "" {
					got = s.get(where)
				}
				if strings.Contains(got.html, "<script") || strings.Contains(got.html, "<img") || strings.Contains(got.html, "onerror=alert(1)>'\"</") {
					t.Errorf("%s, %s: a tag on the page: %s", path, name, got.html)
				}
			}
			quick := s.ours(path, changed.Encode(), 0)
			if strings.Contains(quick.html, "<script") || strings.Contains(quick.html, "<img") {
				t.Errorf("%s, %s: a tag on the page that asks", path, name)
			}
		}
	}
}

// TestTooOften: a network that posts too much hears how long to wait, in words and in Retry-After, before its
// fields are judged; what was typed stays, another network is served, and a page can still be read.
func TestTooOften(t *testing.T) {
	for path, body := range whole {
		s := newSite(t, nil)
		s.service.Limits = acts.NewLimits()
		for i := range 60 {
			if got := s.form(path, body+fmt.Sprintf("&sleutel=s%d", i)); got.Code != 303 {
				t.Fatalf("%s: post %d: %d", path, i, got.Code)
			}
		}
		for _, body := range []string{body, body + "&telefoon=112&naam=Nora"} { // the second is faulty too
			got := s.form(path, body+"&sleutel=nog")
			if got.Code != 429 || got.Header().Get("Retry-After") == "" || !got.says("Wacht 1 minuut. Wat je invulde, staat er nog.") ||
				got.hidden().Get("sleutel") != "nog" || attribute(got.field("email"), "value") != "noor@gast.example" || !strings.HasPrefix(got.title(), "Fout: ") {
				t.Errorf("%s: %d %v", path, got.Code, got.Header())
			}
		}
		if got := s.get(path); got.Code != 200 {
			t.Errorf("%s: GET %d", path, got.Code)
		}
		s.now = s.now.Add(10 * time.Second)
		if got := s.form(path, body+"&sleutel=nog"); got.Code != 303 {
			t.Errorf("%s after ten seconds: %d", path, got.Code)
		}
	}
}

// TestTheTrapIsAnsweredAlike: whoever fills in what people leave empty gets the same pages, and no letter goes out.
func TestTheTrapIsAnsweredAlike(t *testing.T) {
	for path, body := range whole {
		s := newSite(t, nil)
		got := s.form(path, body+"&valstrik=http%3A%2F%2Fspam.example")
		if got.Code != 303 || !strings.HasPrefix(got.Header().Get("Location"), "/bedankt/") {
			t.Fatalf("%s: %d", path, got.Code)
		}
		if thanks := s.get(got.Header().Get("Location")); !thanks.says("noor@gast.example") || !strings.Contains(thanks.html, `class="code"`) {
			t.Errorf("%s: another receipt", path)
		}
		if n := s.letters(); n != 0 {
			t.Errorf("%s: %d letters", path, n)
		}
		if s.form(path, body); s.letters() == 0 {
			t.Errorf("%s: no letter for a person either", path)
		}
	}
}

// letters counts the letters that wait to be sent.
func (s *site) letters() int {
	s.t.Helper()
	ids, _, err := s.store.Due(context.Background(), mdt.Pending, s.now, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return len(ids)
}
