package web

import (
	"slices"
	"strings"

	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/views"
)

// newest is how many answers an administrator sees.
const newest = 100

// answersShow asks an administrator why, and then shows somebody's answers for half an
// hour. The person sees that, and the reason.
func (s *Server) answersShow(c *Ctx) (views.Page, error) { return s.answersPage(c, nil) }

func (s *Server) answersPage(c *Ctx, wrong error) (views.Page, error) {
	who, look, err := s.Desk.Reading(c.Context(), c.Person, c.who())
	if err != nil {
		return nil, err
	}
	name := who.Name
	p := views.Answers{Back: views.Link{Text: name, URL: personPath(who)}}
	if !who.Known() {
		name, p.Back = c.Say("look.guest"), views.Link{Text: c.Say("nav.people"), URL: "/people"}
	}
	p.Heading = c.Say("look.title", name)
	if look.At.IsZero() {
		p.Why, p.Hint = c.Say("look.why", name), c.Say("look.reason_hint", name)
		p.Ask.Action, p.Reason = personPath(who)+"/answers", c.field("reason", wrong)
		if p.Reason.Error == "" {
			p.Error = c.fault(wrong)
		}
		return p, nil
	}
	p.Open = c.Say("look.open", look.Reason, c.moment(look.Ends()))
	return p, s.answerRows(c, who, &p)
}

// answerRows fills in what was answered and not taken back, the newest first.
func (s *Server) answerRows(c *Ctx, who people.Person, p *views.Answers) error {
	past, sat, err := s.Reporter.Past(c.Context(), who.ID, c.Say)
	if err != nil {
		return err
	}
	undone := map[int64]bool{}
	for _, e := range past {
		undone[e.Voids] = true
	}
	past = slices.DeleteFunc(past, func(e study.Past) bool { return undone[e.Seq] || e.What != study.Answer && e.What != study.Practice })
	slices.Reverse(past)
	if p.Line = c.Say("look.part", min(len(past), newest), len(past)); len(past) == 0 {
		p.Line = c.Say("look.none")
	}
	for _, e := range past[:min(len(past), newest)] {
		_, verdict := questions.Worth(study.Plain(e.Marks))
		p.Rows = append(p.Rows, []string{c.moment(e.At), strings.TrimSpace(sat.Asked[e.Ref].Text), sat.Said(e.Event), c.Say("verdict.word." + string(verdict))})
	}
	return nil
}

// answersAsk writes down why an administrator looks.
func (s *Server) answersAsk(c *Ctx) (string, error) {
	err := s.Desk.Inspect(c.Context(), c.Person, c.who(), c.Form("reason"))
	if formal(err) {
		return "", s.retry(c, s.answersPage, err)
	}
	return "/people/" + c.who().String() + "/answers", err
}
