package web

import (
	"errors"
	"slices"

	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// elsewheres are the faults of a form that has been overtaken, by what is said of each.
var elsewheres = map[string]string{"fault.closed": "elsewhere.closed", "fault.given": "elsewhere.given",
	"fault.handed_in": "elsewhere.handed", "fault.time_over": "elsewhere.late"}

// overtaken shows what was kept and what was not where a form comes too late: another
// window or time was faster. Any other error stays as it is; so does one of which the
// sitting cannot be found. Position 0 is no question.
func (s *Server) overtaken(c *Ctx, n, pos int, err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) || f.Busy || elsewheres[f.Key] == "" {
		return err
	}
	sitting, loadErr := s.Host.Store.Sitting(c.Context(), c.Person.ID, n)
	if loadErr != nil {
		return err
	}
	p := views.Elsewhere{Heading: c.Say("elsewhere.heading"), What: c.Say(elsewheres[f.Key]), Go: views.Link{Text: c.Say("elsewhere.go"), URL: onwardIn(sitting)}}
	if f.Key == "fault.time_over" || byTime(sitting, pos) {
		p.Heading, p.What = c.Say("elsewhere.over"), c.Say("elsewhere.late")
	}
	if sitting.Done() || sitting.Waits() {
		p.Go = views.Link{Text: c.Say("elsewhere.result"), URL: sittingPath(n)}
	}
	if pos > 0 {
		if loadErr := s.elsewhere(c, &p, n, pos); loadErr != nil {
			return err
		}
	}
	return again(p, err)
}

// byTime tells whether a question is closed since time was over, not by an answer.
func byTime(s quiz.Sitting, pos int) bool {
	if !s.RanOut() {
		return false
	}
	return s.Mode == quiz.Exam || pos == 0 || pos <= len(s.Items) && s.Items[pos-1].Left()
}

// elsewhere says what of one question is kept, and what the form held beside it.
func (s *Server) elsewhere(c *Ctx, p *views.Elsewhere, n, pos int) error {
	turn, err := s.Host.Store.Turn(c.Context(), c.Person.ID, n, pos)
	if err != nil {
		return err
	}
	item, err := s.shown(c, turn)
	if err != nil {
		return err
	}
	kept, sent := standsFor(turn), questions.Response(c.Values("answer"))
	there, here := item.words(kept), item.words(sent)
	switch {
	case there != "":
		p.Kept = c.Say("elsewhere.kept", there)
	case len(kept) > 0:
		p.Kept = c.Say("elsewhere.kept_rated")
	default:
		p.Kept = c.Say("elsewhere.kept_none")
	}
	if here != "" && !slices.Equal(kept, sent) {
		p.Lost = c.Say("elsewhere.lost", here)
	}
	p.Look = &views.Link{Text: c.Say("elsewhere.look"), URL: itemPath(n, pos)}
	return nil
}

// standsFor is the response that is kept for an item.
func standsFor(t quiz.Turn) questions.Response {
	switch t.Item.State {
	case quiz.Closed:
		return t.Past.Response
	case quiz.Given:
		return t.Item.Given
	}
	return t.Item.Tried
}

// words are a response as a person would say it.
func (s shown) words(r questions.Response) string {
	k, ok := kind.Of(s.version.Kind)
	if !ok || len(r) == 0 {
		return ""
	}
	return k.Words(s.asked(), r).Given
}
