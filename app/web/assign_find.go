package web

import (
	"strings"

	"thaw/app/bank"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// finding tells whether a form that was sent only looks for questions to tick: its button
// says so, or Enter was pressed after other words were typed.
func (c *Ctx) finding() bool {
	return c.Form("do") == "find" || c.Form("do") == "enter" && c.Form("find") != c.Form("found")
}

// looked shows an assignment's form again as it was sent, with the questions that were
// looked for and what is ticked already.
func looked(page views.Page, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return "", look(page)
}

// picking is what may be ticked of the questions of a class.
type picking struct {
	work     quiz.Assignment
	words    []string // looked for; none: all are shown
	versions map[questions.Ref]questions.Version
	matches  int
}

// group are the questions of a topic that are looked for or ticked.
func (p *picking) group(b bank.Contents, t bank.Topic) views.QuestionGroup {
	g := views.QuestionGroup{Title: t.Title}
	ticked := map[questions.QuestionID]bool{}
	for _, id := range p.work.Questions {
		ticked[id] = true
	}
	for _, q := range b.Questions {
		if q.Topic != t.ID || q.Kind == questions.Flash {
			continue
		}
		v := p.versions[questions.Ref{Question: q.ID, Version: q.Latest}]
		hit := p.hit(v, q.Tags)
		if hit {
			p.matches++
		}
		if !hit && !ticked[q.ID] {
			continue
		}
		g.Open = g.Open || ticked[q.ID] || len(p.words) > 0
		g.List = append(g.List, views.QuestionTick{Value: number(q.ID), Chosen: ticked[q.ID], Text: kind.Brief(kind.Line(v))})
	}
	return g
}

// hit tells whether a question has all words that are looked for.
func (p *picking) hit(v questions.Version, tags []string) bool {
	if len(p.words) == 0 {
		return true
	}
	text := bank.Searchable(v, tags)
	for _, word := range p.words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
