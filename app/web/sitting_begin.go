package web

import (
	"strconv"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
)

// sittingBegin starts a quiz over a topic, or over all of them.
func (s *Server) sittingBegin(c *Ctx) (string, error) {
	n, err := s.Host.Quiz(c.Context(), c.Person, idOf[questions.TopicID](c.Form("topic")), c.Form("token"))
	return itemPath(n, 1), err
}

// reviewBegin starts a review of what is worth studying now.
func (s *Server) reviewBegin(c *Ctx) (string, error) {
	wish := quiz.Wish{Minutes: min(counting(c.Form("minutes")), people.MaxMinutes), Exam: counting(c.Form("exam")), Easy: c.Form("easy") == "1"}
	n, err := s.Host.Review(c.Context(), c.Person, wish, c.Form("token"))
	return itemPath(n, 1), err
}

// sittingRetry starts a go at what was wrong in a finished sitting.
func (s *Server) sittingRetry(c *Ctx) (string, error) {
	n, err := s.Host.Again(c.Context(), c.Person, c.Int("n"), c.Form("token"))
	return itemPath(n, 1), err
}

// counting reads a counting number of a form, 0 for what is none.
func counting(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
