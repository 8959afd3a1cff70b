package web

import (
	"strconv"
	"time"

	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
	"thaw/views"
)

// contestMake notes that a learner holds a part of an answer for right; with mine, the
// learner's own reviews count it at once.
func (s *Server) contestMake(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	part, _ := strconv.Atoi(c.Form("part"))
	err := s.Repairer.WasRight(c.Context(), c.Person, n, pos, part, c.Form("mine") == "1", c.Form("token"))
	return s.objected(c, n, pos), err
}

// reportMake notes what a learner finds wrong with a question.
func (s *Server) reportMake(c *Ctx) (string, error) {
	n, pos := c.Int("n"), c.Int("pos")
	return s.objected(c, n, pos), s.Repairer.Report(c.Context(), c.Person, n, pos, study.Why(c.Form("why")), c.Form("words"))
}

// objected leads back to the page where it was said.
func (s *Server) objected(c *Ctx, n, pos int) string {
	if c.came == sittingPath(n) {
		return c.came
	}
	return itemPath(n, pos)
}

// objection is what can be said against the verdict of an item, and what came of it.
func (s shown) objection() views.Objection {
	o := views.Objection{Report: &views.Ask{Form: views.Form{Action: s.path() + "/report"}}}
	for _, why := range study.Reports {
		o.Reasons = append(o.Reasons, views.Option{Value: string(why), Text: s.say("contest.why_" + string(why))})
	}
	said := map[int]bool{}
	for _, x := range s.turn.Item.Said {
		said[x.Part] = true
		o.Lines = append(o.Lines, contestLines(s.say, x, s.parts() > 1)...)
		if x.Part == 0 && x.State == study.Open {
			o.Report = nil
		}
		if s.trustable(x) {
			o.Mine = append(o.Mine, s.ask(x.Part, s.say("contest.mine"), views.Pair{Name: "mine", Value: "1"}))
		}
	}
	for _, m := range s.turn.Past.Marks {
		if said[m.Part] || !study.Contestable(s.version, s.turn.Past.Event, m.Mark) {
			continue
		}
		text := s.say("contest.right")
		if s.parts() > 1 {
			text = s.say("contest.right_of", s.turn.Past.Said(m.Part))
		}
		o.Rights = append(o.Rights, s.ask(m.Part, text))
	}
	return o
}

func (s shown) parts() int { return len(s.turn.Past.Marks) }

// trustable tells whether the learner's own card may believe what was contested.
func (s shown) trustable(x study.Contest) bool {
	return x.Part != 0 && !x.Mine && x.State != study.Accepted && s.turn.Past.What == study.Answer
}

func (s shown) ask(part int, text string, more ...views.Pair) views.Ask {
	return views.Ask{Form: views.Form{Action: s.path() + "/right", Token: newToken()}, Text: text,
		Hidden: append([]views.Pair{{Name: "part", Value: strconv.Itoa(part)}}, more...)}
}

// contestLines say what was contested and what came of it.
func contestLines(say questions.Say, x study.Contest, several bool) []string {
	if x.Part == 0 {
		return withReply(say, x, say(map[study.State]string{study.Open: "contest.reported", study.Accepted: "contest.report_accepted",
			study.Rejected: "contest.report_rejected"}[x.State]))
	}
	line := say(map[study.State]string{study.Open: "contest.noted", study.Accepted: "contest.accepted", study.Rejected: "contest.rejected"}[x.State])
	if several {
		line = say("contest.of", x.Given, line)
	}
	lines := withReply(say, x, line)
	if x.Mine && x.State != study.Accepted {
		lines = append(lines, say("contest.mine_done"))
	}
	return lines
}

func withReply(say questions.Say, x study.Contest, line string) []string {
	if x.State != study.Rejected || x.Reply == "" {
		return []string{line}
	}
	return []string{line, say("contest.reply", x.Reply)}
}

// contestRows adds to the rows of a result what was contested, and how to.
func contestRows(c *Ctx, n int, items []quiz.Item, rows []views.ResultRow, versions map[questions.Ref]questions.Version) {
	for i, it := range items {
		said := false
		for _, x := range it.Said {
			rows[i].Lines = append(rows[i].Lines, contestLines(c.Say, x, len(it.Said) > 1)...)
			said = said || x.Part != 0
		}
		if !said && onePart(versions[it.Ref], it) {
			rows[i].Right = &views.Ask{Form: views.Form{Action: itemPath(n, it.Pos) + "/right"}, Text: c.Say("contest.right"), Hidden: []views.Pair{{Name: "part", Value: "1"}}}
		}
	}
}

// onePart tells whether an item asks for one thing, typed, that is not right.
func onePart(v questions.Version, it quiz.Item) bool {
	key, ok := v.Key(1)
	_, more := v.Key(2)
	return ok && !more && key.Match != "" && it.State == quiz.Closed && !it.Verdict.Fine() && it.Verdict != questions.Void
}

// repaired says what a ruling has made of a result; "" for nothing.
func (c *Ctx) repaired(r quiz.Repaired, right, of int) string {
	if r.Decision == "" {
		return ""
	}
	return c.Say("repaired."+string(r.Decision), c.onDay(r.At), right, of)
}

// onDay says on which day something was: "today", "on Tuesday".
func (c *Ctx) onDay(t time.Time) string {
	days := study.Calendar(c.Person.Location())
	switch days.Day(c.now) - days.Day(t) {
	case 0:
		return c.Say("repaired.today")
	case 1:
		return c.Say("repaired.yesterday")
	}
	return c.Say("repaired.on", c.ago(t))
}
