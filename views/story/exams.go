package story

import (
	"thaw/views"
	"thaw/views/chart"
)

func exams() []Story {
	at := ada
	at.Path = "/exams/1"
	list := at
	list.Path = "/exams"
	topics := []views.Option{{Value: "1", Text: "Stalin's death and the struggle for power", Chosen: true}, {Value: "2", Text: "The Secret Speech"}}
	form := views.ExamForm{Ask: views.Form{Action: "/exams", Token: token}, Time: views.Field{Value: "09:00"}, Topics: topics}
	bad := form
	bad.Title, bad.Date = views.Field{Value: "History test"}, views.Field{Value: "2026-01-01", Error: "That lies in the past. Please choose a time to come."}
	bad.Error = "Something here is not right yet."
	change := views.ExamForm{Ask: views.Form{Action: "/exams/1"}, Title: views.Field{Value: "History test"}, Date: views.Field{Value: "2026-12-14"}, Time: views.Field{Value: "09:00"}, Topics: topics}
	ahead := []views.Row{{Text: "History test", Note: "Monday 14 December, 09:00 · 15 of 20 as things stand", URL: "/exams/1"}}
	over := []views.Row{{Text: "Resit", Note: "Tuesday 3 November, 10:30 · How did it go?", URL: "/exams/2"}}
	back := views.Link{Text: "Exams", URL: "/exams"}
	eve := views.Exam{Heading: "History test", When: "Monday 14 December, 09:00: tomorrow", About: "20 facts, all of them met.",
		Stands: "As things stand: 15 of 20 (13 to 17).", Kept: "With 20 minutes a day: 18 of 20 (16 to 19).",
		Line:  "20 minutes now: 38 facts, 1.6 more right on the day than if you stopped here.",
		Start: &views.Form{Action: "/reviews", Token: token}, Number: "1", Reasons: whys(),
		Minutes: []views.Option{{Value: "20", Text: "Start", Chosen: true}, {Value: "5", Text: "5 min"}, {Value: "10", Text: "10 min"}},
		Quiz:    &views.Form{Action: "/exams/1/quiz", Token: token}, Form: change, Drop: "/exams/1/remove", Back: back}
	weeks := eve
	weeks.When, weeks.Stands, weeks.Load = "Monday 14 December, 09:00: in about 2 weeks", "As things stand: 4 of 20 (2 to 6).", load()
	done := eve
	done.Line, done.Start, done.Minutes, done.Reasons = "The plan is done. Sleep helps more now.", nil, nil, views.Reasons{}
	behind := views.ExamOver{Heading: "Resit", When: "Tuesday 3 November, 10:30", Foretold: "We expected 15 of 20 (13 to 17).", Tell: views.Form{Action: "/exams/2/result"},
		Settle: views.Form{Action: "/exams/2/later"}, Keep: "Keep it (3 min a week)", Form: change, Drop: "/exams/2/remove", Back: back}
	told := behind
	told.Told, told.Result, told.Settled = true, "16 of 20: 80 %. We expected about 75 %, 65 to 85.", "It goes on in the usual rhythm."
	return []Story{
		{"exams-none", views.Exams{Form: form}, list},
		{"exams", views.Exams{Ahead: ahead, Over: over, Form: bad}, list},
		{"exam-eve", eve, at},
		{"exam-weeks", weeks, at},
		{"exam-done", done, at},
		{"exam-over", behind, at},
		{"exam-told", told, at},
	}
}

func load() *chart.Bars {
	b := &chart.Bars{Lang: "en", ID: "load", Title: "Minutes a day, as planned", Area: chart.Plan}
	for i := range 16 {
		b.Days = append(b.Days, chart.Day{Label: "Day " + string(rune('A'+i)), N: 4 + (i*5)%9, Today: i == 0})
	}
	return b
}

func whys() views.Reasons {
	return views.Reasons{Rows: []views.Reason{
		{Prompt: inline("Which party meeting heard the Secret Speech?"), Why: "Missed last time."},
		{Prompt: inline("When was Stalin's body taken out of the Mausoleum?"), Why: "About 74 % sure now, 61 % in a week."}}}
}
