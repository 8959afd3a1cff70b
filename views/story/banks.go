package story

import "thaw/views"

var teacher = views.Frame{School: "Riverside School", Lang: "en", Name: "Ms Byron", Teaches: true, Path: "/banks"}

// hostile is what a name or a text may hold: it is shown as it was written.
const hostile = `<script>alert(1)</script> "><img src=x onerror=alert(1)>`

// banks are the pages of those who write questions.
func banks() []Story {
	return append(append(bankPages(), editors()...), pasts()...)
}

func bankPages() []Story {
	add := &views.Form{Action: "/banks", Token: token}
	ready := []views.BankCard{{Title: "De-Stalinization", About: "How the Soviet Union took Stalin's system apart.", Counts: "300 questions", URL: "/banks/1",
		Do: &views.Form{Action: "/banks/1/copy", Token: token}}}
	own := []views.BankCard{{Title: "The Cold War, year 10", About: "From Yalta to the Wall.", Counts: "48 questions · 3 drafts", URL: "/banks/2"},
		{Title: hostile, Counts: "1 question", URL: "/banks/3"}}
	gone := views.BankCard{Title: "Vocabulary", Counts: "12 questions", Do: &views.Form{Action: "/banks/4/bin"}, Fields: []views.Pair{{Name: "do", Value: "back"}}}
	bank := ownBank()
	binned, inBin := bank, bank
	binned.Binned = &views.Form{Action: "/questions/7/bin"}
	inBin.List.Rows = []views.QuestionRow{{Prompt: []views.Piece{{Text: prompt}}, Lang: "en", Kind: "One of several", State: "Retired", Topic: "1956", Back: &views.Form{Action: "/questions/7/bin"}}}
	ordered := views.Order{Bank: views.Link{Text: "The Cold War, year 10", URL: "/banks/2"}, Saved: true, Ask: views.Form{Action: "/banks/2/order"}, Widget: inOrder(),
		Topics: []views.TopicLine{{Title: "Yalta", Depth: "0", URL: "/banks/2/order?topic=1", Active: true}, {Title: "The Wall", Depth: "1", URL: "/banks/2/order?topic=2"}}}
	empty := views.Bank{Heading: "The Cold War, year 10", Counts: "0 questions", Banks: "/banks", Mine: true, Empty: true, Kinds: bank.Kinds, Set: bank.Set, Bin: bank.Bin}
	changing := bank
	changing.Open, changing.Error = true, "A topic is removed once it is empty: move its questions and its parts first."
	builtin := bank
	builtin.Heading, builtin.Mine, builtin.Updates, builtin.Advice, builtin.Counts = "De-Stalinization", false, nil, nil, "300 questions"
	builtin.Copy, builtin.CopyName = &views.Form{Action: "/banks/1/copy", Token: token}, "De-Stalinization"
	builtin.List.NoFind, builtin.List.States = true, nil
	builtin.List.Rows = []views.QuestionRow{{Prompt: []views.Piece{{Text: prompt}}, Lang: "en", Kind: "One of several", Topic: "The Secret Speech"}}
	found := views.Questions{Banks: "/banks", List: bank.List}
	found.List.Query, found.List.Narrow, found.List.Line = "speech", true, "2 questions"
	nothing := found
	nothing.List.Rows, nothing.List.Line = nil, "Nothing found. Fewer or other words may help."
	return []Story{
		{"banks", views.Banks{Mine: own, BuiltIn: ready, Bin: []views.BankCard{gone}, New: add, Lang: views.Field{Value: "en"}, Search: "/questions"}, teacher},
		{"banks-binned", views.Banks{Mine: own, BuiltIn: ready, Bin: []views.BankCard{gone}, Binned: &gone, New: add, Lang: views.Field{Value: "en"}, Search: "/questions"}, teacher},
		{"banks-empty", views.Banks{BuiltIn: ready, New: add, Heading: views.Field{Error: "Please write a title."}, Lang: views.Field{Value: "en"}, Search: "/questions",
			Error: "Nothing is saved yet. Please look at what is marked."}, teacher},
		{"banks-guest", views.Banks{BuiltIn: []views.BankCard{{Title: "De-Stalinization", Counts: "300 questions", URL: "/banks/1"}}, SignUp: "/sign-up", Teach: "/teach"}, guest},
		{"bank", bank, teacher},
		{"bank-binned", binned, teacher},
		{"bank-bin", inBin, teacher},
		{"order", ordered, teacher},
		{"order-none", views.Order{Bank: ordered.Bank}, teacher},
		{"bank-empty", empty, teacher},
		{"bank-topics", changing, teacher},
		{"bank-built-in", builtin, teacher},
		{"advice", advice(), teacher},
		{"advice-none", views.AdviceList{Bank: views.Link{Text: "The Cold War, year 10", URL: "/banks/2"}}, teacher},
		{"questions-found", found, teacher},
		{"questions-none", nothing, teacher},
	}
}

