package lint

import (
	"slices"
	"strings"

	"thaw/questions"
)

// GiveAways lists for each question of a bank those whose key it gives away where both
// stand in one session, in the order of their ids. It
// is rule 11, of what is shown: the
// options of a question and the things to arrange give a key away as its stem does. What
// many questions show gives nothing away.
func GiveAways(b Bank) map[questions.QuestionID][]questions.QuestionID {
	l := newLinter(b)
	given := make([]map[string]bool, len(l.items))
	often := map[string]int{}
	for i, q := range l.items {
		given[i] = map[string]bool{}
		for _, text := range q.shown() {
			l.keysIn(bare(text), given[i])
		}
		for text := range given[i] {
			often[text]++
		}
	}
	pairs := map[questions.QuestionID][]questions.QuestionID{}
	for i, q := range l.items {
		if victims := l.victims(q, given[i], often); len(victims) > 0 {
			pairs[q.Question.Question] = victims
		}
	}
	return pairs
}

// victims are the questions whose key is among the texts that a question shows.
func (l *linter) victims(q item, shown map[string]bool, often map[string]int) (list []questions.QuestionID) {
	for text := range shown {
		if often[text] > many {
			continue
		}
		for _, k := range l.keys[text] {
			if id := k.item.Question.Question; l.mayMeet(q, k.fact) && !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
	}
	slices.Sort(list)
	return list
}

// shown are the texts that stand before a learner who is asked: the stem, and what is to
// be picked or put where it belongs.
func (q item) shown() []string {
	texts := []string{q.stem}
	if q.is(questions.Choice, questions.Several, questions.Order, questions.Match) {
		for _, a := range q.Answers {
			texts = append(texts, a.Text)
		}
	}
	return texts
}

// keysIn notes the keys that a bare text holds.
func (l *linter) keysIn(text string, found map[string]bool) {
	for begin := 0; begin < len(text); {
		end := begin
		for range l.most {
			next := strings.IndexByte(text[min(end+1, len(text)):], ' ')
			if next < 0 {
				end = len(text)
			} else {
				end += 1 + next
			}
			if _, ok := l.keys[text[begin:end]]; ok {
				found[text[begin:end]] = true
			}
			if end == len(text) {
				break
			}
		}
		next := strings.IndexByte(text[begin:], ' ')
		if next < 0 {
			return
		}
		begin += next + 1
	}
}
