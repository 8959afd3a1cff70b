package web

import (
	"errors"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/views"
)

func bankPath(id questions.BankID) string { return "/banks/" + number(id) }

func writtenPath(id questions.QuestionID) string { return "/questions/" + id.String() }

// banksShow lists a person's banks and the built-in ones.
func (s *Server) banksShow(c *Ctx) (views.Page, error) { return s.banksPage(c, nil) }

func (s *Server) banksPage(c *Ctx, wrong error) (views.Page, error) {
	list, err := s.Editor.Store.Banks(c.Context(), c.Person.ID)
	if err != nil {
		return nil, err
	}
	p := views.Banks{Search: "/questions", SignUp: "/sign-up", Error: c.fault(wrong),
		Heading: c.field("title", wrong), Lang: c.field("lang", wrong)}
	if p.Lang.Value == "" {
		p.Lang.Value = c.Lang()
	}
	for _, b := range list {
		card := views.BankCard{Title: b.Title, About: b.About, Counts: counts(c, b.Counts), URL: bankPath(b.ID)}
		switch {
		case b.BuiltIn:
			if c.Person.Known() {
				card.Do = &views.Form{Action: bankPath(b.ID) + "/copy", Token: newToken()}
				card.Fields = []views.Pair{{Name: "title", Value: b.Title}}
			}
			p.BuiltIn = append(p.BuiltIn, card)
		case b.Gone.IsZero():
			p.Mine = append(p.Mine, card)
		default:
			card.URL, card.Do = "", &views.Form{Action: bankPath(b.ID) + "/bin"}
			card.Fields = []views.Pair{{Name: "do", Value: "back"}}
			p.Bin = append(p.Bin, card)
			if c.Query("binned") == number(b.ID) {
				p.Binned = &card
			}
		}
	}
	if c.Person.Known() {
		p.New = &views.Form{Action: "/banks", Token: newToken()}
	} else if len(p.Mine) == 0 {
		p.Teach = "/teach"
	}
	return p, nil
}

// counts says how many questions there are.
func counts(c *Ctx, n bank.Counts) string {
	said := c.Say("bank.live", n.Live)
	if n.Draft > 0 {
		said += " · " + c.Say("bank.drafts", n.Draft)
	}
	return said
}

// bankAdd makes a bank.
func (s *Server) bankAdd(c *Ctx) (string, error) {
	id, err := s.Editor.NewBank(c.Context(), c.Person, bank.Bank{Title: c.Form("title"), Lang: c.Form("lang")}, c.Form("token"))
	if fielded(err) {
		page, failed := s.banksPage(c, err)
		return "", errors.Join(failed, again(page, err))
	}
	return bankPath(id), err
}

// fielded tells whether an error belongs to fields of the form that was sent.
func fielded(err error) bool {
	var f *fault.Fault
	return errors.As(err, &f) && len(f.Fields) > 0
}
