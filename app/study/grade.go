package study

import (
	"errors"

	"thaw/questions"
	"thaw/questions/kind"
)

// Wording is what a learner has before them: a version in the order shown, and the names
// of its bank at that time.
type Wording struct {
	Version questions.Version
	Lexicon questions.Lexicon
}

// ErrKind says that there is no such kind of question.
var ErrKind = errors.New("no such kind of question")

// Once says what a response is worth by the wording, as the only one or as the first of
// two; no marks mean that the question stays open. Errors are those of kind.Grade.
func (w Wording) Once(r questions.Response) ([]questions.Mark, error) {
	k, ok := kind.Of(w.Version.Kind)
	if !ok {
		return nil, ErrKind
	}
	marks, err := k.Grade(w.Version, w.Lexicon, r)
	for i, m := range marks {
		marks[i].Guess = k.Guess(w.Version)
		if m.Given != 0 {
			key, _ := w.Version.Key(m.Part)
			marks[i].Asked = w.Lexicon.Of(key)
		}
	}
	return marks, err
}

// Grade says what an answer is worth by the wording: a response, after a first try or
// none.
func (w Wording) Grade(tried, given questions.Response) ([]questions.Mark, error) {
	marks, err := w.Once(given)
	if err != nil || len(tried) == 0 {
		return marks, err
	}
	if first, err := w.Once(tried); err == nil && len(first) > 0 {
		return settle(first, marks), nil
	}
	return marks, nil
}

// settle marks the second of two tries: what the first had right stays as it was;
// of the rest, right is full credit, anything else half, and both are rated Hard.
func settle(first, second []questions.Mark) []questions.Mark {
	settled := make([]questions.Mark, len(second))
	for i, m := range second {
		if i < len(first) && first[i].Verdict.Fine() {
			settled[i] = first[i]
			settled[i].Guess = m.Guess
			continue
		}
		m.Self = 2
		if !m.Verdict.Fine() {
			m.Credit, m.Verdict = 0.5, questions.Almost
		}
		settled[i] = m
	}
	return settled
}
