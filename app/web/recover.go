package web

import "thaw/views"

func (s *Server) recoverPage(c *Ctx, err error) views.Recover {
	p := views.Recover{Ask: views.Form{Action: "/recover"}, Value: c.Form("words")}
	if err != nil {
		p.Error = c.fault(err)
	}
	return p
}

func (s *Server) recoverShow(c *Ctx) (views.Page, error) { return s.recoverPage(c, nil), nil }

// recoverBy lets somebody in by recovery words; an account then chooses a new
// password.
func (s *Server) recoverBy(c *Ctx) (string, error) {
	opened, err := s.Desk.Recover(c.Context(), c.Form("words"), c.Address, c.Session.Hash)
	if formal(err) {
		return "", again(s.recoverPage(c, err), err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	if opened.Person.Known() {
		return "/password", nil
	}
	return "/today", nil
}
