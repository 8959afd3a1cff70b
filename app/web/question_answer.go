package web

import (
	"context"
	"errors"
	"time"

	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// keepTime is how long the question of an unsaved answer may take to be found.
const keepTime = 2 * time.Second

// questionAnswer takes an answer; the same address then shows the verdict.
func (s *Server) questionAnswer(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	if c.Form("do") == "extend" {
		return "", s.extendAsked(c, n, pos)
	}
	err := s.Host.Answer(c.Context(), c.Person, submission(c))
	return itemPath(n, pos), s.notTaken(c, n, pos, err)
}

// submission is an answer as the form sends it.
func submission(c *Ctx) quiz.Submission {
	return quiz.Submission{Sitting: c.Int("n"), Pos: c.Int("pos"), Response: questions.Response(c.Values("answer")),
		Token: c.Form("token"), Took: c.Took(), Sure: c.Form("sure") == "1"}
}

// notTaken shows the question again where its answer could not be taken as it is, and what
// was kept where the form has been overtaken.
func (s *Server) notTaken(c *Ctx, n, pos int, err error) error {
	switch {
	case err == nil:
		return nil
	case unsaved(err):
		return s.keepAnswer(c, n, pos, "fault.not_saved", err)
	case errors.Is(err, kind.ErrNothing):
		return s.keepAnswer(c, n, pos, "fault.nothing_marked", err)
	case errors.Is(err, kind.ErrUnfinished):
		return s.keepAnswer(c, n, pos, "fault.unfinished", err)
	}
	return s.overtaken(c, n, pos, err)
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
	page := held(c, item)
	page.Error = c.Say(why)
	return again(page, err)
}

// held is the page of a question with what its form held, the form being the same but for
// one that has been stored in part.
func held(c *Ctx, item shown) views.Question {
	token, answer := c.Form("token"), questions.Response(c.Values("answer"))
	if token == "" || item.turn.Item.Token == token {
		return item.question(newToken(), answer)
	}
	page := item.question(token, answer)
	if page.Sheet != nil {
		page.Sheet.Was = c.Form("was")
	}
	return page
}

// answerUndo takes the last answer of a review back and asks again.
func (s *Server) answerUndo(c *Ctx) (string, error) {
	n := c.Int("n")
	pos, err := s.Host.Undo(c.Context(), c.Person, n)
	return itemPath(n, pos), err
}
