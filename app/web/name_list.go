package web

import (
	"slices"
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/views"
)

func namesPath(id questions.BankID) string { return bankPath(id) + "/names" }

func (s *Server) namesPage(c *Ctx, err error) (views.Page, error) {
	n, loadErr := s.Editor.Store.Names(c.Context(), c.Person.ID, c.bankID())
	if loadErr != nil {
		return nil, loadErr
	}
	p := views.Names{Back: views.Link{Text: n.Bank.Title, URL: bankPath(n.Bank.ID)}, Lead: c.Say("name.lead"), Saved: c.Query("saved") == "1"}
	if len(n.Lexicon.Entities) == 0 {
		p.Lead = c.Say("name.lead_none", c.Say("name.lead"))
	}
	if !n.Bank.BuiltIn {
		form := nameForm(c, questions.Entity{}, err)
		form.Ask = views.Form{Action: namesPath(n.Bank.ID), Token: newToken()}
		p.Form = &form
	}
	p.Kinds = nameKinds(c, n)
	return p, nil
}

// nameKinds lists the names by kind and name.
func nameKinds(c *Ctx, n bank.Names) []views.NameKind {
	by := map[string][]views.Row{}
	for _, e := range n.Lexicon.Entities {
		row := views.Row{Text: e.Name, Note: strings.Join(e.Spellings, ", ")}
		if !n.Bank.BuiltIn {
			row.URL = namesPath(n.Bank.ID) + "/" + number(e.ID)
		}
		by[e.Kind] = append(by[e.Kind], row)
	}
	var list []views.NameKind
	for _, kind := range append(questions.EntityKinds[:], "date", "number") {
		if rows := by[kind]; len(rows) > 0 {
			slices.SortStableFunc(rows, func(a, b views.Row) int { return cmpText(a.Text, b.Text) })
			list = append(list, views.NameKind{Title: c.Say("name.kinds_" + kind), Rows: rows})
		}
	}
	return list
}

// nameForm shows a name, or again what was sent.
func nameForm(c *Ctx, e questions.Entity, err error) views.NameForm {
	f := views.NameForm{Name: c.field("name", err), Spellings: c.field("spellings", err), About: c.field("about", err), KindBad: c.field("kind", err).Error, Error: c.fault(err)}
	chosen := c.Form("kind")
	if err == nil {
		f.Name.Value, f.Spellings.Value, f.About.Value, chosen = e.Name, strings.Join(e.Spellings, "\n"), e.About, e.Kind
	}
	for _, kind := range questions.EntityKinds {
		f.Kinds = append(f.Kinds, views.Option{Value: kind, Text: c.Say("name.kind_" + kind), Chosen: kind == chosen})
	}
	return f
}

// readName takes a name from a form.
func (c *Ctx) readName() questions.Entity {
	return questions.Entity{ID: questions.EntityID(c.Int("e")), Kind: c.Form("kind"), Name: c.Form("name"), About: c.Form("about"),
		Spellings: strings.Split(c.Form("spellings"), "\n")}
}

// namesShow lists the names of a bank.
func (s *Server) namesShow(c *Ctx) (views.Page, error) { return s.namesPage(c, nil) }

// nameAdd takes a new name.
func (s *Server) nameAdd(c *Ctx) (string, error) {
	err := s.Editor.Named(c.Context(), c.Person, c.bankID(), c.readName(), c.Form("token"))
	if fault.Is(err, fault.Invalid) && len(c.Form("token")) > 0 {
		return "", s.retry(c, s.namesPage, err)
	}
	return namesPath(c.bankID()) + "?saved=1", err
}

func (s *Server) namePage(c *Ctx, err error) (views.Page, error) {
	n, loadErr := s.Editor.Store.Names(c.Context(), c.Person.ID, c.bankID())
	if loadErr != nil {
		return nil, loadErr
	}
	e, ok := n.Lexicon.Entity(questions.EntityID(c.Int("e")))
	if !ok || n.Bank.BuiltIn {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	path := namesPath(n.Bank.ID) + "/" + number(e.ID)
	p := views.NameEdit{Heading: e.Name, Back: views.Link{Text: c.Say("name.list"), URL: namesPath(n.Bank.ID)}, Form: nameForm(c, e, err),
		Remove: views.Form{Action: path + "/remove"}}
	p.Form.Ask = views.Form{Action: path, Token: newToken()}
	return p, nil
}

// nameShow is one name on its author's desk.
func (s *Server) nameShow(c *Ctx) (views.Page, error) { return s.namePage(c, nil) }

// nameSet changes a name.
func (s *Server) nameSet(c *Ctx) (string, error) {
	name := c.readName()
	if name.ID == 0 {
		return "", fault.New(fault.Missing, "fault.missing")
	}
	err := s.Editor.Named(c.Context(), c.Person, c.bankID(), name, c.Form("token"))
	if fault.Is(err, fault.Invalid) && len(c.Form("token")) > 0 {
		return "", s.retry(c, s.namePage, err)
	}
	return namesPath(c.bankID()) + "?saved=1", err
}

// nameRemove takes a name out of a bank.
func (s *Server) nameRemove(c *Ctx) (string, error) {
	return namesPath(c.bankID()) + "?saved=1", s.Editor.Unnamed(c.Context(), c.Person, c.bankID(), questions.EntityID(c.Int("e")))
}
