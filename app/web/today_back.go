package web

import (
	"math"
	"strconv"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/views"
)

// backPage is home for who comes back after weeks: nothing on it counts what waits.
func backPage(c *Ctx, o report.Overview) views.Back {
	line, button := "back.line", "back.start"
	if o.Easy < quiz.EasyOnes {
		line, button = "back.line_few", "back.start_few"
	}
	mean, low, high := fifths(o)
	p := views.Back{Line: c.Say(line, mean, low, high), Button: c.Say(button), Start: views.Form{Action: "/reviews", Token: newToken()},
		Set: "/today/minutes", Went: wents(c, o)}
	for _, n := range people.UsualMinutes {
		p.Minutes = append(p.Minutes, views.BackMinutes{Value: strconv.Itoa(n), Text: c.Say("back.a_day", n), Note: regained(c, o, n)})
	}
	for _, r := range o.Ready[:min(len(o.Ready), shownExams)] {
		p.Exams = append(p.Exams, views.Link{Text: c.Say("today.exam", r.Title), URL: examPath(r.N)})
	}
	if !c.Person.Known() {
		p.Claim = "/sign-up"
	}
	return p
}

// fifths is the share of the facts met that is still known, in percent, with the band in
// which it lies in about four of five cases. All are rounded to five, the band to the
// outside.
func fifths(o report.Overview) (mean, low, high int) {
	percent := func(x float64) float64 { return 100 * x / float64(o.Expect.N) / 5 }
	return 5 * int(math.Round(percent(o.Expect.Mean))), 5 * int(math.Floor(percent(float64(o.Expect.Low)))), 5 * int(math.Ceil(percent(float64(o.Expect.High))))
}

// regained says when the old level is reached with so many minutes a day.
func regained(c *Ctx, o report.Overview, minutes int) string {
	note := c.Say("back.longer")
	if at, ok := o.Back.Regained(minutes); ok {
		note = c.Say("back.regained", on(c.Person, o.Now, at))
	}
	if c.Person.Minutes == minutes {
		return c.Say("back.now", note)
	}
	return note
}

// minutesSet stores how many minutes of study a person wants on a day.
func (s *Server) minutesSet(c *Ctx) (string, error) {
	p := c.Person
	p.Minutes = counting(c.Form("minutes"))
	if p.Minutes < 1 || p.Minutes > people.MaxMinutes {
		return "", fault.Bad([]fault.Field{{Name: "minutes", Key: "settings.minutes_bad", Args: []any{people.MaxMinutes}}})
	}
	return "/today", s.Desk.Store.SetPerson(c.Context(), p)
}
