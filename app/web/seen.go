package web

import (
	"strconv"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
	"thaw/views/text"
)

// looksShown is how many of administrators' looks stand on a page.
const looksShown = 50

// seenShow says who can see what of somebody, and when they last looked.
func (s *Server) seenShow(c *Ctx) (views.Page, error) {
	list, err := s.Classes.Members.Memberships(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	p := views.Seen{Guest: !c.Person.Known(), Join: views.Link{Text: c.Say("join.title"), URL: "/join"}}
	for _, m := range list {
		p.Classes = append(p.Classes, s.seenClass(c, m))
	}
	looks, err := s.Desk.Office.Looks(c.Context(), c.Person.ID, looksShown)
	for _, l := range looks {
		line := c.Say("look.seen_somebody", c.moment(l.At), l.Reason)
		if l.By != "" {
			line = c.Say("look.seen", l.By, c.moment(l.At), l.Reason)
		}
		p.Looks = append(p.Looks, line)
	}
	return p, err
}

func (s *Server) seenClass(c *Ctx, m people.Membership) views.SeenClass {
	seen := views.SeenClass{Title: m.Title, As: c.Say("seen.as", m.Name, c.date(m.Joined)), Who: c.Say("seen.who_nobody"),
		Looked: c.Say("seen.looked_never"), Away: m.Away, Leave: classPath(m.Class) + "/leave"}
	if m.Extra > people.Standard {
		seen.Time = c.Say("extra.seen", c.Say("extra."+strconv.Itoa(int(m.Extra))), c.stretched(40*time.Minute, m.Extra))
	}
	if len(m.Teachers) > 0 {
		seen.Who = text.List(c.Lang(), m.Teachers)
	}
	if !m.Looked.IsZero() {
		seen.Looked = c.Say("seen.looked_at", c.ago(m.Looked), m.Looker)
	}
	return seen
}

// stretched says how long a limit is for a pupil, and what of it is extra.
func (c *Ctx) stretched(limit time.Duration, e people.Extra) string {
	whole, own := people.Stretch(limit, e)
	return c.Say("extra.minutes", int(whole.Minutes()), int(limit.Minutes()), int(own.Minutes()))
}

// membership is the class of the path, in which somebody is a pupil.
func (s *Server) membership(c *Ctx) (people.Membership, error) {
	list, err := s.Classes.Members.Memberships(c.Context(), c.Person.ID)
	if err != nil {
		return people.Membership{}, err
	}
	for _, m := range list {
		if m.Class == c.class() {
			return m, nil
		}
	}
	return people.Membership{}, fault.New(fault.Missing, "fault.missing")
}

// leaveShow asks before somebody leaves a class.
func (s *Server) leaveShow(c *Ctx) (views.Page, error) {
	m, err := s.membership(c)
	if err != nil {
		return nil, err
	}
	return views.Sure{Heading: c.Say("seen.leave_of", m.Title), What: c.Say("seen.leave_what"), Kept: c.Say("seen.leave_kept"),
		Ask: views.Form{Action: classPath(m.Class) + "/leave"}, Do: c.Say("seen.leave_do"),
		Stay: views.Link{Text: c.Say("seen.leave_stay"), URL: "/seen"}}, nil
}

// leave takes somebody out of a class: its teachers see nothing any more.
func (s *Server) leave(c *Ctx) (string, error) {
	return "/seen", s.Classes.Leave(c.Context(), c.Person, c.class())
}
