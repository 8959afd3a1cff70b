package web

import (
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/views"
)

// questionShow is one item of a sitting: asked while it is open, with its
// verdict once it is closed.
func (s *Server) questionShow(c *Ctx) (views.Page, error) {
	turn, err := s.Host.Store.Turn(c.Context(), c.Person.ID, c.Int("n"), c.Int("pos"))
	if err != nil {
		return nil, err
	}
	item, err := s.shown(c, turn)
	if err != nil {
		return nil, err
	}
	if turn.Item.State != quiz.Closed {
		return item.question(newToken(), nil), nil
	}
	return item.verdict(undoForm(turn.Sitting)), nil
}

func (s *Server) shown(c *Ctx, turn quiz.Turn) (shown, error) {
	v, err := s.Shelf.Version(c.Context(), turn.Item.Ref)
	if err != nil {
		return shown{}, err
	}
	contents, err := s.Shelf.Bank(c.Context(), turn.Item.Bank)
	if err != nil {
		return shown{}, err
	}
	if contents.Lexicon, err = s.Shelf.Lexicon(c.Context(), turn.Item.Bank, turn.Item.Lexicon); err != nil {
		return shown{}, err
	}
	item := shown{turn: turn, version: v.In(turn.Item.Order), contents: contents, person: c.Person, now: s.Now()}
	if v.Kind == questions.Flash && turn.Item.State == quiz.Tried {
		item.back, err = s.Host.Preview(c.Context(), c.Person, turn)
	}
	return item, err
}

// undoForm takes the last answer back, where that is possible.
func undoForm(sitting quiz.Sitting) *views.Form {
	if !sitting.Undoable() {
		return nil
	}
	return &views.Form{Action: sittingPath(sitting.N) + "/undo"}
}
