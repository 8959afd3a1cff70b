package web

import (
	"context"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// landingShow is the front door: a real question for a stranger, today's page
// for whoever is known. It writes nothing and sets no cookie.
func (s *Server) landingShow(c *Ctx) (views.Page, error) {
	if c.Known() {
		return s.todayShow(c)
	}
	landing, version, err := s.Host.Land(c.Context(), newToken())
	if err != nil {
		return nil, err
	}
	token, err := s.sealLanding(c.Context(), landing)
	return s.landingPage(c, questions.Asked{Version: version}, token), err
}

func (s *Server) landingPage(c *Ctx, asked questions.Asked, token string) views.Landing {
	asked.Say, asked.Buttons = c.Say, 2
	k, _ := kind.Of(asked.Version.Kind)
	return views.Landing{
		Ask:    views.Form{Action: "/", Token: token},
		Widget: k.Ask(asked),
		SignIn: "/sign-in", Recover: "/recover", Join: "/join", Teach: "/teach",
		Ready: c.School.Ready || s.Demo, Invited: c.School.Invited,
	}
}

// landingAnswer takes the first answer. A stranger becomes a guest with it; the
// guest and the session follow from the page's nonce, so that a doubled submit
// meets the same guest.
func (s *Server) landingAnswer(c *Ctx) (string, error) {
	landing, err := s.openLanding(c.Context(), c.Form("token"))
	if err != nil {
		return "", err
	}
	n, err := s.landed(c, landing, s.Host.Start)
	if fault.Is(err, fault.Limited) {
		return "", s.keepLanding(c, landing, err)
	}
	return itemPath(n, 1), err
}

// starting takes an answer that opens a sitting, and returns the sitting's number.
type starting func(context.Context, people.Person, *people.Newcomer, quiz.Landing, questions.Response, time.Duration) (int, error)

// landed stores an answer to a question that no sitting has asked, and returns the number
// of the sitting that it opens.
func (s *Server) landed(c *Ctx, landing quiz.Landing, start starting) (n int, err error) {
	who, nonce := c.Person, landing.Nonce
	if landing.Nonce, err = s.eventToken(c.Context(), nonce); err != nil {
		return 0, err
	}
	var newcomer *people.Newcomer
	if !c.Known() {
		opened, words, err := s.Desk.Newcomer(c.Context(), nonce, c.Address, c.Lang(), c.zone())
		if err != nil {
			return 0, err
		}
		newcomer = &people.Newcomer{Person: opened.Person, Session: opened.Session, Words: words}
		who = opened.Person
		c.SignIn(opened)
	}
	return start(c.Context(), who, newcomer, landing, c.Values("answer"), c.Took())
}

// keepLanding shows the landing page again with the answer that could not be
// stored.
func (s *Server) keepLanding(c *Ctx, l quiz.Landing, err error) error {
	version, versionErr := s.Shelf.Version(context.WithoutCancel(c.ctx), l.Ref)
	if versionErr != nil {
		return err
	}
	page := s.landingPage(c, questions.Asked{Version: version.In(l.Order), Given: c.Values("answer")}, c.Form("token"))
	page.Error = c.fault(err)
	if unsaved(err) {
		page.Error = c.Say("fault.not_saved")
	}
	return again(page, err)
}

// zone is the visitor's: what the page says, else the school's.
func (c *Ctx) zone() string {
	if zone := c.Form("zone"); zone != "" {
		return zone
	}
	return c.School.Zone
}
