package web

import (
	"thaw/app/fault"
	"thaw/views"
)

func (s *Server) passwordPage(c *Ctx, err error) (views.Password, error) {
	asked, askErr := s.Desk.AsksOld(c.Context(), c.Person, c.Session)
	p := views.Password{Ask: views.Form{Action: "/password"}, Password: c.field("password", err), Forced: !asked}
	p.Password.Value = ""
	if asked {
		p.Old = &views.Field{Error: c.field("old", err).Error}
	}
	if err != nil {
		p.Error = c.fault(err)
	}
	return p, askErr
}

func (s *Server) passwordShow(c *Ctx) (views.Page, error) { return s.passwordPage(c, nil) }

// passwordSet chooses a new password. Whoever has no recovery words yet, being
// added by somebody else, is shown some.
func (s *Server) passwordSet(c *Ctx) (string, error) {
	err := s.Desk.SetPassword(c.Context(), c.Person, c.Session, c.Form("old"), c.Form("password"))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Limited) {
		page, pageErr := s.passwordPage(c, err)
		if pageErr != nil {
			return "", pageErr
		}
		return "", again(page, err)
	}
	if err != nil || c.Person.WordsN > 0 {
		return "/today", err
	}
	return "/words", s.Desk.RenewWords(c.Context(), c.Person)
}
