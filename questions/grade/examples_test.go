package grade_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/grade"
)

// example is one judged pair of testdata/examples.tsv, which stands in the
// project's grading documents.
type example struct {
	id, kind, key, input, want string
	answers                    []questions.Answer
	lexicon                    questions.Lexicon
}

func examples(t testing.TB) []example {
	t.Helper()
	file, err := os.Open("testdata/examples.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for _, row := range rows[1:] {
		all = append(all, newExample(row))
	}
	return all
}

func newExample(row []string) example {
	e := example{id: row[0], kind: row[1], key: row[2], input: row[5], want: row[6]}
	for _, text := range append([]string{row[2]}, split(row[3])...) {
		e.answers = append(e.answers, questions.Answer{Part: 1, Text: text, Match: e.kind, Credit: 1})
	}
	for i, name := range split(row[4]) {
		entity := questions.Entity{ID: questions.EntityID(i + 1), Kind: e.kind, Name: name}
		e.lexicon.Entities = append(e.lexicon.Entities, entity)
	}
	return e
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// said maps a verdict to the words of the examples.
func said(v questions.Verdict) string {
	if v == questions.Right || v == questions.Slip {
		return "correct"
	}
	return string(v)
}

func implemented(match string) bool {
	for _, name := range grade.Matches() {
		if name == match {
			return true
		}
	}
	return false
}

func TestExamples(t *testing.T) {
	all, agreed := 0, 0
	for _, e := range examples(t) {
		if !implemented(e.kind) {
			continue
		}
		all++
		got := grade.Typed(e.answers, e.lexicon, e.input)
		if said(got.Verdict) == e.want {
			agreed++
			continue
		}
		t.Logf("%s %q for %q: got %s (%s %v), want %s", e.id, e.input, e.key, got.Verdict, got.Reason.Code, got.Reason.Args, e.want)
		if e.want == "wrong" && said(got.Verdict) == "correct" {
			t.Errorf("%s: the wrong answer %q was accepted for %q", e.id, e.input, e.key)
		}
	}
	if agreed*100 < all*98 {
		t.Errorf("agreed with %d of %d examples, want at least 98 %%", agreed, all)
	}
	t.Logf("agreed with %d of %d", agreed, all)
}
