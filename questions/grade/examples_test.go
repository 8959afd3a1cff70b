package grade_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/grade"
)

// example is one judged pair: of testdata/examples.tsv, which stands in the
// project's grading documents, or of testdata/rules.tsv and heldout.tsv, which were made from
// the rules there before they were held against the code.
type example struct {
	id, kind, key, input, want string
	answers                    []questions.Answer
	lexicon                    questions.Lexicon
}

func examples(t testing.TB, name string) []example {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
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

// TestExamples judges the pairs of the grading documents and those made from
// their rules, and prints by kind how many verdicts agree, how many wrong
// answers are accepted and how many right ones refused.
func TestExamples(t *testing.T) {
	for _, name := range []string{"examples.tsv", "rules.tsv", "heldout.tsv"} {
		t.Run(name, func(t *testing.T) {
			var all tally
			kinds := map[string]*tally{}
			for _, e := range examples(t, name) {
				if kinds[e.kind] == nil {
					kinds[e.kind] = &tally{}
				}
				got := grade.Typed(e.answers, e.lexicon, e.input)
				all.add(said(got.Verdict), e.want)
				kinds[e.kind].add(said(got.Verdict), e.want)
				if said(got.Verdict) != e.want {
					t.Logf("%s %s %q for %q: got %s (%s %v), want %s", e.id, e.kind, e.input, e.key, got.Verdict, got.Reason.Code, got.Reason.Args, e.want)
				}
			}
			for _, kind := range grade.Matches() {
				if kinds[kind] != nil {
					t.Logf("%-8s %v", kind, *kinds[kind])
				}
			}
			t.Logf("%-8s %v", "all", all)
			all.check(t)
		})
	}
}

// tally counts verdicts.
type tally struct {
	pairs, agreed, wrong, accepted, right, refused int
}

func (c *tally) add(got, want string) {
	c.pairs++
	if got == want {
		c.agreed++
	}
	if want == "wrong" {
		c.wrong++
	}
	if want == "correct" {
		c.right++
	}
	if want == "wrong" && got == "correct" {
		c.accepted++
	}
	if want == "correct" && got != "correct" {
		c.refused++
	}
}

func (c tally) String() string {
	return fmt.Sprintf("%4d of %4d agree (%5.1f %%), %d of %3d wrong accepted, %d of %3d right refused",
		c.agreed, c.pairs, 100*float64(c.agreed)/float64(c.pairs), c.accepted, c.wrong, c.refused, c.right)
}

func (c tally) check(t *testing.T) {
	if c.pairs == 0 || c.agreed*100 < c.pairs*98 {
		t.Errorf("%d of %d agree, want at least 98 %%", c.agreed, c.pairs)
	}
	if c.accepted > 0 {
		t.Errorf("%d wrong answers are accepted, want none", c.accepted)
	}
	if c.refused*100 > c.right*2 {
		t.Errorf("%d of %d right answers are refused, want at most 2 %%", c.refused, c.right)
	}
}
