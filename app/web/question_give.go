package web

import (
	"thaw/app/quiz"
	"thaw/views"
)

// flags are what the buttons of an exam's question do to its flag.
var flags = map[string]quiz.Flag{"flag": quiz.FlagPut, "unflag": quiz.FlagGone}

// questionGive keeps what is given in an exam and leads to the next question, after the
// last one to the check; a flag, or an answer taken back, leads back to its own.
func (s *Server) questionGive(c *Ctx) (string, error) {
	n, pos, do := c.Int("n"), c.Int("pos"), c.Form("do")
	if do == "extend" {
		return "", s.extendAsked(c, n, pos)
	}
	g := quiz.Giving{Submission: submission(c), Was: c.Form("was"), Flag: flags[do], Leave: do == "leave"}
	if err := s.Host.Give(c.Context(), c.Person, g); err != nil {
		return "", s.notTaken(c, n, pos, err)
	}
	if do != "" {
		return itemPath(n, pos), nil
	}
	turn, err := s.Host.Store.Turn(c.Context(), c.Person.ID, n, pos)
	return after(turn.Sitting, pos), err
}

// after is what follows a question of an exam.
func after(s quiz.Sitting, pos int) string {
	if pos < s.Count {
		return itemPath(s.N, pos+1)
	}
	return checkPath(s.N)
}

func checkPath(n int) string { return sittingPath(n) + "/check" }

// sheet is what a question of an exam has beside it; nil for any other.
func (s shown) sheet() *views.Sheet {
	if s.turn.Sitting.Mode != quiz.Exam {
		return nil
	}
	it, n := s.turn.Item, s.turn.Sitting.N
	p := &views.Sheet{Was: it.Token, Flagged: it.Flagged, Given: it.State == quiz.Given, Check: checkPath(n),
		Skip: views.Link{Text: s.say("sheet.skip"), URL: after(s.turn.Sitting, it.Pos)}}
	if p.Given {
		p.Skip.Text = s.say("sheet.next")
	}
	for _, other := range s.all {
		p.Numbers = append(p.Numbers, views.Number{Pos: other.Pos, URL: itemPath(n, other.Pos), Given: other.State == quiz.Given,
			Flagged: other.Flagged, Here: other.Pos == it.Pos, Label: s.say("sheet.label", other.Pos, itemWord(s.say, other))})
	}
	return p
}
