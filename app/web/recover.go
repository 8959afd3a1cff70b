package web

import "thaw/views"

func (s *Server) recoverPage(c *Ctx, err error) (views.Page, error) {
	bring, bringErr := s.bring(c, err)
	return views.Recover{Ask: views.Form{Action: "/recover"}, Value: c.Form("words"), Bring: bring, Error: c.fault(err)}, bringErr
}

func (s *Server) recoverShow(c *Ctx) (views.Page, error) { return s.recoverPage(c, nil) }

// recoverBy lets somebody in by recovery words; an account then chooses a new
// password.
func (s *Server) recoverBy(c *Ctx) (string, error) {
	opened, err := s.Desk.Recover(c.Context(), c.Form("words"), c.here())
	if formal(err) {
		return "", s.retry(c, s.recoverPage, err)
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
