package web_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// TestDaysOffStayFree through weeks of study: no card comes back on one while another
// day lies in its range, and the place is kept with the answer.
func TestDaysOffStayFree(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	who.DaysOff = people.Days(0).With(time.Saturday).With(time.Sunday)
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	placed := 0
	for range 40 {
		s.now = s.now.Add(29 * time.Hour)
		s.knows(v.person())
		v.page("/today") // keeps the session alive
	}
	past, err := s.app.Host.Store.Pasts(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range past {
		if slices.Max(append(p.Places, 0)) > 0 {
			placed++
		}
	}
	cards, _, err := s.app.Coach.Store.Memory(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	days := study.Calendar(who.Location())
	for _, c := range cards {
		if due := days.Day(c.Due); c.Phase == fsrs.Reviewing && who.DaysOff.Has(due.Date().Weekday()) && choosable(past, c, who) {
			t.Errorf("fact %d comes back on %v, a day off", c.Fact, due)
		}
	}
	if placed < 50 {
		t.Errorf("%d answers of %d have a place", placed, len(past))
	}
	s.folds(who)
}

// choosable tells whether the answer that a card follows left it a day that is not off.
func choosable(past []study.Past, c study.Card, who people.Person) bool {
	i := slices.IndexFunc(past, func(p study.Past) bool { return p.Seq == c.Seq })
	var marks []questions.Mark
	part := 0
	for _, m := range past[i].Marks {
		marks = append(marks, m.Mark)
		if m.Fact == c.Fact {
			part = m.Part
		}
	}
	list, _ := study.Placings(study.Model(fsrs.Weights{}), past[i].Event, marks, study.Fold(past[:i]))
	if part > len(list) {
		return false
	}
	for days := list[part-1].Low; days <= list[part-1].High; days++ {
		if !who.DaysOff.Has((list[part-1].Today + fsrs.Day(days)).Date().Weekday()) {
			return list[part-1].Choice()
		}
	}
	return false
}

// knows answers a review, rightly where a choice or a card allows it.
func (s *site) knows(who people.Person) {
	s.t.Helper()
	nonce := fmt.Sprintf("knows-%d-abcdefghijkl", s.now.Unix())
	n, err := s.app.Host.Review(s.t.Context(), who, quiz.Wish{}, nonce)
	if err != nil {
		return // nothing is due
	}
	sitting, err := s.app.Host.Store.Sitting(s.t.Context(), who.ID, n)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, it := range sitting.Items {
		version, err := s.app.Shelf.Version(s.t.Context(), it.Ref)
		if err != nil {
			s.t.Fatal(err)
		}
		responses := []questions.Response{give(version.In(it.Order), true)}
		if version.Kind == questions.Flash {
			responses = []questions.Response{{"show"}, {"good"}}
		}
		for i, r := range responses {
			sub := quiz.Submission{Sitting: n, Pos: it.Pos, Response: r, Token: fmt.Sprintf("%s-%d-%d", nonce, it.Pos, i)}
			if err := s.app.Host.Answer(s.t.Context(), who, sub); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

// TestButtonsSayWhatHappens: a flashcard comes back on the very day its button named.
func TestButtonsSayWhatHappens(t *testing.T) {
	s := open(t)
	v := guest(s)
	for range 12 {
		s.now = s.now.Add(29 * time.Hour)
		s.knows(v.person())
		v.page("/today") // keeps the session alive
	}
	s.now = s.now.Add(15 * 24 * time.Hour)
	who := v.person()
	n, err := s.app.Host.Review(t.Context(), who, quiz.Wish{Minutes: 60}, "a-review-of-flashcards-1")
	if err != nil {
		t.Fatal(err)
	}
	chosen := 0
	sitting, err := s.app.Host.Store.Sitting(t.Context(), who.ID, n)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range sitting.Items {
		if version, err := s.app.Shelf.Version(t.Context(), it.Ref); err != nil || version.Kind != questions.Flash {
			continue
		}
		chosen += s.rates(who, n, it.Pos)
	}
	if chosen == 0 {
		t.Error("no flashcard had a choice of days")
	}
}

// rates turns a flashcard and knows it, and returns 1 where it had a choice of days.
func (s *site) rates(who people.Person, n, pos int) (chosen int) {
	s.t.Helper()
	give := func(r string) {
		err := s.app.Host.Answer(s.t.Context(), who, quiz.Submission{Sitting: n, Pos: pos, Response: questions.Response{r}, Token: fmt.Sprintf("a-rating-of-%d-by-%s", pos, r)})
		if err != nil {
			s.t.Fatal(err)
		}
	}
	turn := func() quiz.Turn {
		turn, err := s.app.Host.Store.Turn(s.t.Context(), who.ID, n, pos)
		if err != nil {
			s.t.Fatal(err)
		}
		return turn
	}
	give("show")
	preview, err := s.app.Host.Preview(s.t.Context(), who, turn())
	if err != nil {
		s.t.Fatal(err)
	}
	give("good")
	after := turn()
	if got, want := after.Cards[0].Due, preview[fsrs.Good-1].Due; !got.Equal(want) {
		s.t.Errorf("fact %d comes back on %v, its button said %v", after.Cards[0].Fact, got, want)
	}
	if slices.Max(append(after.Past.Places, 0)) > 0 {
		return 1
	}
	return 0
}
