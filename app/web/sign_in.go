package web

import (
	"errors"

	"thaw/app/fault"
	"thaw/views"
)

func (s *Server) signInPage(c *Ctx, wrong string) views.SignIn {
	next := c.Query("next")
	if next == "" {
		next = c.Form("next")
	}
	return views.SignIn{Ask: views.Form{Action: "/sign-in"}, Name: c.Form("name"), Next: onward(next), Error: wrong,
		SignUp: "/sign-up", Recover: "/recover"}
}

func (s *Server) signInShow(c *Ctx) (views.Page, error) { return s.signInPage(c, ""), nil }

// signIn opens an account by name and password.
func (s *Server) signIn(c *Ctx) (string, error) {
	opened, err := s.Desk.SignIn(c.Context(), c.Form("name"), c.Form("password"), c.Address, c.Form("keep") == "1", c.Session.Hash)
	if formal(err) {
		return "", again(s.signInPage(c, c.fault(err)), err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	return onward(c.Form("next")), nil
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
