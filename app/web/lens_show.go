package web

import (
	"strconv"
	"time"

	"thaw/app/bank"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/text"
	"thaw/views/ui"
)

// lensShow is one question under the lens, with what can be done about it.
func (s *Server) lensShow(c *Ctx) (views.Page, error) {
	q, l, err := s.Reporter.QuestionLens(c.Context(), c.Person, c.questionID())
	if err != nil {
		return nil, err
	}
	i := l.Items[0]
	line := kind.Line(i.Version)
	p := views.LensOf{Heading: bank.Plain(line), Prompt: kind.Inline(line), Back: lensBack(c), From: lensFrom(c, l, looksAtAll(c.Person, q.Bank)),
		Signs: lensSigns(c, i)}
	if i.Apart > 0 {
		p.Apart = c.Say("lens.apart", i.Apart)
	}
	lensActions(c, q, i, &p)
	switch {
	case i.First.Of == 0:
		p.Quiet = c.Say("lens.unanswered")
		return p, nil
	case i.Few():
		p.Quiet = c.Say("report.few", i.First.Of)
		return p, nil
	case len(p.Signs) == 0:
		p.Quiet = c.Say("lens.fine")
	}
	p.Figures = lensFigures(c, i)
	p.Picks = lensPicks(c, i)
	lensMisses(c, i, &p)
	return p, nil
}

// lensBack leads to the class from which one came, or to all.
func lensBack(c *Ctx) views.Link {
	if id := idOf[questions.ClassID](c.Query("class")); id != 0 {
		return views.Link{Text: c.Say("lens.back"), URL: classPath(id) + "/questions"}
	}
	return views.Link{Text: c.Say("nav.classes"), URL: "/classes"}
}

// lensActions adds what the person may do about the question.
func lensActions(c *Ctx, q report.Lensed, i report.Item, p *views.LensOf) {
	id, live := q.Head.ID, q.Head.State == bank.Live
	switch {
	case q.Edits:
		p.Fix = &views.Link{Text: c.Say("lens.fix"), URL: draftPath(id)}
	case q.Rules && typed(i.Version):
		p.Fix = &views.Link{Text: c.Say("lens.accept"), URL: draftPath(id)}
	}
	switch {
	case q.Edits && !q.Bank.BuiltIn:
		p.Edit = &views.Link{Text: c.Say("lens.edit"), URL: writtenPath(id)}
		if live {
			p.Retire = &views.Ask{Form: views.Form{Action: writtenPath(id) + "/state"}, Text: c.Say("lens.retire"), Hidden: []views.Pair{{Name: "state", Value: string(bank.Retired)}}}
		}
	case q.Edits:
		p.Edit = &views.Link{Text: c.Say("lens.retire"), URL: draftPath(id) + "?decision=" + string(study.Leave)}
	case q.Bank.BuiltIn:
		p.Note = c.Say("lens.copy_note")
		p.Copy = &views.Ask{Form: views.Form{Action: bankPath(q.Bank.ID) + "/copy", Token: newToken()}, Text: c.Say("lens.copy"), Hidden: []views.Pair{{Name: "title", Value: q.Bank.Title}}}
	default:
		p.Note = c.Say("lens.author_note")
	}
	if !live {
		p.Note = c.Say("lens.retired")
	}
}

// typed tells whether something is typed.
func typed(v questions.Version) bool {
	for _, a := range v.Answers {
		if a.Match != "" {
			return true
		}
	}
	return false
}

// lensFigures are the numbers of a question, each with how sure it is.
func lensFigures(c *Ctx, i report.Item) []ui.Figure {
	figures := []ui.Figure{{Value: c.percent(i.First.Share), Label: c.Say("lens.facility"), Note: c.Say("lens.facility_note", i.First.Hits, i.First.Of, c.span(i.First).Said())}}
	if i.Version.Kind == questions.Flash {
		figures[0].Note += ". " + c.Say("lens.self")
	}
	tells := ui.Figure{Value: "–", Label: c.Say("lens.discrimination"), Note: c.Say("lens.discrimination_few", i.Tells.N)}
	switch t := i.Tells; {
	case i.Told():
		tells.Value, tells.Note = c.hundredths(t.R), c.Say("lens.discrimination_note", c.hundredths(t.Low), c.hundredths(t.High), t.N)
	case i.Placed():
		tells.Note = c.Say("lens.discrimination_same")
	}
	figures = append(figures, tells)
	if t := i.Time; t.N > 0 {
		figures = append(figures, ui.Figure{Value: c.Say("lens.seconds", c.seconds(t.Median)), Label: c.Say("lens.time"), Note: c.Say("lens.time_note", c.seconds(t.Low), c.seconds(t.Upper))})
	}
	return append(figures, ui.Figure{Value: strconv.Itoa(i.SureWrong), Label: c.Say("lens.sure_wrong"), Note: c.Say("lens.sure_wrong_note", i.First.Of, c.percent(float64(i.SureWrong)/float64(i.First.Of)))})
}

func (c *Ctx) seconds(d time.Duration) string { return text.Brief(c.Lang(), d.Seconds()) }

// lensPicks is the table of options, nil where none are picked.
func lensPicks(c *Ctx, i report.Item) *chart.Picks {
	if len(i.Options) == 0 {
		return nil
	}
	part := func(s report.Share) chart.Part { return chart.Part{N: s.Hits, Of: s.Of} }
	p := &chart.Picks{Lang: c.Lang(), ID: "picks", Title: c.Say("lens.options")}
	for _, o := range i.Options {
		pick := chart.Pick{Text: lensOptions(c, i, []string{o.Text})[0], Key: o.Key, All: part(o.Taken), Upper: part(o.Upper), Lower: part(o.Lower)}
		if note := i.Note(o); note != "" {
			pick.Note = c.Say("lens.taken_" + string(note))
		}
		p.Options = append(p.Options, pick)
	}
	return p
}

// lensMisses adds the commonest wrong answers of what is typed.
func lensMisses(c *Ctx, i report.Item, p *views.LensOf) {
	if !typed(i.Version) || i.First.Hits == i.First.Of {
		return
	}
	for _, m := range i.Misses {
		text := m.Text
		if kind.Parts(i.Version) > 1 {
			text = c.Say("lens.gap", m.Text, m.Part)
		}
		p.Misses = append(p.Misses, []string{text, strconv.Itoa(m.N)})
	}
	if len(p.Misses) == 0 {
		p.Alone = c.Say("lens.misses_none")
	}
}
