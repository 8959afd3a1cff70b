package story

import (
	"strconv"
	"time"

	"thaw/views"
	"thaw/views/chart"
	"thaw/views/ui"
)

// progresses are the page of a learner's progress from the first day on.
func progresses() []Story {
	at := ada
	at.Path = "/progress"
	much := progress(true)
	much.Sittings = []views.Row{{Text: "Quiz, Tuesday 24 November", Note: "10 questions", URL: "/sittings/7"}, {Text: "Review, Monday 23 November", Note: "4 of 9 answered", URL: "/sittings/6"}}
	much.Next = "Next useful time: now, about 4 minutes. After that: tomorrow."
	few := progress(true)
	few.Sentence, few.Basis = "Tomorrow you would still know about 4 of the 5 facts you have met, ±1.", "Nothing was reviewed on a later day in the last 30 days, so this goes by how most people remember."
	few.Due, few.Recall, few.RecallNote, few.Foresight = 0, "", "", nil
	few.Fade.Line, few.Fade.Rows = "Too few facts are met to say which topic fades first.", few.Fade.Rows[1:]
	few.Leaving = views.Going{Line: "Nothing: what is known now will still be there in a week."}
	few.Rates, few.Calendar = weeksOf(func(int) int { return 3 }), halfYear(2)
	few.Calendar.Summary, few.RatesNote, few.Calendar.Weeks = "On 2 of the last 2 days, 2 minutes on a usual one.", "", few.Calendar.Weeks[:1]
	few.Weeks, few.WeeksLine = minutesByWeek(func(n int) int { return n / 11 * 2 }), "In 1 week 2 minutes and 5 answers: too few to name a pace."
	few.Weeks.Days = few.Weeks.Days[11:]
	few.Mixups = views.MixedUp{Line: "Nothing: no name has stood for another twice in the last 90 days."}
	return []Story{
		{"progress-empty", views.Progress{Sentence: "Nothing to show yet. Answer a few questions, and this page says what you remember.", Empty: true}, at},
		{"progress-few", few, at},
		{"progress", much, at},
	}
}

// progress is that of somebody who has studied for months, as they see it or others do.
func progress(own bool) views.Progress {
	p := views.Progress{Sentence: "Tomorrow you would still know about 32 of the 38 facts you have met, ±3.", Due: 14, Recall: "86 %",
		RecallNote: "Between 79 and 91 %, from 57 reviews in 30 days. We expected 90 %.", Fade: fading(own), Leaving: leaving(own),
		Ahead: ahead(), AheadLines: []string{"The dashed line is at the 10 minutes wanted a day; 2 days ask for more.", "An estimate: all is taken to be done on its day, and new facts to come as they do now. What is missed comes back sooner."},
		RatesNote: "The dot is the share of reviews that were remembered, the band how sure it is (90 %), the dashed line what was expected.", Rates: weeksOf(func(n int) int { return (n * 17) % 41 }), Calendar: halfYear(180),
		Weeks: minutesByWeek(func(n int) int { return (n * 23) % 61 }), WeeksLine: "In 12 weeks 5 h 20 min and 1600 answers, about 12 seconds each.",
		Foresight: &views.Foresight{
			Line: "19 of the last 23 forecasts of a quiz or a review came true; about four of five are meant to. That fits.",
			Rows: [][]string{{"Results within the forecast", "23", "19 (81\u00a0%)", "19 (83\u00a0%)", "71 to 90\u00a0%"}, {"Right answers", "180", "142 (79\u00a0%)", "139 (77\u00a0%)", "73 to 81\u00a0%"}}}}
	p.Mixups.List = []views.MixedPair{{Line: "Malenkov and Molotov · 6 times"}, {Line: "Beria and Bulganin · 2 times"}}
	if own {
		p.Mixups.All = "/mixups"
		for i := range p.Mixups.List {
			p.Mixups.List[i].Drill = &views.Practise{Form: views.Form{Action: "/mixups", Token: token}, Fields: []views.Pair{{Name: "bank", Value: "1"}}, Label: "Drill these two", Of: "Malenkov and Molotov"}
		}
	}
	return p
}

