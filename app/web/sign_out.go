package web

import (
	"thaw/app/fault"
	"thaw/views"
)

// signOut ends the session of this browser. A guest who leaves comes back by
// the recovery words.
func (s *Server) signOut(c *Ctx) (string, error) {
	c.SignOut()
	return "/", s.Desk.SignOut(c.Context(), c.Session)
}

// freshShow asks a guest whether this browser shall be forgotten.
func (s *Server) freshShow(c *Ctx) (views.Page, error) {
	if c.Person.Known() {
		return c.Go("/account")
	}
	seat, _, err := s.Classes.Seats.SeatOf(c.Context(), c.Person.ID)
	if err != nil && !fault.Is(err, fault.Missing) {
		return nil, err
	}
	return views.Fresh{Slip: seat.PIN > 0, Ask: views.Form{Action: "/fresh"}, Claim: "/sign-up"}, nil
}
