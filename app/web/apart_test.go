package web_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"thaw/app/quiz"
	"thaw/questions"
)

// TestNoSessionGivesItsAnswersAway over quizzes and reviews of the built-in bank, and the
// quiz around a landing page's question.
func TestNoSessionGivesItsAnswersAway(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	who := v.person()
	who.NewADay, who.Minutes = 100, 60
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	banks, err := s.app.Shelf.For(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	tells, err := s.app.Shelf.GiveAways(t.Context(), banks[0])
	if err != nil {
		t.Fatal(err)
	}
	s.inOrder(tells.Gives, who.ID, 1)
	for round := range 40 {
		s.now = s.now.Add(30 * time.Hour)
		n, err := s.app.Host.Quiz(t.Context(), who, 0, fmt.Sprintf("quiz-%d-abcdefghijkl", round))
		if err != nil {
			t.Fatal(err)
		}
		s.inOrder(tells.Gives, who.ID, n)
		if n, err = s.app.Host.Review(t.Context(), who, quiz.Wish{}, fmt.Sprintf("review-%d-abcdefghijkl", round)); err != nil {
			t.Fatal(err)
		}
		s.inOrder(tells.Gives, who.ID, n)
		if round%4 == 0 {
			play(s, who)
		}
	}
}

// inOrder holds that nothing in a sitting is given away before it is asked for, and in a
// quiz not after it either.
func (s *site) inOrder(gives func(questions.QuestionID) []questions.QuestionID, who questions.LearnerID, n int) {
	s.t.Helper()
	sitting, err := s.app.Host.Store.Sitting(s.t.Context(), who, n)
	if err != nil {
		s.t.Fatal(err)
	}
	for i, giver := range sitting.Items {
		for j, victim := range sitting.Items {
			if slices.Contains(gives(giver.Ref.Question), victim.Ref.Question) && !victim.Again && (j > i || sitting.Mode != quiz.Review) {
				s.t.Errorf("%s %d: question %d at %d gives away %d at %d", sitting.Mode, n, giver.Ref.Question, i, victim.Ref.Question, j)
			}
		}
	}
}

// TestAFirstQuizIsOfChoicesOfThree: who has met nothing yet is asked to pick one of three.
func TestAFirstQuizIsOfChoicesOfThree(t *testing.T) {
	s := open(t)
	for range 12 {
		v := guest(s)
		sitting, err := s.app.Host.Store.Sitting(t.Context(), v.person().ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(sitting.Items) != 10 {
			t.Fatalf("the first quiz has %d questions", len(sitting.Items))
		}
		for _, it := range sitting.Items {
			version, err := s.app.Shelf.Version(t.Context(), it.Ref)
			if err != nil {
				t.Fatal(err)
			}
			if shown := version.In(it.Order); version.Kind != questions.Choice || len(shown.Answers) != 3 {
				t.Errorf("question %d of the first quiz is a %s of %d options", it.Pos, version.Kind, len(shown.Answers))
			}
		}
	}
}
