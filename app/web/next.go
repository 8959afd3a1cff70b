package web

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// onward is a ?next= that stays on the site; anything else is today's page. What a
// browser could read as another host, or as anything but a plain path, is not taken.
func onward(next string) string {
	const home = "/today"
	if next == "" || next[0] != '/' || strings.ContainsRune(next, '\\') || strings.ContainsFunc(next, unshown) || len(next) > 500 {
		return home
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || path.Clean(u.Path) != u.Path || strings.ContainsRune(u.Path, '\\') || strings.ContainsFunc(u.Path, unshown) {
		return home
	}
	return next
}

// unshown tells whether a rune is one that nobody sees, such as a line break.
func unshown(r rune) bool { return !unicode.IsPrint(r) }
