package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/grade"
	"thaw/views/text"
)

// judge is `thaw judge FILE.tsv`.
type judge struct {
	File string `arg:"" name:"file" help:"File with tabs between the columns kind, expected, accepted, confusable (several with | between) and input; - for standard input." placeholder:"FILE.tsv"`
	JSON bool   `name:"json" help:"Print an array of JSON objects." env:"THAW_JSON"`
}

// Run judges each row's input by the rules of its kind and prints the rows with
// the verdict (correct, almost, wrong) and the reason in words.
func (j judge) Run(o out) error {
	p, err := j.read()
	if err != nil {
		return err
	}
	for _, row := range p.rows {
		mark := judged(p.row(row))
		row[p.at["verdict"]], row[p.at["reason"]] = saidOf(mark.Verdict), reasonOf(mark)
	}
	if j.JSON {
		return p.json(o)
	}
	return p.print(o)
}

func (j judge) read() (pairs, error) {
	if j.File == "-" {
		return readPairs(os.Stdin)
	}
	f, err := os.Open(j.File)
	if err != nil {
		return pairs{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	p, err := readPairs(f)
	if err != nil {
		return p, fmt.Errorf("%s: %w", j.File, err)
	}
	return p, nil
}

// pairs is a table of keys and inputs, as it stands in a file.
type pairs struct {
	head []string
	at   map[string]int // the place of each column
	rows [][]string
}

// keyed is what a row says of one input.
type keyed struct {
	kind, expected, input string
	accepted, confusable  []string
}

// needed are the columns that a table has to have, added those that it gets.
var needed, added = []string{"kind", "expected", "accepted", "confusable", "input"}, []string{"verdict", "reason"}

// readPairs reads a table with tabs between its cells, which are taken as they
// stand. Errors name the line and the column.
func readPairs(from io.Reader) (pairs, error) {
	r := bufio.NewReader(from)
	head, err := readRow(r)
	if err != nil && !errors.Is(err, io.EOF) {
		return pairs{}, err
	}
	p, err := newPairs(head)
	if err != nil {
		return p, fmt.Errorf("line 1: %w", err)
	}
	for line := 2; ; line++ {
		row, err := readRow(r)
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		if len(row) == 1 && row[0] == "" {
			continue
		}
		if row, err = p.fit(row, len(head)); err != nil {
			return p, fmt.Errorf("line %d, %w", line, err)
		}
		p.rows = append(p.rows, row)
	}
}

// readRow returns io.EOF behind the last row.
func readRow(r *bufio.Reader) ([]string, error) {
	line, err := r.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return nil, err
	}
	return strings.Split(strings.TrimRight(line, "\r\n"), "\t"), nil
}

func newPairs(head []string) (pairs, error) {
	p := pairs{at: map[string]int{}}
	for i, name := range head {
		if i == 0 {
			name = strings.TrimPrefix(name, "\ufeff")
		}
		key := strings.ToLower(strings.TrimSpace(name))
		if _, twice := p.at[key]; twice {
			return p, fmt.Errorf("there are two columns %q", key)
		}
		p.at[key] = i
		p.head = append(p.head, name)
	}
	for _, name := range needed {
		if _, ok := p.at[name]; !ok {
			return p, fmt.Errorf("there is no column %s; a table has the columns %s, with tabs between", name, strings.Join(needed, ", "))
		}
	}
	for _, name := range added {
		if _, ok := p.at[name]; !ok {
			p.at[name] = len(p.head)
			p.head = append(p.head, name)
		}
	}
	return p, nil
}

// fit checks a row and gives it a cell for each column. Empty cells at its end
// may be left out.
func (p pairs) fit(row []string, columns int) ([]string, error) {
	if len(row) > columns {
		return nil, fmt.Errorf("column %d: the row has %d cells, the header %d", columns+1, len(row), columns)
	}
	for i, cell := range row {
		if !utf8.ValidString(cell) {
			return nil, fmt.Errorf("column %s: this is not UTF-8", p.head[i])
		}
	}
	row = append(row, make([]string, len(p.head)-len(row))...)
	of := p.row(row)
	if !slices.Contains(grade.Matches(), of.kind) {
		return nil, fmt.Errorf("column kind: %q is no kind; known are %s", of.kind, strings.Join(grade.Matches(), ", "))
	}
	if of.expected == "" {
		return nil, errors.New("column expected: there is no answer")
	}
	return row, nil
}

func (p pairs) row(row []string) keyed {
	cell := func(name string) string { return row[p.at[name]] }
	return keyed{strings.TrimSpace(cell("kind")), strings.TrimSpace(cell("expected")), cell("input"), listOf(cell("accepted")), listOf(cell("confusable"))}
}

func listOf(cell string) []string {
	var list []string
	for _, item := range strings.Split(cell, "|") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// judged judges one input; the confusable names are the bank beside the key.
func judged(p keyed) questions.Mark {
	var answers []questions.Answer
	for _, text := range append([]string{p.expected}, p.accepted...) {
		answers = append(answers, questions.Answer{Part: 1, Text: text, Match: p.kind, Credit: 1})
	}
	var lexicon questions.Lexicon
	for i, name := range p.confusable {
		lexicon.Entities = append(lexicon.Entities, questions.Entity{ID: questions.EntityID(i + 1), Kind: p.kind, Name: name})
	}
	return grade.Typed(answers, lexicon, p.input)
}

// saidOf is a verdict as the column says it: a slip counts in full.
func saidOf(v questions.Verdict) string {
	if v == questions.Right || v == questions.Slip {
		return "correct"
	}
	return string(v)
}

func reasonOf(m questions.Mark) string {
	if m.Reason.Code == "" {
		return text.T("en", "kind.right")
	}
	args := make([]any, len(m.Reason.Args))
	for i, a := range m.Reason.Args {
		args[i] = a
	}
	return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(text.T("en", m.Reason.Code, args...))
}

func (p pairs) print(o out) error {
	to := bufio.NewWriter(o)
	for _, row := range append([][]string{p.head}, p.rows...) {
		fmt.Fprintln(to, strings.Join(row, "\t")) //nolint:errcheck // Flush says it
	}
	return to.Flush()
}

func (p pairs) json(o out) error {
	rows := make([]map[string]string, len(p.rows))
	for i, row := range p.rows {
		rows[i] = map[string]string{}
		for at, name := range p.head {
			rows[i][strings.TrimSpace(name)] = row[at]
		}
	}
	e := json.NewEncoder(o)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(rows)
}
