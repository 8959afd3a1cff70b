package quiz

import (
	"context"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Review begins a review of what is worth studying now, what gains most first, and
// returns its number. It takes the minutes given, or with 0 what is left of those
// wanted for today; with an exam's number it is for that alone, and wished easy, it is a
// few of the facts best known. With nothing to do it is fault.Missing. The same token
// begins it once.
func (h Host) Review(ctx context.Context, who people.Person, w Wish, token string) (int, error) {
	p, told, err := h.gather(ctx, who, token)
	if err != nil {
		return 0, err
	}
	picked := w.pick(p)
	if len(picked) == 0 {
		return 0, fault.New(fault.Missing, "fault.nothing_due")
	}
	return h.open(ctx, p, Sitting{Mode: Review}, unspoiled(interleaved(picked), told), h.Rand(), token)
}

// Wish is what a learner wants of a review.
type Wish struct {
	Minutes int  // 0: what is left of today's
	Exam    int  // 0: all that there is
	Easy    bool // EasyOnes and no more, whatever the minutes
}

// EasyOnes is how many facts a return after weeks begins with.
const EasyOnes = 5

// pick chooses the questions of a review.
func (w Wish) pick(p study.Preparing) []candidate {
	a := p.Agenda()
	if w.Easy {
		return easy(p.Banks, a.Tasks)
	}
	tasks, answers := w.of(a)
	return fitting(reviews(p.Banks, tasks, climbing(p.Now)), answers)
}

// easy are those facts met before that are best known, in the easiest forms.
func easy(banks []bank.Contents, tasks []study.Task) []candidate {
	picked := reviews(banks, study.Easiest(tasks), func(study.Card) rung { return three })
	return picked[:min(len(picked), EasyOnes)]
}

// Easy lists what a review wished easy has.
func Easy(banks []bank.Contents, tasks []study.Task) []Asked { return listed(easy(banks, tasks)) }

// of lists the tasks wished for and how many answers they may take.
func (w Wish) of(a study.Agenda) ([]study.Task, float64) {
	answers := a.Rest
	if w.Minutes > 0 {
		answers = study.Fits(w.Minutes, a.Pace)
	}
	if w.Exam == 0 {
		return a.Tasks, answers
	}
	return a.For(w.Exam), answers
}

// Asked is a task with the question that asks for it.
type Asked struct {
	study.Task
	Ref questions.Ref
}

// Reviewable lists the tasks that a live question asks for, twins apart, as many as a
// review may have.
func Reviewable(banks []bank.Contents, tasks []study.Task, now time.Time) []Asked {
	return listed(reviews(banks, tasks, climbing(now)))
}

func listed(picked []candidate) (list []Asked) {
	for _, c := range picked {
		list = append(list, Asked{c.task, questions.Ref{Question: c.question.ID, Version: c.question.Latest}})
	}
	return list
}

// Within is the beginning of a list that fits into a number of answers, one at least.
func Within(list []Asked, answers float64) []Asked {
	return list[:len(study.Within(Tasks(list), answers).Tasks)]
}

// Tasks are those of a list.
func Tasks(list []Asked) []study.Task {
	tasks := make([]study.Task, len(list))
	for i, a := range list {
		tasks[i] = a.Task
	}
	return tasks
}

// fitting is Within for candidates.
func fitting(picked []candidate, answers float64) []candidate {
	tasks := make([]study.Task, len(picked))
	for i, c := range picked {
		tasks[i] = c.task
	}
	return picked[:len(study.Within(tasks, answers).Tasks)]
}

// reviews finds a question for each task on its rung, twins apart, at most longestReview.
func reviews(banks []bank.Contents, tasks []study.Task, on func(study.Card) rung) []candidate {
	asks, wanted := asking(banks), map[questions.FactID]study.Card{}
	for _, t := range tasks {
		wanted[t.Fact] = t.Card
	}
	room := newRoom(nil)
	var picked []candidate
	for _, t := range tasks {
		if len(picked) == longestReview {
			break
		}
		for _, c := range climb(within(asks[t.Fact], wanted), on(t.Card), t.Card) {
			if room.takes(c) {
				c.card, c.task = t.Card, t
				picked = append(picked, c)
				break
			}
		}
	}
	return picked
}

// interleaved spreads new facts evenly among those that have been met, which keep their
// order.
func interleaved(picked []candidate) []candidate {
	var fresh, known []candidate
	for _, c := range picked {
		if c.card.Seen() {
			known = append(known, c)
		} else {
			fresh = append(fresh, c)
		}
	}
	mixed := make([]candidate, 0, len(picked))
	for i, c := range known {
		mixed = append(mixed, c)
		for len(fresh) > 0 && (len(mixed)-i)*len(known) <= (i+1)*(len(picked)-len(known)) {
			mixed, fresh = append(mixed, fresh[0]), fresh[1:]
		}
	}
	return append(mixed, fresh...)
}

// asking lists the questions for each fact.
func asking(banks []bank.Contents) map[questions.FactID][]candidate {
	asks := map[questions.FactID][]candidate{}
	for _, c := range banks {
		twins := twinsOf(c)
		for _, q := range c.Questions {
			for _, f := range q.Facts {
				asks[f] = append(asks[f], candidate{contents: c, question: q, twins: twins(q.Facts)})
			}
		}
	}
	return asks
}

// within leaves out questions that also ask for facts that are not wanted now, not
// due or not yet to be met, unless there are no others, and marks those whose facts are
// not equally firm.
func within(forms []candidate, wanted map[questions.FactID]study.Card) []candidate {
	var fit []candidate
	for _, c := range forms {
		if !slices.ContainsFunc(c.question.Facts, func(f questions.FactID) bool { _, ok := wanted[f]; return !ok }) {
			c.uneven = uneven(c.question.Facts, wanted)
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		return forms
	}
	return fit
}

// Again begins a retry of what was wrong in a finished sitting and returns its
// number; fault.Missing when nothing was. The same token begins it once.
func (h Host) Again(ctx context.Context, who people.Person, n int, token string) (int, error) {
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	past, err := h.Store.Sitting(ctx, who.ID, n)
	if err != nil {
		return 0, err
	}
	rng := h.Rand()
	var items []Item
	for _, it := range past.Missed() {
		v, err := h.Shelf.Version(ctx, it.Ref)
		if err != nil {
			return 0, err
		}
		items = append(items, Item{Ref: it.Ref, Bank: it.Bank, Lexicon: it.Lexicon,
			Order: shown(v, len(it.Order), rng), Facts: it.Facts})
	}
	if !past.Done() || len(items) == 0 {
		return 0, fault.New(fault.Missing, "fault.nothing_wrong")
	}
	p, err := h.Coach.Preparing(ctx, who, h.Now())
	if err != nil {
		return 0, err
	}
	return h.begin(ctx, p, Sitting{Mode: Retry, Of: n, Items: items}, token)
}

// AsksFor tells whether the item asks for one of the facts.
func (it Item) AsksFor(facts []questions.FactID) bool {
	return slices.ContainsFunc(it.Facts, func(f questions.FactID) bool { return slices.Contains(facts, f) })
}

// Once returns the items that are not asked again in the sitting.
func (s Sitting) Once() []Item {
	return slices.DeleteFunc(slices.Clone(s.Items), func(it Item) bool { return it.Again })
}

// First returns the items that count: those not asked again in the sitting, nor left out
// by a ruling.
func (s Sitting) First() []Item {
	return slices.DeleteFunc(s.Once(), func(it Item) bool { return it.Verdict == questions.Void })
}

// Missed returns the items whose first answer was not fully right.
func (s Sitting) Missed() []Item {
	var missed []Item
	for _, it := range s.First() {
		if it.State == Closed && it.Credit < 1 {
			missed = append(missed, it)
		}
	}
	return missed
}

// Left tells whether an item was closed without an answer.
func (it Item) Left() bool { return it.State == Closed && it.Seq == 0 }

// Next returns the first item that waits for an answer.
func (s Sitting) Next() (Item, bool) {
	for _, it := range s.Items {
		if it.State != Closed && it.State != Given {
			return it, true
		}
	}
	return Item{}, false
}
