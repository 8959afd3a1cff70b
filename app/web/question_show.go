package web

import (
	"cmp"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/app/study"
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
	if over, err := s.Host.Settle(c.Context(), c.Person, turn.Sitting); err != nil || over && turn.Item.State != quiz.Closed {
		return nil, errorOr(err, away{sittingPath(turn.Sitting.N)})
	}
	if turn.Sitting.Waits() {
		return c.Go(sittingPath(turn.Sitting.N))
	}
	item, err := s.shown(c, turn)
	if err != nil {
		return nil, err
	}
	if turn.Item.State != quiz.Closed {
		return item.question(newToken(), nil), nil
	}
	page := item.verdict(undoForm(turn.Sitting))
	page.Care = item.care()
	if !turn.Item.Left() {
		page.Objection = item.objection()
	}
	return page, nil
}

func (s *Server) shown(c *Ctx, turn quiz.Turn) (shown, error) {
	v, err := s.Shelf.Version(c.Context(), turn.Item.Ref)
	if err != nil {
		return shown{}, err
	}
	open, err := s.Shelf.All(c.Context(), []bank.Open{turn.Open})
	if err != nil || len(open) == 0 {
		return shown{}, cmp.Or(err, error(fault.New(fault.Missing, "fault.missing")))
	}
	contents := open[0]
	if contents.Lexicon, err = s.Shelf.Lexicon(c.Context(), turn.Item.Bank, turn.Item.Lexicon); err != nil {
		return shown{}, err
	}
	v = amended(turn, study.Wording{Version: v, Lexicon: contents.Lexicon})
	item := shown{turn: turn, version: v.In(turn.Item.Order), contents: contents, person: c.Person, now: s.Now()}
	if turn.Sitting.Mode == quiz.Exam && turn.Item.State != quiz.Closed {
		sitting, err := s.Host.Store.Sitting(c.Context(), c.Person.ID, turn.Sitting.N)
		if err != nil {
			return shown{}, err
		}
		item.all = sitting.Items
	}
	if v.Kind == questions.Flash && turn.Item.State == quiz.Tried {
		item.back, err = s.Host.Preview(c.Context(), c.Person, turn)
	}
	return item, err
}

// amended is the wording of an answered item as rulings would have had it, so that the
// page says what is right by now.
func amended(t quiz.Turn, w study.Wording) questions.Version {
	var reach []study.Ruling
	e := t.Past.Event
	if t.Item.Left() {
		e = study.Event{Ref: t.Item.Ref, At: t.Sitting.Finished}
	}
	for _, r := range t.Rulings {
		if t.Item.State == quiz.Closed && r.Reaches(e) {
			reach = append(reach, r)
		}
	}
	return study.Amended(w, reach).Version
}

// undoForm takes the last answer back, where that is possible.
func undoForm(sitting quiz.Sitting) *views.Form {
	if !sitting.Undoable() {
		return nil
	}
	return &views.Form{Action: sittingPath(sitting.N) + "/undo"}
}
