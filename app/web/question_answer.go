package web

import (
	"errors"

	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
)

// questionAnswer takes an answer; the same address then shows the verdict.
func (s *Server) questionAnswer(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	err := s.Host.Answer(c.Context(), c.Person, quiz.Submission{
		Sitting: n, Pos: pos, Response: questions.Response(c.Values("answer")),
		Token: c.Form("token"), Took: c.Took()})
	if errors.Is(err, kind.ErrNothing) {
		return "", s.askAgain(c, err)
	}
	return itemPath(n, pos), err
}

// askAgain shows a question that was sent with nothing in it, and says so.
func (s *Server) askAgain(c *Ctx, sent error) error {
	turn, err := s.Host.Store.Turn(c.Context(), c.Person.ID, c.Int("n"), c.Int("pos"))
	if err != nil {
		return err
	}
	item, err := s.shown(c, turn)
	if err != nil {
		return err
	}
	page := item.question(newToken())
	page.Nothing = c.Say("fault.nothing_marked")
	return again(page, sent)
}

// answerUndo takes the last answer of a review back and asks again.
func (s *Server) answerUndo(c *Ctx) (string, error) {
	n := c.Int("n")
	pos, err := s.Host.Undo(c.Context(), c.Person, n)
	return itemPath(n, pos), err
}
