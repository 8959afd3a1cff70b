package lint_test

import (
	"fmt"
	"slices"
	"testing"

	"thaw/questions"
	"thaw/questions/lint"
)

// TestGiveAways: the first question gives the second away, or does not.
func TestGiveAways(t *testing.T) {
	town := feeds(2, choice("What was the place on the river called in the end?", "New Stalinsk", "Novomoskovsk", "Stalino"))
	items := asks(questions.Order, "Which came first?", "The founding of New Stalinsk")
	items.Answers = append(items.Answers, questions.Answer{Part: 2, Text: "The great flood", Credit: 1})
	for name, c := range map[string]struct {
		first, second lint.Question
		want          bool
	}{
		"in the stem":              {feeds(1, choice("Who went to New Stalinsk in the end?", "He", "She", "They")), town, true},
		"whatever the case":        {feeds(1, choice("Who went to NEW  STALINSK, in the end?", "He", "She", "They")), town, true},
		"in a wrong option":        {feeds(1, choice("Where did they go?", "Home", "To New Stalinsk", "Nowhere")), town, true},
		"in a thing to arrange":    {feeds(1, items), town, true},
		"in a key that is typed":   {feeds(1, typed(questions.Text, questions.MatchPlace, "Where to?", "New Stalinsk")), town, false},
		"in a flashcard's back":    {feeds(1, flash("Where to?", "New Stalinsk")), town, false},
		"in a part of a word":      {feeds(1, choice("Who went to New Stalinskaya in the end?", "He", "She", "They")), town, false},
		"of a twin":                {feeds(2, choice("Who went to New Stalinsk in the end?", "He", "She", "They")), town, false},
		"a person":                 {feeds(1, choice("Who heard Nikita Khrushchev?", "He", "She", "They")), feeds(2, choice("Who spoke?", "Nikita Khrushchev", "Georgi Malenkov", "Somebody else")), false},
		"a short key by chance":    {feeds(1, choice("Who went home in the end?", "He", "She", "They")), feeds(2, choice("Where to?", "Home", "Away", "Out")), false},
		"a gap, filled by the key": {feeds(1, cloze("They went to {{1}} again.", questions.MatchPlace, "New Stalinsk")), town, false},
	} {
		got := lint.GiveAways(bank(c.first, c.second))
		if (len(got[1]) > 0) != c.want || c.want && !slices.Equal(got[1], []questions.QuestionID{2}) {
			t.Errorf("%s: gives away %v, want it: %v", name, got[1], c.want)
		}
	}
	many := []lint.Question{town}
	for i := range 6 {
		many = append(many, feeds(questions.FactID(10+i), choice(fmt.Sprintf("Who went to New Stalinsk in year %d?", i), "He", "She", "They")))
	}
	if got := lint.GiveAways(bank(many...)); len(got) > 0 {
		t.Errorf("what many questions show gives away %v", got)
	}
}
