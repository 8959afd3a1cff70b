package web

import (
	"strconv"
	"time"

	"thaw/app/bank"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/views"
)

func assignsPath(id questions.ClassID) string { return classPath(id) + "/assignments" }

func assignPath(id questions.ClassID, n int) string { return assignsPath(id) + "/" + strconv.Itoa(n) }

// assignsShow lists what a class has been given to do.
func (s *Server) assignsShow(c *Ctx) (views.Page, error) {
	class, err := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if err != nil {
		return nil, err
	}
	list, err := s.Host.Work.Assignments(c.Context(), c.Person.ID, class.ID)
	if err != nil {
		return nil, err
	}
	banks, err := s.Shelf.For(c.Context(), c.Person.ID)
	p := views.Assignments{Class: class.Name, Back: classPath(class.ID), New: assignsPath(class.ID) + "/new", Book: classPath(class.ID) + "/gradebook", Away: !class.Used()}
	for _, a := range list {
		p.List = append(p.List, views.Row{Text: a.Title, URL: assignPath(a.Class, a.N), Note: c.Say("assign.row", workOf(c, a, banks), dueOf(c, a))})
	}
	return p, err
}

// workOf says what an assignment is.
func workOf(c *Ctx, a quiz.Assignment, banks []bank.Contents) string {
	kind := c.Say("assign.kind_" + string(a.Kind))
	switch a.Kind {
	case quiz.Sat:
		return kind + ", " + c.Say("assign.row_quiz", a.Asks(banks))
	case quiz.Minutes:
		return kind + ", " + c.Say("assign.row_minutes", a.Minutes, a.Days)
	}
	return kind + ", " + c.Say("assign.row_facts", len(a.Facts(banks)))
}

// dueOf says when an assignment is due, in the time of the class.
func dueOf(c *Ctx, a quiz.Assignment) string {
	switch {
	case a.Due.IsZero():
		return c.Say("assign.due_never")
	case a.Kind == quiz.OnDate:
		return c.Say("assign.exam_at", c.momentIn(a.Due, a.Location()))
	}
	return c.Say("assign.due_at", c.momentIn(a.Due, a.Location()))
}

// momentIn is a day and the time of day in a zone.
func (c *Ctx) momentIn(t time.Time, zone *time.Location) string {
	there := *c
	there.Person.Zone = zone.String()
	return there.moment(t)
}

// sameHours tells whether two zones show the same time of day at a time.
func sameHours(at time.Time, a, b *time.Location) bool {
	_, x := at.In(a).Zone()
	_, y := at.In(b).Zone()
	return x == y
}

// assignment is the one of the path, of a teacher's class.
func (s *Server) assignment(c *Ctx) (quiz.Assignment, error) {
	return s.Host.Work.Assignment(c.Context(), c.Person.ID, c.class(), c.Int("a"))
}
