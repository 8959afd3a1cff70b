package web

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzOnward: wherever ?next= leads, a browser that is on a page of ours stays on the site.
func FuzzOnward(f *testing.F) {
	for _, next := range []string{"/progress", "/sittings/1?x=1#y", "//evil.example", `/\evil.example`, "/%2f%2fevil.example", "javascript:alert(1)", "/a\r\nb", "/..//evil.example", "/\t/evil.example"} {
		f.Add(next)
	}
	base := &url.URL{Scheme: "http", Host: "example.com", Path: "/sign-in"}
	f.Fuzz(func(t *testing.T, next string) {
		got := onward(next)
		if got != next && got != "/today" {
			t.Fatalf("%q leads to %q", next, got)
		}
		browser := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(strings.TrimSpace(got)) // what browsers make of an address
		u, err := base.Parse(browser)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme || u.User != nil || strings.HasPrefix(browser, "//") || strings.ContainsAny(got, "\r\n\x00") {
			t.Fatalf("%q leads to %q: %v, %v", next, got, u, err)
		}
	})
}
