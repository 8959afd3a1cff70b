package web

import (
	"thaw/app/bank"
	"thaw/views"
)

// questionBin throws a question away, or takes it out of the bin again.
func (s *Server) questionBin(c *Ctx) (string, error) {
	id := c.questionID()
	if c.Form("do") == "back" {
		return writtenPath(id) + "?saved=1", s.Editor.BinQuestion(c.Context(), c.Person, id, false)
	}
	w, err := s.Editor.Store.Work(c.Context(), c.Person.ID, bank.Place{Question: id})
	if err != nil {
		return "", err
	}
	return bankPath(w.Bank.ID) + "?binned=" + id.String(), s.Editor.BinQuestion(c.Context(), c.Person, id, true)
}

// binned is how a question that was thrown away just now comes back.
func binned(c *Ctx) *views.Form {
	id := c.Query("binned")
	if id == "" {
		return nil
	}
	return &views.Form{Action: "/questions/" + id + "/bin"}
}
