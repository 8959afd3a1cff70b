package web

import (
	"thaw/app/people"
	"thaw/views"
)

func (s *Server) invitePage(c *Ctx, err error) (views.Page, error) {
	l, linkErr := s.Desk.Invited(c.Context(), c.Param("token"), c.Address)
	if linkErr != nil {
		return nil, linkErr
	}
	school := c.School.Name
	if school == "" {
		school = c.Say("invite.here")
	}
	path := "/invite/" + c.Param("token")
	p := views.Invite{What: c.Say("invite.what_"+string(l.Role), school), Ask: views.Form{Action: path}, As: c.Person.Name,
		Have: c.Person.Known() && c.Person.Has(l.Role), Guest: c.guest(),
		Name: c.field("name", err), Password: c.field("password", err), SignIn: "/sign-in?next=" + path, Error: c.fault(err)}
	p.Password.Value = ""
	return p, nil
}

// inviteShow says what an invitation is for; looking at it does not use it up.
func (s *Server) inviteShow(c *Ctx) (views.Page, error) { return s.invitePage(c, nil) }

// inviteAccept takes it up: with a new account, a guest's, or the one that is
// signed in.
func (s *Server) inviteAccept(c *Ctx) (string, error) {
	opened, err := s.Desk.Accept(c.Context(), c.Param("token"), c.Person, people.Application{
		Name: c.Form("name"), Password: c.Form("password"), Lang: c.Lang(), Zone: c.zone()}, c.Address)
	if formal(err) {
		return "", s.retry(c, s.invitePage, err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	if c.Person.Known() {
		return "/welcome", nil
	}
	return "/words?next=/welcome", nil
}

// welcomeShow says to a new teacher what to do first.
func (s *Server) welcomeShow(c *Ctx) (views.Page, error) {
	p := views.Welcome{Heading: c.Say("welcome.teacher")}
	step := func(name, url string) {
		p.Steps = append(p.Steps, views.Step{Text: c.Say("welcome." + name), Why: c.Say("welcome." + name + "_why"), URL: url})
	}
	if c.Person.Role == people.Admin {
		p.Heading = c.Say("welcome.admin")
		step("people", "/people")
	}
	step("class", "/classes")
	step("questions", "/banks")
	step("try", "/today")
	return p, nil
}
