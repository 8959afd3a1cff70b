package web

import (
	"slices"
	"strconv"
	"time"

	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
	"thaw/views"
	"thaw/views/text"
)

func examPath(n int) string { return "/exams/" + strconv.Itoa(n) }

// usualHour is when an exam begins, where nobody says otherwise.
const usualHour = "09:00"

func (s *Server) examsPage(c *Ctx, err error) (views.Page, error) {
	o, loadErr := s.Reporter.Overview(c.Context(), c.Person)
	if loadErr != nil {
		return nil, loadErr
	}
	p := views.Exams{Form: examForm(c, o, study.Exam{}, err)}
	p.Form.Ask = views.Form{Action: "/exams", Token: newToken()}
	for _, r := range o.Ready {
		f := r.Stands()
		p.Ahead = append(p.Ahead, examRow(c, r.Exam, c.Say("exam.row_stands", rounded(f.Mean), f.N)))
	}
	for _, e := range slices.Backward(o.Exams) {
		if e.Over(o.Now) {
			p.Over = append(p.Over, examRow(c, e, afterwards(c, e)))
		}
	}
	return p, nil
}

func examRow(c *Ctx, e study.Exam, note string) views.Row {
	day, hour := c.dayAndHour(e.At)
	return views.Row{Text: e.Title, URL: examPath(e.N), Note: c.Say("exam.row", day, hour, note)}
}

// afterwards says in a word how an exam that is over stands.
func afterwards(c *Ctx, e study.Exam) string {
	switch {
	case e.Result.Of > 0:
		return c.Say("exam.row_told", points(e.Result.Right), points(e.Result.Of))
	case !e.Result.Told:
		return c.Say("exam.row_ask")
	}
	return c.Say("exam.row_quiet")
}

// dayAndHour is a time as one would say it, in the reader's zone.
func (c *Ctx) dayAndHour(at time.Time) (day, hour string) {
	local := at.In(c.Person.Location())
	return text.Day(c.Lang(), local), local.Format("15:04")
}

// rounded is a number of facts as one says it.
func rounded(x float64) int { return int(x + 0.5) }

// points writes a number of points, with a comma only where it is needed.
func points(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// examForm shows what an exam is about, or again what was sent.
func examForm(c *Ctx, o report.Overview, e study.Exam, err error) views.ExamForm {
	f := views.ExamForm{Title: c.field("title", err), Date: c.field("date", err), Time: c.field("time", err), Error: c.fault(err)}
	if err == nil {
		f.Title.Value, f.Time.Value = e.Title, usualHour
		if !e.At.IsZero() {
			local := e.At.In(c.Person.Location())
			f.Date.Value, f.Time.Value = local.Format(time.DateOnly), local.Format("15:04")
		}
	}
	for _, t := range o.Topics {
		value := strconv.FormatInt(int64(t.ID), 10)
		on := slices.Contains(e.Topics, t.ID)
		if err != nil {
			on = slices.Contains(c.Values("topic"), value)
		}
		f.Topics = append(f.Topics, views.Option{Value: value, Text: t.Title, Chosen: on})
	}
	return f
}

// readExam takes an exam from a form. What is no date is none, and what is no topic is
// nobody's.
func (c *Ctx) readExam() study.Exam {
	e := study.Exam{Title: c.Form("title")}
	at, err := time.ParseInLocation("2006-01-02 15:04", c.Form("date")+" "+c.Form("time"), c.Person.Location())
	if err == nil {
		e.At = at.UTC()
	}
	for _, value := range c.Values("topic") {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			id = -1
		}
		e.Topics = append(e.Topics, questions.TopicID(id))
	}
	return e
}

// examsShow lists the dates that a learner prepares for.
func (s *Server) examsShow(c *Ctx) (views.Page, error) { return s.examsPage(c, nil) }

// examAdd takes a new date.
func (s *Server) examAdd(c *Ctx) (string, error) {
	n, err := s.Coach.Add(c.Context(), c.Person, c.readExam(), c.Form("token"))
	if formal(err) {
		return "", s.retry(c, s.examsPage, err)
	}
	return examPath(n), err
}
