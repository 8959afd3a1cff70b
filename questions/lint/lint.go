// Package lint says what could be better about the questions of a bank: fifteen
// rules of writing good questions, one of flashcards and one of the bank as a
// whole. What it finds is advice; what makes a question unfit to be asked is found
// by its kind. It is pure and never panics.
package lint

import (
	"slices"
	"strconv"

	"thaw/questions"
)

// Bank is what the linter reads: everything that may be asked.
type Bank struct {
	Lexicon   questions.Lexicon
	Facts     []Fact
	Questions []Question
	Inventory Inventory // of the text that the bank is drawn from; empty: it has none
	Part      bool      // it is a part of a bank: what it leaves out says nothing
}

// Fact is what questions ask for.
type Fact struct {
	ID   questions.FactID
	Slug string
	Twin string // the group of facts that give each other away, or ""
}

// Question is the newest version of a question, with its id in Ref.
type Question struct {
	questions.Version
	Inventory []string // the items of the inventory that it asks for
}

// Rule is one of the rules; the catalogue has its sentence of advice.
type Rule struct {
	Number int
	Name   string // stored: never rename
}

// Advice is the key of the rule's sentence in the text catalogue.
func (r Rule) Advice() string { return "lint.rule_" + strconv.Itoa(r.Number) }

// Problem is something that a rule finds.
type Problem struct {
	Rule     Rule
	Question questions.QuestionID // 0: the bank as a whole
	Fact     questions.FactID     // that it is about where it is about none of the questions, or 0
	Reason   questions.Reason
}

// rule is a row of the table: what it looks for in each question, and in the bank.
type rule struct {
	Rule
	each  func(*linter, item)
	whole func(*linter)
}

// table has every rule. Those before flashcards are the fifteen; that distractors
// are plausible, that a thing is worth knowing and that a quotation has its speaker
// is seen by a person alone, and so is whether both directions of a fact are used.
func table() []rule {
	return []rule{
		{Rule{1, "one-answer"}, oneAnswer, nil},
		{Rule{2, "stem"}, stems, nil},
		{Rule{3, "options"}, options, nil},
		{Rule{4, "one-form"}, oneForm, nil},
		{Rule{5, "one-era"}, oneEra, nil},
		{Rule{6, "length-cue"}, lengthCue, longestKeys},
		{Rule{7, "other-cues"}, cues, nil},
		{Rule{8, "negatives"}, negatives, manyNegatives},
		{Rule{9, "absolutes"}, absolutes, nil},
		{Rule{10, "places"}, ascending, places},
		{Rule{11, "give-away"}, giveAways, nil},
		{Rule{12, "worth-knowing"}, known, covered},
		{Rule{13, "doubtful"}, doubtful, nil},
		{Rule{14, "explanation"}, explanations, nil},
		{Rule{15, "plain"}, plainWords, plainBank},
		{Rule{16, "flashcard"}, flashcards, lookalikes},
		{Rule{17, "spread"}, nil, spread},
	}
}

// Rules returns the table of the rules in their order.
func Rules() []Rule {
	var all []Rule
	for _, r := range table() {
		all = append(all, r.Rule)
	}
	return all
}

// linter holds a bank made ready, and what is found in it.
type linter struct {
	bank   Bank
	items  []item
	twins  map[questions.FactID]string
	names  map[string]questions.Entity // by their folded spellings
	keys   map[string][]told           // by their texts
	most   int                         // words of the longest of them
	single bool                        // one question is looked at, beside the others
	rule   Rule
	found  []Problem
}

// Check finds what could be better about a bank, question by question in the order
// of the bank and in the order of the rules, and then of the bank as a whole.
func Check(b Bank) []Problem {
	l := newLinter(b)
	at := map[questions.QuestionID]int{0: len(b.Questions)}
	for i, q := range b.Questions {
		at[q.Question] = i
	}
	l.run(l.items)
	slices.SortStableFunc(l.found, func(a, b Problem) int { return at[a.Question] - at[b.Question] })
	return l.found
}

// CheckOne finds what could be better about one question of a bank, in the order of
// the rules. The bank holds it.
func CheckOne(b Bank, id questions.QuestionID) []Problem {
	l := newLinter(b)
	l.single = true
	i := slices.IndexFunc(l.items, func(q item) bool { return q.Question.Question == id })
	if i < 0 {
		return nil
	}
	l.run(l.items[i : i+1])
	return l.found
}

func (l *linter) run(items []item) {
	for _, r := range table() {
		l.rule = r.Rule
		for _, q := range items {
			if r.each != nil {
				r.each(l, q)
			}
		}
		if r.whole != nil && !l.single {
			r.whole(l)
		}
	}
}

// say notes a problem of a question.
func (l *linter) say(q item, code string, args ...string) {
	l.found = append(l.found, Problem{Rule: l.rule, Question: q.Question.Question, Reason: questions.Reason{Code: code, Args: args}})
}

// sayBank notes a problem of the bank.
func (l *linter) sayBank(code string, args ...string) { l.say(item{}, code, args...) }

// apart tells whether two facts may meet in one session: they are neither the same
// nor twins.
func (l *linter) apart(a, b questions.FactID) bool {
	return a != b && (l.twins[a] == "" || l.twins[a] != l.twins[b])
}
