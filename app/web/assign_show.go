package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/views"
)

// assignShow is how the pupils of a class stand with an assignment.
func (s *Server) assignShow(c *Ctx) (views.Page, error) { return s.assignPage(c, nil) }

func (s *Server) assignPage(c *Ctx, tried error) (views.Page, error) {
	a, err := s.assignment(c)
	if err != nil {
		return nil, err
	}
	k, err := s.book(c, []quiz.Assignment{a}, a.N)
	if err != nil {
		return nil, err
	}
	path := assignPath(a.Class, a.N)
	p := views.Assignment{Class: a.Name, Heading: a.Title, Back: assignsPath(a.Class), Line: c.Say("assign.row", workOf(c, a, k.banks), dueOf(c, a)),
		How: strings.Join(assignLines(c, a), " "), Edit: path + "/edit", Remove: path + "/remove", Error: c.fault(tried), Sum: c.Say("assign.sum_none")}
	p.Columns = []string{c.Say("assign.col_state"), c.Say("assign.col_got")}
	if a.Kind == quiz.Sat {
		p.TryOut = &views.Form{Action: path + "/try", Token: newToken()}
		p.Own = assignsPath(a.Class) + "/new?own=1&from=" + earlierKey(a)
		p.Columns = []string{c.Say("assign.col_state"), c.Say("assign.col_score"), c.Say("assign.col_tries"), c.Say("assign.col_minutes")}
	}
	done := 0
	for _, t := range k.takers {
		row := views.TakerRow{Name: t.Name, URL: pupilPath(t.Member)}
		e := k.entry(a, t, c.now)
		if e.done {
			done++
		}
		row.Cells = e.cells(c)
		p.Rows = append(p.Rows, row)
	}
	if len(k.takers) > 0 {
		p.Sum = c.Say("assign.sum", done, len(k.takers))
	}
	return p, nil
}

// assignLines say when an assignment opens, and how it is sat.
func assignLines(c *Ctx, a quiz.Assignment) []string {
	var lines []string
	say := func(is bool, key string, args ...any) {
		if is {
			lines = append(lines, c.Say(key, args...))
		}
	}
	say(a.Opens.After(c.now), "assign.opens_at", c.momentIn(a.Opens, a.Location()))
	say(len(a.Tags) > 0, "assign.line_tags", joinTags(a.Tags))
	say(a.Late && !a.Due.IsZero(), "assign.line_late")
	say(a.Kind == quiz.Sat, "assign.line_reveal_"+revealKey(a.Reveal))
	say(a.Kind == quiz.Sat && a.Minutes > 0, "assign.line_limit", a.Minutes)
	say(a.Kind == quiz.Sat && a.Tries > 0, "assign.line_tries", a.Tries)
	say(a.Kind == quiz.Sat && a.Tries != 1, "assign.line_counts_"+string(a.Counts))
	return lines
}

// book is what is known of how the pupils of a class stand with what they were given.
type book struct {
	banks   []bank.Contents
	takers  []quiz.Taker
	studied map[questions.LearnerID][]quiz.Studied
}

// book loads it for some assignments of a class; n is one of them, 0 all.
func (s *Server) book(c *Ctx, list []quiz.Assignment, n int) (k book, err error) {
	if k.takers, err = s.Host.Work.Taken(c.Context(), c.Person.ID, c.class(), n); err != nil {
		return k, err
	}
	if k.banks, err = s.Shelf.For(c.Context(), c.Person.ID); err != nil {
		return k, err
	}
	since, practised := time.Time{}, false
	for _, a := range list {
		if a.Kind == quiz.Sat {
			continue
		}
		if from := a.Opens; !practised || from.Before(since) {
			since = from
		}
		practised = true
	}
	if !practised {
		return k, nil
	}
	done, err := s.Host.Work.Studied(c.Context(), c.class(), since)
	k.studied = map[questions.LearnerID][]quiz.Studied{}
	for _, d := range done {
		k.studied[d.Pupil] = append(k.studied[d.Pupil], d)
	}
	return k, err
}

// entry is how one pupil stands with one assignment.
type entry struct {
	work     quiz.Assignment
	stand    quiz.Standing
	practice quiz.Practice
	open     quiz.Try // that goes on
	ended    time.Time
	spent    time.Duration // on answers, in all tries
	done     bool
	now      time.Time
}

