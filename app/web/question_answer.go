package web

import (
	"context"
	"errors"
	"time"

	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
)

// keepTime is how long the question of an unsaved answer may take to be found.
const keepTime = 2 * time.Second

// questionAnswer takes an answer; the same address then shows the verdict.
func (s *Server) questionAnswer(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	err := s.Host.Answer(c.Context(), c.Person, quiz.Submission{
		Sitting: n, Pos: pos, Response: questions.Response(c.Values("answer")),
		Token: c.Form("token"), Took: c.Took(), Sure: c.Form("sure") == "1"})
	switch {
	case unsaved(err):
		return "", s.keepAnswer(c, n, pos, "fault.not_saved", err)
	case errors.Is(err, kind.ErrNothing):
		return "", s.keepAnswer(c, n, pos, "fault.nothing_marked", err)
	case errors.Is(err, kind.ErrUnfinished):
		return "", s.keepAnswer(c, n, pos, "fault.unfinished", err)
	}
	return itemPath(n, pos), err
}

// unsaved tells whether an answer was good and could not be stored now.
func unsaved(err error) bool {
	var f *fault.Fault
	return errors.As(err, &f) && f.Busy
}

// keepAnswer shows the question again with an answer that is not stored, and says
// why; its token stays, so that it counts once however often it is sent.
func (s *Server) keepAnswer(c *Ctx, n, pos int, why string, err error) error {
	var cancel context.CancelFunc
	c.ctx, cancel = context.WithTimeout(context.WithoutCancel(c.ctx), keepTime)
	defer cancel()
	turn, turnErr := s.Host.Store.Turn(c.Context(), c.Person.ID, n, pos)
	if turnErr != nil {
		return err
	}
	item, itemErr := s.shown(c, turn)
	if itemErr != nil {
		return err
	}
	page := item.question(c.Form("token"), questions.Response(c.Values("answer")))
	page.Error = c.Say(why)
	return again(page, err)
}

// answerUndo takes the last answer of a review back and asks again.
func (s *Server) answerUndo(c *Ctx) (string, error) {
	n := c.Int("n")
	pos, err := s.Host.Undo(c.Context(), c.Person, n)
	return itemPath(n, pos), err
}
