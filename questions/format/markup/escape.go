package markup

import (
	"regexp"
	"strings"
)

// signs would be markup wherever they stand.
var signs = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "$", `\$`, "{{", `{\{`)

// Signs that are markup in some places alone.
var (
	low    = regexp.MustCompile(`(^|[^\pL\pN])_|_([^\pL\pN]|$)`) // within a word it is a letter
	entity = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)
	tag    = regexp.MustCompile(`<([A-Za-z/!?])`)
	begin  = regexp.MustCompile(`^(\s*)([-+=>~])(.*)$`)
	count  = regexp.MustCompile(`^(\s*\d{1,9})([.)])(\s|$)`)
)

// escape makes text that Markdown shows as it is written, with as few signs as it takes.
func escape(s string) string {
	s = signs.Replace(s)
	s = entity.ReplaceAllString(s, `\$0`)
	s = low.ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, "_", `\_`) })
	s = tag.ReplaceAllString(s, `\<$1`)
	if strings.Contains(s, "](") {
		s = strings.ReplaceAll(s, "[", `\[`)
	}
	return s
}

// atStart escapes what would begin a list or a quotation.
func atStart(line string) string {
	line = begin.ReplaceAllString(line, `$1\$2$3`)
	return count.ReplaceAllString(line, `$1\$2$3`)
}

// tidy leaves one empty line between blocks and no blanks at the ends of lines.
func tidy(s string) string {
	var out []string
	empty := true
	for _, line := range strings.Split(s, "\n") {
		line = strings.TrimRight(line, " ")
		if line == "" && empty {
			continue
		}
		if empty = line == ""; empty {
			out = append(out, "")
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
