package web

import (
	"encoding/base64"

	"thaw/app/fault"
	"thaw/views"
)

// staffLinks are the open links by which others come to teach a class.
func (s *Server) staffLinks(c *Ctx, p *views.Teachers) error {
	path := classPath(c.class()) + "/teachers"
	p.Invite, p.Revoke = views.Form{Action: path + "/link", Token: newToken()}, path+"/revoke"
	open, err := s.Classes.StaffOffers(c.Context(), c.Person, c.class())
	for _, o := range open {
		row := views.InviteRow{What: c.Say("staff.link_open", o.MakerName, c.date(o.Ends)), Hash: base64.RawURLEncoding.EncodeToString(o.Hash)}
		if o.Value != "" {
			row.Link = s.site(c) + "/staff/" + o.Value
		}
		p.Open = append(p.Open, row)
	}
	return err
}

// staffOffer makes a link for a co-teacher.
func (s *Server) staffOffer(c *Ctx) (string, error) {
	return classPath(c.class()) + "/teachers", s.Classes.OfferStaff(c.Context(), c.Person, c.class(), c.Form("token"))
}

// staffRevoke takes one back.
func (s *Server) staffRevoke(c *Ctx) (string, error) {
	hash, err := base64.RawURLEncoding.DecodeString(c.Form("link"))
	if err != nil || len(hash) == 0 {
		return "", fault.New(fault.Missing, "fault.missing")
	}
	return classPath(c.class()) + "/teachers", s.Classes.RevokeStaff(c.Context(), c.Person, c.class(), hash)
}

// staffLinkShow says what a link for a co-teacher does; looking at it does not use it up.
func (s *Server) staffLinkShow(c *Ctx) (views.Page, error) { return s.staffLinkPage(c, nil) }

func (s *Server) staffLinkPage(c *Ctx, err error) (views.Page, error) {
	l, linkErr := s.Classes.StaffOffered(c.Context(), c.Person, c.Param("token"), c.Address)
	if linkErr != nil {
		return nil, linkErr
	}
	path := "/staff/" + c.Param("token")
	p := views.StaffLink{What: c.Say("staff.link_what", l.By, l.Title), Error: c.fault(err)}
	switch {
	case c.Person.ID == 0:
		p.Line, p.Go = c.Say("staff.link_sign_in"), &views.Link{Text: c.Say("nav.sign_in"), URL: "/sign-in?next=" + path}
	case !c.Person.Teaches():
		p.Line, p.Go = c.Say("staff.link_pupil"), &views.Link{Text: c.Say("nav.today"), URL: "/today"}
	case l.Pupil:
		p.Line, p.Go = c.Say("staff.link_member"), &views.Link{Text: c.Say("nav.classes"), URL: "/classes"}
	case l.Teaches:
		p.Line, p.Go = c.Say("staff.link_have"), &views.Link{Text: l.Title, URL: classPath(l.Class)}
	default:
		p.Line, p.Ask = c.Say("invite.as", c.Person.Name), &views.Form{Action: path}
	}
	return p, nil
}

// staffLinkUse lets whoever is signed in, and teaches, teach the class, too.
func (s *Server) staffLinkUse(c *Ctx) (string, error) {
	id, err := s.Classes.AcceptStaff(c.Context(), c.Person, c.Param("token"), c.Address)
	if fault.Is(err, fault.Conflict) {
		return "", s.retry(c, s.staffLinkPage, err)
	}
	return classPath(id), err
}
