package web

import (
	"strconv"

	"thaw/app/report"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/text"
)

// first is how many pupils, and how many questions, stand in each block of what a teacher
// looks at first.
const first = 5

// monday is what a teacher looks at first.
func monday(c *Ctx, r report.Class, faulty []report.Item, versions map[questions.Ref]questions.Version) *views.Monday {
	path := classPath(r.Class.ID)
	m := &views.Monday{Needs: c.Say("monday.needs_none"), Losing: classLosing(c, r.Losing, versions), Faulty: c.Say("monday.faulty_none"), Lens: path + "/questions"}
	if n := len(r.Needs); n > first {
		m.Needs = c.Say("monday.needs_first", n, first)
	} else if n > 0 {
		m.Needs = c.Say("monday.needs", n)
	}
	for _, n := range r.Needs[:min(len(r.Needs), first)] {
		m.Pupils = append(m.Pupils, views.NeedRow{Name: n.Name, URL: pupilPath(n.Member), Why: needLine(c, r, n)})
	}
	if len(r.Losing) > 0 {
		m.Starter = path + "/starter"
	}
	if n := len(faulty); n > 0 {
		m.Faulty = c.Say("monday.faulty", n)
	}
	for _, i := range faulty[:min(len(faulty), first)] {
		m.Questions = append(m.Questions, views.FaultyRow{Prompt: kind.Inline(kind.Line(i.Version)), URL: lensPath(i.Version.Question) + "?class=" + r.Class.ID.String(),
			Why: lensSigns(c, i)[0].Line})
	}
	inbox := "/inbox?class=" + r.Class.ID.String()
	if r.Rights > 0 {
		m.Inbox = append(m.Inbox, views.Link{Text: c.Say("monday.rights", r.Rights), URL: inbox})
	}
	if r.Reports > 0 {
		m.Inbox = append(m.Inbox, views.Link{Text: c.Say("monday.reports", r.Reports), URL: inbox})
	}
	return m
}

// needLine says why a pupil needs the teacher.
func needLine(c *Ctx, r report.Class, n report.Needy) string {
	whole := func(x float64) string { return strconv.Itoa(int(x + 0.5)) }
	switch n.Need {
	case report.Stopped:
		return c.Say("monday.stopped", lastAnswer(c, r, n.Pupil))
	case report.Slipping:
		return c.Say("monday.slipping", whole(n.Know.Mean), n.Know.Met)
	case report.Lagging:
		return c.Say("monday.lagging", whole(n.Know.Mean), whole(n.Know.Low), whole(n.Know.High), whole(n.Class))
	case report.TooSure:
		return c.Say("monday.sure", n.Sure.Hits, n.Sure.Of)
	}
	return c.Say("monday.absent", c.ago(n.Joined))
}

// lastAnswer says when a pupil answered last.
func lastAnswer(c *Ctx, r report.Class, p report.Pupil) string {
	return text.Ago(c.Lang(), r.Today.Date(), p.Last.Date(), int(r.Today-p.Last), p.Last.Date().Location())
}
