package study

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"thaw/questions"
)

// Store is what the check of the fold needs.
type Store interface {
	// Pasts loads every event of a learner with its marks, in order.
	Pasts(ctx context.Context, who questions.LearnerID) ([]Past, error)
	// Learners lists everybody who has events.
	Learners(ctx context.Context) ([]questions.LearnerID, error)
	// Rulings loads those in force that reach a learner, on one question or, with 0, on
	// all, in their order, and what a decision by them stands on.
	Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]Ruling, Stand, error)
	// Cards loads all cards of a learner.
	Cards(ctx context.Context, who questions.LearnerID) ([]Card, error)
}

// Differs says what of that which is derived of a learner is not what events and rulings
// make of it; nothing where all of it is. What the grader said is taken as it was said: a
// new release judges nothing again by itself. Days of which all was taken back are none.
func Differs(past []Past, cards []Card, cares []Care, kept []Tally, judge Judging) (found []string) {
	lived, made := Live(past, judge)
	for _, p := range differing(inTime(past), lived) {
		found = append(found, fmt.Sprintf("the marks of event %d: they should be %+v", p.Seq, p.Marks))
	}
	if len(made)+len(cards) > 0 && !reflect.DeepEqual(made, cards) {
		found = append(found, fmt.Sprintf("the cards %+v: they should be %+v", cards, made))
	}
	if want, got := told(Cares(past)), told(cares); !slices.Equal(want, got) {
		found = append(found, fmt.Sprintf("how facts are handled %+v: it should be %+v", got, want))
	}
	var some []Tally
	for _, d := range kept {
		if d != (Tally{Day: d.Day}) {
			some = append(some, d)
		}
	}
	if want := Days(lived); len(want)+len(some) > 0 && !reflect.DeepEqual(want, some) {
		found = append(found, fmt.Sprintf("the days %+v: they should be %+v", some, want))
	}
	return found
}

// Live judges a past and lives it again. It returns the events in the order of time, each
// with its marks as they should be, and the cards.
func Live(past []Past, judge Judging) (lived []Past, cards []Card) {
	judged := make([]Past, len(past))
	for i, p := range past {
		marks, _ := judge(p.Event, p.Graded())
		judged[i] = p.judged(marks)
	}
	return Replay(judged)
}

// told are the cares that follow from events and say anything, without notes.
func told(cares []Care) (list []Care) {
	for _, c := range cares {
		if c.Note = ""; c != (Care{Fact: c.Fact}) {
			list = append(list, c)
		}
	}
	return list
}
