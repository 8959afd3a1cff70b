package story

import "thaw/views"

// assignments are the pages of what classes are given to do.
func assignments() []Story {
	list := views.Assignments{Class: "10b History", Back: "/classes/3", New: "/classes/3/assignments/new", Book: "/classes/3/gradebook"}
	some, away := list, list
	some.List = []views.Row{{Text: "The Secret Speech, part 2", URL: "/classes/3/assignments/2", Note: "Quiz, 10 questions · due 3 March 2026, 18:00"},
		{Text: "Finals", URL: "/classes/3/assignments/1", Note: "Date of an exam, 31 facts · on 10 March 2026, 09:00"}}
	away.List, away.Away = some.List, true
	vera := at(vera, "/classes/3/assignments")
	return append([]Story{
		{"assignments-none", list, vera}, {"assignments", some, vera}, {"assignments-archived", away, vera},
		{"assign-quiz", assign("quiz"), vera}, {"assign-days", assign("days"), vera}, {"assign-minutes", assign("minutes"), vera}, {"assign-exam", assign("exam"), vera},
		{"assign-wrong", assignWrong(), vera}, {"assign-frozen", assignFrozen(), vera},
		{"assignment", assignment(), vera}, {"assignment-days", assignmentDays(), vera},
		{"gradebook", gradebook(), at(vera, "/classes/3/gradebook")},
		{"gradebook-none", views.Gradebook{Class: "Assignments", Back: "/classes/3/assignments", How: "Nothing has been given to this class yet."}, at(vera, "/classes/3/gradebook")},
	}, homework()...)
}

func assign(kind string) views.Assign {
	p := views.Assign{Class: "10b History", Heading: "New assignment", Back: views.Link{Text: "10b History", URL: "/classes/3/assignments"}, Kind: kind,
		How: "Questions that you pick, or that are drawn for each pupil.", Ask: views.Form{Action: "/classes/3/assignments", Token: token},
		Topics: []views.Option{{Value: "1", Text: "The Secret Speech", Chosen: true}, {Value: "2", Text: "After Stalin"}},
		Groups: []views.QuestionGroup{{Title: "The Secret Speech", Open: true, List: []views.QuestionTick{{Value: "1", Text: inline(prompt), Chosen: true}, {Value: "2", Text: inline("Who gave the Secret Speech?")}}},
			{Title: "After Stalin", List: []views.QuestionTick{{Value: "3", Text: inline("In which year did Stalin die?")}}}},
		Draw: views.Field{Value: "10"}, Shuffle: true, Mix: true, Minutes: views.Field{Value: "40"}, Days: views.Field{Value: "5"},
		Reveal: []views.Option{{Value: "", Text: "after each answer", Chosen: true}, {Value: "end", Text: "when all is handed in"}, {Value: "due", Text: "when it is due"}},
		Tries:  []views.Option{{Value: "0", Text: "as many as one likes"}, {Value: "1", Text: "1 try", Chosen: true}, {Value: "2", Text: "2 tries"}},
		Counts: []views.Option{{Value: "best", Text: "the best", Chosen: true}, {Value: "last", Text: "the last"}, {Value: "mean", Text: "the average"}},
		Due:    views.Field{Value: "2026-03-03T18:00"}, Zone: "Times are those of the class: Europe/Berlin.", Save: "Give it to the class"}
	if kind == "quiz" {
		p.Tags, p.Find, p.Found = []views.Option{{Value: "1956", Text: "1956", Chosen: true}, {Value: "exam", Text: "exam"}}, "stalin", "3 questions found. What is ticked stays in the list."
		p.Earlier = []views.Link{{Text: "The Secret Speech, part 1 · 10a", URL: "/classes/3/assignments/new?from=2.1"}, {Text: "Dates · 10b History", URL: "/classes/3/assignments/new?from=3.1"}}
	}
	for _, k := range []struct{ kind, text string }{{"quiz", "Quiz"}, {"reach", "Know these facts"}, {"days", "Three different days"}, {"minutes", "Minutes a day"}, {"exam", "Date of an exam"}} {
		p.Kinds = append(p.Kinds, views.TeachKind{Text: k.text, URL: "/classes/3/assignments/new?kind=" + k.kind, Active: k.kind == kind})
	}
	return p
}

func assignWrong() views.Assign {
	p := assign("quiz")
	p.Error, p.Nothing = "Nothing is saved yet. Please look at what is marked.", "There is no question in that which could be asked. Flashcards rate themselves and are left out."
	p.Called.Error, p.Draw = "Please give it a name of at most 80 letters.", views.Field{Value: "many", Error: "A quiz has 1 to 100 questions. Leave it empty for all of them."}
	p.Due.Error = "It is due before it opens. Please look at the two times."
	p.Wrong = map[string]string{"tries": "There are 1 to 5 tries, or as many as one likes.", "reveal": "Please choose one of these."}
	return p
}

func assignFrozen() views.Assign {
	p := assign("quiz")
	p.Earlier = nil
	p.Heading, p.Save, p.Kinds, p.Called.Value = "Change the assignment", "Save", nil, "The Secret Speech, part 2"
	p.Frozen = "Somebody has begun, so the work itself stays as it is. Its name and its times can be changed."
	return p
}

