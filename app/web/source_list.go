package web

import (
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/views"
)

func sourcesPath(id questions.BankID) string { return bankPath(id) + "/texts" }

func sourcePath(id questions.BankID, slug string) string { return sourcesPath(id) + "/" + slug }

// sourcesLink leads a bank's author to its texts.
func sourcesLink(c *Ctx, b bank.Bank) *views.Link {
	if b.BuiltIn {
		return nil
	}
	return &views.Link{Text: c.Say("source.title"), URL: sourcesPath(b.ID)}
}

// sources loads the texts of a bank of the person's own.
func (s *Server) sources(c *Ctx) (bank.Sources, error) {
	return s.Editor.Store.Sources(c.Context(), c.Person.ID, c.bankID())
}

// sourcesShow lists the texts that a bank is drawn from.
func (s *Server) sourcesShow(c *Ctx) (views.Page, error) { return s.sourcesPage(c, nil) }

func (s *Server) sourcesPage(c *Ctx, wrong error) (views.Page, error) {
	all, err := s.sources(c)
	if err != nil {
		return nil, err
	}
	id := all.Bank.ID
	p := views.Sources{Bank: views.Link{Text: all.Bank.Title, URL: bankPath(id)}, Gone: c.Query("gone") == "1", Form: sourceForm(c, "", "", wrong)}
	p.Form.Ask = views.Form{Action: sourcesPath(id), Token: newToken()}
	drawn := map[string]int{}
	for _, a := range all.Anchors {
		at, _ := bank.Stands(all.Sections, a.Passage, a.Quote)
		drawn[at.Section]++
	}
	for _, one := range all.Sections {
		p.Texts = append(p.Texts, views.Row{Text: one.Title, URL: sourcePath(id, one.Slug), Note: c.Say("source.holds", len(one.Passages), drawn[one.Slug])})
	}
	p.Loose = looseRows(c, all)
	return p, nil
}

// looseRows are the questions whose sentence no text has any more.
func looseRows(c *Ctx, all bank.Sources) (rows []views.Row) {
	for _, a := range all.Loose() {
		note := c.Say("source.loose_passage")
		if a.Quote != "" {
			note = c.Say("source.loose_quote", a.Quote)
		}
		rows = append(rows, views.Row{Text: short(bank.Plain(a.Prompt)), URL: writtenPath(a.ID), Note: note})
	}
	return rows
}

// sourceForm shows a text, or again what was sent.
func sourceForm(c *Ctx, title, text string, err error) views.SourceForm {
	f := views.SourceForm{Title: c.field("title", err), Text: c.field("text", err), Error: c.fault(err)}
	if err == nil {
		f.Title.Value, f.Text.Value = title, text
	}
	return f
}

// sourceAdd takes a new text.
func (s *Server) sourceAdd(c *Ctx) (string, error) {
	slug, err := s.Editor.SetSource(c.Context(), c.Person, c.bankID(), "", c.Form("title"), c.Form("text"), c.Form("token"))
	if fielded(err) {
		return "", s.retry(c, s.sourcesPage, err)
	}
	return sourcePath(c.bankID(), slug) + "?saved=1", err
}

// sourceShow is one text, with its sentences to mark.
func (s *Server) sourceShow(c *Ctx) (views.Page, error) { return s.sourcePage(c, nil) }

func (s *Server) sourcePage(c *Ctx, wrong error) (views.Page, error) {
	all, err := s.sources(c)
	if err != nil {
		return nil, err
	}
	one, ok := all.Section(c.Param("t"))
	if !ok {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	path := sourcePath(all.Bank.ID, one.Slug)
	var texts []string
	for _, p := range one.Passages {
		texts = append(texts, p.Text)
	}
	p := views.Source{Heading: one.Title, Back: views.Link{Text: c.Say("source.title"), URL: sourcesPath(all.Bank.ID)}, Saved: c.Query("saved") == "1",
		Read: aboutPath(all.Bank, "read"), Form: sourceForm(c, one.Title, strings.Join(texts, "\n\n"), wrong), Remove: views.Form{Action: path + "/remove"}, Lang: all.Bank.Lang}
	p.Form.Ask = views.Form{Action: path, Token: newToken()}
	p.Paragraphs, p.Loose = markable(c, all, one), looseRows(c, all)
	return p, nil
}

// markable is a text in sentences, each with what is asked about it.
func markable(c *Ctx, all bank.Sources, one bank.Section) (list []views.Paragraph) {
	about := map[string]int{} // questions, by passage and sentence
	for _, a := range all.Anchors {
		if at, ok := bank.Stands(all.Sections, a.Passage, a.Quote); ok {
			about[number(at.ID)+" "+questions.Fold(a.Quote)]++
		}
	}
	for _, passage := range one.Passages {
		var p views.Paragraph
		for i, sentence := range bank.Sentences(passage.Text) {
			mark := views.Sentence{Text: sentence, URL: markPath(all.Bank.ID, one.Slug, passage.ID, i)}
			if n := about[number(passage.ID)+" "+questions.Fold(sentence)]; n > 0 {
				mark.Asked = c.Say("source.asked", n)
			}
			p.Sentences = append(p.Sentences, mark)
		}
		list = append(list, p)
	}
	return list
}

// sourceSet stores what has become of a text.
func (s *Server) sourceSet(c *Ctx) (string, error) {
	slug, err := s.Editor.SetSource(c.Context(), c.Person, c.bankID(), c.Param("t"), c.Form("title"), c.Form("text"), c.Form("token"))
	if fielded(err) {
		return "", s.retry(c, s.sourcePage, err)
	}
	return sourcePath(c.bankID(), slug) + "?saved=1", err
}

// sourceRemove takes a text out of a bank.
func (s *Server) sourceRemove(c *Ctx) (string, error) {
	err := s.Editor.RemoveSource(c.Context(), c.Person, c.bankID(), c.Param("t"))
	return sourcesPath(c.bankID()) + "?gone=1", err
}