func (k book) entry(a quiz.Assignment, t quiz.Taker, now time.Time) entry {
	e := entry{work: a, now: now}
	if a.Kind != quiz.Sat {
		e.practice = a.Practised(k.banks, k.studied[t.Learner], t.Joined)
		e.done = e.practice.Reached()
		return e
	}
	var tries []quiz.Try
	for _, try := range t.Tries {
		if try.Assignment == a.N {
			tries = append(tries, try)
		}
	}
	e.stand = a.Stand(tries, now)
	for _, try := range tries {
		e.spent += try.Took
		if try.Sitting == e.stand.Open {
			e.open = try
		}
		if try.Sitting == e.stand.Latest {
			e.ended = try.Ended()
			if e.ended.IsZero() {
				e.ended = try.Ends
			}
		}
	}
	e.done = e.stand.Latest > 0
	return e
}

// cells are the entry in the table of its assignment.
func (e entry) cells(c *Ctx) []string {
	if e.work.Kind != quiz.Sat {
		return []string{e.practiceState(c), e.got(c)}
	}
	return []string{e.state(c), e.result(c), strconv.Itoa(e.stand.Used), some(wholeMinutes(e.spent))}
}

func (e entry) state(c *Ctx) string {
	switch s := e.stand; {
	case s.Stage == quiz.Begun:
		return c.Say("assign.state_begun", e.open.Given, e.open.Count)
	case s.Stage == quiz.Done && s.Waits && s.Score.Of == 0:
		return c.Say("assign.state_waits")
	case s.Stage == quiz.Done && s.Late:
		return c.Say("assign.state_late", c.ago(e.ended))
	case s.Stage == quiz.Done:
		return c.Say("assign.state_done", c.ago(e.ended))
	}
	return c.Say("assign.state_" + string(e.stand.Stage))
}

func (e entry) result(c *Ctx) string {
	s := e.stand.Score
	if s.Of == 0 {
		return "–"
	}
	return c.Say("assign.score", rounded(100*s.Share), points(math.Round(100*s.Points)/100), s.Of)
}

func (e entry) practiceState(c *Ctx) string {
	switch p := e.practice; {
	case p.Reached() && p.Late:
		return c.Say("assign.state_reached_late")
	case p.Reached():
		return c.Say("assign.state_reached")
	case e.now.Before(e.work.Opens):
		return c.Say("assign.state_early")
	case e.work.Closed(e.now):
		return c.Say("assign.state_missed")
	case p.Got == 0 && !p.Begun():
		return c.Say("assign.state_open")
	}
	return c.Say("assign.state_going")
}

// got says how much of the practice is there.
func (e entry) got(c *Ctx) string {
	p := e.practice
	if e.work.Kind == quiz.Minutes {
		return c.Say("assign.got_days", p.Got, p.Goal)
	}
	line := c.Say("assign.got_facts", p.Got, p.Of)
	if e.work.Kind != quiz.OnDays {
		return line
	}
	var on [quiz.ThreeDays + 1]int
	for _, d := range p.Days {
		on[d]++
	}
	return c.Say("assign.rings", line, on[3], on[2], on[1])
}

// share is what the entry comes to, 0..1; ok is false where there is nothing yet.
func (e entry) share() (share float64, ok bool) {
	if e.work.Kind == quiz.Sat {
		return e.stand.Score.Share, e.stand.Score.Of > 0
	}
	p := e.practice
	if p.Goal == 0 || !p.Begun() && p.Got == 0 {
		return 0, false
	}
	return min(float64(p.Got)/float64(p.Goal), 1), true
}

// short is the entry in the gradebook.
func (e entry) short(c *Ctx) string {
	share, ok := e.share()
	switch {
	case ok && (e.stand.Late || e.practice.Late):
		return c.Say("assign.cell_late", rounded(100*share))
	case ok:
		return c.Say("assign.cell", rounded(100*share))
	case e.stand.Stage == quiz.Done:
		return c.Say("assign.cell_waits")
	case e.stand.Stage == quiz.Begun:
		return c.Say("assign.cell_begun")
	case e.stand.Stage == quiz.Missed || e.work.Kind != quiz.Sat && e.work.Closed(e.now):
		return c.Say("assign.cell_missed")
	}
	return "–"
}
