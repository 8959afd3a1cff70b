package web

import (
	"thaw/app/fault"
	"thaw/views"
)

func (s *Server) linkPage(c *Ctx, err error) (views.Page, error) {
	who, linkErr := s.Desk.LinkFor(c.Context(), c.Param("token"), c.Address)
	if linkErr != nil {
		return nil, linkErr
	}
	bring, bringErr := s.bring(c, err)
	return views.SignInLink{Ask: views.Form{Action: "/link/" + c.Param("token")}, Name: who.Name, Bring: bring, Error: c.fault(err)}, bringErr
}

// linkShow says whom a one-time link lets in; looking at it does not use it up.
func (s *Server) linkShow(c *Ctx) (views.Page, error) { return s.linkPage(c, nil) }

// linkUse lets the person in, who then chooses a password; a guest has none.
func (s *Server) linkUse(c *Ctx) (string, error) {
	opened, err := s.Desk.UseLink(c.Context(), c.Param("token"), c.here())
	if fault.Is(err, fault.Conflict) {
		return "", s.retry(c, s.linkPage, err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	if !opened.Person.Known() {
		return "/today", nil
	}
	return "/password", nil
}
