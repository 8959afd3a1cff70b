package web

import (
	"slices"
	"strconv"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/text"
)

// examShow is one exam: ahead with what brings more, or over with what follows.
func (s *Server) examShow(c *Ctx) (views.Page, error) { return s.examPage(c, nil) }

func (s *Server) examPage(c *Ctx, err error) (views.Page, error) {
	o, loadErr := s.Reporter.Overview(c.Context(), c.Person)
	if loadErr != nil {
		return nil, loadErr
	}
	i := slices.IndexFunc(o.Exams, func(e study.Exam) bool { return e.N == c.Int("n") })
	if i < 0 {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	e := o.Exams[i]
	form := examForm(c, o, e, err)
	form.Ask = views.Form{Action: examPath(e.N)}
	if e.Over(o.Now) {
		return s.examOver(c, o, e, form, err), nil
	}
	j := slices.IndexFunc(o.Ready, func(r study.Ready) bool { return r.N == e.N })
	p, loadErr := s.examAhead(c, o, o.Ready[j])
	p.Form, p.Open = form, err != nil
	return p, loadErr
}

// examAhead is an exam to prepare for.
func (s *Server) examAhead(c *Ctx, o report.Overview, r study.Ready) (views.Exam, error) {
	day, hour := c.dayAndHour(r.At)
	stands := r.Stands()
	p := views.Exam{Heading: r.Title, When: c.Say("exam.when", day, hour, when(c.Person, o.Now, r.At)), About: aboutExam(c, r),
		Stands: c.Say("exam.stands", rounded(stands.Mean), stands.N, stands.Low, stands.High),
		Number: strconv.Itoa(r.N), Drop: examPath(r.N) + "/remove", Back: views.Link{Text: c.Say("exam.list"), URL: "/exams"}}
	if f, ok := r.Kept(); ok {
		p.Kept = c.Say("exam.kept", c.Person.Minutes, rounded(f.Mean), f.N, f.Low, f.High)
		p.Load = planned(c, o, r)
	}
	if len(r.All) > 0 {
		p.Quiz = &views.Form{Action: examPath(r.N) + "/quiz", Token: newToken()}
	}
	tasks := quiz.Reviewable(o.Banks, o.Agenda.For(r.N), o.Now)
	p.Line = s.examLine(c, o, r, tasks)
	if len(tasks) == 0 {
		return p, nil
	}
	p.Start, p.Minutes = &views.Form{Action: "/reviews", Token: newToken()}, spending(c, tasks, o.Pace)
	var err error
	p.Reasons, err = s.reasons(c, tasks, o)
	return p, err
}

func aboutExam(c *Ctx, r study.Ready) string {
	unmet := len(r.All) - len(r.Met)
	switch {
	case len(r.All) == 0:
		return c.Say("exam.about_none")
	case unmet == 0:
		return c.Say("exam.about_met", len(r.All))
	}
	return c.Say("exam.about", len(r.All), unmet)
}

// examLine says what the best next minutes bring, or that there are none.
func (s *Server) examLine(c *Ctx, o report.Overview, r study.Ready, tasks []quiz.Asked) string {
	if len(tasks) > 0 {
		best := study.Within(quiz.Tasks(tasks), study.Fits(c.Person.Minutes, o.Pace))
		minutes := study.Minutes(best.Answers, o.Pace)
		if best.Rise >= .05 {
			return c.Say("exam.best", minutes, len(best.Tasks), text.Tenths(c.Lang(), best.Rise))
		}
		return c.Say("exam.best_few", minutes, len(best.Tasks))
	}
	switch days, answers, ok := r.Next(); {
	case r.Left == 0:
		return c.Say("exam.today")
	case r.Left > study.Reach:
		return c.Say("exam.begins", c.date((r.Day - study.Reach).Date()))
	case r.Left == 1:
		return c.Say("exam.sleep")
	case ok:
		at := study.Calendar(c.Person.Location()).Begin(o.Today + fsrs.Day(days)) // #nosec G115 -- at most Reach
		return c.Say("exam.enough", on(c.Person, o.Now, at), study.Minutes(answers, o.Pace))
	}
	return c.Say("exam.done")
}

// spending offers minutes: those wanted for the day first, then usual ones, if there is
// enough to do for them.
func spending(c *Ctx, tasks []quiz.Asked, pace time.Duration) []views.Option {
	list := []views.Option{{Value: strconv.Itoa(c.Person.Minutes), Text: c.Say("today.start"), Chosen: true}}
	all := study.Minutes(study.Answers(quiz.Tasks(tasks)), pace)
	for _, n := range people.UsualMinutes {
		if n != c.Person.Minutes && n < all {
			list = append(list, views.Option{Value: strconv.Itoa(n), Text: c.Say("exam.minutes", n)})
		}
	}
	return list
}

// planned draws the minutes of the days until an exam.
func planned(c *Ctx, o report.Overview, r study.Ready) *chart.Bars {
	b := &chart.Bars{Lang: c.Lang(), ID: "load", Title: c.Say("exam.load"), Area: chart.Plan}
	for d := range r.Left {
		label := text.Day(c.Lang(), (o.Today + fsrs.Day(d)).Date())
		b.Days = append(b.Days, chart.Day{Label: label, N: rounded(r.Plan.Load(d) * o.Pace.Minutes()), Today: d == 0})
	}
	return b
}

// examOver is an exam that is behind somebody.
func (s *Server) examOver(c *Ctx, o report.Overview, e study.Exam, form views.ExamForm, err error) views.ExamOver {
	day, hour := c.dayAndHour(e.At)
	p := views.ExamOver{Heading: e.Title, When: c.Say("exam.was", day, hour), Foretold: c.Say("exam.foretold_none"), Told: e.Result.Told,
		Tell: views.Form{Action: examPath(e.N) + "/result"}, Right: c.field("right", err), Of: c.field("of", err),
		Settle: views.Form{Action: examPath(e.N) + "/later"}, Keep: c.Say("exam.keep", study.Upkeep(e.Held(o.Banks, o.Cards), o.Pace)),
		Form: form, Drop: examPath(e.N) + "/remove", Back: views.Link{Text: c.Say("exam.list"), URL: "/exams"}}
	f := e.Foretold
	if !f.Made.IsZero() {
		p.Foretold = c.Say("exam.foretold", rounded(f.Mean), f.N, f.Low, f.High)
	}
	if e.Result.Told {
		p.Result = examResult(c, e)
	}
	switch e.Later {
	case study.Keep:
		p.Settled = c.Say("exam.kept_on")
	case study.Rest:
		p.Settled = c.Say("exam.rests")
	}
	if p.Right.Error != "" {
		p.Error = c.fault(err)
	}
	p.Open = err != nil && p.Right.Error == ""
	return p
}

// examResult holds what was told against what had been foretold.
func examResult(c *Ctx, e study.Exam) string {
	r, f := e.Result, e.Foretold
	right, of := points(r.Right), points(r.Of)
	switch {
	case r.Of == 0:
		return c.Say("exam.unsaid")
	case f.Made.IsZero() || f.N == 0:
		return c.Say("exam.result_only", right, of, percent(r.Share()))
	}
	n := float64(f.N)
	return c.Say("exam.result", right, of, percent(r.Share()), percent(f.Mean/n), percent(float64(f.Low)/n), percent(float64(f.High)/n))
}