func assignment() views.Assignment {
	path := "/classes/3/assignments/2"
	row := func(name string, cells ...string) views.TakerRow {
		return views.TakerRow{Name: name, URL: "/classes/3/pupils/2", Cells: cells}
	}
	return views.Assignment{Class: "10b History", Heading: "The Secret Speech, part 2", Back: "/classes/3/assignments", Line: "Quiz, 10 questions · due 3 March 2026, 18:00",
		How: "After that it is taken and marked late. What is right is shown when it is due. 40 minutes; pupils with more time have it. 2 tries. The best try counts.",
		Sum: "2 of 5 pupils have done it.", TryOut: &views.Form{Action: path + "/try", Token: token}, Own: "/classes/3/assignments/new?own=1&from=3.1", Edit: path + "/edit", Remove: path + "/remove",
		Columns: []string{"Where they are", "Result", "Tries", "Minutes"},
		Rows: []views.TakerRow{row("Anastasia-Wilhelmina Oberhuber", "done today", "87 %, 8.7 of 10", "2", "61"), row("Ben", "begun, 4 of 10 answered", "–", "1", ""), row("<script>alert(1)</script>", "done late, yesterday", "40 %, 4 of 10", "1", "38"),
			row("Mila", "missed", "–", "0", ""), row("Зоя", "handed in, shown when it is due", "–", "1", "40")}}
}

func assignmentDays() views.Assignment {
	p := assignment()
	p.Heading, p.Line, p.How, p.TryOut = "Right on three days", "Three different days, 6 facts · due 3 March 2026, 18:00", "", nil
	p.Columns, p.Error = []string{"Where they are", "Done of it"}, "There is nothing to ask in this any more. Nothing was started; your teacher can change it."
	p.Rows = []views.TakerRow{{Name: "Ben", URL: "/classes/3/pupils/2", Cells: []string{"on the way", "2 of 6 facts; right on three days: 2, on two: 1, on one: 3"}}}
	return p
}

func gradebook() views.Gradebook {
	return views.Gradebook{Class: "Assignments", Back: "/classes/3/assignments", CSV: "/classes/3/gradebook.csv",
		How:   "The result as each assignment counts tries, in percent; of other work, how much of it is done. Late work is marked.",
		Heads: []views.Link{{Text: "The Secret Speech, part 2", URL: "/classes/3/assignments/2"}, {Text: "Right on three days", URL: "/classes/3/assignments/3"}},
		Rows: []views.TakerRow{{Name: "Ben", URL: "/classes/3/pupils/2", Cells: []string{"70 %", "–"}},
			{Name: "=SUM(A1:A9)", URL: "/classes/3/pupils/3", Cells: []string{"40 % late", "100 %"}}, {Name: "Зоя", URL: "/classes/3/pupils/4", Cells: []string{"handed in", "missed"}}}}
}

func tasks() []views.Task {
	do := &views.Form{Action: "/classes/3/assignments/2/take", Token: token}
	return []views.Task{
		{Title: "The Secret Speech, part 2", Class: "10b History", Line: "Due Thursday, 18:00 (5 March 2026, 19:00 in Europe/Helsinki, where the class is) · 10 questions · 60 minutes: 40 and your 20", Do: do, Button: "Begin", Main: true},
		{Title: "Dates", Class: "10b History", Line: "No date · 5 questions", Notes: []string{"Result: 3 of 5, 60 %."}, Do: do, Button: "Go on", Look: &views.Link{Text: "See how it went", URL: "/sittings/7"}},
		{Title: "Right on three days", Class: "Club", Line: "Due tomorrow, 09:00 · 3 facts, each right on three days", Notes: []string{"1 of 3 are there."}, Do: do, Button: "Practise",
			Rings: []views.Ring{{Got: 3, Of: 3, Label: "Fact 1: right on 3 of 3 days"}, {Got: 1, Of: 3, Label: "Fact 2: right on 1 of 3 days"}, {Of: 3, Label: "Fact 3: right on 0 of 3 days"}}},
	}
}

func homework() []Story {
	done := views.Task{Title: "Finals", Class: "10b History", Line: "It was due 3 March 2026, 18:00 · 10 questions", Notes: []string{"Result: 8.5 of 10, 85 %.", "It came late."}, Look: &views.Link{Text: "See how it went", URL: "/sittings/7"}}
	later := views.Task{Title: "Next week", Class: "10b History", Line: "Due in about 2 weeks, 18:00 · 10 questions", Notes: []string{"Opens Monday, 08:00."}}
	today := views.Today{Line: "6 minutes keeps 14 facts.", Start: &views.Form{Action: "/reviews", Token: token}, Spend: []views.Option{{Text: "Start"}, {Value: "5", Text: "5 min"}}, Due: 14, Minutes: 6,
		Topics: topics, Quiz: views.Form{Action: "/sittings", Token: token}, Tasks: tasks(), Homework: "/assignments"}
	returned := back()
	returned.Tasks, returned.Work = tasks()[1:2], "/assignments"
	return []Story{
		{"homework-none", views.Homework{}, at(ada, "/assignments")},
		{"homework", views.Homework{Open: tasks(), Later: []views.Task{later}, Behind: []views.Task{done}}, at(ada, "/assignments")},
		{"today-homework", today, ada}, {"today-back-homework", returned, ada},
		{"handed", views.Handed{Line: "9 of 10 answered. Nothing can be changed any more.", When: "What was right is shown when this is due: tomorrow, 18:00.", Back: views.Link{Text: "To your first page", URL: "/today"}}, at(ada, "/sittings/7")},
	}
}