func advice() views.AdviceList {
	return views.AdviceList{Bank: views.Link{Text: "The Cold War, year 10", URL: "/banks/2"}, More: 12,
		Whole:     []views.Advice{{Text: "The right option is the longest in 14 of 24 questions; a third at most is fair.", Why: "Do not let the right option stand out by its length."}},
		Questions: []views.AdviceOf{{Heading: prompt, Lang: "en", URL: "/questions/7", Lines: advices()}, {Heading: hostile, Lang: "en", URL: "/questions/9", Lines: advices()[1:]}}}
}

func advices() []views.Advice {
	return []views.Advice{
		{Text: "The question has 4 words; 6 to 30 read best.", Why: "Write a full question that can be answered with the options covered."},
		{Text: "\"always\" tells that it is rarely so.", Why: "Leave out always, never, only and usually."},
	}
}

func ownBank() views.Bank {
	under := []views.Option{{Value: "0", Text: "no other topic", Chosen: true}, {Value: "1", Text: "1956"}}
	topic := func(title, depth, count string, active bool) views.TopicLine {
		return views.TopicLine{Title: title, Depth: depth, Count: count, URL: "/banks/2?topic=1", Active: active, Change: views.Form{Action: "/banks/2/topics/1"}, Under: under, Remove: count == "0"}
	}
	return views.Bank{Heading: "The Cold War, year 10", About: "From Yalta to the Wall.", Counts: "48 questions · 3 drafts", Banks: "/banks", Mine: true,
		Kinds: []views.Link{{Text: "One of several", URL: "/banks/2/questions/new?kind=choice"}, {Text: "Name or term", URL: "/banks/2/questions/new?kind=text"},
			{Text: "Date", URL: "/banks/2/questions/new?kind=date"}, {Text: "Flashcard", URL: "/banks/2/questions/new?kind=flash"}},
		Updates:  &views.Link{Text: "See 3 updates from the original", URL: "/banks/2/updates"},
		Advice:   &views.Link{Text: "Advice", URL: "/banks/2/advice"},
		Topics:   []views.TopicLine{{Title: "All topics", Depth: "0", Count: "51", URL: "/banks/2"}, topic("1956", "0", "20", true), topic("The Secret Speech", "1", "18", false), topic("Who was in the hall", "2", "0", false), topic("1961", "0", "10", false)},
		AddTopic: views.TopicForm{Ask: views.Form{Action: "/banks/2/topics", Token: token}, Under: under},
		List:     questionList(),
		Set: views.BankSettings{Ask: views.Form{Action: "/banks/2"}, Title: views.Field{Value: "The Cold War, year 10"}, About: views.Field{Value: "From Yalta to the Wall."},
			Lang: views.Field{Value: "en"}},
		Copy: &views.Form{Action: "/banks/2/copy", Token: token}, CopyName: "Copy of The Cold War, year 10", Bin: &views.Form{Action: "/banks/2/bin"}}
}

