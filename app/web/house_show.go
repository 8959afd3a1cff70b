package web

import (
	"net/url"
	"strconv"
	"strings"

	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/views"
	"thaw/views/text"
	"thaw/views/ui"
)

func anyClassPath(id questions.ClassID) string { return "/people/classes/" + id.String() }

// housePage is the page of a list that the address asks for, from 1.
func (c *Ctx) housePage() int {
	if n, err := strconv.Atoi(c.Query("page")); err == nil && n > 1 && n < 1e6 {
		return n
	}
	return 1
}

// allClasses lists all classes, without looking at anybody's answers.
func (s *Server) allClasses(c *Ctx) (views.Page, error) {
	page, name := c.housePage(), strings.TrimSpace(c.Query("q"))
	list, all, err := s.Desk.Office.AllClasses(c.Context(), name, page)
	if err != nil {
		return nil, err
	}
	p := views.AllClasses{Line: c.Say("all.none"), Name: name, Search: all > people.PageSize || page > 1 || name != ""}
	switch {
	case name != "":
		p.Line = c.Say("all.found", all, name)
	case all > 0:
		p.Line = c.Say("all.line", all)
	}
	for _, k := range list {
		p.List = append(p.List, views.ClassRow{Name: k.Name, URL: anyClassPath(k.ID), Teachers: c.teachers(k), Pupils: strconv.Itoa(k.Pupils),
			Last: c.lastIn(k), Away: !k.Used()})
	}
	at := func(page int) string {
		return "/people/classes?" + url.Values{"q": {name}, "page": {strconv.Itoa(page)}}.Encode()
	}
	if page > 1 {
		p.Earlier = at(page - 1)
	}
	if page*people.PageSize < all {
		p.Later = at(page + 1)
	}
	return p, nil
}

func (c *Ctx) teachers(k people.Kept) string {
	if len(k.Teachers) == 0 {
		return c.Say("all.nobody")
	}
	return text.List(c.Lang(), k.Teachers)
}

// lastIn says when a pupil of a class last answered.
func (c *Ctx) lastIn(k people.Kept) string {
	if k.Last == 0 {
		return c.Say("all.never")
	}
	today := study.Calendar(c.Person.Location()).Day(c.now)
	return text.Ago(c.Lang(), today.Date(), k.Last.Date(), int(today-k.Last), k.Last.Date().Location())
}

// anyClass is one class, for an administrator.
func (s *Server) anyClass(c *Ctx) (views.Page, error) { return s.anyClassPage(c, nil) }

func (s *Server) anyClassPage(c *Ctx, wrong error) (views.Page, error) {
	k, pupils, err := s.Desk.Office.AnyClass(c.Context(), c.class())
	if err != nil {
		return nil, err
	}
	path := anyClassPath(k.ID)
	p := views.AnyClass{Name: k.Name, Back: "/people/classes", Made: c.Say("all.made", c.teachers(k), c.date(k.Made)), Away: !k.Used(), Saved: c.Query("saved") == "1",
		Archive: views.Form{Action: path + "/archive"}, Hand: views.Form{Action: path + "/teachers"}, Teacher: c.field("teacher", wrong),
		Figures: []ui.Figure{{Value: strconv.Itoa(k.Pupils), Label: c.Say("all.pupils")}, {Value: c.lastIn(k), Label: c.Say("all.last")}}}
	if p.Teacher.Error == "" {
		p.Error = c.fault(wrong)
	}
	for _, m := range pupils {
		p.Pupils = append(p.Pupils, views.Row{Text: m.Name, URL: "/people/" + m.Learner.String() + "/answers", Note: c.Say("all.joined", c.date(m.Joined))})
	}
	return p, nil
}

// anyClassArchive puts a class into the archive, or takes it out.
func (s *Server) anyClassArchive(c *Ctx) (string, error) {
	return anyClassPath(c.class()) + "?saved=1", s.Desk.Shelve(c.Context(), c.Person, c.class(), c.Form("away") == "1")
}

// anyClassHand lets another teacher have a class.
func (s *Server) anyClassHand(c *Ctx) (string, error) {
	err := s.Desk.HandOver(c.Context(), c.Person, c.class(), c.Form("teacher"), c.Form("founder") != "")
	if formal(err) {
		return "", s.retry(c, s.anyClassPage, err)
	}
	return anyClassPath(c.class()) + "?saved=1", err
}

// signUpSet says who may make an account.
func (s *Server) signUpSet(c *Ctx) (string, error) {
	err := s.Desk.SetInvited(c.Context(), c.Person, c.Form("who") == "invited")
	s.school.Store(nil)
	return "/people", err
}
