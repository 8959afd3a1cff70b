package web

import "thaw/views"

// signOut ends the session of this browser. A guest who leaves comes back by
// the recovery words.
func (s *Server) signOut(c *Ctx) (string, error) {
	c.SignOut()
	return "/", s.Desk.SignOut(c.Context(), c.Session)
}

// freshShow asks a guest whether this browser shall be forgotten.
func (s *Server) freshShow(c *Ctx) (views.Page, error) {
	if c.Person.Known() {
		return c.Go("/account")
	}
	return views.Fresh{Ask: views.Form{Action: "/fresh"}, Claim: "/sign-up"}, nil
}
