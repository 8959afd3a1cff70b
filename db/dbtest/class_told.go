package dbtest

import (
	"testing"
	"time"

	"thaw/app/fsrs/plan"
	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
)

// forecastsTold says which forecasts of a pupil a class's teachers see: those that are
// about nothing else than what they see answered.
func forecastsTold(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	own, err := db.Bank{DB: d}.Contents(ctx, s.own)
	check(t, err)
	other := quiz.Item{Ref: questions.Ref{Question: own.Questions[1].ID, Version: 1}, Bank: s.own, Lexicon: 1, State: quiz.Open, Facts: own.Questions[1].Facts}
	items := s.items(3)
	old, new, third := items[0], items[1], items[2]
	sit := func(begun, day, answers int, items ...quiz.Item) int {
		t.Helper()
		sitting := quiz.Sitting{Learner: s.who, Mode: quiz.Tutor, Started: days(begun), Count: len(items)}
		for i, it := range items {
			if it.Pos = i + 1; it.Chance > 0 {
				sitting.Foretold.N++
			}
			sitting.Items = append(sitting.Items, it)
		}
		sitting.Foretold.Mean, sitting.Foretold.High, sitting.Foretold.Sure = .5, day, .75
		n, err := s.quiz.Begin(ctx, sitting, "")
		check(t, err)
		for i := range answers {
			s.save(t, s.answerAt(t, n, i+1, days(day).Add(time.Duration(i)*time.Minute), i == 0))
		}
		return n
	}
	asked := func(it quiz.Item) quiz.Item {
		it.Chance = .5
		return it
	}
	sit(1, 1, 1, old)
	m, err := s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Pupil", days(10)))
	check(t, err)
	told := []int{sit(12, 12, 2, asked(new), asked(third))}
	sit(13, 13, 2, asked(third), asked(old))                    // one answered before joining
	sit(14, 14, 2, asked(new), asked(other))                    // one of a bank that is not given
	told = append(told, sit(15, 15, 3, asked(new), old, other)) // with both, of which nothing is foretold
	sit(9, 18, 2, asked(new), asked(third))                     // begun before joining
	both := asked(third)
	both.Facts = append(both.Facts[:1:1], other.Facts...)
	sit(15, 15, 2, asked(new), both)  // one that asks for a fact of such a bank, too
	sit(16, 16, 1, asked(new), third) // open
	sit(17, 17, 2, old, other)        // nothing foretold
	_, sittings, err := s.class.Told(ctx, m)
	check(t, err)
	if len(sittings) != 2 || sittings[0].N != told[1] || sittings[1].N != told[0] {
		t.Fatalf("forecasts of the sittings %+v are told, want %v, the newest first", sittings, told)
	}
	want := quiz.Foretold{Forecast: plan.Forecast{N: 2, Mean: .5, High: 12, Sure: .75}, Right: 1}
	same(t, sittings[1].Foretold, want, "the forecast of day 12")
	same(t, sittings[1].Finished, days(12).Add(time.Minute), "when that sitting was finished")
	same(t, sittings[1].Started, days(12), "and begun")
}
