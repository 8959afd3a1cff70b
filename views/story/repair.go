package story

import "thaw/views"

// repairs are the pages on which verdicts are contested, ruled on and repaired.
func repairs() []Story {
	right := views.Ask{Form: views.Form{Action: "/sittings/7/questions/3/right", Token: token}, Text: "I was right", Hidden: []views.Pair{{Name: "part", Value: "1"}}}
	mine := right
	mine.Text = "Count it for my own reviews"
	reasons := []views.Option{{Value: "wrong", Text: "The answer that counts as right is wrong"}, {Value: "unclear", Text: "It is unclear what is asked"}, {Value: "given", Text: "It gives the answer away"}}
	report := &views.Ask{Form: views.Form{Action: "/sittings/7/questions/3/report"}}
	typed := verdict("wrong", "Not the corn man: Nikita Khrushchev.", 4, 1)
	typed.Canonical, typed.Chosen = "Nikita Khrushchev", ""
	typed.Objection = views.Objection{Rights: []views.Ask{right}, Report: report, Reasons: reasons}
	noted := typed
	noted.Objection = views.Objection{Lines: []string{"Noted. Your teacher decides; if accepted, your mark and everybody's is put right.", "Reported. Whoever writes this question will look at it."}, Mine: []views.Ask{mine}}
	done := result(8, nil)
	done.Repaired, done.Rows[2].Lines, done.Rows[5].Right = "Accepted on Tuesday: your result is now 8 of 10.", []string{"Accepted: it counts as right now."}, &right
	done.Rows[8].Lines = []string{"Your teacher has looked at it: it stays as it was.", "“We want names here.”"}
	inbox, path := at(vera, "/inbox"), "/questions/42/ruling"
	inbox.Inbox = 2
	return []Story{
		{"verdict-contestable", typed, ada},
		{"verdict-contested", noted, ada},
		{"result-repaired", done, ada},
		{"inbox", views.Inbox{Lead: "What learners hold for right, and what they say of questions: what most say stands first.", Rows: inboxRows(path),
			Ruled: []views.Row{{Text: "Accepted: Chruschtschow", Note: "By Vera Noor, Tuesday, for everybody.", URL: "/rulings/3"}}}, inbox},
		{"inbox-class", views.Inbox{Lead: "From 10b History, nothing else.", All: &views.Link{Text: "All that waits", URL: "/inbox"}, Rows: inboxRows(path)}, at(vera, "/inbox")},
		{"inbox-empty", views.Inbox{Lead: "Nothing waits for you. When a learner says “I was right”, or reports a question of yours, it stands here."}, at(vera, "/inbox")},
		{"ruling", ruling(path), inbox},
		{"ruling-refused", refused(path), inbox},
		{"ruling-under-way", views.Ruled{Heading: "Accepted: the corn man", Prompt: inline("Who gave the Secret Speech?"), Line: "By Vera Noor, today, for everybody.",
			Done: "100 of 300 learners reached. You can leave this page; it goes on by itself.", Reached: 100, Of: 300, Reload: &views.Link{Text: "Look again", URL: "/rulings/4"},
			Undo: &views.Form{Action: "/rulings/4/undo"}, Back: views.Link{Text: "Inbox", URL: "/inbox"}}, inbox},
		{"ruling-taken-back", views.Ruled{Heading: "Left out of every result", Prompt: inline("Who gave the Secret Speech?"), Line: "By Vera Noor, Tuesday, for everybody. Taken back today.",
			Done: "Taken back for everybody: every result is what it is without it.", Reached: 300, Of: 300, Back: views.Link{Text: "Inbox", URL: "/inbox"}}, inbox},
	}
}

func inboxRows(path string) []views.InboxRow {
	reject := views.Ask{Form: views.Form{Action: "/inbox/reject"}, Text: "Reject", Hidden: []views.Pair{{Name: "question", Value: "42"}, {Name: "part", Value: "1"}, {Name: "why", Value: "right"}, {Name: "said", Value: "the corn man"}}}
	return []views.InboxRow{
		{Prompt: inline("Who gave the Secret Speech?"), Said: "Counted as not right:", Given: []string{"the corn man", "The Corn Man"}, Line: "14 learners, 16 times, lately today.",
			Accept: views.Link{Text: "Accept", URL: path + "?part=1&decision=accept&text=the+corn+man"}, Reject: reject},
		{Prompt: inline(prompt), Said: "It is said to be unclear what is asked.", Words: []string{"Which congress? There were two that year."}, Line: "3 learners, 3 times, lately Tuesday.", Seen: "They saw version 1 of 2.",
			Accept: views.Link{Text: "Put it right", URL: path}, Reject: reject},
	}
}

func ruling(path string) views.Ruling {
	return views.Ruling{Prompt: inline("Who gave the Secret Speech?"), Key: "Nikita Khrushchev", Back: views.Link{Text: "Inbox", URL: "/inbox"}, Look: path, Part: "1",
		Decide: []views.Option{{Value: "accept", Text: "Accept an answer", Chosen: true}, {Value: "key", Text: "Change what is right"},
			{Value: "point", Text: "Retire it, and give everybody the point"}, {Value: "leave", Text: "Retire it, and leave it out of every result"}},
		Text: &views.Field{Value: "the corn man"}, Names: "Nikita Khrushchev", Everybody: true, Scopes: []views.Option{{Value: "3", Text: "The pupils of 10b"}},
		Preview: &views.RulingPreview{Lines: []string{"2,551 of 10,000 answers, of 300 learners", "2,551 marks, 2,430.5 more points in all", "300 memories, and when the facts come back"},
			Examples: [][]string{{"the corn man", "not right", "right", "1730"}, {"The Corn Man", "not right", "right", "821"}}},
		Make:     views.Ask{Form: views.Form{Action: path, Token: token}, Text: "Accept it", Hidden: []views.Pair{{Name: "part", Value: "1"}, {Name: "decision", Value: "accept"}, {Name: "class", Value: "0"}, {Name: "text", Value: "the corn man"}}},
		Editable: "/questions/42"}
}

// refused is a change of the key of a choice of which nothing can be made.
func refused(path string) views.Ruling {
	r := ruling(path)
	r.Error, r.Preview, r.Text, r.Names = "Something here is not right yet.", nil, nil, ""
	r.Options = []views.Option{{Value: "1953", Text: "1953"}, {Value: "1956", Text: "1956", Chosen: true}}
	return r
}
