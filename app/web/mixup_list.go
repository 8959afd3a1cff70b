package web

import (
	"thaw/app/report"
	"thaw/questions"
	"thaw/views"
)

// mixupsShow lists the names that a learner takes for each other.
func (s *Server) mixupsShow(c *Ctx) (views.Page, error) {
	list, err := s.Reporter.Mixups(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	p := views.Mixups{Heading: c.Say("mixup.title"), Lead: c.Say("mixup.lead"), Back: views.Link{Text: c.Say("nav.progress"), URL: "/progress"}}
	if len(list) == 0 {
		p.Lead = c.Say("mixup.none")
	}
	for _, m := range list {
		shown := mixup(c, m)
		shown.Line = c.Say("mixup.line", m.N, m.AtoB, m.B.Name, m.A.Name, c.ago(m.Last))
		shown.Drill = &views.Form{Action: "/mixups", Token: newToken()}
		shown.Hidden = pairOf(m)
		p.List = append(p.List, shown)
	}
	return p, nil
}

// pairOf names a pair in a form.
func pairOf(m report.Mixup) []views.Pair {
	return []views.Pair{{Name: "bank", Value: number(m.Bank)}, {Name: "a", Value: number(m.A.ID)}, {Name: "b", Value: number(m.B.ID)}}
}

func mixup(c *Ctx, m report.Mixup) views.Mixup {
	shown := views.Mixup{Heading: c.Say("mixup.pair", m.A.Name, m.B.Name)}
	for _, e := range []questions.Entity{m.A, m.B} {
		if e.About != "" {
			shown.About = append(shown.About, views.Figure{Name: e.Name, Text: e.About})
		}
	}
	return shown
}

// mixupDrill begins a quiz on two names.
func (s *Server) mixupDrill(c *Ctx) (string, error) {
	names := []questions.EntityID{idOf[questions.EntityID](c.Form("a")), idOf[questions.EntityID](c.Form("b"))}
	n, err := s.Host.Drill(c.Context(), c.Person, idOf[questions.BankID](c.Form("bank")), names, c.Form("token"))
	return itemPath(n, 1), err
}

// classMixups lists the names that a class takes for each other.
func (s *Server) classMixups(c *Ctx) (views.Page, error) {
	class, err := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if err != nil {
		return nil, err
	}
	list, err := s.Reporter.ClassMixups(c.Context(), class.ID)
	if err != nil {
		return nil, err
	}
	p := views.Mixups{Heading: c.Say("mixup.class"), Lead: c.Say("mixup.class_lead"), Back: views.Link{Text: class.Name, URL: classPath(class.ID)}}
	if len(list) == 0 {
		p.Lead = c.Say("mixup.class_none")
	}
	for _, m := range list {
		shown := mixup(c, m)
		shown.Line = c.Say("mixup.class_line", m.Learners, m.N, m.AtoB, m.B.Name, m.A.Name)
		p.List = append(p.List, shown)
	}
	return p, nil
}
