package lint

import (
	"slices"
	"strings"

	"thaw/questions"
)

// fewShares is how many questions a share of a bank needs to say something.
const fewShares = 20

// Rule 6, of the bank: the key is the longest option in a third of the questions at
// most, where chance alone makes it a quarter to a third.
func longestKeys(l *linter) {
	long, all := 0, 0
	for _, q := range l.items {
		if !q.picked() || len(q.wrong) == 0 {
			continue
		}
		all++
		if key, wrong := q.longest(); key > wrong {
			long++
		}
	}
	if all >= fewShares && 100*long > 33*all {
		l.sayBank("lint.longest_keys", count(long), count(all))
	}
}

// Rule 8, of the bank: one stem in ten at most has a negative.
func manyNegatives(l *linter) {
	with, all := 0, 0
	for _, q := range l.items {
		if q.quiz() && q.english {
			all++
			if capitals.MatchString(q.stem) {
				with++
			}
		}
	}
	if all >= fewShares && 10*with > all {
		l.sayBank("lint.many_negatives", count(with), count(all))
	}
}

// shares are the bounds of the share of keys at each place, in percent, by the number
// of options.
var shares = map[int][2]float64{3: {28, 38}, 4: {20, 30}}

// Rule 10, of the bank: each place has its share of the keys. What learners see is
// counted: a choice whose options are fixed counts one for the place of its key, one
// that is shuffled counts a fair part for each place, as it is expected. Choices of
// three and of four options are counted by themselves, from twenty on.
func places(l *linter) {
	for n := 3; n <= 4; n++ {
		at, all := make([]float64, n), 0.0
		for _, q := range l.items {
			if q.Kind != questions.Choice || len(q.Answers) != n {
				continue
			}
			all++
			for i, a := range q.Answers {
				switch {
				case !q.Fixed:
					at[i] += 1 / float64(n)
				case a.Credit == 1:
					at[i]++
				}
			}
		}
		if all >= fewShares && unbalanced(at, all) {
			l.sayBank("lint.places", count(int(all)), count(n), percents(at, all))
		}
	}
}

func unbalanced(at []float64, all float64) bool {
	bounds := shares[len(at)]
	return slices.ContainsFunc(at, func(keys float64) bool { return 100*keys < bounds[0]*all || 100*keys > bounds[1]*all })
}

func percents(at []float64, all float64) string {
	list := make([]string, len(at))
	for i, keys := range at {
		list[i] = count(int(100*keys/all + .5))
	}
	return strings.Join(list, ", ")
}

// Rule 17, of the bank: nearly half of the quiz questions ask for more than
// remembering; of a bank with an inventory, every fact is asked in a quiz.
func spread(l *linter) {
	beyond, all, asked := 0, 0, map[questions.FactID]bool{}
	for _, q := range l.items {
		if !q.quiz() {
			continue
		}
		all++
		if strings.TrimSpace(q.Level) != "" && q.Level != "remember" {
			beyond++
		}
		for _, f := range q.Facts() {
			asked[f] = true
		}
	}
	if all >= fewShares && 100*beyond < 45*all {
		l.sayBank("lint.remembering", count(beyond), count(all))
	}
	if len(l.bank.Inventory) == 0 || l.bank.Part {
		return
	}
	for _, f := range l.bank.Facts {
		if !asked[f.ID] {
			l.found = append(l.found, Problem{Rule: l.rule, Fact: f.ID, Reason: questions.Reason{Code: "lint.fact_not_asked", Args: []string{f.Slug}}})
		}
	}
}
