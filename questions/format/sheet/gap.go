package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// gaps finds the gaps of a text, with what stands in Anki's or else in ours.
var gaps = regexp.MustCompile(`\{\{(?:c\d+::([^{}]*?)(?:::([^{}]*))?|([^{}]*))\}\}`)

// held stands for a gap while the text around it becomes Markdown.
const held = "\uE000"

// filled again finds what was held.
var filled = regexp.MustCompile(held + `(\d+)` + held)

// most is how many gaps are looked for; more are no question that can be mended.
const most = 20

// cut takes the gaps out of a text and returns what stood in them.
func (l *line) cut(text string) (source string, keys []string) {
	text = strings.ReplaceAll(text, held, "")
	if len(gaps.FindAllStringIndex(text, most+1)) > most {
		return text, nil
	}
	source = gaps.ReplaceAllStringFunc(text, func(gap string) string {
		m := gaps.FindStringSubmatch(gap)
		if m[2] != "" {
			l.note("format.sheet_hint", m[2])
		}
		keys = append(keys, l.plain(m[1]+m[3]))
		return held + strconv.Itoa(len(keys)) + held
	})
	return source, keys
}

// fill puts the gaps back, by their numbers.
func fill(text string) string { return filled.ReplaceAllString(text, "{{$1}}") }
