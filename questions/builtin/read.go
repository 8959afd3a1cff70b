package builtin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is something wrong in a data file.
type Problem struct {
	Pos
	Text string
}

// Error returns the problem as editors and compilers write it.
func (p Problem) Error() string { return p.String() + ": " + p.Text }

// Problems are all things wrong with a bank, in the order of reading.
type Problems []Problem

// Error returns one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// add notes a problem.
func (l *loader) add(at Pos, format string, args ...any) {
	l.problems = append(l.problems, Problem{Pos: at, Text: fmt.Sprintf(format, args...)})
}

// read decodes the file strictly and returns its outermost item, which knows
// the lines; a missing one if that was not possible.
func (l *loader) read(file string, into any) item {
	root := l.readRoot(file, into)
	l.unread = l.unread || root.missing()
	return root
}

func (l *loader) readRoot(file string, into any) item {
	text, err := fs.ReadFile(l.data, file)
	if err != nil {
		l.add(Pos{File: file, Line: 1}, "the file cannot be read: %v", err)
		return item{}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		l.addYAML(file, text, err)
		return item{}
	}
	var document, second yaml.Node
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		l.add(Pos{File: file, Line: max(second.Line, 1)}, "the file holds more than one document")
		return item{}
	}
	if err := yaml.Unmarshal(text, &document); err != nil {
		l.addYAML(file, text, err)
		return item{}
	}
	if hole := hole(&document); hole != nil {
		l.add(Pos{File: file, Line: hole.Line}, "an element of the list is empty")
		return item{}
	}
	return item{file: file, node: document.Content[0]}
}

// hole finds an empty element of a list. Decoding leaves it out, so that elements and
// lines would no longer go together.
func hole(node *yaml.Node) *yaml.Node {
	for _, n := range node.Content {
		empty := n.Kind == yaml.ScalarNode && n.Tag == "!!null" || n.Kind == yaml.AliasNode && n.Alias.Tag == "!!null"
		if node.Kind == yaml.SequenceNode && empty {
			return n
		}
		if found := hole(n); found != nil {
			return found
		}
	}
	return nil
}

// addYAML notes what the YAML package says, a line for each thing.
func (l *loader) addYAML(file string, text []byte, err error) {
	var types *yaml.TypeError
	if errors.As(err, &types) {
		for _, message := range types.Errors {
			l.addType(file, message)
		}
		return
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the file is empty")
	}
	message := yamlLine.FindStringSubmatch(err.Error())[2]
	l.add(Pos{File: file, Line: brokenLine(text)}, "%s", message)
}

var (
	yamlLine    = regexp.MustCompile(`(?s)^(?:yaml: )?(?:line (\d+): )?(.*)$`)
	yamlUnknown = regexp.MustCompile(`^field (\S+) not found in type \S+$`)
	yamlType    = regexp.MustCompile(` into \S+$`)
)

// addType notes a key or a value that does not fit, without the names of our
// types.
func (l *loader) addType(file, message string) {
	parts := yamlLine.FindStringSubmatch(message)
	line, _ := strconv.Atoi(parts[1])
	at := Pos{File: file, Line: max(line, 1)}
	if unknown := yamlUnknown.FindStringSubmatch(parts[2]); unknown != nil {
		l.add(at, "unknown key %s", unknown[1])
		return
	}
	l.add(at, "%s", yamlType.ReplaceAllString(parts[2], " into what is expected here"))
}

// brokenLine returns the line that breaks the syntax: the one behind the last
// line up to which the text can be read. The YAML package names the line where
// the surrounding list began, which may be hundreds of lines before.
func brokenLine(text []byte) int {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for n := len(lines) - 1; n > 0; n-- {
		if yaml.Unmarshal(bytes.Join(lines[:n], nil), new(yaml.Node)) == nil {
			return n + 1
		}
	}
	return 1
}

// item is a stretch of a file that knows its lines.
type item struct {
	file string
	node *yaml.Node
}

func (i item) missing() bool { return i.node == nil }

// pos returns where the item begins.
func (i item) pos() Pos {
	if i.missing() {
		return Pos{File: i.file, Line: 1}
	}
	return Pos{File: i.file, Line: i.node.Line}
}

// keys returns the names of the item's fields in their order.
func (i item) keys() []string {
	var keys []string
	for n := 0; n+1 < len(i.content(yaml.MappingNode)); n += 2 {
		keys = append(keys, i.node.Content[n].Value)
	}
	return keys
}

// field returns what stands under a key, a missing item if nothing does.
func (i item) field(key string) item {
	content := i.content(yaml.MappingNode)
	for n := 0; n+1 < len(content); n += 2 {
		if content[n].Value == key {
			return item{file: i.file, node: content[n+1]}
		}
	}
	return item{file: i.file}
}

// at returns the place of a field, or of the item when the field is missing.
func (i item) at(key string) Pos {
	if field := i.field(key); !field.missing() {
		return field.pos()
	}
	return i.pos()
}

// list returns the elements of a list under a key.
func (i item) list(key string) []item {
	field := i.field(key)
	var items []item
	for _, node := range field.content(yaml.SequenceNode) {
		items = append(items, item{file: i.file, node: node})
	}
	return items
}

func (i item) content(kind yaml.Kind) []*yaml.Node {
	if i.missing() || i.node.Kind != kind {
		return nil
	}
	return i.node.Content
}

// empty tells whether the item is missing or holds nothing.
func (i item) empty() bool {
	if i.missing() || i.node.Tag == "!!null" {
		return true
	}
	if i.node.Kind == yaml.ScalarNode {
		return strings.TrimSpace(i.node.Value) == ""
	}
	return len(i.node.Content) == 0
}
