package repair

import (
	"fmt"
	"reflect"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// derived are the classes of damage of what follows from one learner's events.
var derived = []struct {
	name string
	find func(is, should Life) []string
}{
	{"mark missing", lostMarks},
	{"mark differs from its answer", otherMarks},
	{"result of an item differs from its marks", otherResults},
	{"weights differ from those adopted", otherWeights},
	{"card missing", lostCards},
	{"card without events", strayCards},
	{"card differs from its events", otherCards},
	{"day differs from the sum of its answers", otherDays},
	{"handling of a fact differs from what was said", otherCares},
}

// marked pairs each event that has marks, or should have, with what is stored of it.
func marked(is, should Life, wanted func(was, want []study.Mark) bool) (found []string) {
	was := make(map[int64][]study.Mark, len(is.Past))
	for _, p := range is.Past {
		was[p.Seq] = p.Marks
	}
	for _, p := range should.Past {
		if wanted(was[p.Seq], p.Marks) {
			found = append(found, fmt.Sprintf("event %d", p.Seq))
		}
	}
	return found
}

func lostMarks(is, should Life) []string {
	return marked(is, should, func(was, want []study.Mark) bool { return len(was) < len(want) })
}

func otherMarks(is, should Life) []string {
	return marked(is, should, func(was, want []study.Mark) bool {
		return len(was) == len(want) && len(was) > 0 && !reflect.DeepEqual(was, want)
	})
}

func otherResults(is, should Life) (found []string) {
	for i, it := range is.Items {
		if it != should.Items[i] {
			found = append(found, fmt.Sprintf("question %d of sitting %d", it.Pos, it.Sitting))
		}
	}
	return found
}

func otherWeights(is, should Life) []string {
	if is.Adopted == should.Adopted && is.Weights == should.Weights {
		return nil
	}
	return []string{fmt.Sprintf("those of event %d are in force, not those of event %d", is.Adopted, should.Adopted)}
}

// cards compares the cards of each fact; a card that is not there is the zero one.
func cards(is, should Life, wanted func(was, want study.Card) bool) (found []string) {
	was, want := study.ByFact(is.Cards), study.ByFact(should.Cards)
	facts := map[questions.FactID]bool{}
	for _, list := range [][]study.Card{is.Cards, should.Cards} {
		for _, c := range list {
			if !facts[c.Fact] && wanted(was[c.Fact], want[c.Fact]) {
				found = append(found, fmt.Sprintf("fact %d", c.Fact))
			}
			facts[c.Fact] = true
		}
	}
	return found
}

func lostCards(is, should Life) []string {
	return cards(is, should, func(was, _ study.Card) bool { return was.Learner == 0 })
}

func strayCards(is, should Life) []string {
	return cards(is, should, func(_, want study.Card) bool { return want.Learner == 0 })
}

func otherCards(is, should Life) []string {
	return cards(is, should, func(was, want study.Card) bool { return was.Learner != 0 && want.Learner != 0 && was != want })
}

func otherDays(is, should Life) (found []string) {
	was, want := map[fsrs.Day]study.Tally{}, map[fsrs.Day]study.Tally{}
	for _, t := range is.Days {
		was[t.Day] = t
	}
	for _, t := range should.Days {
		want[t.Day] = t
		if was[t.Day] != t {
			found = append(found, "day "+t.Day.String())
		}
	}
	for _, t := range is.Days {
		if _, ok := want[t.Day]; !ok && t != (study.Tally{Day: t.Day}) { // all of it was taken back
			found = append(found, "day "+t.Day.String())
		}
	}
	return found
}

func otherCares(is, should Life) (found []string) {
	was, want := study.OfFacts(is.Cares), study.OfFacts(should.Cares)
	for _, list := range [][]study.Care{is.Cares, should.Cares} {
		for _, c := range list {
			a, b := was[c.Fact], want[c.Fact]
			a.Fact, b.Fact, a.Note, b.Note = 0, 0, "", ""
			if a != b {
				found = append(found, fmt.Sprintf("fact %d", c.Fact))
				was[c.Fact] = want[c.Fact] // told once
			}
		}
	}
	return found
}
