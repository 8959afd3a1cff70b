package web

import (
	"net/url"
	"strconv"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// markPath is where a sentence of a text is tied to a question.
func markPath(id questions.BankID, slug string, p questions.PassageID, sentence int) string {
	return sourcePath(id, slug) + "/mark?p=" + number(p) + "&s=" + strconv.Itoa(sentence)
}

// marked is a sentence that was marked in a text.
type marked struct {
	bank    bank.Sources
	section bank.Section
	passage questions.Passage
	n       int
	text    string
}

// marking finds the sentence that an address or a form names.
func (s *Server) marking(c *Ctx, p, sentence string) (m marked, err error) {
	if m.bank, err = s.sources(c); err != nil {
		return m, err
	}
	m.section, _ = m.bank.Section(c.Param("t"))
	for _, one := range m.section.Passages {
		if number(one.ID) == p {
			m.passage = one
		}
	}
	list := bank.Sentences(m.passage.Text)
	if m.n, err = strconv.Atoi(sentence); err != nil || m.n < 0 || m.n >= len(list) {
		return m, fault.New(fault.Missing, "fault.missing")
	}
	m.text = list[m.n]
	return m, nil
}

// markShow ties a marked sentence to a question: a new one, or one of the bank.
func (s *Server) markShow(c *Ctx) (views.Page, error) {
	m, err := s.marking(c, c.Query("p"), c.Query("s"))
	if err != nil {
		return nil, err
	}
	f := readFilters(c, "")
	found, err := s.Editor.Store.Find(c.Context(), c.Person.ID, f.search(m.bank.Bank.ID))
	if err != nil {
		return nil, err
	}
	id := m.bank.Bank.ID
	p := views.Mark{Sentence: m.text, Lang: m.bank.Bank.Lang, Back: views.Link{Text: m.section.Title, URL: sourcePath(id, m.section.Slug)},
		Ask: views.Form{Action: sourcePath(id, m.section.Slug) + "/mark", Token: newToken()}, Search: c.Query("q"), More: found.Total > len(found.Rows),
		Hidden: []views.Pair{{Name: "p", Value: number(m.passage.ID)}, {Name: "s", Value: strconv.Itoa(m.n)}}}
	about := "&points=" + number(m.passage.ID) + "&quote=" + url.QueryEscape(m.text)
	for _, k := range kind.All() {
		p.Kinds = append(p.Kinds, views.Link{Text: c.Say("bank.kind_" + k.Name()), URL: bankPath(id) + "/questions/new?kind=" + k.Name() + about})
	}
	for _, row := range found.Rows {
		p.Questions = append(p.Questions, views.Option{Value: row.ID.String(), Text: short(bank.Plain(kind.Line(questions.Version{Kind: row.Kind, Prompt: row.Prompt})))})
	}
	return p, nil
}

// markLink ties a question of the bank to a marked sentence.
func (s *Server) markLink(c *Ctx) (string, error) {
	m, err := s.marking(c, c.Form("p"), c.Form("s"))
	if err != nil {
		return "", err
	}
	err = s.Editor.Quote(c.Context(), c.Person, m.bank.Bank.ID, idOf[questions.QuestionID](c.Form("question")), m.passage.ID, m.text, c.Form("token"))
	return sourcePath(m.bank.Bank.ID, m.section.Slug) + "?saved=1", err
}
