package web

import "thaw/views"

// calendar is the part of a page that shows the calendar link.
func (s *Server) calendar(c *Ctx) (views.Calendar, error) {
	p := views.Calendar{Renew: views.Form{Action: "/account/calendar"}, Stop: views.Form{Action: "/account/calendar/off"}}
	value, err := s.Desk.Feed(c.Context(), c.Person)
	if value != "" {
		p.Link = s.site(c) + "/calendar/" + value + ".ics"
	}
	return p, err
}

// calendarBack is the page with the calendar link.
func calendarBack(c *Ctx) string {
	if c.Person.Known() {
		return "/account#calendar"
	}
	return "/settings#calendar"
}

// calendarRenew makes a calendar link; the one before it shows nothing any more.
func (s *Server) calendarRenew(c *Ctx) (string, error) {
	return calendarBack(c), s.Desk.RenewFeed(c.Context(), c.Person)
}

// calendarStop switches the calendar link off.
func (s *Server) calendarStop(c *Ctx) (string, error) {
	return calendarBack(c), s.Desk.StopFeed(c.Context(), c.Person)
}
