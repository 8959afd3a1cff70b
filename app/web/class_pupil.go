package web

import (
	"strconv"

	"thaw/app/people"
	"thaw/views"
	"thaw/views/ui"
)

func pupilPath(m people.Member) string {
	return classPath(m.Class) + "/pupils/" + strconv.Itoa(m.N)
}

// pupilShow is one pupil's report: the pupil's own, of the class's facts and
// since joining. The pupil is told who looked.
func (s *Server) pupilShow(c *Ctx) (views.Page, error) { return s.pupilPage(c, nil) }

func (s *Server) pupilPage(c *Ctx, wrong error) (views.Page, error) {
	m, who, err := s.Classes.Members.Pupil(c.Context(), c.Person.ID, c.class(), c.Int("m"))
	if err != nil {
		return nil, err
	}
	o, err := s.Reporter.OfPupil(c.Context(), m, who.Person)
	if err != nil {
		return nil, err
	}
	if err := s.Classes.Looked(c.Context(), c.Person, m); err != nil {
		return nil, err
	}
	progress, err := s.progressOf(c, o, who.Person, false)
	if err != nil {
		return nil, err
	}
	progress.Fade.Heading = c.Say("pupil.topics", m.Name)
	p := views.ClassPupil{Name: m.Name, Class: c.Say("pupil.back"), Back: classPath(m.Class), Since: c.Say("pupil.since", m.Name, c.date(m.Joined)),
		Progress: progress, Reset: pupilPath(m) + "/reset", Remove: pupilPath(m) + "/remove"}
	p.Progress.Sentence = c.Say("pupil.empty", m.Name)
	if o.Seen > 0 {
		e := o.Expect
		p.Progress.Sentence = c.Say("pupil.sentence", m.Name, int(e.Mean+0.5), e.N, (e.High-e.Low+1)/2)
	}
	if who.Teaches() {
		p.Reset = ""
	}
	p.Call.Action, p.Called = pupilPath(m)+"/name", c.field("name", wrong)
	if wrong == nil {
		p.Called.Value = m.Name
	} else if p.Called.Error == "" {
		p.Error = c.fault(wrong)
	}
	p.Time.Action = pupilPath(m) + "/extra"
	for _, e := range people.Extras {
		value := strconv.Itoa(int(e))
		p.Times = append(p.Times, views.Option{Value: value, Text: c.Say("extra." + value), Chosen: e == m.Extra})
	}
	return p, nil
}

// pupilCall gives a pupil another name in the class.
func (s *Server) pupilCall(c *Ctx) (string, error) {
	n := c.Int("m")
	err := s.Classes.Call(c.Context(), c.Person, c.class(), n, c.Form("name"))
	if formal(err) {
		return "", s.retry(c, s.pupilPage, err)
	}
	return classPath(c.class()) + "/pupils/" + strconv.Itoa(n), err
}

// pupilExtra sets how much time a pupil has where time is limited.
func (s *Server) pupilExtra(c *Ctx) (string, error) {
	extra, err := strconv.Atoi(c.Form("extra"))
	if err != nil {
		extra = 0
	}
	n := c.Int("m")
	return classPath(c.class()) + "/pupils/" + strconv.Itoa(n), s.Classes.Stretch(c.Context(), c.Person, c.class(), n, people.Extra(extra))
}

// pupilReset is how a pupil who is locked out gets back in.
func (s *Server) pupilReset(c *Ctx) (views.Page, error) {
	back, err := s.Classes.WayBack(c.Context(), c.Person, c.class(), c.Int("m"))
	if err != nil {
		return nil, err
	}
	path := pupilPath(back.Member)
	p := views.PupilReset{Name: back.Member.Name, Back: path, Guest: back.Guest, Staff: back.Staff,
		Ask: views.Form{Action: path + "/reset", Token: newToken()}}
	if back.Value != "" && !back.Staff {
		p.Link = s.site(c) + "/link/" + back.Value
		p.QR = ui.QR{Text: p.Link, Label: c.Say("pupil.reset_qr")}
		p.Ends = c.Say("pupil.reset_until", c.moment(back.Ends))
	}
	return p, nil
}

// pupilResetDo signs a pupil out everywhere and makes the link back in.
func (s *Server) pupilResetDo(c *Ctx) (string, error) {
	err := s.Classes.Reset(c.Context(), c.Person, c.class(), c.Int("m"), c.Form("token"))
	return classPath(c.class()) + "/pupils/" + strconv.Itoa(c.Int("m")) + "/reset", err
}

// pupilRemove asks before a pupil is taken out.
func (s *Server) pupilRemove(c *Ctx) (views.Page, error) {
	m, _, err := s.Classes.Members.Pupil(c.Context(), c.Person.ID, c.class(), c.Int("m"))
	if err != nil {
		return nil, err
	}
	return views.Sure{Heading: c.Say("pupil.remove_of", m.Name), What: c.Say("pupil.remove_what", m.Name),
		Kept: c.Say("pupil.remove_kept", m.Name), Ask: views.Form{Action: pupilPath(m) + "/remove"}, Do: c.Say("pupil.remove_do"),
		Stay: views.Link{Text: c.Say("pupil.remove_stay"), URL: pupilPath(m)}}, nil
}

// pupilRemoveDo takes a pupil out of a class.
func (s *Server) pupilRemoveDo(c *Ctx) (string, error) {
	return classPath(c.class()), s.Classes.Remove(c.Context(), c.Person, c.class(), c.Int("m"))
}
