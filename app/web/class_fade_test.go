package web_test

import (
	"fmt"
	"testing"

	"thaw/app/people"
)

// TestAClassSeesWhatItIsForgetting: the topic that fades first, and the facts that five
// pupils have met, from answers since each joined. Other teachers see nothing of it.
func TestAClassSeesWhatItIsForgetting(t *testing.T) {
	s := open(t)
	c, rival := newClass(s, "10b"), newClass(s, "11")
	saysNot(t, c.teacher.page(c.path()), "the class before anything is met", "What fades")
	list := s.choices(3)
	pupils := make([]*visitor, 5)
	answer := func(v *visitor, right bool) {
		for _, q := range list {
			v.gives(q, fmt.Sprint(option(q, right, 0)))
		}
	}
	for i := range pupils {
		pupils[i] = named(s, fmt.Sprintf("Early %d", i), people.Pupil)
		if i < 4 {
			c.join(pupils[i], "")
		}
		answer(pupils[i], i%2 == 0)
	}
	c.join(pupils[4], "") // after answering: nothing of that is told
	s.now = s.now.AddDate(0, 0, 9)
	tells(t, c.teacher.page(c.path()), "the class after nine days", "What fades", "None: of what at least five pupils have met")
	answer(pupils[4], false)
	s.now = s.now.AddDate(0, 0, 9)
	tells(t, c.teacher.page(c.path()), "the class after eighteen days", "Without study, ", "in 8 weeks", "not met yet", "fall lowest in a week", "5 pupils ·", "% in a week")
	saysNot(t, rival.teacher.page(rival.path()), "another class", "What fades", "5 pupils ·")
}
