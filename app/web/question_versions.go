package web

import (
	"fmt"

	"thaw/app/bank"
	"thaw/questions/kind"
	"thaw/views"
)

// versionsShow lists the wordings of a question with what changed in each.
func (s *Server) versionsShow(c *Ctx) (views.Page, error) {
	h, err := s.Editor.Store.History(c.Context(), c.Person.ID, c.questionID())
	if err != nil {
		return nil, err
	}
	p := views.Versions{Heading: bank.Plain(kind.Line(h.Wordings[0].Version)),
		Bank: views.Link{Text: h.Bank.Title, URL: bankPath(h.Bank.ID)}, Edit: views.Link{Text: c.Say("versions.edit"), URL: writtenPath(h.Head.ID)}}
	for i, w := range h.Wordings {
		row := views.VersionRow{Heading: c.Say("versions.number", w.Version.Version), By: c.wrote(w), First: i+1 == len(h.Wordings)}
		lines := bank.Lines(w.Version, h.Passages[w.Version.Passage], c.Say)
		before := lines
		if !row.First {
			older := h.Wordings[i+1].Version
			before = bank.Lines(older, h.Passages[older.Passage], c.Say)
		}
		row.Fields = changes(c, bank.Compare(before, lines), w.Version.Lang)
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// wrote says who wrote a wording and when.
func (c *Ctx) wrote(w bank.Wording) string {
	at := w.Made.In(c.Person.Location())
	when := fmt.Sprintf("%s, %02d:%02d", c.day(w.Made), at.Hour(), at.Minute())
	if w.Author == "" {
		return when
	}
	return c.Say("versions.by", w.Author, when)
}

// quiet are the fields that are shown only where they changed.
var quiet = map[string]bool{"level": true, "lang": true, "back": true, "passage": true, "fixed": true}

// changes draws a comparison of two wordings.
func changes(c *Ctx, list []bank.Changed, lang string) []views.ChangedField {
	drawn := make([]views.ChangedField, 0, len(list))
	for _, f := range list {
		if f.Same() && quiet[f.Field] {
			continue
		}
		field := views.ChangedField{Label: c.Say("versions.field_" + f.Field), Lang: lang}
		for _, s := range f.Stretches {
			field.Pieces = append(field.Pieces, views.ChangedPiece{How: string(s.How), Text: s.Text})
		}
		drawn = append(drawn, field)
	}
	return drawn
}
