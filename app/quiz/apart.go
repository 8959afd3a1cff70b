package quiz

import (
	"context"
	"slices"

	"thaw/app/bank"
	"thaw/questions"
)

// tells are the give-aways of the banks that a session draws from.
type tells []bank.GiveAways

// tells loads the give-aways of banks.
func (h Host) tells(ctx context.Context, banks []bank.Contents) (tells, error) {
	all := make(tells, len(banks))
	for i, c := range banks {
		var err error
		if all[i], err = h.Shelf.GiveAways(ctx, c); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// gives lists the questions that one gives away.
func (t tells) gives(q questions.QuestionID) (list []questions.QuestionID) {
	for _, g := range t {
		list = append(list, g.Gives(q)...)
	}
	return list
}

// beside lists the questions that may not stand beside one in a quiz: it gives them away,
// or they give it away.
func (t tells) beside(q questions.QuestionID) []questions.QuestionID {
	list := t.gives(q)
	for _, g := range t {
		list = append(list, g.Given(q)...)
	}
	return list
}

// room is what a session has room for beside what stands in it already: each fact once,
// one of a twin group, and nothing that gives another away.
type room struct {
	tells
	facts map[questions.FactID]bool
	twins map[string]bool
	shut  map[questions.QuestionID]bool // given away, or giving away
}

func newRoom(t tells) room {
	return room{t, map[questions.FactID]bool{}, map[string]bool{}, map[questions.QuestionID]bool{}}
}

// takes tells whether there is room for a candidate, which then stands in the session.
func (r room) takes(c candidate) bool {
	taken := func(f questions.FactID) bool { return r.facts[f] }
	if r.shut[c.question.ID] || slices.ContainsFunc(c.question.Facts, taken) || slices.ContainsFunc(c.twins, func(t string) bool { return r.twins[t] }) {
		return false
	}
	for _, f := range c.question.Facts {
		r.facts[f] = true
	}
	for _, t := range c.twins {
		r.twins[t] = true
	}
	for _, q := range r.beside(c.question.ID) {
		r.shut[q] = true
	}
	return true
}

// unspoiled puts the candidates of a review, in which what is due is not left out, so that
// none is given away by one before it: those that are given away come first, those that
// give away last, and what gives nothing keeps its place between them. Of questions that
// give away each other the later ones wait for another review.
func unspoiled(picked []candidate, t tells) []candidate {
	in := map[questions.QuestionID]bool{}
	picked = slices.DeleteFunc(slices.Clone(picked), func(c candidate) bool {
		in[c.question.ID] = true
		if t.reaches(c.question.ID, c.question.ID, in, map[questions.QuestionID]bool{}) {
			delete(in, c.question.ID)
		}
		return !in[c.question.ID]
	})
	given, depth := map[questions.QuestionID]bool{}, map[questions.QuestionID]int{}
	for _, c := range picked {
		for _, v := range t.gives(c.question.ID) {
			given[v] = true
		}
	}
	place := func(c candidate) int {
		d := t.depth(c.question.ID, in, depth)
		if d == 0 && !given[c.question.ID] {
			return 1
		}
		return 2 * d
	}
	slices.SortStableFunc(picked, func(a, b candidate) int { return place(a) - place(b) })
	return picked
}

// reaches tells whether a question gives away another one, directly or through others that
// are in the session.
func (t tells) reaches(from, to questions.QuestionID, in, been map[questions.QuestionID]bool) bool {
	for _, v := range t.gives(from) {
		if !in[v] || been[v] {
			continue
		}
		been[v] = true
		if v == to || t.reaches(v, to, in, been) {
			return true
		}
	}
	return false
}

// depth is how long a row of questions that give away one another ends with a question.
func (t tells) depth(q questions.QuestionID, in map[questions.QuestionID]bool, known map[questions.QuestionID]int) int {
	if d, ok := known[q]; ok {
		return d
	}
	d := 0
	for _, v := range t.gives(q) {
		if in[v] {
			d = max(d, 1+t.depth(v, in, known))
		}
	}
	known[q] = d
	return d
}
