package csv

import (
	"strconv"
	"strings"

	"thaw/questions/format/sheet"
)

// sample is how much of a file is looked at to find out its separator, in bytes.
const sample = 64 << 10

// dialect is how a file is written.
type dialect struct {
	separator string
	body      string // what stands below the lines that say how to read it
	line      int    // where that begins
	sure      int    // as Sniff says it
	comments  bool   // lines that begin with # are remarks
	remarks   []int  // lines of remarks above the body
	anki      map[string]string
}

// dialectOf finds out how a text is written.
func dialectOf(text string) dialect {
	d := dialect{body: text, line: 1, anki: map[string]string{}}
	first, rest, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.ToLower(first), "sep="); ok && len(sep) == 1 {
		d.separator, d.body, d.line, d.sure = sep, rest, 2, 90
		return d
	}
	d.head()
	if name := d.anki["separator"]; name != "" {
		d.separator = separatorOf(name)
	}
	if d.separator == "" {
		d.separator, d.sure = likely(d.body)
	}
	if len(d.anki) > 0 {
		d.sure = 95
	}
	return d
}

// keys are what Anki says above its notes.
var keys = []string{"separator", "html", "tags", "columns", "notetype", "deck", "notetype column", "deck column", "tags column", "guid column", "match scope", "if matches"}

// head takes the lines off that begin with #, unless that is a heading (#, Question).
func (d *dialect) head() {
	for strings.HasPrefix(d.body, "#") || d.line == 1 && strings.HasPrefix(d.body, "tags:") {
		line, rest, _ := strings.Cut(d.body, "\n")
		if len(line) > 1 && strings.ContainsAny(line[1:2], ",;\t|") {
			return
		}
		if !d.says(strings.TrimPrefix(line, "#")) {
			if line[0] != '#' {
				return
			}
			d.remarks = append(d.remarks, d.line)
		}
		d.comments, d.body = true, rest
		d.line++
	}
}

// says reads one of Anki's lines.
func (d *dialect) says(line string) bool {
	key, value, found := strings.Cut(line, ":")
	key = strings.ToLower(strings.TrimSpace(key))
	for _, k := range keys {
		if found && k == key {
			d.anki[k] = strings.TrimRight(strings.TrimLeft(value, " "), "\r")
			return true
		}
	}
	return false
}

// separatorOf is the separator of a name that Anki has for it, or of the sign itself.
func separatorOf(name string) string {
	named := map[string]string{"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":", `\t`: "\t"}
	if sign, ok := named[strings.ToLower(strings.TrimSpace(name))]; ok {
		return sign
	}
	for _, r := range name {
		return string(r)
	}
	return ""
}

// likely is the separator under which the rows of a text have as many fields as each
// other, and how sure that is. Headings that we know make it surer.
func likely(text string) (separator string, sure int) {
	cut := len(text) > sample
	if cut {
		text = text[:sample]
	}
	separator = "\t"
	best := 0.0
	for _, s := range []string{"\t", ";", "|", ","} {
		share, rows, heading := even(text, s, cut)
		if heading {
			share++
		}
		if share > best {
			best, separator = share, s
			sure = certainty(share, rows)
		}
	}
	return separator, sure
}

func certainty(share float64, rows int) int {
	switch {
	case share > 1:
		return 80
	case share == 1 && rows > 1:
		return 40
	case share > .8:
		return 30
	case share > .5:
		return 15
	}
	return 5
}

// even counts the rows with as many fields as most of them have, two or more, as a part
// of all.
func even(text, separator string, cut bool) (share float64, rows int, heading bool) {
	counts := map[int]int{}
	most := 0
	s := scanner{text: text, separator: separator, line: 1, comments: true}
	for row, err := range s.rows {
		if cut && s.text == "" && rows > 0 {
			break
		}
		n := len(row.Cells)
		if n == 1 && strings.TrimSpace(row.Cells[0]) == "" {
			continue
		}
		heading = heading || rows == 0 && sheet.IsHeader(row.Cells)
		if rows++; n > 1 {
			counts[n]++
			most = max(most, counts[n])
		}
		if err != nil {
			break
		}
	}
	return float64(most) / float64(max(rows, 1)), rows, heading
}

func (d dialect) scanner() *scanner {
	return &scanner{text: d.body, separator: d.separator, line: d.line, comments: d.comments}
}

// options are what Anki's lines say of the columns.
func (d dialect) options() sheet.Options {
	var o sheet.Options
	if d.anki["html"] == "true" {
		o.Markup = "html"
	}
	o.Tags = strings.Fields(d.anki["tags"])
	if deck := d.anki["deck"]; deck != "" {
		o.Topic = strings.Split(deck, "::")
	}
	if d.placed() {
		o.Header = d.columns()
	}
	return o
}

// placed tells that a line names the columns, or gives one a meaning by its number.
func (d dialect) placed() bool {
	for _, key := range []string{"columns", "notetype column", "deck column", "tags column", "guid column"} {
		if d.anki[key] != "" {
			return true
		}
	}
	return false
}

// columns are the roles of the columns: what has a number has that, then come the front,
// the back, and more about it.
func (d dialect) columns() []string {
	roles := map[int]string{}
	for key, role := range map[string]string{"notetype column": "notetype", "deck column": "topic", "tags column": "tags", "guid column": "id"} {
		if n, err := strconv.Atoi(strings.TrimSpace(d.anki[key])); err == nil {
			roles[n] = role
		}
	}
	names := strings.Split(d.anki["columns"], d.separator)
	n := len(names)
	if d.anki["columns"] == "" {
		first, _ := d.scanner().row()
		n = len(first.Cells)
	}
	return d.fields(roles, n, names)
}

// fields gives the columns that have no role yet theirs. Anki takes the first column
// behind the fields for tags where no other is named.
func (d dialect) fields(roles map[int]string, n int, names []string) []string {
	fields := []string{"question", "answer"}
	list := make([]string, n)
	for i := range list {
		switch role := roles[i+1]; {
		case role != "":
			list[i] = role
		case i < len(names) && d.anki["tags column"] == "" && strings.EqualFold(strings.TrimSpace(names[i]), "tags"):
			list[i] = "tags"
		case len(fields) > 0:
			list[i], fields = fields[0], fields[1:]
		default:
			list[i] = "explanation"
		}
	}
	return list
}