func questionList() views.Listing {
	plain := func(text string) []views.Piece { return []views.Piece{{Text: text}} }
	return views.Listing{Action: "/banks/2", Reset: "/banks/2", Line: "51 questions",
		Kinds:  []views.Option{{Text: "all kinds"}, {Value: "choice", Text: "One of several"}},
		States: []views.Option{{Text: "in use"}, {Value: "draft", Text: "draft"}},
		Tags:   []views.Option{{Text: "all tags"}, {Value: "1956", Text: "1956"}, {Value: "exam", Text: "exam"}},
		Sorts:  []views.Option{{Value: "newest", Text: "changed last", Chosen: true}},
		Rows: []views.QuestionRow{
			{Prompt: []views.Piece{{Text: "Which party meeting heard the Secret "}, {Text: "Speech", Marked: true}, {Text: "?"}}, Key: plain("the 20th Party Congress"), Lang: "en",
				Kind: "One of several", Topic: "The Secret Speech", Changed: "24 November 2026", URL: "/questions/7",
				Tags: []views.Link{{Text: "1956", URL: "/banks/2?tag=1956"}, {Text: "exam", URL: "/banks/2?tag=exam"}}},
			{Prompt: plain("When did he speak?"), Key: plain("25 February 1956"), Found: []views.Piece{{Text: "…closed doors: the Secret "}, {Text: "Speech", Marked: true}, {Text: "…"}},
				Lang: "en", Kind: "Date", State: "draft", Topic: "1956", Changed: "20 November 2026", URL: "/questions/8"},
			{Prompt: plain(hostile), Key: plain(hostile), Lang: "en", Kind: "Flashcard, the other way round", State: "retired", Topic: "1961", Changed: "2 March 2026", URL: "/questions/9",
				Tags: []views.Link{{Text: hostile, URL: "/banks/2?tag=x"}}},
		},
		Before: &views.Link{Text: "Before", URL: "/banks/2"}, After: &views.Link{Text: "Next page", URL: "/banks/2?page=3"}}
}

func editors() []Story {
	edit := editing()
	fresh := views.QuestionEdit{Heading: "New question: One of several", Bank: views.Link{Text: "The Cold War, year 10", URL: "/banks/2"}, Edit: edit.Edit}
	fresh.Edit.Fields, fresh.Edit.Save, fresh.Edit.Preview = choiceFields("", ""), "Publish", views.Preview{Try: views.Form{Action: "/preview"}, Empty: true}
	wrong := edit
	wrong.Error, wrong.Saved = "Nothing is saved yet. Please look at what is marked.", false
	wrong.Edit.Wrong = []views.Wrong{{Text: "It has no correct answer.", URL: "#key"}, {Text: "Please choose a topic, or write a new one.", URL: "#topic"}}
	wrong.Edit.Fields, wrong.Edit.Topic.Error = choiceFields(prompt, "It has no correct answer."), "Please choose a topic, or write a new one."
	wrong.Edit.Preview.Missing = []string{"It has no correct answer."}
	conflict := edit
	conflict.Error, conflict.Saved, conflict.Newer = "Somebody, or another window, has saved this question since you opened it. Nothing of yours is lost: it stands in the form below.", false, difference()
	tried := edit
	tried.Saved = false
	tried.Edit.Preview.Widget, tried.Edit.Preview.Tried = answered(prompt, "wrong"), &views.Tried{Verdict: "wrong", Line: "Not the 22nd Party Congress: the 20th Party Congress.",
		Canonical: "the 20th Party Congress", Why: paragraph(explain), Notes: []string{"The 22nd met in 1961, five years later."}}
	tried.Edit.Preview.Alike = []string{"the 20th Party Conference: it is marked right here."}
	tried.Edit.Preview.Advice = advices()
	flash := edit
	flash.Heading, flash.Edit.Reverse, flash.Edit.Preview.Widget = "Question: Flashcard", &views.Reverse{On: true}, card("Secret Speech: on which day?", "")
	kept := edit
	kept.Keep = &views.Link{Text: "Make an account", URL: "/sign-up"}
	teach := views.Teach{SignIn: "/sign-in", Edit: fresh.Edit, Kinds: []views.TeachKind{{Text: "One of several", URL: "/teach?kind=choice", Active: true}, {Text: "Name or term", URL: "/teach?kind=text"}}}
	teach.Edit.Place, teach.Edit.Draft, teach.Edit.Save = false, false, "See it as a pupil"
	return []Story{
		{"question-new", fresh, teacher}, {"question-edit", edit, teacher}, {"question-wrong", wrong, teacher}, {"question-conflict", conflict, teacher},
		{"question-tried", tried, teacher}, {"question-flash", flash, teacher}, {"question-guest", kept, guest},
		{"teach", teach, stranger}, {"taught", views.Taught{Preview: edit.Edit.Preview, SignUp: "/sign-up", Edit: "/questions/7"}, guest},
		{"preview", views.Previewed{Preview: tried.Edit.Preview}, teacher},
	}
}

