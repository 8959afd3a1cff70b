package apkg

import "strings"

// Bounds of HTML such as people write.
const (
	maxOpen   = 24        // emphasis, lists and the like in each other
	maxEffort = 1_000_000 // bytes and tags, each as often as something is open around it
)

// tame tells whether HTML is such as people write. What is open is opened again in each
// paragraph, by the rules of HTML, so that a small text can become very much; and what
// stands inside is gone through once more for each thing around it.
func tame(source string) bool {
	open, effort := 0, 0
	for open <= maxOpen && effort <= maxEffort {
		text, rest, found := strings.Cut(source, "<")
		effort += (len(text) + 8) * open
		if !found {
			return effort <= maxEffort
		}
		source = rest
		name, ends := strings.CutPrefix(rest, "/")
		switch {
		case !nesting[tagName(name)]:
		case ends:
			open = max(open-1, 0)
		default:
			open++
		}
	}
	return false
}

// tagName is the name at the beginning of a tag, in small letters.
func tagName(tag string) string {
	n := 0
	for n < len(tag) && n < 12 && (tag[n]|0x20 >= 'a' && tag[n]|0x20 <= 'z' || tag[n] >= '0' && tag[n] <= '9') {
		n++
	}
	return strings.ToLower(tag[:n])
}

// nesting are the elements that are opened again, or gone through once more.
var nesting = map[string]bool{"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true, "cite": true, "dfn": true, "sub": true, "sup": true, "ul": true, "ol": true, "blockquote": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "caption": true, "table": true, "ruby": true, "rt": true, "svg": true, "math": true}
