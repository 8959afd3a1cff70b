package web

import (
	"strconv"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
	"thaw/views"
	"thaw/views/ui"
)

func personPath(who people.Person) string { return "/people/" + who.ID.String() }

// who is the person of the path.
func (c *Ctx) who() questions.LearnerID {
	id, err := strconv.ParseInt(c.Param("who"), 10, 64)
	if err != nil {
		return 0
	}
	return questions.LearnerID(id)
}

func (s *Server) personPage(c *Ctx, err error) (views.Page, error) {
	account, loadErr := s.Desk.Store.AccountOf(c.Context(), c.who())
	if loadErr != nil {
		return nil, loadErr
	}
	if !account.Known() {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	path := personPath(account.Person)
	role := c.Say("person.role_" + string(account.Role))
	p := views.Person{Name: account.Name, Back: "/people", Off: account.Off, Error: c.fault(err), Saved: c.Query("saved") == "1", Look: path + "/answers",
		Line: c.Say("person.line_one", role, c.date(account.Created)),
		Role: views.Form{Action: path + "/role"}, Roles: roleOptions(c, "person.role_", account.Role, people.Pupil, people.Teacher, people.Admin),
		Shut: views.Form{Action: path + "/off"}, LetIn: views.Form{Action: path + "/link", Token: newToken()}}
	if account.Off {
		p.Line = c.Say("person.line_off", role, c.date(account.Created))
	}
	if account.Leaving() {
		p.Line = c.Say("person.line_leaving", role, c.date(account.Created), c.date(account.Goes))
	}
	value, ends, loadErr := s.Desk.WayIn(c.Context(), c.Person, account.ID)
	if loadErr == nil && value != "" {
		p.Link = s.site(c) + "/link/" + value
		p.QR = ui.QR{Text: p.Link, Label: c.Say("pupil.reset_qr")}
		p.Ends = c.Say("pupil.reset_until", c.date(ends))
	}
	return p, loadErr
}

// personShow is one account.
func (s *Server) personShow(c *Ctx) (views.Page, error) { return s.personPage(c, nil) }

// done leads back to a person, or shows what was wrong there. Who has changed
// the own role may not be able to see it any more.
func (s *Server) done(c *Ctx, err error) (string, error) {
	if formal(err) {
		return "", s.retry(c, s.personPage, err)
	}
	return "/people/" + c.who().String() + "?saved=1", err
}

// personRole gives somebody a role, which signs them out.
func (s *Server) personRole(c *Ctx) (string, error) {
	return s.done(c, s.Desk.SetRole(c.Context(), c.Person, c.who(), people.Role(c.Form("role"))))
}

// personOff shuts somebody out, or lets them in again.
func (s *Server) personOff(c *Ctx) (string, error) {
	return s.done(c, s.Desk.SetOff(c.Context(), c.Person, c.who(), c.Form("off") == "1"))
}

// personLink makes a link that lets somebody in once.
func (s *Server) personLink(c *Ctx) (string, error) {
	to, err := s.done(c, s.Desk.LetIn(c.Context(), c.Person, c.who(), c.Form("token")))
	return to, err
}
