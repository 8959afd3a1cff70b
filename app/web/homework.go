package web

import (
	"math"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/views"
)

// homework is what somebody has been given, beside the banks that they study.
type homework struct {
	list  []quiz.Homework
	banks []bank.Contents
}

// homeworkShow lists all that somebody has been given.
func (s *Server) homeworkShow(c *Ctx) (views.Page, error) {
	banks, err := s.Shelf.For(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Host.Work.Homework(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	h, p := homework{list, banks}, views.Homework{}
	for _, w := range h.list {
		t, stage := h.task(c, w)
		switch stage {
		case quiz.Early:
			p.Later = append(p.Later, t)
		case quiz.Ready, quiz.Begun:
			p.Open = append(p.Open, t)
		default:
			p.Behind = append(p.Behind, t)
		}
	}
	return p, nil
}

// shownTasks is how many tasks stand on the first page.
const shownTasks = 5

// open lists what can be done now, with its main button on the first.
func (h homework) open(c *Ctx) (list []views.Task, all string) {
	for _, w := range h.list {
		if t, stage := h.task(c, w); (stage == quiz.Ready || stage == quiz.Begun) && len(list) < shownTasks {
			t.Main = len(list) == 0
			list = append(list, t)
		}
	}
	if len(h.list) > 0 {
		all = "/assignments"
	}
	return list, all
}

// take begins the work of an assignment.
func take(w quiz.Homework) *views.Form {
	return &views.Form{Action: assignPath(w.Class, w.N) + "/take", Token: newToken()}
}

// task is one thing to do, and how far it is.
func (h homework) task(c *Ctx, w quiz.Homework) (views.Task, quiz.Stage) {
	if w.Kind == quiz.Sat {
		return h.sat(c, w)
	}
	return h.practised(c, w)
}

// sat is a quiz to sit.
func (h homework) sat(c *Ctx, w quiz.Homework) (views.Task, quiz.Stage) {
	s := w.Stand(w.Mine, c.now)
	t := views.Task{Title: w.Title, Class: w.Name, Line: h.line(c, w, c.Say("work.questions", w.Asks(h.banks)), limited(c, w)), Notes: notes(c, w, s)}
	if s.May || s.Open > 0 {
		t.Do = take(w)
		t.Button = c.Say(map[quiz.Stage]string{quiz.Begun: "work.go_on", quiz.Done: "work.again"}[s.Stage])
		if s.Stage == quiz.Ready {
			t.Button = c.Say("work.begin")
		}
	}
	if s.Latest > 0 {
		t.Look = &views.Link{Text: c.Say("work.see"), URL: sittingPath(s.Latest)}
	}
	return t, s.Stage
}

// line says when it is due, and how much it is.
func (h homework) line(c *Ctx, w quiz.Homework, parts ...string) string {
	all := []string{due(c, w.Assignment)}
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, " · ")
}

// due says when an assignment is due, in the pupil's zone, with the class's where the two
// differ.
func due(c *Ctx, a quiz.Assignment) string {
	exam := a.Kind == quiz.OnDate
	switch {
	case a.Due.IsZero():
		return c.Say("work.due_never")
	case a.OverDue(c.now) && exam:
		return zoned(c, a, a.Due, c.Say("work.was_on", c.moment(a.Due)))
	case a.OverDue(c.now):
		return zoned(c, a, a.Due, c.Say("work.was_due", c.moment(a.Due)))
	case exam:
		return zoned(c, a, a.Due, c.Say("work.exam", on(c.Person, c.now, a.Due), c.clock(a.Due)))
	}
	return zoned(c, a, a.Due, c.Say("work.due", on(c.Person, c.now, a.Due), c.clock(a.Due)))
}

// zoned adds the time where the class is, if that is another one.
func zoned(c *Ctx, a quiz.Assignment, at time.Time, said string) string {
	if sameHours(at, c.Person.Location(), a.Location()) {
		return said
	}
	return c.Say("work.in_zone", said, c.momentIn(at, a.Location()), a.Location().String())
}

// limited says how long somebody has, and how much of it is their own.
func limited(c *Ctx, w quiz.Homework) string {
	switch whole, own := w.Limit(c.Person); {
	case w.Minutes == 0:
		return ""
	case c.Person.MoreTime == people.NoLimits:
		return c.Say("work.no_limit")
	case own > 0:
		return c.Say("work.own_minutes", wholeMinutes(whole), w.Minutes, wholeMinutes(own))
	}
	return c.Say("work.minutes", w.Minutes)
}

// notes say how a pupil stands with a quiz.
func notes(c *Ctx, w quiz.Homework, s quiz.Standing) []string {
	var list []string
	say := func(is bool, key string, args ...any) {
		if is {
			list = append(list, c.Say(key, args...))
		}
	}
	switch {
	case s.Stage == quiz.Early:
		say(true, "work.opens", on(c.Person, c.now, w.Opens), c.clock(w.Opens))
	case s.Stage == quiz.Missed:
		say(true, "work.missed", c.moment(w.Due))
	case s.Waits && c.now.Before(w.Due):
		say(true, "work.waits", on(c.Person, c.now, w.Due), c.clock(w.Due))
	case s.Waits:
		say(true, "work.waits_now")
	}
	say(s.Score.Of > 0 && w.Counts == quiz.Mean && s.Used > 1, "work.score_mean", rounded(100*s.Score.Share))
	say(s.Score.Of > 0 && (w.Counts != quiz.Mean || s.Used < 2), "work.score", points(math.Round(100*s.Score.Points)/100), s.Score.Of, rounded(100*s.Score.Share))
	say(s.Late, "work.late")
	say(w.OverDue(c.now) && (s.May || s.Open > 0), "work.late_now", c.moment(w.Due))
	say(w.Tries > 1 && s.May && s.Used > 0, "work.left", w.Tries-s.Used, w.Tries)
	say(w.Tries > 1 && s.Used >= w.Tries && s.Open == 0, "work.used")
	return list
}

// practised is work that any practice counts for.
func (h homework) practised(c *Ctx, w quiz.Homework) (views.Task, quiz.Stage) {
	p := w.Practised(h.banks, w.Done, w.Joined)
	what := c.Say("work.facts_"+string(w.Kind), p.Of, p.Goal)
	if w.Kind == quiz.Minutes {
		what = c.Say("work.days", w.Minutes, w.Days)
	}
	t := views.Task{Title: w.Title, Class: w.Name, Line: h.line(c, w, what), Notes: []string{c.Say("work.got_"+string(w.Kind), p.Got, p.Goal)}}
	if w.Kind == quiz.OnDays {
		for i, n := range p.Days {
			t.Rings = append(t.Rings, views.Ring{Got: n, Of: quiz.ThreeDays, Label: c.Say("work.ring", i+1, n, quiz.ThreeDays)})
		}
	}
	if w.Kind == quiz.OnDate {
		t.Look = &views.Link{Text: c.Say("work.see_exam"), URL: "/exams"}
	}
	switch {
	case c.now.Before(w.Opens):
		t.Notes = []string{c.Say("work.opens", on(c.Person, c.now, w.Opens), c.clock(w.Opens))}
		return t, quiz.Early
	case p.Reached() && w.Kind != quiz.OnDate:
		t.Notes = append(t.Notes, c.Say("work.reached"))
		return t, quiz.Done
	case w.Closed(c.now):
		return t, quiz.Missed
	}
	t.Do, t.Button = take(w), c.Say("work.practise")
	return t, quiz.Ready
}

// assignTake begins a try at an assignment, or goes on with it.
func (s *Server) assignTake(c *Ctx) (string, error) {
	n, err := s.Host.Take(c.Context(), c.Person, c.class(), c.Int("a"), c.Form("token"))
	return sittingPath(n), err
}

// handed is the page of an exam that is held back.
func handed(c *Ctx, s quiz.Sitting) views.Handed {
	given := 0
	for _, it := range s.Items {
		if it.State == quiz.Given {
			given++
		}
	}
	p := views.Handed{Line: c.Say("handed.line", given, s.Count), When: c.Say("handed.soon"), Back: views.Link{Text: c.Say("handed.back"), URL: "/today"}}
	if c.now.Before(s.Held) {
		p.When = c.Say("handed.when", on(c.Person, c.now, s.Held), c.clock(s.Held))
	}
	return p
}
