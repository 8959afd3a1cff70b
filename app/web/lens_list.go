package web

import (
	"slices"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/text"
)

func lensPath(id questions.QuestionID) string { return writtenPath(id) + "/lens" }

// lensList puts the questions of a class's banks under the lens: what looks faulty first,
// then what is missed most.
func (s *Server) lensList(c *Ctx) (views.Page, error) {
	class, l, err := s.Reporter.ClassLens(c.Context(), c.Person, c.class())
	if err != nil {
		return nil, err
	}
	path := classPath(class.ID)
	suspects, others := report.Suspects(l.Items)
	p := views.Lens{Lead: c.Say("lens.lead_none"), From: lensFrom(c, l, false), Back: views.Link{Text: class.Name, URL: path}}
	faulty := 0
	for _, i := range suspects {
		if i.Faulty() {
			faulty++
		}
		p.Suspects = append(p.Suspects, lensRow(c, i, class.ID))
	}
	if faulty > 0 {
		p.Lead = c.Say("lens.lead", faulty)
	}
	if more := len(suspects) - faulty; more > 0 {
		p.Lead += " " + c.Say("lens.lead_more", more)
	}
	slices.SortStableFunc(others, func(a, b report.Item) int { return a.First.Compare(b.First) })
	for _, i := range others {
		switch {
		case i.First.Of == 0:
		case i.Few():
			p.Few = append(p.Few, lensRow(c, i, class.ID))
		case len(p.Fine) == attention:
			p.Rest = append(p.Rest, lensRow(c, i, class.ID))
		default:
			p.Fine = append(p.Fine, lensRow(c, i, class.ID))
		}
	}
	return p, nil
}

// lensFrom says whose answers count.
func lensFrom(c *Ctx, l report.Lens, all bool) string {
	switch {
	case l.Pupils == report.Pool:
		return c.Say("lens.from_latest", l.Pupils)
	case all:
		return c.Say("lens.from_all", l.Pupils)
	}
	return c.Say("lens.from", l.Pupils)
}

func lensRow(c *Ctx, i report.Item, class questions.ClassID) views.LensRow {
	row := views.LensRow{Prompt: kind.Inline(kind.Line(i.Version)), URL: lensPath(i.Version.Question) + "?class=" + class.String(), Count: c.Say("report.few", i.First.Of)}
	if i.Few() {
		return row
	}
	row.Rate, row.Span = c.percent(i.First.Share), c.span(i.First)
	row.Count = c.Say("lens.count", i.First.Hits, i.First.Of, row.Span.Said())
	if i.Told() {
		row.Tells = c.Say("lens.tells", c.hundredths(i.Tells.R), c.hundredths(i.Tells.Low), c.hundredths(i.Tells.High))
	}
	for _, s := range lensSigns(c, i) {
		row.Signs = append(row.Signs, s.Line)
	}
	return row
}

func (c *Ctx) hundredths(x float64) string { return text.Hundredths(c.Lang(), x) }

// lensSigns words what stands out about a question, and what to do.
func lensSigns(c *Ctx, i report.Item) (list []views.LensSign) {
	for _, f := range i.Findings() {
		key := "lens." + string(f.Sign)
		if f.Sign == report.Harder && i.Guess < i.First.High {
			key = "lens.hardly"
		}
		var args []any
		switch options := lensOptions(c, i, f.Options); f.Sign {
		case report.Harder, report.Easy:
			args = []any{i.First.Hits, i.First.Of}
		case report.WrongKey:
			args = []any{options[0]}
		case report.Unused:
			for n, o := range options {
				options[n] = c.Say("lens.quoted", o)
			}
			args = []any{text.List(c.Lang(), options)}
		}
		list = append(list, views.LensSign{Line: c.Say(key, args...), Do: c.Say(key+"_do", args...)})
	}
	return list
}

// lensOptions are options as a person reads them, without markup.
func lensOptions(c *Ctx, i report.Item, texts []string) (list []string) {
	for _, t := range texts {
		list = append(list, bank.Plain(optionText(c, i.Version, questions.Answer{Text: t})))
	}
	return list
}

// looksAtAll tells whether somebody sees the answers of all classes.
func looksAtAll(who people.Person, b bank.Bank) bool { return b.BuiltIn && who.Role == people.Admin }
