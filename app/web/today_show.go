package web

import (
	"strconv"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/views"
	"thaw/views/text"
	"thaw/views/ui"
)

// todayShow is home for whoever is known: one sentence, one button.
func (s *Server) todayShow(c *Ctx) (views.Page, error) {
	o, err := s.Reporter.Overview(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	list, latest, err := s.Host.Work.Desk(c.Context(), c.Person.ID, 5)
	if err != nil {
		return nil, err
	}
	h := homework{list, o.Banks}
	if o.Back != nil {
		p := backPage(c, o)
		p.Tasks, p.Work = h.open(c)
		return p, nil
	}
	p := views.Today{
		Due: o.Due, Minutes: o.Minutes, Empty: o.Seen == 0,
		Line: s.todayLine(c, o), Next: nextTime(c, o),
		Topics: topicScales(o.Topics),
		Quiz:   views.Form{Action: "/sittings", Token: newToken()},
		Recent: recent(c, latest),
	}
	p.Tasks, p.Homework = h.open(c)
	p.Off = o.Off && o.Due > 0
	if o.Due+o.More > 0 {
		p.Start, p.Spend = &views.Form{Action: "/reviews", Token: newToken()}, todaysMinutes(c, o)
	}
	if len(p.Tasks) > 0 {
		p.Spend = plain(p.Spend)
	}
	if p.Why, err = s.reasons(c, o.Tasks, o); err != nil {
		return nil, err
	}
	p.Exams, p.Went = todaysExams(c, o), wents(c, o)
	for _, sitting := range latest {
		if !sitting.Done() && !sitting.Waits() && p.Resume == nil {
			p.Resume = &views.Link{Text: c.Say("today.resume", sitting.Closed+sitting.Given, sitting.Count), URL: sittingPath(sitting.N)}
			if sitting.Over(s.Now()) {
				p.Resume.Text = c.Say("today.resume_over")
			}
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

// plain are choices of which none is the main one.
func plain(list []views.Option) []views.Option {
	for i := range list {
		list[i].Chosen = false
	}
	return list
}

// todaysMinutes offers what is wanted for today, if anything of it is left, and minutes
// to choose from.
func todaysMinutes(c *Ctx, o report.Overview) []views.Option {
	var list []views.Option
	if o.Due > 0 {
		list = append(list, views.Option{Text: c.Say("today.start"), Chosen: !o.Off})
	}
	for _, n := range people.UsualMinutes {
		if o.Due == 0 || o.More > 0 || n < o.Minutes {
			list = append(list, views.Option{Value: strconv.Itoa(n), Text: c.Say("exam.minutes", n)})
		}
	}
	return list
}

// shownExams is how many exams stand on the first page.
const shownExams = 3

// todaysExams are the next ones, with what is to be expected.
func todaysExams(c *Ctx, o report.Overview) []views.TodayExam {
	var list []views.TodayExam
	for _, r := range o.Ready[:min(len(o.Ready), shownExams)] {
		f := r.Stands()
		_, hour := c.dayAndHour(r.At)
		line := c.Say("today.exam_line", on(c.Person, o.Now, r.At), hour, rounded(f.Mean), f.N, f.Low, f.High)
		tasks := quiz.Reviewable(o.Banks, o.Agenda.For(r.N), o.Now)
		if best := study.Within(quiz.Tasks(tasks), study.Fits(c.Person.Minutes, o.Pace)); best.Rise >= .05 {
			line += " · " + c.Say("today.exam_best", study.Minutes(best.Answers, o.Pace), text.Tenths(c.Lang(), best.Rise))
		}
		list = append(list, views.TodayExam{Title: c.Say("today.exam", r.Title), Line: line, URL: examPath(r.N)})
	}
	return list
}

// wents are the exams that are over and of which nothing has been told.
func wents(c *Ctx, o report.Overview) []views.Link {
	var list []views.Link
	for _, e := range o.Exams {
		if e.Over(o.Now) && !e.Result.Told && e.Later == study.Unsaid {
			list = append(list, views.Link{Text: c.Say("today.exam", e.Title), URL: examPath(e.N)})
		}
	}
	return list
}

// todayLine is the one sentence: what the minutes keep, or that it is enough.
func (s *Server) todayLine(c *Ctx, o report.Overview) string {
	switch {
	case o.Seen == 0:
		return c.Say("today.new")
	case o.Due > 0 && o.Off:
		return c.Say("today.off", o.Due)
	case o.Due > 0 && o.Fresh == o.Due:
		return c.Say("today.fresh", o.Minutes, o.Fresh)
	case o.Due > 0 && o.Fresh > 0:
		return c.Say("today.due_fresh", o.Minutes, o.Due-o.Fresh, o.Fresh)
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
