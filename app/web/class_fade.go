package web

import (
	"slices"

	"thaw/app/report"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// classFade is what the class will still know of each topic in the weeks to come, nil
// while nothing has been met.
func classFade(c *Ctx, topics []report.Fade) *views.FadeMap {
	if !slices.ContainsFunc(topics, func(f report.Fade) bool { return f.Met > 0 }) {
		return nil
	}
	m := fadeMap(c, topics, false)
	m.Heading = c.Say("class.fade")
	return &m
}

// classLosing are the facts that the class is losing, by the questions that ask for them.
func classLosing(c *Ctx, list []report.Losing, versions map[questions.Ref]questions.Version) views.ClassLosing {
	l := views.ClassLosing{Line: c.Say("class.losing_none")}
	if len(list) > 0 {
		l.Line = c.Say("class.losing_line", len(list))
	}
	for _, f := range list {
		l.Rows = append(l.Rows, views.ClassLosingRow{Prompt: kind.Inline(kind.Line(versions[f.Ref])),
			Change: c.Say("class.losing_change", f.Pupils, percent(f.Now), percent(f.Soon))})
	}
	return l
}