func editing() views.QuestionEdit {
	return views.QuestionEdit{Heading: "Question: One of several", Bank: views.Link{Text: "The Cold War, year 10", URL: "/banks/2"}, State: "live", Saved: true,
		Another: &views.Link{Text: "Write another: One of several", URL: "/banks/2/questions/new?kind=choice"}, Versions: &views.Link{Text: "3 versions", URL: "/questions/7/versions"}, Rule: &views.Link{Text: "Put past answers right", URL: "/questions/7/ruling"}, Lens: &views.Link{Text: "Under the lens", URL: "/questions/7/lens"},
		Same: &views.Link{Text: "Ask the same fact in another way", URL: "/banks/2/questions/new?kind=text&fact=4"},
		Edit: views.Editor{Ask: views.Form{Action: "/questions/7", Token: token}, Hidden: []views.Pair{{Name: "version", Value: "3"}}, Fields: choiceFields(prompt, ""),
			Topics: []views.Option{{Value: "1", Text: "1956"}, {Value: "2", Text: "– The Secret Speech", Chosen: true}},
			Facts:  []views.Option{{Text: "a fact of its own"}, {Value: "4", Text: "Which party meeting heard the Secret Speech? The 20th Party Congress", Chosen: true}},
			Tags:   views.Field{Value: "1956, exam"}, TagsHint: "With commas between them. In this bank so far: 1956, exam.",
			Place: true, Save: "Save", Draft: true, Enter: "live",
			Preview: views.Preview{Try: views.Form{Action: "/preview"}, Hidden: []views.Pair{{Name: "question", Value: "7"}}, Widget: choice(prompt), Lang: "en"}},
		Life: []views.StateForm{{Ask: views.Form{Action: "/questions/7/state"}, Value: "draft", Label: "Make it a draft again", Why: "It is asked no more until you publish it. Past results stay."},
			{Ask: views.Form{Action: "/questions/7/state"}, Value: "retired", Label: "Retire it", Why: "It is asked no more. Past results stay."}}}
}

func difference() []views.ChangedField {
	return []views.ChangedField{
		{Label: "Question", Lang: "en", Pieces: []views.ChangedPiece{{How: "same", Text: "Which party meeting heard the "}, {How: "removed", Text: "speech"}, {How: "added", Text: "Secret Speech"}, {How: "same", Text: "?"}}},
		{Label: "Right", Lang: "en", Pieces: []views.ChangedPiece{{How: "same", Text: "The 20th Party Congress"}}},
		{Label: "Not right", Lang: "en", Pieces: []views.ChangedPiece{{How: "added", Text: hostile}}},
	}
}

func pasts() []Story {
	edit, bank := views.Link{Text: "Edit the question", URL: "/questions/7"}, views.Link{Text: "The Cold War, year 10", URL: "/banks/2"}
	do := views.Form{Action: "/questions/7/update"}
	return []Story{
		{"versions", views.Versions{Heading: prompt, Bank: bank, Edit: edit, Rows: []views.VersionRow{
			{Heading: "Version 2", By: "Ms Byron, 24 November 2026, 10:12", Fields: difference()},
			{Heading: "Version 1", By: "Ms Byron, 20 November 2026, 08:00", First: true, Fields: difference()[1:2]}}}, teacher},
		{"updates", views.Updates{Bank: bank, Rows: []views.UpdateRow{{Heading: prompt, Lang: "en", Fields: difference(), Do: do}}, More: 4}, teacher},
		{"updates-none", views.Updates{Bank: bank}, teacher},
	}
}
