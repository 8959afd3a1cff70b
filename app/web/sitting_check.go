package web

import (
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// onwardIn is where an open sitting goes on: at the next question without an answer, in an
// exam that has none at its check.
func onwardIn(s quiz.Sitting) string {
	if s.Waits() {
		return sittingPath(s.N)
	}
	if next, ok := s.Next(); ok {
		return itemPath(s.N, next.Pos)
	}
	if s.Mode == quiz.Exam && !s.Done() {
		return checkPath(s.N)
	}
	return sittingPath(s.N)
}

// errorOr is an error, or another where there is none.
func errorOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// sittingCheck lists what is given in an exam before it is handed in.
func (s *Server) sittingCheck(c *Ctx) (views.Page, error) {
	sitting, err := s.Host.Store.Sitting(c.Context(), c.Person.ID, c.Int("n"))
	if err != nil {
		return nil, err
	}
	if sitting.Mode != quiz.Exam || sitting.Done() || sitting.Waits() || sitting.Over(s.Now()) {
		return c.Go(sittingPath(sitting.N))
	}
	p := views.Check{HandIn: views.Form{Action: sittingPath(sitting.N) + "/hand-in"},
		Back: views.Link{Text: c.Say("check.back"), URL: itemPath(sitting.N, 1)}, Timer: besides(c.Person, s.Now(), sitting)}
	if next, ok := sitting.Next(); ok {
		p.Back.URL = itemPath(sitting.N, next.Pos)
	}
	if p.Timer != nil {
		p.Timer.Over = true
	}
	p.Line = checkLine(c, sitting)
	p.Rows, err = s.checkRows(c, sitting)
	return p, err
}

// checkLine counts what is given, empty and flagged.
func checkLine(c *Ctx, s quiz.Sitting) string {
	given, flagged := 0, 0
	for _, it := range s.Items {
		if it.State == quiz.Given {
			given++
		}
		if it.Flagged {
			flagged++
		}
	}
	line := c.Say("check.line", given, s.Count)
	if given < s.Count {
		line = c.Say("check.line_empty", given, s.Count, s.Count-given)
	}
	if flagged > 0 {
		line += " " + c.Say("check.flagged", flagged)
	}
	return line
}

func (s *Server) checkRows(c *Ctx, sitting quiz.Sitting) ([]views.CheckRow, error) {
	refs := make([]questions.Ref, len(sitting.Items))
	for i, it := range sitting.Items {
		refs[i] = it.Ref
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	rows := make([]views.CheckRow, len(sitting.Items))
	for i, it := range sitting.Items {
		rows[i] = views.CheckRow{Pos: it.Pos, Prompt: kind.Inline(kind.Line(versions[it.Ref])), Status: itemWord(c.Say, it), URL: itemPath(sitting.N, it.Pos)}
	}
	return rows, err
}

// itemWord says how an item of an open exam stands.
func itemWord(say questions.Say, it quiz.Item) string {
	word := say("sheet.empty")
	if it.State == quiz.Given {
		word = say("sheet.given")
	}
	if it.Flagged {
		return say("sheet.flagged", word)
	}
	return word
}

// sittingHandIn ends an exam; its result follows.
func (s *Server) sittingHandIn(c *Ctx) (string, error) {
	n := c.Int("n")
	return sittingPath(n), s.Host.HandIn(c.Context(), c.Person, n)
}

// leftEmpty says how many questions of a finished sitting had no answer, and whether time
// was the reason.
func leftEmpty(c *Ctx, s quiz.Sitting) string {
	switch {
	case s.RanOut() && s.Empty > 0:
		return c.Say("result.ran_out_empty", s.Empty)
	case s.RanOut():
		return c.Say("result.ran_out")
	case s.Empty > 0:
		return c.Say("result.empty", s.Empty)
	}
	return ""
}
