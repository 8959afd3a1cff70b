package web

import (
	"strconv"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/views"
)

// quizShow is where a quiz is chosen.
func (s *Server) quizShow(c *Ctx) (views.Page, error) {
	banks, err := s.Shelf.For(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	p := views.Quiz{Ask: views.Form{Action: "/sittings", Token: newToken()}, Longer: longer(c)}
	for _, b := range banks {
		for _, t := range b.Topics {
			p.Topics = append(p.Topics, views.Option{Value: number(t.ID), Text: t.Title})
		}
	}
	p.Tags = tagOptions(banks, nil)
	for _, from := range quiz.Froms() {
		p.From = append(p.From, views.Option{Value: string(from), Text: c.Say("quiz.from_" + fromKey(from))})
	}
	for _, n := range quiz.Sizes {
		p.Sizes = append(p.Sizes, views.Option{Value: strconv.Itoa(n), Text: c.Say("quiz.n_of", n), Chosen: n == 10})
	}
	for _, m := range []quiz.Mode{quiz.Tutor, quiz.Exam, quiz.Cram} {
		p.Modes = append(p.Modes, views.Option{Value: string(m), Text: c.Say("quiz.mode_" + string(m))})
	}
	p.Limits = []views.Option{{Text: c.Say("quiz.limit_none")}}
	for _, n := range quiz.Limits {
		p.Limits = append(p.Limits, views.Option{Value: strconv.Itoa(n), Text: c.Say("quiz.limit_of", n)})
	}
	return p, nil
}

// tagOptions are the tags of banks, to choose questions by.
func tagOptions(banks []bank.Contents, chosen []string) []views.Option {
	var all []string
	for _, b := range banks {
		all = append(all, b.Tags()...)
	}
	var list []views.Option
	set := bank.AnyOf(chosen)
	for _, tag := range bank.SortTags(append(all, chosen...)) {
		list = append(list, views.Option{Value: tag, Text: tag, Chosen: len(set) > 0 && set.Has([]string{tag})})
	}
	return list
}

// fromKey is what a source is called in the catalogue.
func fromKey(f quiz.From) string {
	if f == quiz.All {
		return "all"
	}
	return string(f)
}

// longer says what a person's setting does to a time limit.
func longer(c *Ctx) string {
	switch c.Person.MoreTime {
	case 0:
		return ""
	case people.NoLimits:
		return c.Say("quiz.unlimited")
	}
	return c.Say("quiz.longer", c.Person.MoreTime)
}
