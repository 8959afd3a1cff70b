package web

import (
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

// joinShow asks for a class's code; one that has been typed leads to the class.
func (s *Server) joinShow(c *Ctx) (views.Page, error) {
	typed := c.Query("code")
	if code, ok := people.ReadCode(typed); ok {
		return c.Go("/join/" + code)
	}
	if typed == "" {
		return views.Join{}, nil
	}
	err := fault.New(fault.Invalid, "join.code_bad")
	return nil, again(views.Join{Code: views.Field{Value: typed, Error: c.Say("join.code_bad")}}, err)
}

// noClass shows the form once more for a code that opens nothing.
func (c *Ctx) noClass(err error) error {
	if !fault.Is(err, fault.Missing) && !fault.Is(err, fault.Limited) {
		return err
	}
	page := views.Join{Error: c.fault(err)}
	if code, ok := people.ReadCode(c.Param("code")); ok {
		page.Code.Value = people.SpellCode(code)
	}
	return again(page, err)
}

// joinClassShow is the door of a class.
func (s *Server) joinClassShow(c *Ctx) (views.Page, error) {
	d, err := s.Classes.Knock(c.Context(), c.Param("code"), c.Person, c.Address)
	if err != nil {
		return nil, c.noClass(err)
	}
	if d.Mine.Role == people.Teacher {
		return c.Go(classPath(d.Class.ID))
	}
	return s.joinClassPage(c, d, nil)
}

func (s *Server) joinClassPage(c *Ctx, d people.Doorway, err error) (views.JoinClass, error) {
	path := "/join/" + d.Class.Code
	p := views.JoinClass{Class: d.Class.Name, Taught: d.Taught, Ask: views.Form{Action: path, Token: newToken()},
		As: c.Person.Name, In: d.Mine.N > 0, Brings: c.guest() && d.Mine.N == 0, Listed: d.Class.Listed, Error: c.fault(err)}
	if p.In {
		p.As = d.Mine.Name
	}
	if !c.Person.Known() {
		p.SignIn = "/sign-in?next=" + path
	}
	if !c.Person.Known() || err != nil {
		name := c.field("name", err)
		if fault.Is(err, fault.Conflict) {
			name.Error, p.Error = c.fault(err), ""
		}
		if name.Value == "" {
			name.Value = c.Person.Name
		}
		p.Name = &name
	}
	if !d.Seats || (p.In && c.Person.Known()) {
		return p, nil
	}
	var seatErr error
	if p.Seat, seatErr = s.seatDoor(c, d.Class, d.Seated); seatErr != nil || p.In {
		return p, seatErr
	}
	p.Pick, seatErr = s.seatList(c, d.Class)
	return p, seatErr
}

// joinClass makes somebody a pupil and goes straight to a question of the
// class's banks.
func (s *Server) joinClass(c *Ctx) (string, error) {
	joined, err := s.Classes.Join(c.Context(), c.Person, people.Ticket{Code: c.Param("code"), Name: c.Form("name"), Token: c.Form("token"),
		Address: c.Address, Lang: c.Lang(), Zone: c.zone()})
	switch {
	case joined.Class.ID != 0 && formal(err):
		p, pageErr := s.joinClassPage(c, joined.Doorway, err)
		if pageErr != nil {
			return "", pageErr
		}
		return "", again(p, err)
	case err != nil:
		return "", c.noClass(err)
	case joined.Mine.Role == people.Teacher:
		return classPath(joined.Class.ID), nil
	case joined.Opened != nil:
		c.SignIn(*joined.Opened)
	}
	n, err := s.Host.Over(c.Context(), joined.Who(c.Person), joined.Class.Banks, c.Form("token"))
	if fault.Is(err, fault.Missing) {
		return "/today", nil // nothing can be asked in its banks yet
	}
	return itemPath(n, 1), err
}
