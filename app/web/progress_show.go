package web

import (
	"thaw/app/fsrs"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/text"
)

// progressShow says what is known, what is due, and how recall has been.
func (s *Server) progressShow(c *Ctx) (views.Page, error) {
	o, err := s.Reporter.Overview(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	latest, err := s.Host.Store.Latest(c.Context(), c.Person.ID, report.Lookback)
	if err != nil {
		return nil, err
	}
	o.Foresight = report.Foresee(latest)
	p := progressOf(c, o)
	p.Next, p.Sittings, p.Sentence = usefulTime(c, o), recent(c, latest[:min(len(latest), listed)]), c.Say("progress.empty")
	if o.Seen > 0 {
		e := o.Expect
		p.Sentence = c.Say("progress.sentence", int(e.Mean+0.5), e.N, (e.High-e.Low+1)/2)
	}
	return p, nil
}

// listed is how many sittings the page lists.
const listed = 10

// usefulTime says when a review is useful: now, where something is due.
func usefulTime(c *Ctx, o report.Overview) string {
	switch {
	case o.Due == 0 || o.Off:
		return nextTime(c, o)
	case o.Next.IsZero():
		return c.Say("progress.now", o.Minutes)
	}
	return c.Say("progress.now_then", o.Minutes, on(c.Person, o.Now, o.Next))
}

// progressOf is what a report says about a learner, whoever reads it.
func progressOf(c *Ctx, o report.Overview) views.Progress {
	p := views.Progress{Topics: topicScales(o.Topics), Due: o.Wants, Empty: o.Seen == 0, Days: answersPerDay(c, o)}
	p.Recall, p.RecallNote = recallRate(c, o.Recall)
	p.Foresight = foresight(c, o.Foresight)
	return p
}

// recallRate states the share of reviews remembered, or that there are too few.
func recallRate(c *Ctx, r report.Rate) (rate, note string) {
	if r.Of == 0 {
		return "", c.Say("progress.recall_none")
	}
	if !r.Sure() {
		return "", c.Say("progress.recall_few", r.Of)
	}
	return c.Say("progress.recall", percent(r.Share)),
		c.Say("progress.recall_note", percent(r.Low), percent(r.High), r.Of, percent(r.Expected))
}

// recent lists sittings, newest first.
func recent(c *Ctx, sittings []quiz.Sitting) []views.Row {
	rows := make([]views.Row, 0, len(sittings))
	for _, sitting := range sittings {
		note := howFar(c, sitting)
		if line := c.repaired(sitting.Repaired, sitting.Repaired.Right, sitting.Repaired.Of); line != "" {
			note += " · " + line
		}
		at := sitting.Started.In(c.Person.Location())
		rows = append(rows, views.Row{Note: note, URL: sittingPath(sitting.N),
			Text: c.Say("sitting."+string(sitting.Mode)) + ", " + text.Day(c.Person.Lang, at)})
	}
	return rows
}

// howFar says how a sitting went, or how much of it is answered.
func howFar(c *Ctx, s quiz.Sitting) string {
	switch r := s.Repaired; {
	case s.Done() && r.Of > 0:
		return c.Say("sitting.score", r.Right, r.Of)
	case s.Done():
		return c.Say("sitting.done", s.Count)
	case s.Over(c.now):
		return c.Say("sitting.over", s.Closed+s.Given, s.Count)
	}
	return c.Say("sitting.open", s.Closed+s.Given, s.Count)
}

// answersPerDay counts the answers of the last thirty study days.
func answersPerDay(c *Ctx, o report.Overview) chart.Bars {
	b := chart.Bars{Lang: c.Lang(), ID: "days", Title: c.Say("progress.days")}
	counts := map[fsrs.Day]int{}
	for _, d := range o.Days {
		counts[d.Day] = d.Answers
	}
	for day := o.Today - 29; day <= o.Today; day++ {
		label := text.Day(c.Lang(), day.Date())
		b.Days = append(b.Days, chart.Day{Label: label, N: counts[day], Today: day == o.Today})
	}
	return b
}
