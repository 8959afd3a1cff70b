package web

import (
	"strconv"

	"thaw/app/people"
	"thaw/views"
)

// staffShow are those who teach a class together.
func (s *Server) staffShow(c *Ctx) (views.Page, error) { return s.staffPage(c, nil) }

func (s *Server) staffPage(c *Ctx, err error) (views.Page, error) {
	r, loadErr := s.Classes.Roster(c.Context(), c.Person, c.class())
	if loadErr != nil {
		return nil, loadErr
	}
	path := classPath(r.Class.ID)
	p := views.Teachers{Class: r.Class.Name, Back: path, Add: views.Form{Action: path + "/teachers"}, Name: c.field("teacher", err)}
	if p.Name.Error == "" {
		p.Error = c.fault(err)
	}
	for _, t := range r.Teachers {
		p.List = append(p.List, staffRow(c, r, t, path))
	}
	return p, s.staffLinks(c, &p)
}

func staffRow(c *Ctx, r people.Roster, t people.Member, path string) views.TeacherRow {
	row := views.TeacherRow{Name: t.Name, Note: c.Say("staff.since", c.ago(t.Joined)), Do: c.Say("staff.remove")}
	if t.Founder() {
		row.Note = c.Say("staff.made")
	}
	if t.Learner == c.Person.ID {
		row.Do = c.Say("staff.leave")
	}
	if r.MayDrop(c.Person, t) {
		row.Leave = path + "/teachers/" + strconv.Itoa(t.N) + "/leave"
	}
	return row
}

// staffAdd lets another teacher of the school teach the class, too.
func (s *Server) staffAdd(c *Ctx) (string, error) {
	err := s.Classes.AddStaff(c.Context(), c.Person, c.class(), c.Form("teacher"))
	if formal(err) {
		return "", s.retry(c, s.staffPage, err)
	}
	return classPath(c.class()) + "/teachers", err
}

// staffLeave takes a teacher out of the class; who leaves oneself sees it no more.
func (s *Server) staffLeave(c *Ctx) (string, error) {
	self, err := s.Classes.DropStaff(c.Context(), c.Person, c.class(), c.Int("m"))
	if self {
		return "/classes", err
	}
	return classPath(c.class()) + "/teachers", err
}
