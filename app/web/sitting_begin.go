package web

import (
	"strconv"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
)

// sittingBegin starts a quiz as it was chosen.
func (s *Server) sittingBegin(c *Ctx) (string, error) {
	w := quiz.Choice{From: quiz.From(c.Form("from")), Mode: quiz.Mode(c.Form("mode")), N: chosen(c.Form("n")), Minutes: chosen(c.Form("limit")),
		Topic: questions.TopicID(chosen(c.Form("topic"))), Tags: c.Values("tag")}
	for _, id := range c.Values("fact") {
		w.Facts = append(w.Facts, idOf[questions.FactID](id))
	}
	n, err := s.Host.Choose(c.Context(), c.Person, w, c.Form("token"))
	return itemPath(n, 1), err
}

// chosen is a number of a list to choose from, 0 for none and -1 for what is no number.
func chosen(value string) int {
	if value == "" {
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return -1
	}
	return n
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
