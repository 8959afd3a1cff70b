package web

import (
	"strings"

	"thaw/app/repair"
	"thaw/app/study"
	"thaw/questions/kind"
	"thaw/views"
)

// rulingShow is a ruling with how far it has come.
func (s *Server) rulingShow(c *Ctx) (views.Page, error) {
	r, err := s.Repairer.Store.Progress(c.Context(), c.Person, c.ruling())
	if err != nil {
		return nil, err
	}
	v, err := s.Shelf.Version(c.Context(), r.Prompt)
	if err != nil {
		return nil, err
	}
	p := views.Ruled{Heading: ruledHeading(c, r.Ruling), Prompt: kind.Inline(kind.Line(v)), Line: ruledLine(c, r), Reached: r.Done, Of: r.Done + r.Left,
		Back: views.Link{Text: c.Say("ruling.inbox"), URL: "/inbox"}}
	p.Done = ruledSoFar(c, r)
	if r.Finished.IsZero() {
		p.Reload = &views.Link{Text: c.Say("ruling.reload"), URL: rulingPath(r.ID)}
	}
	if r.Undone.IsZero() {
		p.Undo = &views.Form{Action: rulingPath(r.ID) + "/undo"}
	}
	return p, nil
}

// ruledHeading says what was ruled.
func ruledHeading(c *Ctx, r study.Ruling) string {
	return c.Say("ruling.made_"+string(r.Decision), strings.Join(r.Texts, " · "))
}

// ruledLine says who ruled, when, and for whom.
func ruledLine(c *Ctx, r repair.Progress) string {
	by, whom := r.By, c.Say("ruling.for_all")
	if by == "" {
		by = c.Say("ruling.somebody")
	}
	if r.Classes != 0 {
		whom = c.Say("ruling.for_some", r.Classes)
	}
	if !r.Undone.IsZero() {
		return c.Say("ruling.line_undone", by, c.ago(r.At), whom, c.ago(r.Undone))
	}
	return c.Say("ruling.line", by, c.ago(r.At), whom)
}

// ruledSoFar says how many learners it has reached.
func ruledSoFar(c *Ctx, r repair.Progress) string {
	under := r.Finished.IsZero()
	switch {
	case under && !r.Undone.IsZero():
		return c.Say("ruling.back_under_way", r.Done, r.Done+r.Left)
	case under:
		return c.Say("ruling.under_way", r.Done, r.Done+r.Left)
	case !r.Undone.IsZero():
		return c.Say("ruling.back_done")
	}
	return c.Say("ruling.done", r.Done)
}
