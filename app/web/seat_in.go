package web

import (
	"strconv"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

// seatDoor asks for the number and the PIN of a slip, on a class's door.
func (s *Server) seatDoor(c *Ctx, class people.Class, seated bool) (*views.SeatDoor, error) {
	d := views.SeatDoor{Ask: views.Form{Action: "/join/" + class.Code + "/seat", Token: newToken()}, Number: c.field("n", nil),
		Links: c.Person.Known(), As: c.Person.Name}
	if d.Number.Value == "" {
		d.Number.Value = seatNumber(c.Query("seat"))
	}
	if seated { // what is somebody's seat stays there
		return &d, nil
	}
	var bringErr error
	d.Bring, bringErr = s.bring(c, nil)
	return &d, bringErr
}

// seatNumber keeps what is a number.
func seatNumber(value string) string {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return ""
	}
	return strconv.Itoa(n)
}

// bringSeat offers a guest who is in no class to bring the answers along: those of
// somebody's seat stay there.
func (s *Server) bringSeat(c *Ctx, err error) (views.Bring, error) {
	if !c.guest() {
		return views.Bring{}, nil
	}
	unseated, seatErr := s.Classes.Unseated(c.Context(), c.Person)
	if seatErr != nil || !unseated {
		return views.Bring{}, seatErr
	}
	return s.bring(c, err)
}

// seatList are the names to choose from, while they may be.
func (s *Server) seatList(c *Ctx, class people.Class) (*views.SeatList, error) {
	if !class.Opened(c.now) || c.Person.Known() {
		return nil, nil
	}
	seats, err := s.Classes.Seats.Seats(c.Context(), class.ID)
	if err != nil || len(seats) == 0 {
		return nil, err
	}
	path := "/join/" + class.Code
	l := views.SeatList{Ask: views.Form{Action: path + "/choose"}, Until: c.Say("seat.until", class.OpenUntil.In(people.Zone(class.Zone)).Format("15:04"))}
	for _, seat := range seats {
		if seat.Account {
			continue
		}
		n := views.SeatName{N: strconv.Itoa(seat.N), Name: people.Short(seat.Name)}
		if !seat.Free() {
			n.URL = path + "?seat=" + n.N + "#seat"
		}
		l.Names = append(l.Names, n)
	}
	return &l, nil
}

// seatIn lets somebody in by the number and the PIN of a slip.
func (s *Server) seatIn(c *Ctx) (string, error) {
	d, err := s.Classes.Knock(c.Context(), c.Param("code"), c.Person, c.Address)
	if err != nil {
		return "", c.noClass(err)
	}
	seat, err := s.Classes.Unlock(c.Context(), d.Class, c.Form("n"), c.Form("pin"), c.Address)
	var to string
	if err == nil {
		to, err = s.seated(c, seat, d.Class)
	}
	if formal(err) || fault.Is(err, fault.Denied) {
		return "", s.doorAgain(c, d, err)
	}
	return to, err
}

// doorAgain shows the door of a class once more, with what is wrong with a seat.
func (s *Server) doorAgain(c *Ctx, d people.Doorway, err error) error {
	p, pageErr := s.joinClassPage(c, d, nil)
	if pageErr != nil {
		return pageErr
	}
	if p.Seat != nil {
		p.Seat.Error = c.fault(err)
		if p.Seat.Bring.N > 0 {
			p.Seat.Bring.On = c.Form("bring") == "1"
		}
		return again(p, err)
	}
	p.Error = c.fault(err)
	return again(p, err)
}

// seated lets whoever has opened a seat in: to the first question of the class, or
// to what is due today for who has been here before.
func (s *Server) seated(c *Ctx, seat people.Seat, class people.Class) (string, error) {
	opened, err := s.Classes.Sit(c.Context(), c.Person, c.Session.Keep, seat, c.here())
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	if !seat.Free() || c.Person.Known() {
		return "/today", nil
	}
	return s.firstOfClass(c, opened.Person, class)
}

// firstOfClass begins a quiz over a class's banks.
func (s *Server) firstOfClass(c *Ctx, who people.Person, class people.Class) (string, error) {
	d, err := s.Classes.Members.Doorway(c.Context(), class.Code, who.ID)
	if err != nil {
		return "/today", nil //nolint:nilerr // the pupil is in: the class has just gone
	}
	n, err := s.Host.Over(c.Context(), who, d.Class.Banks, c.Form("token"))
	if err != nil {
		return "/today", nil //nolint:nilerr // nothing can be asked in its banks yet, or the page is an old one
	}
	return itemPath(n, 1), nil
}

// seatChoose lets somebody in at a free seat, by a name chosen from the list.
func (s *Server) seatChoose(c *Ctx) (string, error) {
	d, err := s.Classes.Knock(c.Context(), c.Param("code"), c.Person, c.Address)
	if err != nil {
		return "", c.noClass(err)
	}
	n, _ := strconv.Atoi(c.Form("n")) // what is no number is nobody's
	opened, err := s.Classes.Choose(c.Context(), c.Person, d.Class, n, c.here())
	if formal(err) || fault.Is(err, fault.Denied) {
		return "", s.doorAgain(c, d, err)
	}
	if err != nil {
		return "", err
	}
	c.SignIn(opened)
	return "/pin", nil
}

// slipShow says whose seat the link of a slip opens; looking at it does nothing.
func (s *Server) slipShow(c *Ctx) (views.Page, error) { return s.slipPage(c, nil) }

func (s *Server) slipPage(c *Ctx, err error) (views.Page, error) {
	seat, class, slipErr := s.Classes.Slipped(c.Context(), c.Param("token"), c.Address)
	if slipErr != nil {
		return nil, slipErr
	}
	if seat.Learner == c.Person.ID {
		return c.Go("/today")
	}
	bring, bringErr := s.bringSeat(c, err)
	return views.SlipIn{Name: seat.Name, Class: class.Name, Ask: views.Form{Action: "/s/" + c.Param("token"), Token: newToken()},
		Links: c.Person.Known(), As: c.Person.Name, Bring: bring, Leave: "/join/" + class.Code, Error: c.fault(err)}, bringErr
}

// slipIn lets somebody in by the link of a slip.
func (s *Server) slipIn(c *Ctx) (string, error) {
	seat, class, err := s.Classes.Slipped(c.Context(), c.Param("token"), c.Address)
	if err != nil {
		return "", err
	}
	to, err := s.seated(c, seat, class)
	if formal(err) || fault.Is(err, fault.Denied) {
		return "", s.retry(c, s.slipPage, err)
	}
	return to, err
}

// pinShow shows who has just come in how to come back.
func (s *Server) pinShow(c *Ctx) (views.Page, error) {
	slip, class, err := s.Classes.OwnSlip(c.Context(), c.Person, c.Session)
	if err != nil {
		return nil, err
	}
	return views.OwnPIN{Name: slip.Name, Class: class.Name, N: strconv.Itoa(slip.N), PIN: people.SpellPIN(slip.Digits),
		Code: people.SpellCode(class.Code), Start: views.Form{Action: "/join/" + class.Code, Token: newToken()}}, nil
}
