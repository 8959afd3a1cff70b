package web

import (
	"strconv"
	"strings"

	"thaw/app/study"
	"thaw/questions/grade"
	"thaw/views"
	"thaw/views/ui"
)

// timelineShow is the dated facts of a bank, year by year, with how well a learner knows
// each.
func (s *Server) timelineShow(c *Ctx) (views.Page, error) {
	b, err := s.readBank(c)
	if err != nil {
		return nil, err
	}
	var cards []study.Card
	if c.Known() {
		if cards, _, err = s.Coach.Store.Memory(c.Context(), c.Person.ID); err != nil {
			return nil, err
		}
	}
	known := study.ByFact(cards)
	p := views.Timeline{Heading: b.Bank.Title, Others: others(c, b, "timeline")}
	for _, f := range b.Dated() {
		_, year, _ := grade.Begins(f.When)
		id, title := strconv.Itoa(year), strconv.Itoa(year)
		if strings.HasSuffix(f.When, "X") { // a decade
			id, title = f.When, grade.DateText(f.When)
		}
		if n := len(p.Years); n == 0 || p.Years[n-1].ID != id {
			p.Years = append(p.Years, views.Year{ID: id, Title: title})
		}
		d := views.Dated{When: grade.DateText(f.When), Text: f.Text}
		if passage, _, ok := b.Passage(f.Passage); ok {
			d.URL = passagePath(b.Bank, passage.Slug)
		}
		if card := known[f.ID]; card.Seen() {
			step := int(ui.Scale(card.Recall(s.Now()), card.Stability, true))
			d.Memory = &views.Memory{Before: step, After: step}
		}
		last := &p.Years[len(p.Years)-1]
		last.List = append(last.List, d)
	}
	if len(p.Years) == 0 {
		p.Empty = c.Say("timeline.none")
	}
	return p, nil
}

// whoShow is the people, organisations and places of a bank, with where the reading text
// names them.
func (s *Server) whoShow(c *Ctx) (views.Page, error) {
	b, err := s.readBank(c)
	if err != nil {
		return nil, err
	}
	p := views.Who{Heading: b.Bank.Title, Others: others(c, b, "who")}
	for _, kind := range []string{"person", "org", "place"} {
		g := views.WhoGroup{Kind: kind, Title: c.Say("who." + kind)}
		for _, e := range b.Lexicon.Entities {
			if e.Kind != kind {
				continue
			}
			entry := views.Entry{Slug: e.Slug, Name: e.Name, About: e.About}
			if len(e.Spellings) > 0 {
				entry.Also = c.Say("who.also", strings.Join(e.Spellings, ", "))
			}
			for _, section := range b.Sections {
				if slug, ok := section.Names(e); ok {
					entry.Named = append(entry.Named, views.Link{Text: section.Title, URL: passagePath(b.Bank, slug)})
				}
			}
			g.List = append(g.List, entry)
		}
		if len(g.List) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	if len(p.Groups) == 0 {
		p.Empty = c.Say("who.none")
	}
	return p, nil
}
