package web_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// standing is all that is derived of a learner, and one sitting.
type standing struct {
	Cards   []study.Card
	Days    []study.Tally
	Sitting quiz.Sitting
}

func (s *site) standing(who people.Person, n int) (at standing) {
	s.t.Helper()
	var err error
	if at.Cards, _, err = s.app.Coach.Store.Memory(s.t.Context(), who.ID); err != nil {
		s.t.Fatal(err)
	}
	if at.Days, err = (db.Study{DB: s.db}).Days(s.t.Context(), who.ID, 0); err != nil {
		s.t.Fatal(err)
	}
	at.Days = slices.DeleteFunc(at.Days, func(d study.Tally) bool { return d == study.Tally{Day: d.Day} }) // all of it was taken back
	if at.Sitting, err = s.app.Host.Store.Sitting(s.t.Context(), who.ID, n); err != nil {
		s.t.Fatal(err)
	}
	return at
}

// answers gives one answer to the next open item, right or wrong, flashcards rated.
func (s *site) answers(who people.Person, n int, right bool) {
	s.t.Helper()
	sitting, err := s.app.Host.Store.Sitting(s.t.Context(), who.ID, n)
	if err != nil {
		s.t.Fatal(err)
	}
	it, _ := sitting.Next()
	version, err := s.app.Shelf.Version(s.t.Context(), it.Ref)
	if err != nil {
		s.t.Fatal(err)
	}
	responses := []questions.Response{give(version.In(it.Order), right)}
	if version.Kind == questions.Flash {
		responses = []questions.Response{{"show"}, {map[bool]string{true: "good", false: "again"}[right]}}
	}
	for i, r := range responses {
		err := s.app.Host.Answer(s.t.Context(), who, quiz.Submission{Sitting: n, Pos: it.Pos, Response: r, Sure: it.Pos%4 == 0,
			Token: fmt.Sprintf("undoing-%d-%d-%d-abcdef", it.Pos, i, s.now.Unix()), Took: time.Second})
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// TestThirtyAnswersAreTakenBackExactly: cards, days and the sitting are bit for bit what
// they were before each of them, the last one first.
func TestThirtyAnswersAreTakenBackExactly(t *testing.T) {
	s := open(t)
	who := guest(s).person()
	for range 4 {
		s.now = s.now.Add(30 * time.Hour)
		play(s, who)
	}
	s.now = s.now.Add(20 * 24 * time.Hour)
	banks, err := s.app.Shelf.For(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	known := map[questions.FactID]bool{}
	for _, c := range s.standing(who, 1).Cards {
		known[c.Fact] = true
	}
	sitting := quiz.Sitting{Learner: who.ID, Mode: quiz.Review, Started: s.now}
	for _, met := range []bool{true, false} { // of facts met and not met
		for _, q := range banks[0].Questions {
			if len(sitting.Items) < 36 && known[q.Facts[0]] == met {
				sitting.Items = append(sitting.Items, quiz.Item{Pos: len(sitting.Items) + 1, Ref: questions.Ref{Question: q.ID, Version: q.Latest},
					Bank: banks[0].Bank.ID, Lexicon: banks[0].Lexicon.Revision, State: quiz.Open, Facts: q.Facts})
			}
		}
	}
	sitting.Count = len(sitting.Items)
	n, err := s.app.Host.Store.Begin(t.Context(), sitting, "thirty-abcdefghijkl")
	if err != nil {
		t.Fatal(err)
	}
	var before []standing
	for i := range 30 {
		before = append(before, s.standing(who, n))
		s.now = s.now.Add(20 * time.Second)
		s.answers(who, n, i%3 != 0)
	}
	for i := 29; i >= 0; i-- {
		s.now = s.now.Add(time.Second)
		if _, err := s.app.Host.Undo(t.Context(), who, n); err != nil {
			t.Fatalf("undo %d: %v", 30-i, err)
		}
		if got := s.standing(who, n); !reflect.DeepEqual(got, before[i]) {
			t.Fatalf("after undo %d:\n%+v\nwas\n%+v", 30-i, got, before[i])
		}
	}
	s.folds(who)
}
