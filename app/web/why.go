package web

import (
	"slices"

	"thaw/app/fsrs/plan"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// reasons says why each fact is on the list, by the question that will ask for it.
func (s *Server) reasons(c *Ctx, list []quiz.Asked, o report.Overview) (views.Reasons, error) {
	versions, err := s.Shelf.Versions(c.Context(), refsOf(list))
	if err != nil {
		return views.Reasons{}, err
	}
	var r views.Reasons
	for _, a := range list {
		r.Rows = append(r.Rows, views.Reason{Prompt: kind.Inline(kind.Line(versions[a.Ref])), Why: whyNow(c, a.Task, o)})
	}
	return r, nil
}

func refsOf(list []quiz.Asked) []questions.Ref {
	refs := make([]questions.Ref, len(list))
	for i, a := range list {
		refs[i] = a.Ref
	}
	return refs
}

// whyNow is the reason for one fact, with the numbers that put it on the list.
func whyNow(c *Ctx, t study.Task, o report.Overview) string {
	days := study.Calendar(c.Person.Location())
	switch t.Why {
	case plan.ForExam:
		return c.Say("why.exam", examTitle(o, t.Exam), percent(t.Soon), percent(min(t.Soon+t.Rise, 1)))
	case plan.Missed:
		return c.Say("why.missed")
	case plan.New:
		return c.Say("why.new")
	case plan.Long:
		return c.Say("why.long", int(o.Today-days.Day(t.Card.Last)), percent(t.Now))
	}
	return c.Say("why."+string(t.Why), percent(t.Now), percent(t.Soon))
}

func examTitle(o report.Overview, n int) string {
	i := slices.IndexFunc(o.Exams, func(e study.Exam) bool { return e.N == n })
	if i < 0 {
		return ""
	}
	return o.Exams[i].Title
}
