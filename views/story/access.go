package story

import "thaw/views"

// access are the pages about who did what, and what is stored of whom.
func access() []Story {
	teacher := views.Frame{School: "Riverside School", Lang: "en", Name: "Ada Lovelace", Teaches: true, Path: "/classes/3/log"}
	admin := views.Frame{School: "Riverside School", Lang: "en", Name: "Head", Teaches: true, Admin: true, Path: "/people/log"}
	class := views.Log{Heading: "What was done here", Back: views.Link{Text: "10b", URL: "/classes/3"}, Lead: "Who looked at a pupil’s answers, and who changed what in this class.",
		Rows: [][]string{{"25 November 2026, 09:12", "Ada Lovelace (you)", "Looked at the answers of Mila <b>K</b>"}, {"24 November 2026, 17:40", "Otto Brandt", "Gave the class a new code"}}, Later: "/classes/3/log?page=2"}
	whole := views.Log{Heading: "What was done", Back: views.Link{Text: "People", URL: "/people"}, Lead: "Looks at answers, and what was changed.", Whole: true, Name: "mila",
		Kinds: []views.Option{{Text: "Everything", Chosen: true}, {Value: "look", Text: "Teachers’ looks at answers"}},
		Rows:  [][]string{{"25 November 2026, 10:14", "Head (you)", "Looked, as an administrator, at the answers of Mila K: “A complaint about question 4”", ""}, {"25 November 2026, 09:12", "Ada Lovelace", "Looked at the answers of Mila K", "10b"}}, Earlier: "/people/log?page=1"}
	none := class
	none.Rows, none.Later = nil, ""
	privacy := views.Privacy{School: "Riverside School", Cookie: "thaw", SignIn: "/sign-in?next=%2Fprivacy",
		Kept: []views.Pair{{Name: "A guest’s answers, unused and in no class", Value: "90 days"}, {Name: "What was done", Value: "730 days"}}}
	mine := privacy
	mine.SignIn, mine.Mine = "", &views.Mine{Own: views.Own{JSON: "/account/data.json", CSV: "/account/data.csv"}, Seen: "/seen", Leave: "/account/leave"}
	return []Story{
		{"class-log", class, teacher},
		{"class-log-none", none, teacher},
		{"whole-log", whole, admin},
		{"privacy", privacy, at(stranger, "/privacy")},
		{"privacy-mine", mine, at(ada, "/privacy")},
	}
}
