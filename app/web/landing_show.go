package web

import (
	"thaw/app/people"
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
	k, _ := kind.Of(version.Kind)
	token, err := s.sealLanding(c.Context(), landing)
	if err != nil {
		return nil, err
	}
	return views.Landing{
		Ask:    views.Form{Action: "/", Token: token},
		Widget: k.Ask(questions.Asked{Version: version, Say: c.Say, Buttons: 2}),
		SignIn: "/sign-in", SignUp: "/sign-up", Recover: "/recover",
		Join: "/join", Ready: c.School.Ready,
	}, nil
}

// landingAnswer takes the first answer. A stranger becomes a guest with it; the
// guest and the session follow from the page's nonce, so that a doubled submit
// meets the same guest.
func (s *Server) landingAnswer(c *Ctx) (string, error) {
	landing, err := s.openLanding(c.Context(), c.Form("token"))
	if err != nil {
		return "", err
	}
	who, nonce := c.Person, landing.Nonce
	if landing.Nonce, err = s.eventToken(c.Context(), nonce); err != nil {
		return "", err
	}
	var newcomer *people.Newcomer
	if !c.Known() {
		opened, words, err := s.Desk.Newcomer(c.Context(), nonce, c.Address, c.Lang(), c.zone())
		if err != nil {
			return "", err
		}
		newcomer = &people.Newcomer{Person: opened.Person, Session: opened.Session, Words: words}
		who = opened.Person
		c.SignIn(opened)
	}
	n, err := s.Host.Start(c.Context(), who, newcomer, landing, c.Values("answer"), c.Took())
	if err != nil {
		return "", err
	}
	return itemPath(n, 1), nil
}

// zone is the visitor's: what the page says, else the school's.
func (c *Ctx) zone() string {
	if zone := c.Form("zone"); zone != "" {
		return zone
	}
	return c.School.Zone
}
