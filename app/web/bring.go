package web

import (
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

// here is the browser at a door. What a guest has answered comes along only when
// the form says so: on a shared computer it may be somebody else's.
func (c *Ctx) here() people.Visitor {
	v := people.Visitor{Address: c.Address, Session: c.Session.Hash}
	if c.guest() && c.Form("bring") == "1" {
		v.Guest = c.Person.ID
	}
	return v
}

// guest tells whether somebody without a name is here.
func (c *Ctx) guest() bool { return c.Known() && !c.Person.Known() }

// bring offers a guest to bring the answers along. A form that is shown again
// keeps the choice, unless it was what could not be done.
func (s *Server) bring(c *Ctx, err error) (views.Bring, error) {
	if !c.guest() {
		return views.Bring{}, nil
	}
	n, countErr := s.Reporter.Answers(c.Context(), c.Person.ID)
	on := err == nil || (c.Form("bring") == "1" && !fault.Is(err, fault.Conflict))
	return views.Bring{N: n, On: on}, countErr
}
