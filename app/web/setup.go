package web

import (
	"cmp"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

func (s *Server) setupPage(c *Ctx, err error) views.Setup {
	p := views.Setup{Ask: views.Form{Action: "/setup/" + c.Param("token")},
		School: c.field("school", err), Zone: c.field("zone", err), URL: c.field("url", err),
		Name: c.field("name", err), Password: c.field("password", err),
		Lang: []views.Option{{Value: "en", Text: c.Say("setup.lang_en"), Chosen: true}}}
	p.Password.Value = ""
	if p.URL.Value == "" && err == nil {
		p.URL.Value = cmp.Or(s.Phones, s.URL)
	}
	zone := p.Zone.Value
	if p.Guess = zone == ""; p.Guess {
		zone = s.Now().Location().String()
	}
	p.Zones = zoneOptions(zoneName(zone))
	if err != nil {
		p.Error = c.fault(err)
	}
	p.Unreachable = s.unreachable(c, p.URL.Value)
	return p
}

// unreachable says why phones cannot reach the address, and what to do.
func (s *Server) unreachable(c *Ctx, url string) string {
	key := people.Reachable(url)
	if s.Phones == "" {
		key = "setup.unreachable_here"
	}
	if key == "" {
		return ""
	}
	return c.Say(key, s.Phones)
}

// zoneName replaces the name that Go gives the machine's own zone.
func zoneName(zone string) string {
	if zone == "Local" || zone == "" {
		return "UTC"
	}
	return zone
}

// setupShow is the first page after the set-up link.
func (s *Server) setupShow(c *Ctx) (views.Page, error) {
	if err := s.Desk.CheckSetup(c.Context(), c.Param("token"), c.Address); err != nil {
		return nil, err
	}
	return s.setupPage(c, nil), nil
}

// setUp names the school and makes its first administrator.
func (s *Server) setUp(c *Ctx) (string, error) {
	school := people.School{Name: c.Form("school"), Lang: "en", Zone: c.Form("zone"), URL: c.Form("url"), Ready: true}
	opened, err := s.Desk.SetUp(c.Context(), c.Param("token"), school,
		people.Application{Name: c.Form("name"), Password: c.Form("password")}, c.here())
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Limited) {
		return "", again(s.setupPage(c, err), err)
	}
	if err != nil {
		return "", err
	}
	s.school.Store(nil)
	c.SignIn(opened)
	return "/ready", nil
}

// readyShow says which address pupils type.
func (s *Server) readyShow(c *Ctx) (views.Page, error) {
	return views.Ready{URL: c.School.URL, Next: "/words", Unreachable: s.unreachable(c, c.School.URL)}, nil
}
