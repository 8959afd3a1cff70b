package web

import (
	"slices"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

const leavePath = "/account/leave"

func (s *Server) leavePage(c *Ctx, err error) (views.Leave, error) {
	p := views.Leave{Ask: views.Form{Action: leavePath}, Guest: !c.Person.Known(), Banks: c.Person.Known(), Until: c.date(s.Desk.Goes()),
		Own: ownFiles, Error: c.fault(err), Back: "/account"}
	if p.Guest {
		p.Back = "/settings"
	}
	ties, loadErr := s.Desk.Store.Ties(c.Context(), c.Person.ID)
	if p.Last, p.Classes, p.Given = ties.Last, ties.Classes, ties.Banks; loadErr != nil || ties.Any() {
		return p, loadErr
	}
	if p.Guest && !c.Person.Noted {
		p.Words, loadErr = s.Desk.Words(c.Context(), c.Person)
		return p, loadErr
	}
	asked, loadErr := s.Desk.HasPassword(c.Context(), c.Person)
	if asked {
		p.Password = &views.Field{Error: c.field("password", err).Error}
	}
	return p, loadErr
}

// accountLeave says what goes and what stays before somebody leaves.
func (s *Server) accountLeave(c *Ctx) (views.Page, error) { return s.leavePage(c, nil) }

// accountLeaveDo begins to delete everything about a person, who is signed out.
func (s *Server) accountLeaveDo(c *Ctx) (string, error) {
	goes, err := s.Desk.Leave(c.Context(), c.Person, c.Form("password"), c.Address)
	if formal(err) {
		page, pageErr := s.leavePage(c, err)
		if pageErr != nil {
			return "", pageErr
		}
		return "", again(page, err)
	}
	if err != nil {
		return "", err
	}
	c.SignOut()
	told, err := s.seal(c.Context(), leftPurpose, left{Goes: goes, Zone: c.Person.Zone, Guest: !c.Person.Known()})
	return "/left?told=" + told, err
}

const leftPurpose = "left"

// left is what somebody who is signed out is still told.
type left struct {
	Goes  time.Time
	Zone  string
	Guest bool
}

// leftShow tells until when it can be taken back.
func (s *Server) leftShow(c *Ctx) (views.Page, error) {
	var l left
	err := s.unseal(c.Context(), leftPurpose, c.Query("told"), &l)
	if fault.Is(err, fault.Invalid) {
		return c.Go("/")
	}
	c.Person.Zone = l.Zone
	p := views.Left{Until: c.date(l.Goes), Guest: l.Guest, Back: "/sign-in"}
	if l.Guest {
		p.Back = "/recover"
	}
	return p, err
}

// leavingShow is the one page of somebody who has come back.
func (s *Server) leavingShow(c *Ctx) (views.Page, error) {
	if !c.Person.Leaving() {
		return c.Go("/today")
	}
	return views.Leaving{Name: c.Person.Name, Until: c.date(c.Person.Goes), Stay: views.Form{Action: "/leaving"}, SignOut: views.Form{Action: "/sign-out"}}, nil
}

// leavingStay takes the leaving back.
func (s *Server) leavingStay(c *Ctx) (string, error) {
	if !c.Person.Leaving() {
		return "/today", nil
	}
	return "/today", s.Desk.Stay(c.Context(), c.Person)
}

// apart tells whether somebody has one page and nothing else, for now: who is
// leaving, and a guest whose browser may have changed hands.
func (s *Server) apart(c *Ctx) bool {
	return c.Person.Leaving() || s.Desk.Paused(c.Person, c.Session)
}

// The pages that are open to who is leaving.
var whileLeaving = []string{"/leaving", "/sign-out", "/left", "/privacy"}

func keptTo(who people.Person, path string) bool {
	return who.Leaving() && !slices.Contains(whileLeaving, path)
}
