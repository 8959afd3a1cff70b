package web_test

import (
	"html"
	"io"
	"net/url"
	"strings"
	"testing"

	"thaw/views/text"
)

// senders are how browsers say which page has sent a request, and whether it is ours:
// what they say by Sec-Fetch-Site counts, and where they say nothing, the Origin.
var senders = []struct {
	site, origin string
	ours         bool
}{
	{"same-origin", "", true}, {"same-origin", "http://example.com", true}, {"none", "", true}, {"", "http://example.com", true},
	{"cross-site", "", false}, {"cross-site", "http://example.com", false}, {"cross-site", "https://evil.example", false},
	{"same-site", "", false}, {"same-site", "http://example.com", false}, {"nonsense", "", false}, {"nonsense", "http://example.com", false},
	{"Same-Origin", "", false}, {"", "", false}, {"", "null", false}, {"", "https://evil.example", false}, {"", "http://example.com.evil.example", false},
	{"", "http://example.com:8080", false}, {"", "http://evil.example/http://example.com", false}, {"", "example.com", false}, {"", "http://example.com@evil.example", false}, {"", ":", false},
}

// TestPostsOfOtherSitesAreRefused by every route, whatever the method that may change
// something; those of our own pages never.
func TestPostsOfOtherSitesAreRefused(t *testing.T) {
	s := open(t)
	refusal := html.EscapeString(text.T("en", "fault.origin"))
	sends := func(method, path string, header ...string) (status int, refused bool) {
		v := &visitor{site: s}
		res := v.send(method, path, url.Values{}, header...)
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if v.cookie != "" {
			t.Errorf("%s %s with %q gives a cookie", method, path, header)
		}
		return res.StatusCode, res.StatusCode == 403 && strings.Contains(string(raw), refusal)
	}
	posts := 0
	for _, r := range s.server.Routes() {
		if r.Method != "POST" {
			continue
		}
		posts++
		for _, c := range senders {
			if status, refused := sends("POST", fill(r.Path), "Sec-Fetch-Site", c.site, "Origin", c.origin); refused == c.ours {
				t.Errorf("POST %s, site %q and origin %q: %d, refused %v", r.Path, c.site, c.origin, status, refused)
			}
		}
	}
	if posts < 80 {
		t.Errorf("saw %d posts, want all", posts)
	}
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		if status, refused := sends(method, "/settings", "Sec-Fetch-Site", "cross-site"); !refused {
			t.Errorf("%s from another site: %d", method, status)
		}
		if status, _ := sends(method, "/settings", "Sec-Fetch-Site", "same-origin"); status != 405 {
			t.Errorf("%s from our own: %d, want 405", method, status)
		}
	}
}
