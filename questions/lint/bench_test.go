package lint_test

import (
	"fmt"
	"testing"

	"thaw/questions"
	"thaw/questions/lint"
)

// BenchmarkCheck checks a bank of two thousand questions, of which a fifth is typed.
func BenchmarkCheck(b *testing.B) {
	var list []lint.Question
	for i := range 2000 {
		prompt := fmt.Sprintf("Which of the %d delegates from village number %d spoke on that day in spring?", i, i*7)
		q := choice(prompt, fmt.Sprintf("Delegate %d of the north", i), "Another delegate of the south", "A delegate of the west")
		if i%5 == 0 {
			q = typed(questions.Text, questions.MatchPlace, prompt, fmt.Sprintf("Place%cville%d", 'a'+i%26, i), fmt.Sprintf("Other%d", i))
		}
		list = append(list, feeds(questions.FactID(i+1), q))
	}
	whole := bank(list...)
	b.Run("bank", func(b *testing.B) {
		for b.Loop() {
			lint.Check(whole)
		}
	})
	b.Run("give-aways", func(b *testing.B) {
		for b.Loop() {
			lint.GiveAways(whole)
		}
	})
	b.Run("question", func(b *testing.B) {
		for b.Loop() {
			lint.CheckOne(whole, 7)
		}
	})
}
