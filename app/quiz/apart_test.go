package quiz

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/questions"
)

// spoiling are n questions of a fact each, of which some give others away.
func spoiling(n int, rng *rand.Rand) ([]candidate, tells) {
	var all []candidate
	gives := map[questions.QuestionID][]questions.QuestionID{}
	for i := range n {
		f := questions.FactID(i + 1)
		q := questions.QuestionID(f)
		all = append(all, candidate{question: bank.Question{ID: q, Topic: questions.TopicID(i % 3), Kind: questions.Choice, Facts: []questions.FactID{f}}})
		all[i].card.Fact = f
		for rng.IntN(3) == 0 {
			if v := questions.QuestionID(rng.IntN(n) + 1); v != q {
				gives[q] = append(gives[q], v)
			}
		}
	}
	return all, tells{bank.Telling(gives)}
}

// TestNoQuestionOfAQuizGivesAnotherAway over many banks.
func TestNoQuestionOfAQuizGivesAnotherAway(t *testing.T) {
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 1))
		all, told := spoiling(20, rng)
		day := share{now: noon, dawn: noon.Add(-8 * time.Hour), fresh: 20}
		picked := choose(all, 10, day, told, rng)
		if len(picked) < 4 {
			t.Errorf("seed %d: a quiz of %d", seed, len(picked))
		}
		for _, a := range picked {
			for _, b := range picked {
				if slices.Contains(told.gives(a.question.ID), b.question.ID) {
					t.Errorf("seed %d: question %d gives %d away", seed, a.question.ID, b.question.ID)
				}
			}
		}
	}
}

// TestAReviewAsksBeforeItGivesAway: whatever is asked has not been given away before, what
// is left out is given away both ways, and waits for no more reviews than there are facts.
func TestAReviewAsksBeforeItGivesAway(t *testing.T) {
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 2))
		left, told := spoiling(12, rng)
		for round := 0; len(left) > 0; round++ {
			if round == 12 {
				t.Fatalf("seed %d: %d facts are never asked for", seed, len(left))
			}
			asked := unspoiled(left, told)
			if round == 0 && len(asked) < len(left) && !cyclic(left, told) {
				t.Errorf("seed %d: %d of %d are asked although they have an order", seed, len(asked), len(left))
			}
			for i, giver := range asked {
				for _, victim := range asked[i+1:] {
					if slices.Contains(told.gives(giver.question.ID), victim.question.ID) {
						t.Fatalf("seed %d: %d has given %d away", seed, giver.question.ID, victim.question.ID)
					}
				}
			}
			left = slices.DeleteFunc(left, func(c candidate) bool {
				return slices.ContainsFunc(asked, func(a candidate) bool { return a.question.ID == c.question.ID })
			})
		}
	}
}

// cyclic tells whether candidates cannot be put in order: taking away again and again what
// gives nothing away leaves some.
func cyclic(left []candidate, told tells) bool {
	in := map[questions.QuestionID]bool{}
	for _, c := range left {
		in[c.question.ID] = true
	}
	for before := -1; before != len(in); {
		before = len(in)
		for q := range in {
			if !slices.ContainsFunc(told.gives(q), func(v questions.QuestionID) bool { return in[v] }) {
				delete(in, q)
			}
		}
	}
	return len(in) > 0
}

func TestGivenAndGivingStandFarApart(t *testing.T) {
	var picked []candidate
	for id := range questions.QuestionID(6) {
		picked = append(picked, candidate{question: bank.Question{ID: id + 1}})
	}
	told := tells{bank.Telling(map[questions.QuestionID][]questions.QuestionID{2: {5}, 3: {4, 9}})}
	var got []questions.QuestionID
	for _, c := range unspoiled(picked, told) {
		got = append(got, c.question.ID)
	}
	if want := []questions.QuestionID{4, 5, 1, 6, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("asked in the order %v, want %v", got, want)
	}
}

// BenchmarkChoose picks a quiz of a bank as large as the built-in one, with as many
// give-aways and with none.
func BenchmarkChoose(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	all, told := spoiling(300, rng)
	day := share{now: noon, dawn: noon.Add(-8 * time.Hour), fresh: 10}
	for name, t := range map[string]tells{"apart": told, "plain": nil} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				choose(slices.Clone(all), 10, day, t, rng)
			}
		})
	}
}
