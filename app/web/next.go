package web

import (
	"net/url"
	"strings"
)

// onward is a ?next= that stays on the site; anything else is today's page.
func onward(next string) string {
	const home = "/today"
	if next == "" || next[0] != '/' || strings.ContainsAny(next, "\\\r\n\t") || len(next) > 500 {
		return home
	}
	decoded, err := url.PathUnescape(next)
	if err != nil || strings.HasPrefix(decoded, "//") || strings.HasPrefix(decoded, "/\\") {
		return home
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" {
		return home
	}
	return next
}
