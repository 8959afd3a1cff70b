package web

import (
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/views"
	"thaw/views/text"
)

// progressShow says what is known, how that fades and what it asks for, and how it has
// gone.
func (s *Server) progressShow(c *Ctx) (views.Page, error) {
	o, err := s.Reporter.Progress(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	latest, err := s.Host.Store.Latest(c.Context(), c.Person.ID, report.Lookback)
	if err != nil {
		return nil, err
	}
	o.Foresight = report.Foresee(latest)
	p, err := s.progressOf(c, o, c.Person, true)
	p.Next, p.Sittings, p.Sentence = usefulTime(c, o.Overview), recent(c, latest[:min(len(latest), listed)]), c.Say("progress.empty")
	if o.Seen > 0 {
		e := o.Expect
		p.Sentence = c.Say("progress.sentence", int(e.Mean+0.5), e.N, (e.High-e.Low+1)/2)
	}
	return p, err
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

// progressOf is what a report says about a learner, whoever reads it; what leads to
// studying is for the learner's own eyes.
func (s *Server) progressOf(c *Ctx, o report.Progress, who people.Person, own bool) (p views.Progress, err error) {
	p = views.Progress{Due: o.Wants, Empty: o.Seen == 0, Foresight: foresight(c, o.Foresight)}
	if p.Empty {
		return p, nil
	}
	p.Recall, p.RecallNote = recallRate(c, o.Recall)
	if !o.Recall.Sure() && who.Weights == (fsrs.Weights{}) {
		p.Basis = basedOn(c, o.Recall.Of)
	}
	p.Fade, p.Calendar, p.Mixups = fadeMap(c, o.Fades, own), calendar(c, o), mixedUp(c, o.Mixups, own)
	p.Rates, p.RatesNote = rates(c, o)
	p.Ahead, p.AheadLines = workAhead(c, o, own)
	p.Weeks, p.WeeksLine = timeSpent(c, o)
	p.Leaving, err = s.leaving(c, o, own)
	return p, err
}

// basedOn says that a forecast goes by how most people remember, after so many reviews.
func basedOn(c *Ctx, reviews int) string {
	if reviews == 0 {
		return c.Say("progress.basis_none")
	}
	return c.Say("progress.basis_few", reviews)
}

// recallRate states the share of reviews remembered; with too few of them it says nothing.
func recallRate(c *Ctx, r report.Rate) (rate, note string) {
	if !r.Sure() {
		return "", ""
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
	case s.Waits():
		return c.Say("sitting.handed")
	case s.Over(c.now):
		return c.Say("sitting.over", s.Closed+s.Given, s.Count)
	}
	return c.Say("sitting.open", s.Closed+s.Given, s.Count)
}
