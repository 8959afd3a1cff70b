package web

import "thaw/views"

// linkShow says whom a one-time link lets in; looking at it does not use it up.
func (s *Server) linkShow(c *Ctx) (views.Page, error) {
	who, err := s.Desk.LinkFor(c.Context(), c.Param("token"), c.Address)
	return views.SignInLink{Ask: views.Form{Action: "/link/" + c.Param("token")}, Name: who.Name}, err
}

// linkUse lets the person in, who then chooses a password; a guest has none.
func (s *Server) linkUse(c *Ctx) (string, error) {
	opened, err := s.Desk.UseLink(c.Context(), c.Param("token"), c.Address)
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	if !opened.Person.Known() {
		return "/today", nil
	}
	return "/password", nil
}
