package story

import (
	"fmt"

	"thaw/views"
)

// examSittings are the pages of an exam with a time limit, and of forms that come too late.
func examSittings() []Story {
	question := views.Question{Ask: views.Form{Action: "/sittings/7/questions/3/given", Token: token}, Pos: 3, Count: 10, Heading: "The Secret Speech",
		Stop: "/today", Widget: choice(prompt), Sheet: sheet(),
		Timer: &views.Timer{Left: "9 minutes left", Limit: "15 minutes: 10 and your 5", Seconds: 540, Ends: "1772452800000", Over: true}}
	near := question
	near.Sheet, near.Timer = nil, &views.Timer{Left: "2 minutes left", Seconds: 115, Warn: true, Ends: "1772452800000", Over: true}
	fixed := question
	fixed.Timer = &views.Timer{Left: "2 minutes left", Limit: "60 minutes: 40 and your 20", Seconds: 115, Warn: true, Fixed: true, Ends: "1772452800000", Over: true}
	beside := *question.Timer
	beside.Extend, beside.Over = "/sittings/7/extend", false
	empty := verdict("wrong", "Not answered. It is the 20th Party Congress.", 4, 4)
	empty.Timer, empty.Chosen, empty.Comes = &beside, "", ""
	done := result(7, nil)
	done.Empty, done.Expected = "Time was over. What you had given counts; 2 questions had no answer yet.", ""
	done.Rows[2].Word = "Not answered"
	return []Story{
		{"question-exam", question, ada},
		{"question-time-nearly-over", near, guest},
		{"question-time-fixed", fixed, ada},
		{"exam-check", check(&beside), ada},
		{"verdict-unanswered", empty, ada},
		{"result-exam", done, ada},
		{"elsewhere", views.Elsewhere{Heading: "Continued elsewhere", What: "This question was answered in another window, or on another device.",
			Kept: "Kept: the 20th Party Congress.", Lost: "Not kept, from this page: the 22nd Party Congress.",
			Go: views.Link{Text: "Go on here", URL: "/sittings/7/questions/4"}, Look: &views.Link{Text: "Look at this question", URL: "/sittings/7/questions/3"}}, ada},
		{"time-over", views.Elsewhere{Heading: "Time is over", What: "This came after the end. Everything that was answered in time is kept.",
			Kept: "Nothing is kept for this question.", Go: views.Link{Text: "See the result", URL: "/sittings/7"}}, guest},
	}
}

func sheet() *views.Sheet {
	s := &views.Sheet{Was: token, Flagged: true, Given: true, Check: "/sittings/7/check", Skip: views.Link{Text: "Next question", URL: "/sittings/7/questions/4"}}
	for i := range 10 {
		n := views.Number{Pos: i + 1, URL: "/sittings/7/questions/" + fmt.Sprint(i+1), Given: i < 4, Flagged: i == 2 || i == 6, Here: i == 2}
		n.Label = fmt.Sprintf("Question %d: %s", n.Pos, status(i))
		s.Numbers = append(s.Numbers, n)
	}
	return s
}

func check(t *views.Timer) views.Check {
	p := views.Check{Line: "4 of 10 answered, 6 empty. 2 are flagged.", HandIn: views.Form{Action: "/sittings/7/hand-in"}, Timer: t,
		Back: views.Link{Text: "Back to the questions", URL: "/sittings/7/questions/5"}}
	for i := range 10 {
		p.Rows = append(p.Rows, views.CheckRow{Pos: i + 1, Prompt: inline(prompt), Status: status(i), URL: "/sittings/7/questions/" + fmt.Sprint(i+1)})
	}
	return p
}

func status(i int) string {
	word := "empty"
	if i < 4 {
		word = "answered"
	}
	if i == 2 || i == 6 {
		word += ", flagged"
	}
	return word
}
