package web

import (
	"strconv"
	"time"

	"thaw/app/fsrs"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/text"
)

// rates holds recall against what was expected of it, week by week, and says how to read
// that, where there is something to read.
func rates(c *Ctx, o report.Progress) (l chart.Line, note string) {
	l = chart.Line{Lang: c.Lang(), ID: "rates", Title: c.Say("rates.title")}
	for _, w := range weeksOf(o, report.Quarter) {
		r := w.Recalled()
		l.Points = append(l.Points, chart.Point{Label: weekOf(c, o, w), Rate: r.Share.Share, Low: r.Low, High: r.High, Expected: r.Expected, N: r.Of, Few: !r.Sure()})
		if r.Sure() {
			note = c.Say("rates.note")
		}
	}
	return l, note
}

// weeksOf are the last n weeks, or as many as there have been since studying began.
func weeksOf(o report.Progress, n int) []report.Week {
	return report.Begun(report.Weeks(o.History, o.Today, n))
}

// weekOf names a week by its Monday.
func weekOf(c *Ctx, o report.Progress, w report.Week) string {
	if w.Monday == report.Monday(o.Today) {
		return c.Say("weeks.this")
	}
	return c.Say("weeks.one", text.DayMonth(c.Lang(), w.Monday.Date()))
}

// calendar is the study of half a year, day by day.
func calendar(c *Ctx, o report.Progress) chart.Calendar {
	h := report.Habits(o.History, o.Today)
	cal := chart.Calendar{Lang: c.Lang(), ID: "calendar", Title: c.Say("calendar.title"), Summary: c.Say("calendar.none")}
	switch {
	case h.Of == 1:
		cal.Summary = c.Say("calendar.first", minutesSpent(h.Usual))
	case h.Studied > 0:
		cal.Summary = c.Say("calendar.line", h.Studied, h.Of, minutesSpent(h.Usual))
	}
	done := map[fsrs.Day]study.Tally{}
	for _, d := range o.History {
		done[d.Day] = d
	}
	for day := o.Today - report.HalfYear + 1; day <= o.Today; day++ {
		t := done[day]
		cal.Days = append(cal.Days, chart.Date{At: day.Date(), Minutes: rounded(t.Took.Minutes()), Studied: t.Answers > 0})
	}
	weeks := weeksOf(o, report.HalfYear/7)
	for i := len(weeks) - 1; i >= 0; i-- {
		w := weeks[i]
		cal.Weeks = append(cal.Weeks, []string{weekOf(c, o, w), strconv.Itoa(w.Studied), strconv.Itoa(rounded(w.Done.Took.Minutes())), strconv.Itoa(w.Done.Answers)})
	}
	return cal
}

// minutesSpent are whole ones, one at least: who has studied has spent some time.
func minutesSpent(d time.Duration) int { return max(rounded(d.Minutes()), 1) }

// timeSpent is the time of the last weeks, and how much an answer took of it.
func timeSpent(c *Ctx, o report.Progress) (b chart.Bars, line string) {
	b = chart.Bars{Lang: c.Lang(), ID: "weeks", Title: c.Say("weeks.title"), Area: chart.Weeks}
	var all study.Tally
	weeks := weeksOf(o, report.Quarter)
	for _, w := range weeks {
		all = all.Plus(w.Done)
		b.Days = append(b.Days, chart.Day{Label: weekOf(c, o, w), N: rounded(w.Done.Took.Minutes()), Today: w.Monday == report.Monday(o.Today)})
	}
	took, whole := c.Say("weeks.minutes", rounded(all.Took.Minutes())), int(all.Took.Hours())
	if whole > 0 {
		took = c.Say("weeks.hours", whole, int(all.Took.Minutes())-60*whole)
	}
	if !study.Timed([]study.Tally{all}) {
		return b, c.Say("weeks.few", len(weeks), took, all.Answers)
	}
	return b, c.Say("weeks.line", len(weeks), took, all.Answers, rounded(all.Took.Seconds()/float64(all.Answers)))
}

// workAhead are the minutes that the coming days are expected to ask for.
func workAhead(c *Ctx, o report.Progress, own bool) (b chart.Bars, lines []string) {
	b = chart.Bars{Lang: c.Lang(), ID: "ahead", Title: c.Say("ahead.title"), Area: chart.Plan}
	for _, l := range o.Ahead {
		d := chart.Day{Label: text.Day(c.Lang(), l.Day.Date()), Today: l.Day == o.Today}
		if l.Answers >= .5 {
			d.N = max(rounded(l.Answers*o.Pace.Minutes()), 1)
		}
		if l.Off {
			d.Label = c.Say("ahead.off", d.Label)
		}
		b.Days = append(b.Days, d)
	}
	if !own { // what a learner wants of a day is nobody else's business
		return b, []string{c.Say("ahead.estimate_met")}
	}
	b.Wanted = c.Person.Minutes
	return b, []string{wantedOf(c, b), c.Say("ahead.estimate")}
}

// wantedOf says how many days ask for more than is wanted.
func wantedOf(c *Ctx, b chart.Bars) string {
	more := 0
	for _, d := range b.Days {
		if d.N > b.Wanted {
			more++
		}
	}
	if more == 0 {
		return c.Say("ahead.wanted", b.Wanted)
	}
	return c.Say("ahead.more", b.Wanted, more)
}

// mostMixed is how many pairs of names the page shows.
const mostMixed = 3

// mixedUp are the names most often taken for each other.
func mixedUp(c *Ctx, list []report.Mixup, own bool) views.MixedUp {
	m := views.MixedUp{Line: c.Say("mixup.none")}
	if own {
		m.All = "/mixups"
	}
	for _, x := range list[:min(len(list), mostMixed)] {
		pair := views.MixedPair{Line: c.Say("progress.mixup", c.Say("mixup.pair", x.A.Name, x.B.Name), x.N)}
		if own {
			pair.Drill = &views.Practise{Form: views.Form{Action: "/mixups", Token: newToken()}, Fields: pairOf(x), Label: c.Say("mixup.drill"), Of: c.Say("mixup.pair", x.A.Name, x.B.Name)}
		}
		m.List = append(m.List, pair)
	}
	return m
}
