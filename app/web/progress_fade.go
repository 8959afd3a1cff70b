package web

import (
	"thaw/app/report"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/ui"
)

// fadeMap is what is left of each topic in the weeks to come. Who looks at others cannot
// practise for them.
func fadeMap(c *Ctx, fades []report.Fade, own bool) views.FadeMap {
	m := views.FadeMap{Heading: c.Say("progress.topics"), Line: fadesFirst(c, fades)}
	for _, weeks := range report.Horizons {
		if weeks == 0 {
			m.Columns = append(m.Columns, c.Say("fade.now"))
			continue
		}
		m.Columns = append(m.Columns, c.Say("fade.weeks", weeks))
	}
	for _, f := range fades {
		row := views.FadeRow{Title: f.Title, Note: c.Say("fade.met", f.Met, f.Facts)}
		if f.Met > 0 {
			row.Cells = fadeCells(c, f)
		}
		if own {
			row.Practise = practise(c, f.Title, views.Pair{Name: "topic", Value: number(f.ID)})
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// fadeCells are the shares of a topic, each coloured as its number says.
func fadeCells(c *Ctx, f report.Fade) (cells []views.FadeCell) {
	for _, known := range f.Known {
		n := percent(known)
		cells = append(cells, views.FadeCell{Text: c.Say("chart.percent", n), Step: ui.Scale(float64(n)/100, f.Stability, true)})
	}
	return cells
}

// fadesFirst says of which topic least is left in four weeks.
func fadesFirst(c *Ctx, fades []report.Fade) string {
	f, ok := report.FadesFirst(fades)
	if !ok {
		return c.Say("fade.few")
	}
	return c.Say("fade.line", f.Title, percent(f.Known[0]), percent(f.Known[report.InFour]))
}

// practise begins a quiz on what the fields name.
func practise(c *Ctx, of string, fields ...views.Pair) *views.Practise {
	return &views.Practise{Form: views.Form{Action: "/sittings", Token: newToken()}, Fields: fields, Label: c.Say("progress.practise"), Of: of}
}

// leaving lists the facts that are forgotten in a week, by the questions that ask for
// them.
func (s *Server) leaving(c *Ctx, o report.Progress, own bool) (views.Going, error) {
	l := views.Going{Line: c.Say("going.none")}
	if len(o.Leaving) == 0 {
		return l, nil
	}
	l.Line = c.Say("going.line", len(o.Leaving), percent(report.Usual))
	if len(o.Examples) < len(o.Leaving) {
		l.Line += " " + c.Say("going.listed")
	}
	versions, err := s.Shelf.Versions(c.Context(), refsOf(o.Examples))
	if err != nil {
		return l, err
	}
	var all []views.Pair
	for _, a := range o.Examples {
		fact := views.Pair{Name: "fact", Value: number(a.Fact)}
		prompt := kind.Line(versions[a.Ref])
		row := views.LeavingRow{Prompt: kind.Inline(prompt), Change: c.Say("going.change", topicOf(o, a.Fact), percent(a.Now), percent(a.Soon))}
		if own {
			row.Practise = practise(c, prompt, fact)
		}
		l.Rows, all = append(l.Rows, row), append(all, fact)
	}
	if own && len(all) > 1 {
		l.All = practise(c, "", all...)
		l.All.Label = c.Say("going.all", len(all))
	}
	return l, nil
}

// topicOf is the title of the topic of a fact.
func topicOf(o report.Progress, f questions.FactID) string {
	for _, t := range o.Topics {
		for _, m := range t.Facts {
			if m.Fact == f {
				return t.Title
			}
		}
	}
	return ""
}
