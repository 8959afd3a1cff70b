package lint

import (
	"slices"

	"thaw/questions"
)

// Words that texts beside a question may have.
const (
	minExplain, maxExplain = 15, 60
	minWhy, maxWhy         = 4, 25
	maxQuote               = 9
)

// Rule 14: the explanation has 15 to 60 words, what is said to a wrong option 4 to 25,
// a quotation at most nine. Whether the explanation says why the best wrong answer is
// wrong, and a quotation whose it is, is seen by a person.
func explanations(l *linter, q item) {
	if !q.spaced {
		return
	}
	if n := words(q.Explain); n < minExplain || n > maxExplain {
		l.say(q, "lint.explain", count(n), count(minExplain), count(maxExplain))
	}
	for _, a := range q.told() {
		if n := words(a.Feedback); n < minWhy || n > maxWhy {
			l.say(q, "lint.why", a.Text, count(n), count(minWhy), count(maxWhy))
		}
	}
	for _, text := range q.texts() {
		for _, quote := range quoted.FindAllString(text, -1) {
			if n := words(quote); n > maxQuote {
				l.say(q, "lint.quote", count(n), count(maxQuote))
			}
		}
	}
}

// told are the answers to which something is said: every wrong option, and of a match
// whatever has something.
func (q item) told() []questions.Answer {
	switch {
	case q.picked() || q.Kind == questions.Truth:
		return q.wrong
	case q.Kind == questions.Match:
		return slices.DeleteFunc(slices.Clone(q.Answers), func(a questions.Answer) bool { return a.Feedback == "" })
	}
	return nil
}

// texts are all texts that are read.
func (q item) texts() []string {
	texts := []string{q.line(), q.Explain}
	for _, a := range q.Answers {
		texts = append(texts, a.Text, a.Feedback)
	}
	return texts
}
