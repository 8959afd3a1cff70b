package story

import (
	"thaw/views"
	"thaw/views/chart"
	"thaw/views/ui"
)

const lensFrom = "First answers of 63 pupils, of all your classes with these questions, since each joined. What was answered again later, or just after the key was shown, does not count."

// lenses are the pages of questions under the lens.
func lenses() []Story {
	list := at(vera, "/classes/3/questions")
	fine := lensFine()
	return []Story{
		{"lens-none", views.Lens{Lead: "No question looks faulty so far.", From: "First answers of 0 pupils, of all your classes with these questions, since each joined. What was answered again later, or just after the key was shown, does not count.",
			Back: views.Link{Text: "10b History", URL: "/classes/3"}}, list},
		{"lens", views.Lens{Lead: "2 questions look faulty. 1 could tell more.", From: lensFrom, Back: views.Link{Text: "10b History", URL: "/classes/3"},
			Suspects: lensSuspects(), Fine: fine, Rest: fine, Few: []views.LensRow{{Prompt: inline("Who was shot in December 1953?"), URL: "/questions/46/lens", Count: "Only 4 answers so far: too few to judge this question."}}}, list},
		{"lens-choice", lensChoice(), list},
		{"lens-typed", lensTyped(), list},
		{"lens-few", views.LensOf{Heading: prompt, Prompt: inline(prompt), Back: views.Link{Text: "Classes", URL: "/classes"}, From: lensFrom, Quiet: "Only 4 answers so far: too few to judge this question.",
			Note: "Only the author of its bank can change it. Tell them what you see here; pupils can report it under each verdict."}, list},
	}
}

func lensSuspects() []views.LensRow {
	return []views.LensRow{
		{Prompt: inline(prompt), URL: "/questions/42/lens?class=3", Signs: []string{"Perhaps the key is wrong: strong pupils choose “the 22nd Party Congress”.", "Harder than guessing: 7 of 63 right."}, Rate: "11 %",
			Span: chart.Span{Lang: "en", Low: .06, Share: .11, High: .19}, Count: "7 of 63 right the first time, so 6 to 19 %", Tells: "Discrimination 0.03 (−0.18 to 0.24)"},
		{Prompt: inline("In which year did the Thaw begin?"), URL: "/questions/43/lens?class=3", Signs: []string{"Does not tell those who know from those who do not."}, Rate: "56 %",
			Span: chart.Span{Lang: "en", Low: .45, Share: .56, High: .66}, Count: "33 of 59 right the first time, so 45 to 66 %", Tells: "Discrimination −0.14 (−0.35 to 0.09)"},
		{Prompt: inline("Who followed Stalin as premier?"), URL: "/questions/44/lens?class=3", Signs: []string{"Nobody chooses “Tito” and “Mao”."}, Rate: "80 %",
			Span: chart.Span{Lang: "en", Low: .7, Share: .8, High: .87}, Count: "48 of 60 right the first time, so 70 to 87 %", Tells: "Discrimination 0.41 (0.21 to 0.58)"},
	}
}

func lensFine() []views.LensRow {
	return []views.LensRow{{Prompt: inline("On which day did Khrushchev give the Secret Speech?"), URL: "/questions/45/lens?class=3", Rate: "40 %", Span: chart.Span{Lang: "en", Low: .24, Share: .4, High: .58},
		Count: "8 of 20 right the first time, so 24 to 58 %"}}
}

func lensChoice() views.LensOf {
	part := func(n, of int) chart.Part { return chart.Part{N: n, Of: of} }
	return views.LensOf{Heading: prompt, Prompt: inline(prompt), Back: views.Link{Text: "Back to the questions", URL: "/classes/3/questions"}, From: lensFrom,
		Signs: []views.LensSign{{Line: "Perhaps the key is wrong: strong pupils choose “the 22nd Party Congress”.",
			Do: "Strong are those who do well on the bank's other questions. If “the 22nd Party Congress” is right, fix and regrade: every result given so far is put right."}},
		Figures: lensNumbers("11 %", "7 of 63, so 6 to 19 %"),
		Picks: &chart.Picks{Lang: "en", ID: "picks", Title: "What was chosen", Options: []chart.Pick{
			{Text: "the 20th Party Congress", Key: true, All: part(7, 63), Upper: part(4, 30), Lower: part(3, 29)},
			{Text: "the 22nd Party Congress", All: part(48, 63), Upper: part(25, 30), Lower: part(20, 29), Note: "taken more often than the key"},
			{Text: "the 19th Party Congress", All: part(8, 63), Upper: part(1, 30), Lower: part(6, 29)},
			{Text: "the 18th Party Conference, the one of February 1941 in Moscow", All: part(0, 63), Upper: part(0, 30), Lower: part(0, 29), Note: "nobody takes it"}}},
		Apart: "12 first answers to earlier wordings with other answers stand apart and are not counted here. A wording that changed only the prompt counts on.",
		Fix:   &views.Link{Text: "Fix and regrade", URL: "/questions/42/ruling"}, Edit: &views.Link{Text: "Edit", URL: "/questions/42"},
		Retire: &views.Ask{Form: views.Form{Action: "/questions/42/state"}, Text: "Retire", Hidden: []views.Pair{{Name: "state", Value: "retired"}}}}
}

func lensNumbers(right, of string) []ui.Figure {
	return []ui.Figure{{Value: right, Label: "right the first time", Note: of},
		{Value: "0.03", Label: "discrimination", Note: "−0.18 to 0.24, of 59 pupils. 1: those who know the rest are right here, too; 0: it tells nothing."},
		{Value: "8.2 s", Label: "usual time", Note: "half of them 5.9 to 13 seconds"}, {Value: "5", Label: "sure and wrong", Note: "of 63, 8 %"}}
}

func lensTyped() views.LensOf {
	return views.LensOf{Heading: "Who gave the Secret Speech?", Prompt: inline("Who gave the Secret Speech?"), Back: views.Link{Text: "Back to the questions", URL: "/classes/3/questions"}, From: lensFrom,
		Quiet: "Nothing stands out.", Figures: lensNumbers("57 %", "36 of 63, so 47 to 67 %"), Misses: [][]string{{"Malenkov", "9"}, {"<script>alert(1)</script>", "3"}, {"Molotov", "2"}},
		Note: "This bank comes with Thaw and cannot be changed here. With a copy of your own you can put the question right for your classes; what your pupils remember stays.",
		Fix:  &views.Link{Text: "Accept an answer for your classes", URL: "/questions/42/ruling"},
		Copy: &views.Ask{Form: views.Form{Action: "/banks/1/copy", Token: token}, Text: "Make it mine", Hidden: []views.Pair{{Name: "title", Value: "De-Stalinization"}}}}
}
