package web

// sittingBegin starts a quiz over a topic, or over all of them.
func (s *Server) sittingBegin(c *Ctx) (string, error) {
	n, err := s.Host.Quiz(c.Context(), c.Person, topicID(c.Form("topic")), c.Form("token"))
	return itemPath(n, 1), err
}

// reviewBegin starts a review of what is due.
func (s *Server) reviewBegin(c *Ctx) (string, error) {
	n, err := s.Host.Review(c.Context(), c.Person, c.Form("token"))
	return itemPath(n, 1), err
}

// sittingRetry starts a go at what was wrong in a finished sitting.
func (s *Server) sittingRetry(c *Ctx) (string, error) {
	n, err := s.Host.Again(c.Context(), c.Person, c.Int("n"), c.Form("token"))
	return itemPath(n, 1), err
}
