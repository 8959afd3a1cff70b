package web

import (
	"thaw/app/quiz"
	"thaw/questions"
)

// questionAnswer takes an answer; the same address then shows the verdict.
func (s *Server) questionAnswer(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	err := s.Host.Answer(c.Context(), c.Person, quiz.Submission{
		Sitting: n, Pos: pos, Response: questions.Response(c.Values("answer")),
		Token: c.Form("token"), Took: c.Took()})
	return itemPath(n, pos), err
}

// answerUndo takes the last answer of a review back and asks again.
func (s *Server) answerUndo(c *Ctx) (string, error) {
	n := c.Int("n")
	pos, err := s.Host.Undo(c.Context(), c.Person, n)
	return itemPath(n, pos), err
}
