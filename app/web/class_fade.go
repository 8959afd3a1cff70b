package web

import (
	"thaw/app/report"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/ui"
)

// classFade is what the class will still know of each topic in the weeks to come, nil
// while nothing has been met.
func classFade(c *Ctx, topics []report.ClassTopic) *views.ClassFade {
	f := &views.ClassFade{Line: c.Say("class.fade_few")}
	if first, ok := report.ClassFadesFirst(topics); ok {
		f.Line = c.Say("class.fade_line", first.Title, whole(first.Known[0]), whole(first.Known[report.FadeInFour]))
	}
	for _, weeks := range report.FadeWeeks {
		if weeks == 0 {
			f.Columns = append(f.Columns, c.Say("class.fade_now"))
			continue
		}
		f.Columns = append(f.Columns, c.Say("class.fade_weeks", weeks))
	}
	met := 0
	for _, t := range topics {
		met += t.Met
		row := views.ClassFadeRow{Title: t.Title, Note: c.Say("class.fade_met", t.Met, t.Facts)}
		for _, known := range t.Known {
			if t.Met > 0 {
				n := whole(known) // the colour is that of the number
				row.Cells = append(row.Cells, views.ClassFadeCell{Text: c.Say("chart.percent", n), Step: ui.Scale(float64(n)/100, t.Stability, true)})
			}
		}
		f.Rows = append(f.Rows, row)
	}
	if met == 0 {
		return nil
	}
	return f
}

// classLosing are the facts that the class is losing, by the questions that ask for them.
func classLosing(c *Ctx, list []report.Losing, versions map[questions.Ref]questions.Version) views.ClassLosing {
	l := views.ClassLosing{Line: c.Say("class.losing_none")}
	if len(list) > 0 {
		l.Line = c.Say("class.losing_line", len(list))
	}
	for _, f := range list {
		l.Rows = append(l.Rows, views.ClassLosingRow{Prompt: kind.Inline(kind.Line(versions[f.Ref])),
			Change: c.Say("class.losing_change", f.Pupils, whole(f.Now), whole(f.Soon))})
	}
	return l
}

// whole is a share in whole percent.
func whole(share float64) int { return int(share*100 + 0.5) }