func practising(own bool, of, field string, values ...string) *views.Practise {
	if !own {
		return nil
	}
	p := &views.Practise{Form: views.Form{Action: "/sittings", Token: token}, Label: "Practise this", Of: of}
	for _, v := range values {
		p.Fields = append(p.Fields, views.Pair{Name: field, Value: v})
	}
	return p
}

func fading(own bool) views.FadeMap {
	m := views.FadeMap{Heading: "What you remember, by topic", Line: "Without study, 1953: who comes after Stalin fades first: 80 % now, 45 % in four weeks.",
		Columns: []string{"now", "in 1 week", "in 2 weeks", "in 4 weeks", "in 8 weeks"}}
	for _, r := range []struct {
		title, note string
		known       []float64
	}{
		{"1953: who comes after Stalin", "16 of 20 met", []float64{.8, .66, .57, .45, .33}},
		{"The Secret Speech", "22 of 24 met", []float64{.97, .92, .88, .83, .75}},
		{"1961: the peak", "0 of 14 met", nil},
	} {
		row := views.FadeRow{Title: r.title, Note: r.note, Practise: practising(own, r.title, "topic", "3")}
		for _, k := range r.known {
			row.Cells = append(row.Cells, views.FadeCell{Text: strconv.Itoa(int(100*k+.5)) + "\u00a0%", Step: ui.Scale(k, 30, true)})
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func leaving(own bool) views.Going {
	l := views.Going{Line: "14 facts are less likely than 90 % to be there in a week, if nothing is done. These fall furthest.", All: practising(own, "", "fact", "11", "12")}
	if own {
		l.All.Label = "Practise these 2"
	}
	for i, prompt := range []string{"Which party meeting heard the Secret Speech?", "When was Stalin's body taken out of the Mausoleum, and where was it laid to rest that night?"} {
		l.Rows = append(l.Rows, views.LeavingRow{Prompt: inline(prompt), Change: "The Secret Speech · 94 % now, 71 % in a week", Practise: practising(own, prompt, "fact", strconv.Itoa(11+i))})
	}
	return l
}

var today = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)

func ahead() chart.Bars {
	b := chart.Bars{Lang: "en", ID: "ahead", Title: "The coming two weeks", Area: chart.Plan, Wanted: 10}
	for i := range 14 {
		b.Days = append(b.Days, chart.Day{Label: today.AddDate(0, 0, i).Format("Monday 2 January"), N: (14 + i*5) % 13, Today: i == 0})
	}
	return b
}

// weekName names the nth of twelve weeks.
func weekName(n int) string {
	if n == 11 {
		return "this week"
	}
	return "the week of " + today.AddDate(0, 0, 7*(n-11)-2).Format("2 January")
}

func weeksOf(reviews func(n int) int) chart.Line {
	l := chart.Line{Lang: "en", ID: "rates", Title: "Recall, week by week"}
	for i := range 12 {
		n, rate := reviews(i), .8+.015*float64(i%7)
		l.Points = append(l.Points, chart.Point{Label: weekName(i), Rate: rate, Low: rate - .12, High: rate + .07, Expected: .9, N: n, Few: n < 10})
	}
	return l
}

func halfYear(days int) chart.Calendar {
	c := chart.Calendar{Lang: "en", ID: "calendar", Title: "Days of study", Summary: "On 102 of the last 182 days, 12 minutes on a usual one."}
	for i := range 182 {
		d := chart.Date{At: today.AddDate(0, 0, i-181)}
		if i >= 182-days && i%9 < 5 {
			d.Studied, d.Minutes = true, (i*7)%26
		}
		c.Days = append(c.Days, d)
	}
	for i := range 26 {
		c.Weeks = append(c.Weeks, []string{"the week of " + today.AddDate(0, 0, -2-7*i).Format("2 January"), "4", "43", "210"})
	}
	return c
}

func minutesByWeek(minutes func(n int) int) chart.Bars {
	b := chart.Bars{Lang: "en", ID: "weeks", Title: "Time spent", Area: chart.Weeks}
	for i := range 12 {
		b.Days = append(b.Days, chart.Day{Label: weekName(i), N: minutes(i), Today: i == 11})
	}
	return b
}
