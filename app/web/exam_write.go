package web

import (
	"strconv"
	"strings"

	"thaw/app/fault"
	"thaw/app/study"
	"thaw/views"
)

// examSet changes what an exam is about and when.
func (s *Server) examSet(c *Ctx) (string, error) {
	e := c.readExam()
	e.N = c.Int("n")
	err := s.Coach.Move(c.Context(), c.Person, e)
	if formal(err) {
		return "", s.retry(c, s.examPage, err)
	}
	return examPath(e.N), err
}

// examQuiz begins a quiz on what an exam is about.
func (s *Server) examQuiz(c *Ctx) (string, error) {
	e, err := s.Coach.Exam(c.Context(), c.Person, c.Int("n"))
	if err != nil {
		return "", err
	}
	n, err := s.Host.Rehearse(c.Context(), c.Person, e, c.Form("token"))
	return itemPath(n, 1), err
}

// examResultTell takes how an exam went, or that nobody is to know.
func (s *Server) examResultTell(c *Ctx) (string, error) {
	r := study.Result{Right: score(c.Form("right")), Of: score(c.Form("of"))}
	if c.Form("skip") == "1" {
		r = study.Result{}
	} else if r == (study.Result{}) {
		r.Right = -1 // nothing written is no result
	}
	err := s.Coach.Tell(c.Context(), c.Person, c.Int("n"), r)
	if fault.Is(err, fault.Invalid) {
		return "", s.retry(c, s.examPage, err)
	}
	return examPath(c.Int("n")), err
}

// score reads a number of points, with a point or a comma; -1 for what is none.
func score(value string) float64 {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0
	}
	x, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	if err != nil {
		return -1
	}
	return x
}

// examSettle takes what becomes of an exam's facts.
func (s *Server) examSettle(c *Ctx) (string, error) {
	later := study.Rest
	if c.Form("later") == string(study.Keep) {
		later = study.Keep
	}
	return examPath(c.Int("n")), s.Coach.Settle(c.Context(), c.Person, c.Int("n"), later)
}

// examRemove asks before an exam is removed.
func (s *Server) examRemove(c *Ctx) (views.Page, error) {
	e, err := s.Coach.Exam(c.Context(), c.Person, c.Int("n"))
	if err != nil {
		return nil, err
	}
	return views.Sure{Heading: c.Say("exam.drop_of", e.Title), What: c.Say("exam.drop_what"), Kept: c.Say("exam.drop_kept"),
		Ask: views.Form{Action: examPath(e.N) + "/remove"}, Do: c.Say("exam.drop_do"),
		Stay: views.Link{Text: c.Say("exam.drop_stay"), URL: examPath(e.N)}}, nil
}

// examRemoveDo removes an exam.
func (s *Server) examRemoveDo(c *Ctx) (string, error) {
	return "/exams", s.Coach.Drop(c.Context(), c.Person, c.Int("n"))
}
