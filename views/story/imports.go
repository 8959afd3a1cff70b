package story

import "thaw/views"

func imports() []Story {
	row := func(text, note string) views.Row { return views.Row{Text: text, Note: note} }
	blocks := []views.Block{{Line: 1, Where: "line 1", Prompt: "Where was the Secret Speech given?", Key: "Moscow", Kind: "One of several", Advice: advices()},
		{Line: 6, Where: "line 6", Prompt: "Who gave it?", Wrong: []string{"No option is marked as right."}}}
	first := views.ImportNew{Ask: views.Form{Action: "/import", Token: token}, Preview: "/import/preview", Banks: "/banks", Imports: "/imports", Lang: "en", Example: "Where was it?\n* Moscow\n- Kiev",
		Into: []views.Option{{Text: "A new bank", Chosen: true}, {Value: "2", Text: hostile}}, Formats: []views.Option{{Text: "Find out", Chosen: true}, {Value: "apkg", Text: "Anki"}}, Keep: true}
	typed := first
	typed.Text, typed.Error, typed.Seen = views.Field{Value: "Who gave it?\n- Malenkov", Error: "There is nothing to read yet."}, "Nothing is saved yet. Please look at what is marked.", views.ImportSeen{Lang: "en", Blocks: blocks, More: 40}
	guested := first
	guested.SignUp = "/sign-up"
	staged := views.Import{Heading: "thaw.txt", List: "/imports", Format: "Thaw (text)", State: "staged", Line: "46 ready. 2 look much like other questions, and stay out. 2 need a hand: lines 17, 60.", Total: "50 in all",
		Add: &views.Form{Action: "/imports/1/add"}, AddLabel: "Add 46", Set: views.Form{Action: "/imports/1"}, Name: views.Field{Value: "The Thaw"}, HasKept: true, Keep: true, HasLearned: true,
		Problems: []views.ImportProblem{{Where: "line 17", Why: "No option is marked as right.", Index: "0", Mend: &views.Form{Action: "/imports/1/mend"}, Text: "Who?\n- Malenkov", Error: "No option is marked as right."},
			{Where: "line 60", Why: "There is no kind of question here for \"essay\".", Item: "Why did the Thaw end?", Index: "1"}}, MoreProblems: 3,
		Notes: []string{"line 3: The weight of an option was left out."}, Apart: 2,
		Alike: []views.ImportAlike{{Item: "3", Row: row("When was the speech?", "25 February 1956 · Date · line 9"), Twin: views.Link{Text: "On which day was the speech?", URL: "/questions/7"}, Out: true},
			{Item: "4", Row: row(hostile, "Flashcard"), Twin: views.Link{Text: hostile}}},
		Drafts: []views.Row{row("Who?", "One option is missing.")}, Refused: []views.Row{row("Where?", "The bank has this question.")}, Duplicates: []views.Row{row("Which congress?", "The 20th")},
		Ready: []views.Row{row("When was the speech?", "25 February 1956 · Date · line 1"), row(hostile, "Flashcard")}, After: &views.Link{Text: "Further", URL: "/imports/1?page=2"}}
	adding, added, undone := staged, staged, staged
	adding.State, adding.Progress = "adding", "300 of 10,000 added"
	added.State, added.Bank, added.Share = "added", views.Link{Text: "To the bank", URL: "/banks/2"}, []views.Link{{Text: "Give it to 10b", URL: "/classes/1/settings?bank=2"}, {Text: "Make a class for it", URL: "/classes?bank=2"}}
	added.Undo, added.Until = &views.Form{Action: "/imports/1/undo"}, "Until tomorrow, 10:30."
	undone.State, undone.Back = "undone", "46 questions taken out. 1 was used meanwhile: kept, and asked no more."
	nothing := staged
	nothing.Empty, nothing.Ready, nothing.Problems, nothing.Alike, nothing.Drafts, nothing.Refused = true, nil, nil, nil, nil, nil
	export := views.Export{Bank: views.Link{Text: "The Thaw", URL: "/banks/2"}, Checked: "Aiken cannot hold this of it: 1", Lost: []views.Row{row("Put these in order.", "Aiken has options alone.")},
		Formats: []views.ExportFormat{{Name: "Thaw (JSON)", About: "Everything, to be read again by any Thaw.", URL: "/banks/2/export/native", Check: "/banks/2/export?check=native", Learned: "/banks/2/export/native?learned=1"},
			{Name: "Aiken", About: "Questions with one right option, as plain text.", URL: "/banks/2/export/aiken", Check: "/banks/2/export?check=aiken"}}}
	return []Story{
		{"import-new", first, teacher},
		{"import-typed", typed, teacher},
		{"import-guest", guested, guest},
		{"imports", views.Imports{New: "/import", Banks: "/banks", List: []views.Row{{Text: "thaw.txt", URL: "/imports/1", Note: "46 added."}}}, teacher},
		{"imports-none", views.Imports{New: "/import", Banks: "/banks"}, teacher},
		{"import-staged", staged, teacher},
		{"import-nothing", nothing, teacher},
		{"import-adding", adding, teacher},
		{"import-added", added, teacher},
		{"import-undone", undone, teacher},
		{"export", export, teacher},
	}
}
