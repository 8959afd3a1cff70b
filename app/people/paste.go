package people

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"thaw/app/fault"
)

// Pasted is what a line of a pasted list of names comes to.
type Pasted struct {
	Line int    // from 1
	Text string // as it was pasted
	Name string // in the class, with a letter of the surname where two are alike
	New  bool   // a seat is made of it
	Key  string // of the text that says what is to be known about it; "": nothing
	Args []any
}

// mostPasted is how many names are taken at a time.
const mostPasted = 500

// entry is a line with a name in it.
type entry struct {
	line        int
	text        string
	first, last string
}

// whole is the name in full.
func (e entry) whole() string { return strings.TrimSpace(e.first + " " + e.last) }

// exact tells whether the name is to be taken as it stands: there is no surname,
// or its letter is given.
func (e entry) exact() bool { return e.last == "" || strings.HasSuffix(e.last, ".") }

// Paste reads names, one a line: Ada Lovelace; Lovelace, Ada; or a table with
// columns by name. Of a surname no more is kept than tells two apart, unless whole
// is set. Lines without anything on them are passed over.
func Paste(text string, r Roster, whole bool) []Pasted {
	list := entries(text)
	lines := make([]Pasted, len(list))
	crowd := crowdOf(r, list[:min(len(list), mostPasted)])
	for i, e := range list {
		lines[i] = Pasted{Line: e.line, Text: e.text}
		if i >= mostPasted {
			lines[i].Key, lines[i].Args = "roster.line_many", []any{mostPasted}
			continue
		}
		crowd.decide(&lines[i], e, whole)
	}
	return lines
}

// crowd is who is called what.
type crowd struct {
	pupils map[string]bool     // folded names in the class
	lines  map[string]int      // folded names in full, with the first line that has each
	taken  map[string]int      // folded names given to lines
	staff  map[string]bool     // folded names of the class's teachers
	firsts map[string][]string // folded first names, with the folded surnames that go with them
}

func crowdOf(r Roster, list []entry) crowd {
	c := crowd{map[string]bool{}, map[string]int{}, map[string]int{}, map[string]bool{}, map[string][]string{}}
	for _, t := range r.Teachers {
		c.staff[Fold(t.Name)] = true
	}
	for _, s := range r.Seats {
		name := Fold(s.Name)
		c.pupils[name] = true
		first, last, _ := strings.Cut(name, " ")
		c.firsts[first] = append(c.firsts[first], strings.TrimSuffix(last, "."))
	}
	for _, e := range list {
		whole := Fold(e.whole())
		if c.lines[whole] == 0 {
			c.lines[whole] = e.line
			c.firsts[Fold(e.first)] = append(c.firsts[Fold(e.first)], Fold(strings.Join(letters(e.last), "")))
		}
	}
	return c
}

// decide says what a line comes to.
func (c crowd) decide(p *Pasted, e entry, whole bool) {
	if line := c.lines[Fold(e.whole())]; line != e.line && e.whole() != "" {
		p.Key, p.Args = "roster.line_twice", []any{line}
		return
	}
	if there := c.there(e, whole); there != "" {
		p.Key, p.Args = "roster.line_there", []any{there}
		return
	}
	name := e.whole()
	if !whole && !e.exact() {
		name = c.short(e)
	}
	name, wrong := cleanName(name)
	if len(wrong) > 0 {
		p.Key, p.Args = lineKey(wrong[0]), wrong[0].Args
		return
	}
	folded := Fold(name)
	if line := c.taken[folded]; line > 0 {
		p.Key, p.Args = "roster.line_same", []any{name, line}
		return
	}
	if c.staff[folded] {
		p.Key, p.Args = "roster.line_staff", []any{name}
		return
	}
	c.taken[folded] = e.line
	p.Name, p.New = name, true
	if name != e.first && !whole && !e.exact() {
		p.Key = "roster.line_letter"
	}
}

// lineKey is the text about a name, as it stands beside a line.
func lineKey(wrong fault.Field) string {
	return map[string]string{"people.name_empty": "roster.line_empty", "people.name_long": "roster.line_long",
		"people.name_signs": "roster.line_signs"}[wrong.Key]
}

// there is the name under which a line's pupil is in the class already; "": none.
func (c crowd) there(e entry, whole bool) string {
	tries := []string{e.whole()}
	if !whole && !e.exact() {
		tries = append(tries, e.first)
		for n := 1; n <= len(letters(e.last)); n++ {
			tries = append(tries, e.abbreviated(n))
		}
	}
	for _, name := range tries {
		if c.pupils[Fold(name)] {
			return name
		}
	}
	return ""
}

// short is the first name, with as much of the surname as tells it from others.
func (c crowd) short(e entry) string {
	namesakes := c.firsts[Fold(e.first)]
	if len(namesakes) == 1 {
		return e.first
	}
	for n := 1; n < len(letters(e.last)); n++ {
		own := Fold(strings.Join(letters(e.last)[:n], ""))
		alike := 0
		for _, last := range namesakes {
			if strings.HasPrefix(last, own) {
				alike++
			}
		}
		if alike == 1 {
			return e.abbreviated(n)
		}
	}
	return e.whole()
}

