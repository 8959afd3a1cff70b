package web

import (
	"thaw/app/fault"
	"thaw/questions/kind"
	"thaw/views"
)

// readShow is the reading text behind the bank; ?p= marks a passage.
func (s *Server) readShow(c *Ctx) (views.Page, error) {
	banks, err := s.Shelf.For(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	if len(banks) == 0 {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	b := banks[0]
	marked := c.Query("p")
	p := views.Read{Heading: b.Bank.Title, About: b.Bank.About, Source: kind.Markup(b.Bank.Source)}
	for _, section := range b.Sections {
		shown := views.Section{Slug: section.Slug, Title: section.Title}
		for _, passage := range section.Passages {
			shown.Passages = append(shown.Passages, views.Stretch{Slug: passage.Slug,
				Text: kind.Inline(passage.Text), Marked: passage.Slug == marked})
		}
		p.Sections = append(p.Sections, shown)
	}
	return p, nil
}
