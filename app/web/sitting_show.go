package web

import (
	"time"

	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// sittingShow is the result of a finished sitting; an open one goes on at its
// next question, or is closed where its time is over.
func (s *Server) sittingShow(c *Ctx) (views.Page, error) {
	sitting, err := s.Host.Store.Sitting(c.Context(), c.Person.ID, c.Int("n"))
	if err != nil {
		return nil, err
	}
	if over, err := s.Host.Settle(c.Context(), c.Person, sitting); over || err != nil {
		return nil, errorOr(err, away{sittingPath(sitting.N)})
	}
	if sitting.Waits() {
		return handed(c, sitting), nil
	}
	if !sitting.Done() {
		return c.Go(onwardIn(sitting))
	}
	o, err := s.Reporter.Overview(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	first := sitting.First()
	missed := sitting.Missed()
	p := views.Result{
		Review: sitting.Mode == quiz.Review,
		Right:  len(first) - len(missed), Count: len(first), RetryN: len(missed),
		Another: &views.Form{Action: "/sittings", Token: newToken()},
		Undo:    undoForm(sitting),
	}
	p.Empty = leftEmpty(c, sitting)
	p.Repaired = c.repaired(sitting.Repaired, p.Right, p.Count)
	if p.Rows, p.Dots, err = s.resultRows(c, sitting.N, sitting.Once()); err != nil {
		return nil, err
	}
	if len(missed) > 0 && sitting.Mode != quiz.Review {
		p.Retry = &views.Form{Action: sittingPath(sitting.N) + "/retry", Token: newToken()}
	}
	if p.Review && o.Due > 0 && !o.Off {
		p.More, p.MoreText = &views.Form{Action: "/reviews", Token: newToken()}, c.Say("result.more", o.Minutes)
	}
	p.Line = s.resultLine(c, p)
	p.Expected, p.Forecast = expected(c, sitting), s.tomorrow(c, first, o)
	p.Next = usefulTime(c, o)
	return s.withWords(c, p)
}

// resultLine says how it went, and what is worth doing about it.
func (s *Server) resultLine(c *Ctx, p views.Result) string {
	switch {
	case p.Review:
		return c.Say("result.review_done")
	case p.RetryN == 0:
		return c.Say("result.perfect")
	}
	return c.Say("result.retry", p.RetryN)
}

// tomorrow forecasts how much of what was right is still there a day later.
func (s *Server) tomorrow(c *Ctx, first []quiz.Item, o report.Overview) string {
	known := map[questions.FactID]bool{}
	for _, it := range first {
		for _, f := range it.Facts {
			known[f] = it.Credit == 1
		}
	}
	var right []study.Card
	for _, card := range o.Cards {
		if known[card.Fact] {
			right = append(right, card)
		}
	}
	if len(right) < 2 {
		return ""
	}
	e := study.Expect(right, o.Now.Add(24*time.Hour), o.Belief)
	return c.Say("result.forecast", int(e.Mean+0.5), e.N, e.Low, e.High, report.Minutes(e.N, nil))
}

// resultRows lists the items of a sitting with what was asked.
func (s *Server) resultRows(c *Ctx, n int, items []quiz.Item) ([]views.ResultRow, []views.Dot, error) {
	refs := make([]questions.Ref, len(items))
	for i, it := range items {
		refs[i] = it.Ref
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	if err != nil {
		return nil, nil, err
	}
	rows := make([]views.ResultRow, len(items))
	dots := make([]views.Dot, len(items))
	for i, it := range items {
		v := versions[it.Ref]
		url := itemPath(n, it.Pos)
		word := c.Say("verdict.word." + string(it.Verdict))
		if it.Left() && it.Verdict == questions.Wrong {
			word = c.Say("result.unanswered")
		}
		rows[i] = views.ResultRow{Pos: it.Pos, Prompt: kind.Brief(kind.Line(v)), Verdict: string(it.Verdict), Word: word,
			Key: keyText(c, v), URL: url}
		dots[i] = views.Dot{Pos: it.Pos, Verdict: string(it.Verdict), URL: url, Label: c.Say("result.dot", it.Pos, word)}
	}
	contestRows(c, n, items, rows, versions)
	return rows, dots, nil
}

// withWords adds a guest's three words until they are written down.
func (s *Server) withWords(c *Ctx, p views.Result) (views.Page, error) {
	if c.Person.Known() {
		return p, nil
	}
	p.Claim = "/sign-up"
	if c.Person.Noted {
		return p, nil
	}
	words, err := s.Desk.Words(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	p.Words = words
	p.Noted = &views.Form{Action: "/words/noted"}
	return p, nil
}

// keyText is the right answer as a person writes it.
func keyText(c *Ctx, v questions.Version) string {
	k, ok := kind.Of(v.Kind)
	if !ok {
		return ""
	}
	return k.Words(questions.Asked{Version: v, Say: c.Say}, nil).Key
}
