// Package text is the one catalogue of what Thaw says. A text is found by a key
// in the reader's language; en.txt says how the files are written.
package text

import (
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed *.txt
var files embed.FS

// base is the language that has every key.
const base = "en"

// catalogue is every text, by language and key. It is read once and never changed.
var catalogue = load(files)

// T returns the text of a key in a language, with the arguments in their
// places. A language that lacks the key falls back to English, an unknown key is
// shown as it is, so that a page always comes.
func T(lang, key string, args ...any) string {
	template, from := find(lang, key)
	return fill(from, template, args)
}

// Has tells whether the key exists in English.
func Has(key string) bool {
	_, ok := catalogue[base][key]
	return ok
}

// find returns the template of a key and the language it is written in.
func find(lang, key string) (template, from string) {
	for _, l := range []string{lang, short(lang), base} {
		if template, ok := catalogue[l][key]; ok {
			return template, l
		}
	}
	return key, base
}

// short cuts a language tag down to its language: de-AT becomes de.
func short(lang string) string {
	l, _, _ := strings.Cut(lang, "-")
	return l
}

// load reads every file LANG.txt or LANG.AREA.txt. What is wrong in a file is
// left out here and named by a test.
func load(fsys fs.FS) map[string]map[string]string {
	all := map[string]map[string]string{}
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return all
	}
	for _, name := range names {
		lang, _, _ := strings.Cut(name, ".")
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			continue
		}
		if all[lang] == nil {
			all[lang] = map[string]string{}
		}
		lines, _ := read(string(src))
		for _, l := range lines {
			all[lang][l.key] = l.text
		}
	}
	return all
}

// line is one text of a catalogue file.
type line struct {
	number    int
	key, text string
}

// read splits a file into its texts, and names the lines that are none.
func read(src string) (lines []line, problems []string) {
	for i, raw := range strings.Split(src, "\n") {
		raw = strings.TrimSpace(raw)
		if raw == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		key, text, ok := strings.Cut(raw, " = ")
		if !ok || key != strings.TrimSpace(key) || strings.ContainsAny(key, " \"") {
			problems = append(problems, fmt.Sprintf("line %d is not `key = text`: %s", i+1, raw))
			continue
		}
		lines = append(lines, line{i + 1, key, strings.TrimSpace(text)})
	}
	return lines, problems
}

// fill puts the arguments into their places: {1} is the first, {1|fact|facts}
// one of the forms that follow, as the first argument counts.
func fill(lang, template string, args []any) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		hole, after, ok := strings.Cut(rest, "}")
		if !ok {
			return b.String() + "{" + rest
		}
		b.WriteString(value(lang, hole, args))
		template = after
	}
}

// value is what stands in one place of a template.
func value(lang, hole string, args []any) string {
	parts := strings.Split(hole, "|")
	n, err := strconv.Atoi(parts[0])
	if err != nil || n < 1 || n > len(args) {
		return "{" + hole + "}"
	}
	said := fmt.Sprint(args[n-1])
	if len(parts) == 1 {
		return said
	}
	forms := parts[1:]
	count, err := strconv.Atoi(said)
	if err != nil {
		return forms[len(forms)-1]
	}
	return forms[min(plural(lang, count), len(forms)-1)]
}
