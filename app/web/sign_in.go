package web

import (
	"errors"

	"thaw/app/fault"
	"thaw/views"
)

func (s *Server) signInPage(c *Ctx, err error) (views.Page, error) {
	next := c.Query("next")
	if next == "" {
		next = c.Form("next")
	}
	bring, bringErr := s.bring(c, err)
	return views.SignIn{Ask: views.Form{Action: "/sign-in"}, Name: c.Form("name"), Next: onward(next), Bring: bring, Error: c.fault(err),
		SignUp: "/sign-up", Recover: "/recover"}, bringErr
}

func (s *Server) signInShow(c *Ctx) (views.Page, error) { return s.signInPage(c, nil) }

// signIn opens an account by name and password.
func (s *Server) signIn(c *Ctx) (string, error) {
	opened, err := s.Desk.SignIn(c.Context(), c.Form("name"), c.Form("password"), c.Form("keep") == "1", c.here())
	if formal(err) {
		return "", s.retry(c, s.signInPage, err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	return onward(c.Form("next")), nil
}

// retry shows the form of a page once more, with what was wrong.
func (s *Server) retry(c *Ctx, page func(*Ctx, error) (views.Page, error), err error) error {
	shown, pageErr := page(c, err)
	if pageErr != nil {
		return pageErr
	}
	return again(shown, err)
}

// formal tells whether an error belongs on the form that was sent.
func formal(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Limited)
}

// fault says an error in the reader's language.
func (c *Ctx) fault(err error) string {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return ""
	}
	return c.Say(f.Key, f.Args...)
}

// field shows a field again with what is wrong with it.
func (c *Ctx) field(name string, err error) views.Field {
	shown := views.Field{Value: c.Form(name)}
	var f *fault.Fault
	if errors.As(err, &f) {
		for _, wrong := range f.Fields {
			if wrong.Name == name {
				shown.Error = c.Say(wrong.Key, wrong.Args...)
			}
		}
	}
	return shown
}
