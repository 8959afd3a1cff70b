package web

import (
	"thaw/app/bank"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// factsShow lists the facts that a learner handles in a way of their own, and those that
// keep slipping.
func (s *Server) factsShow(c *Ctx) (views.Page, error) {
	list, err := s.Reporter.Kept(c.Context(), c.Person)
	if err != nil {
		return nil, err
	}
	refs := make([]questions.Ref, len(list))
	for i, k := range list {
		refs[i] = k.Ref
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	if err != nil {
		return nil, err
	}
	today := study.Calendar(c.Person.Location()).Day(s.Now())
	p := views.Facts{Back: views.Link{Text: c.Say("nav.progress"), URL: "/progress"}}
	for i, k := range list {
		row := factRow(c, k)
		row.Prompt = kind.Inline(kind.Line(versions[refs[i]]))
		if k.Hard != nil {
			p.Hard = append(p.Hard, hardRow(c, row, k))
			continue
		}
		switch {
		case k.Aside(today):
			p.Aside = append(p.Aside, asideRow(c, row, k))
		case k.Care.Starred:
			p.Starred = append(p.Starred, starRow(c, row, k))
		default:
			p.Noted = append(p.Noted, row)
		}
	}
	return p, nil
}

func factRow(c *Ctx, k report.Kept) views.FactRow {
	row := views.FactRow{Note: k.Care.Note, Lines: []string{c.Say("facts.recall", titleOf(k.Bank, k.Fact), percent(k.Recall))}}
	row.Practise = &views.Ask{Form: views.Form{Action: "/sittings", Token: newToken()}, Text: c.Say("facts.practise"), Hidden: factField(k)}
	return row
}

func titleOf(b bank.Contents, f bank.Fact) string {
	for _, t := range b.Topics {
		if t.ID == f.Topic {
			return t.Title
		}
	}
	return b.Bank.Title
}

func factField(k report.Kept) []views.Pair {
	return []views.Pair{{Name: "fact", Value: number(k.Fact.ID)}}
}

// done is a button that does something with a fact.
func done(c *Ctx, k report.Kept, do string) views.Ask {
	return views.Ask{Form: views.Form{Action: "/facts"}, Text: c.Say("care." + do), Hidden: append(factField(k), views.Pair{Name: "do", Value: do})}
}

func starRow(c *Ctx, row views.FactRow, k report.Kept) views.FactRow {
	row.Asks = append(row.Asks, done(c, k, "unstar"))
	return row
}

// asideRow can be taken up again.
func asideRow(c *Ctx, row views.FactRow, k report.Kept) views.FactRow {
	row.Practise = nil
	if k.Care.Suspended {
		row.Lines = append(row.Lines, c.Say("care.suspended"))
		row.Asks = append(row.Asks, done(c, k, "resume"))
		return row
	}
	row.Lines = append(row.Lines, c.Say("care.buried"))
	row.Asks = append(row.Asks, done(c, k, "unbury"))
	return row
}

// hardRow says how a fact slips, and what helps.
func hardRow(c *Ctx, row views.FactRow, k report.Kept) views.FactRow {
	row.Lines = append(row.Lines, c.Say("facts.misses", k.Hard.Misses, k.Hard.Of))
	if k.Hard.Taken.ID != 0 {
		row.Lines = append(row.Lines, c.Say("facts.taken", k.Hard.Taken.Name, k.Hard.For.Name))
		row.Asks = append(row.Asks, views.Ask{Form: views.Form{Action: "/mixups", Token: newToken()}, Text: c.Say("mixup.drill"),
			Hidden: []views.Pair{{Name: "bank", Value: number(k.Bank.Bank.ID)}, {Name: "a", Value: number(k.Hard.Taken.ID)}, {Name: "b", Value: number(k.Hard.For.ID)}}})
	}
	if p, section, ok := k.Bank.Passage(k.Fact.Passage); ok {
		row.Passage = &views.Link{Text: c.Say("facts.passage", section), URL: passagePath(k.Bank.Bank, p.Slug)}
	}
	if k.Care.Suspended {
		row.Lines = append(row.Lines, c.Say("care.suspended"))
		row.Asks = append(row.Asks, done(c, k, "resume"))
	} else {
		row.Asks = append(row.Asks, done(c, k, "suspend"))
	}
	return row
}
