package web

import (
	"strconv"

	"thaw/app/report"
	"thaw/questions"
	"thaw/views"
	"thaw/views/ui"
)

// todayShow is home for whoever is known: one sentence, one button.
func (s *Server) todayShow(c *Ctx) (views.Page, error) {
	o, err := s.Reporter.Overview(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	latest, err := s.Host.Store.Latest(c.Context(), c.Person.ID, 5)
	if err != nil {
		return nil, err
	}
	p := views.Today{
		Due: o.Due, Minutes: o.Minutes, Empty: o.Seen == 0,
		Line: s.todayLine(c, o), Next: nextTime(c, o),
		Topics: topicScales(o.Topics),
		Quiz:   views.Form{Action: "/sittings", Token: newToken()},
		Recent: recent(c, latest),
	}
	if p.Off = o.Off && o.Due > 0; o.Due > 0 {
		p.Start = &views.Form{Action: "/reviews", Token: newToken()}
	}
	for _, sitting := range latest {
		if !sitting.Done() && p.Resume == nil {
			p.Resume = &views.Link{Text: c.Say("today.resume", sitting.Closed, sitting.Count), URL: sittingPath(sitting.N)}
		}
	}
	for _, t := range o.Topics {
		p.QuizTopics = append(p.QuizTopics, views.Option{Value: strconv.FormatInt(int64(t.ID), 10), Text: t.Title})
	}
	if !c.Person.Known() {
		p.Claim = "/sign-up"
	}
	return p, nil
}

// todayLine is the one sentence: what the minutes keep, or that it is enough.
func (s *Server) todayLine(c *Ctx, o report.Overview) string {
	switch {
	case o.Seen == 0:
		return c.Say("today.new")
	case o.Due > 0 && o.Off:
		return c.Say("today.off", o.Due)
	case o.Due > 0:
		return c.Say("today.due", o.Minutes, o.Due)
	case o.Pause:
		return c.Say("today.pause")
	}
	return c.Say("today.done")
}

// nextTime says when a return is useful.
func nextTime(c *Ctx, o report.Overview) string {
	if o.Next.IsZero() {
		return ""
	}
	key := "today.next"
	if o.Due > 0 && !o.Off {
		key = "today.after"
	}
	return c.Say(key, on(c.Person, o.Now, o.Next), o.NextMin)
}

// topicScales counts the facts of each topic by thaw step.
func topicScales(topics []report.Topic) []views.TopicThaw {
	scales := make([]views.TopicThaw, len(topics))
	for i, t := range topics {
		scales[i] = views.TopicThaw{Title: t.Title, Facts: len(t.Facts)}
		for _, f := range t.Facts {
			scales[i].Counts[ui.Scale(f.Recall, f.Stability, f.Seen)]++
		}
	}
	return scales
}

// topicID reads a topic of a form; what is none means all topics.
func topicID(value string) questions.TopicID {
	id, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0
	}
	return questions.TopicID(id)
}
