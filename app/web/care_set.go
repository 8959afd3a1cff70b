package web

import (
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
	"thaw/views"
)

// handlings are what can be done with a fact, by the word in a form.
var handlings = map[string]quiz.Wanted{
	"star": {What: study.Star, On: true}, "unstar": {What: study.Star},
	"suspend": {What: study.Suspend, On: true}, "resume": {What: study.Suspend},
	"bury": {What: study.Bury, On: true}, "unbury": {What: study.Bury},
}

// careSet does with what an item asks for as its learner wants. An item that was open goes
// on to the next one, if it is not asked for any more.
func (s *Server) careSet(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	leftOut, err := s.Host.Handle(c.Context(), c.Person, n, pos, handlings[c.Form("do")])
	if leftOut {
		return sittingPath(n), err
	}
	return itemPath(n, pos) + "#care", err
}

// noteSet keeps a learner's own words on what an item asks for.
func (s *Server) noteSet(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	return itemPath(n, pos) + "#care", s.Host.Note(c.Context(), c.Person, n, pos, c.Form("note"))
}

// care is how a learner handles what an item asks for, and what can be done.
func (s shown) care() *views.Care {
	if len(s.turn.Item.Facts) == 0 {
		return nil
	}
	h, path := s.handled(), s.path()+"/care"
	care := views.Care{Note: views.Field{Value: h.Note}, Keep: views.Form{Action: s.path() + "/note"}}
	put := func(key, do string) {
		care.Asks = append(care.Asks, views.Ask{Form: views.Form{Action: path}, Text: s.say(key), Hidden: []views.Pair{{Name: "do", Value: do}}})
	}
	switch {
	case h.Starred:
		care.Lines = append(care.Lines, s.say("care.starred"))
		put("care.unstar", "unstar")
	default:
		put("care.star", "star")
	}
	switch {
	case h.Suspended:
		care.Lines = append(care.Lines, s.say("care.suspended"))
		put("care.resume", "resume")
	case h.Aside(study.Calendar(s.person.Location()).Day(s.now)):
		care.Lines = append(care.Lines, s.say("care.buried"))
		put("care.unbury", "unbury")
	default:
		put("care.bury", "bury")
		put("care.suspend", "suspend")
	}
	return &care
}

// handled sums up the cares of an item's facts: what is so of one is so of the question.
func (s shown) handled() (h study.Care) {
	for _, c := range s.turn.Cares {
		h.Starred, h.Suspended, h.Until = h.Starred || c.Starred, h.Suspended || c.Suspended, max(h.Until, c.Until)
		if c.Fact == s.turn.Item.Facts[0] {
			h.Note = c.Note
		}
	}
	return h
}

// skips are the ways not to answer an open question of a review.
func (s shown) skips() []views.Ask {
	if s.turn.Sitting.Mode != quiz.Review || len(s.turn.Item.Facts) == 0 {
		return nil
	}
	var list []views.Ask
	for _, do := range []string{"bury", "suspend"} {
		list = append(list, views.Ask{Form: views.Form{Action: s.path() + "/care"}, Text: s.say("care." + do), Hidden: []views.Pair{{Name: "do", Value: do}}})
	}
	return list
}

// factSet does with one fact as its learner wants.
func (s *Server) factSet(c *Ctx) (string, error) {
	return "/facts", s.Host.HandleFact(c.Context(), c.Person, idOf[questions.FactID](c.Form("fact")), handlings[c.Form("do")])
}
