package web

import (
	"thaw/app/people"
	"thaw/views"
)

func (s *Server) signUpPage(c *Ctx, err error) views.SignUp {
	next := c.Query("next")
	if next == "" {
		next = c.Form("next")
	}
	p := views.SignUp{Ask: views.Form{Action: "/sign-up"}, Name: c.field("name", err), Password: c.field("password", err),
		Guest: c.guest(), Next: onward(next), SignIn: "/sign-in"}
	p.Password.Value = ""
	if err != nil {
		p.Error = c.fault(err)
	}
	return p
}

func (s *Server) signUpShow(c *Ctx) (views.Page, error) {
	if c.Person.Known() {
		return c.Go("/account")
	}
	may, err := s.Desk.MaySignUp(c.Context(), c.Person)
	p := s.signUpPage(c, nil)
	p.Shut = !may
	return p, err
}

// signUp makes an account; a guest's progress goes with it. It then shows the
// recovery words.
func (s *Server) signUp(c *Ctx) (string, error) {
	if c.Person.Known() {
		return "/account", nil
	}
	opened, err := s.Desk.SignUp(c.Context(), c.Person, people.Application{
		Name: c.Form("name"), Password: c.Form("password"), Lang: c.Lang(), Zone: c.zone()})
	if formal(err) {
		return "", again(s.signUpPage(c, err), err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	return "/words", nil
}
