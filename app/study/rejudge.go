package study

import (
	"reflect"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Stand is what a decision about a learner stands on, beside cards and events: it is
// decided again when one of them has moved on.
type Stand struct {
	Judged int64 // how often the learner's past has been judged again
	Ruled  int64 // how often a ruling on the question has been made or taken back
}

// Rejudged is what becomes of a learner's past that is judged again: what differs from
// what is stored, to be stored whole or not at all.
type Rejudged struct {
	Learner questions.LearnerID
	Stand   Stand // on which it was decided
	Last    int64 // the learner's newest event then
	Event   Event // to append; no What: none
	Marks   []Past
	Cards   []Card
	Gone    []questions.FactID         // whose card nothing feeds any more
	Days    []Tally                    // as they become
	Ruled   map[int]questions.RulingID // of each sitting whose result one has changed since: the last one
}

// Empty tells whether nothing differs.
func (r Rejudged) Empty() bool {
	return r.Event.What == "" && len(r.Marks)+len(r.Cards)+len(r.Gone)+len(r.Days) == 0
}

// Judging says what an event's answer is worth, what the grader said of it being given.
type Judging func(e Event, graded []questions.Mark) ([]Mark, questions.RulingID)

// Rejudge decides what a learner's past becomes when its answers are judged by judge, and
// one more event is appended, if any. It is pure, and the only way in which anything but
// an answer, an undo, a claim or an adoption changes what is derived.
func Rejudge(past []Past, judge Judging, add Event) Rejudged {
	r := Rejudged{Last: last(past), Event: add, Ruled: map[int]questions.RulingID{}}
	all := make([]Past, len(past), len(past)+1)
	for i, p := range past {
		marks, by := judge(p.Event, p.Graded())
		all[i] = p.judged(marks)
		if by != 0 && p.Sitting != 0 {
			r.Ruled[p.Sitting] = max(r.Ruled[p.Sitting], by)
		}
	}
	if add.What != "" {
		add.Seq = r.Last + 1
		all = append(all, Past{Event: add})
	}
	before, cards := Replay(past)
	after, become := Replay(all)
	r.Marks = differing(before, after)
	r.Cards, r.Gone = moved(cards, become)
	r.Days = days(Days(before), Days(after))
	return r
}

// Graded are the marks of an event as the grader made them.
func (p Past) Graded() []questions.Mark {
	marks := make([]questions.Mark, len(p.Marks))
	for i, m := range p.Marks {
		if marks[i] = m.Mark; m.Graded != nil {
			marks[i] = *m.Graded
		}
	}
	return marks
}

// judged is the event with other marks, which met what they met.
func (p Past) judged(marks []Mark) Past {
	was := p.Marks
	p.Marks = make([]Mark, len(was))
	for i := range was {
		p.Marks[i] = was[i]
		p.Marks[i].Mark, p.Marks[i].Graded = marks[i].Mark, marks[i].Graded
	}
	return p
}

// differing lists the events whose marks differ between two lives of one past, as they
// are to be stored.
func differing(before, after []Past) []Past {
	was := make(map[int64][]Mark, len(before))
	for _, p := range before {
		was[p.Seq] = p.Marks
	}
	var list []Past
	for _, p := range after {
		if len(p.Marks) > 0 && !reflect.DeepEqual(p.Marks, was[p.Seq]) {
			list = append(list, p)
		}
	}
	return list
}

// moved lists the cards that differ, and the facts that have none any more.
func moved(before, after []Card) (list []Card, gone []questions.FactID) {
	was, is := ByFact(before), ByFact(after)
	for _, c := range after {
		if was[c.Fact] != c {
			list = append(list, c)
		}
	}
	for _, c := range before {
		if !is[c.Fact].Seen() {
			gone = append(gone, c.Fact)
		}
	}
	return list, gone
}

// days lists the days that differ; none disappears, since what was answered stays.
func days(before, after []Tally) (list []Tally) {
	was := map[fsrs.Day]Tally{}
	for _, d := range before {
		was[d.Day] = d
	}
	for _, d := range after {
		if was[d.Day] != d {
			list = append(list, d)
		}
	}
	return list
}
