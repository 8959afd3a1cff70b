package web

import (
	"slices"
	"strconv"
	"strings"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
	"thaw/views/ui"
)

// slipsShow are the slips of the PINs made last, while they can be printed.
func (s *Server) slipsShow(c *Ctx) (views.Page, error) {
	r, list, err := s.Classes.Slips(c.Context(), c.Person, c.class())
	if err != nil {
		return nil, err
	}
	path := classPath(r.Class.ID)
	p := views.Slips{Class: r.Class.Name, Back: path + "/students", Line: c.Say("slips.none")}
	if n, until := r.Printable(c.now); n > 0 {
		p.Line = c.Say("slips.made", n, c.clock(until))
	}
	site := s.site(c)
	_, plain, _ := strings.Cut(site, "://")
	slips := make([]views.Slip, len(list))
	for i, l := range list {
		slips[i] = views.Slip{Name: l.Name, Class: r.Class.Name, Address: plain + "/join", Code: people.SpellCode(r.Class.Code),
			N: strconv.Itoa(l.N), PIN: people.SpellPIN(l.Digits), QR: ui.QR{Text: site + "/s/" + l.Pass, Label: c.Say("slips.qr", l.Name)}}
	}
	p.Sheets = slices.Collect(slices.Chunk(slips, views.SlipsOn))
	return p, nil
}

// slipsRenew makes new PINs for those ticked, or for all who have not come yet.
func (s *Server) slipsRenew(c *Ctx) (string, error) {
	var numbers []int
	for _, value := range c.Values("seat") {
		if n, err := strconv.Atoi(value); err == nil {
			numbers = append(numbers, n)
		}
	}
	var err error
	if c.Form("free") == "1" {
		err = s.Classes.RenewFree(c.Context(), c.Person, c.class())
	} else {
		err = s.Classes.Renew(c.Context(), c.Person, c.class(), numbers)
	}
	if fault.Is(err, fault.Invalid) {
		return "", s.retry(c, s.studentsPage, err)
	}
	return classPath(c.class()) + "/slips", err
}
