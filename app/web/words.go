package web

import "thaw/views"

// wordsShow shows an account's recovery words until they are noted.
func (s *Server) wordsShow(c *Ctx) (views.Page, error) {
	if c.Person.Noted || c.Person.WordsN == 0 {
		return c.Go(onward(c.Query("next")))
	}
	words, err := s.Desk.Words(c.Context(), c.Person)
	return views.Words{Words: words, Noted: views.Form{Action: "/words/noted"}, Next: onward(c.Query("next"))}, err
}

// wordsNoted says that the words are written down.
func (s *Server) wordsNoted(c *Ctx) (string, error) {
	return onward(c.Form("next")), s.Desk.NotedWords(c.Context(), c.Person)
}

// wordsRenew makes new words and shows them.
func (s *Server) wordsRenew(c *Ctx) (string, error) {
	return "/words", s.Desk.RenewWords(c.Context(), c.Person)
}