func (e entry) abbreviated(n int) string {
	return e.first + " " + strings.Join(letters(e.last)[:n], "") + "."
}

// particles are the small words before a surname, folded.
var particles = map[string]bool{"van": true, "von": true, "de": true, "der": true, "den": true, "del": true, "della": true, "di": true,
	"da": true, "dos": true, "du": true, "la": true, "le": true, "ter": true, "ten": true, "zu": true, "al": true, "bin": true, "ibn": true}

// letters are the first ones of a surname, each with the marks on it, without the
// small words before it: van Beethoven is under B.
func letters(last string) []string {
	var list []string
	words := strings.Fields(last)
	for len(words) > 1 && particles[Fold(words[0])] {
		words = words[1:]
	}
	for _, r := range strings.Join(words, " ") {
		if unicode.Is(unicode.M, r) && len(list) > 0 {
			if last := &list[len(list)-1]; len(*last) < 16 { // more is no letter
				*last += string(r)
			}
			continue
		}
		if len(list) == longestName {
			break
		}
		list = append(list, string(r))
	}
	return list
}

// Short is a name as others in the class may see it: the first name and an
// initial.
func Short(name string) string {
	first, last, _ := strings.Cut(name, " ")
	if own := letters(last); len(own) > 0 && !strings.HasSuffix(last, ".") {
		return first + " " + own[0] + "."
	}
	return name
}

// What the columns of a table of names are called, folded.
var (
	firstColumns = strings.Split("first name|firstname|first|given name|given names|forename|vorname|prénom|nombre|имя", "|")
	lastColumns  = strings.Split("last name|lastname|last|surname|family name|nachname|familienname|apellido|apellidos|фамилия", "|")
	nameColumns  = strings.Split("name|full name|student|student name|pupil|learner|schüler|schülerin|nom|élève|alumno|ученик", "|")
)

// columns says where in a table the names stand; -1: nowhere.
type columns struct{ first, last, name int }

func columnsOf(cells []string) (columns, bool) {
	at := func(words []string) int {
		return slices.IndexFunc(cells, func(cell string) bool { return slices.Contains(words, Fold(cell)) })
	}
	c := columns{at(firstColumns), at(lastColumns), at(nameColumns)}
	if c.first >= 0 && c.last < 0 {
		c.last, c.name = c.name, -1 // Name, Vorname
	}
	return c, c.first >= 0 || c.last >= 0 || c.name >= 0
}

// entries reads the lines that have something on them.
func entries(text string) []entry {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\ufeff", "").Replace(text), "\n")
	comma := separator(lines)
	var list []entry
	var head columns
	table, begun := false, false
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := split(line, comma)
		if !begun {
			begun = true
			if head, table = columnsOf(cells); table {
				continue
			}
		}
		e := entry{line: i + 1, text: strings.TrimSpace(line)}
		if table {
			e.first, e.last = head.names(cells)
		} else {
			e.first, e.last = names(cells, comma)
		}
		list = append(list, e)
	}
	return list
}

// separator is what stands between the cells of a table.
func separator(lines []string) rune {
	for _, comma := range "\t;" {
		if slices.ContainsFunc(lines, func(line string) bool { return strings.ContainsRune(line, comma) }) {
			return comma
		}
	}
	return ','
}

// split cuts a line into its cells, with their quotation marks taken off.
func split(line string, comma rune) []string {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes = comma, true
	cells, err := r.Read()
	if err != nil {
		cells = strings.Split(line, string(comma))
	}
	for i := range cells {
		cells[i] = strings.Join(strings.Fields(norm.NFC.String(cells[i])), " ")
	}
	return cells
}

func (c columns) names(cells []string) (first, last string) {
	cell := func(at int) string {
		if at < 0 || at >= len(cells) {
			return ""
		}
		return cells[at]
	}
	if c.name >= 0 && cell(c.first) == "" && cell(c.last) == "" {
		return names(split(cell(c.name), ','), ',')
	}
	if cell(c.first) == "" {
		return cell(c.last), ""
	}
	return cell(c.first), cell(c.last)
}

var (
	counted = regexp.MustCompile(`^(?:\d+[.):]?|[-*•–])\s+`) // a number or a dot in front of a name
	numeric = regexp.MustCompile(`^\d*[.)]?$`)
)

// names are those of a line without a heading: Ada Lovelace; Lovelace, Ada; or
// first and last name in columns of their own. Numbers are left out.
func names(cells []string, comma rune) (first, last string) {
	cells = slices.DeleteFunc(slices.Clone(cells), numeric.MatchString)
	switch {
	case len(cells) == 0:
		return "", ""
	case len(cells) > 1 && comma == ',':
		return cells[1], counted.ReplaceAllString(cells[0], "")
	case len(cells) > 1:
		return cells[0], cells[1]
	case strings.Contains(cells[0], ","): // in quotation marks, or beside another separator
		return names(split(cells[0], ','), ',')
	}
	first, last, _ = strings.Cut(counted.ReplaceAllString(cells[0], ""), " ")
	return first, last
}
