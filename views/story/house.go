package story

import (
	"thaw/views"
	"thaw/views/ui"
)

// house are the pages of what an administrator looks after beside people.
func house() []Story {
	all := views.AllClasses{Line: "61 classes. You see counts; answers only with a reason, and the pupil is told.", Later: "/people/classes?page=2",
		List: []views.ClassRow{{Name: "10b History", URL: "/people/classes/3", Teachers: "Vera Noor and Otto Brandt", Pupils: "24", Last: "today"},
			{Name: "<b>Bold</b>", URL: "/people/classes/4", Teachers: "nobody", Pupils: "0", Last: "none yet"},
			{Name: "10b, last year", URL: "/people/classes/1", Teachers: "Vera Noor", Pupils: "26", Last: "12 June", Away: true}}}
	class := views.AnyClass{Name: "10b History", Back: "/people/classes", Made: "Taught by Vera Noor; made 2 November 2026.", Saved: true,
		Figures: []ui.Figure{{Value: "24", Label: "Pupils"}, {Value: "today", Label: "Last answer"}},
		Archive: views.Form{Action: "/people/classes/3/archive"}, Hand: views.Form{Action: "/people/classes/3/teachers"},
		Pupils: []views.Row{{Text: "Ada", Note: "since 2 November 2026", URL: "/people/1/answers"}, {Text: "<script>alert(1)</script>", Note: "since 3 November 2026", URL: "/people/2/answers"}}}
	away := class
	away.Away, away.Saved = true, false
	away.Teacher = views.Field{Value: "Oto", Error: "Nobody who teaches here has this name. Check how it is spelled in the account."}
	ask := views.Answers{Heading: "Answers of Ada Lovelace", Back: views.Link{Text: "Ada Lovelace", URL: "/people/1"}, Ask: views.Form{Action: "/people/1/answers"},
		Why:  "Answers belong to who gave them. Say why you need to see them: Ada Lovelace reads your name and the reason under “Who can see this”. You can look for half an hour, at Ada Lovelace alone.",
		Hint: "In 10 to 200 letters, as Ada Lovelace should read it."}
	short := ask
	short.Reason = views.Field{Value: "Because", Error: "Please give the reason in 10 to 200 letters."}
	open := views.Answers{Heading: ask.Heading, Back: ask.Back, Open: "You look for this reason: “A complaint about question 4”. Good until 25 November 2026, 10:44.", Line: "The newest 2 of 2 answers.",
		Rows: [][]string{{"25 November 2026, 09:12", "Who gave the Secret Speech?", "<script>alert(1)</script>", "wrong"}, {"24 November 2026, 17:40", "In which year did Stalin die?", "1953", "right"}}}
	health := views.Health{Lines: []views.Pair{{Name: "Today", Value: "41 people with 903 answers"}, {Name: "Version", Value: "v1.2.3 go1.25"}, {Name: "Database", Value: "SQLite 3.50.4"},
		{Name: "Its size", Value: "212 MB"}, {Name: "Free on its disk", Value: "51200 MB"}, {Name: "Waiting to be written", Value: "0 of at most 4096"}},
		Jobs: [][]string{{"sweep", "25 November 2026, 09:00", "0.12 s", "well"}, {"fit", "25 November 2026, 09:00", "4.5 s", "the disk is full"}, {"exams", "not yet", "", ""}}}
	backups := views.Backups{Take: views.Form{Action: "/people/backups"}, Made: true, Held: "Nobody who was deleted is left in any backup here.",
		List: []views.BackupRow{{When: "25 November 2026, 09:00", Why: "something had changed", Size: "212 MB", Holds: "61 people, 90312 answers", Get: "/people/backups/a/file", Back: "/people/backups/a"},
			{When: "24 November 2026, 17:02", Why: "before an import", Size: "211 MB", Holds: "not known", Get: "/people/backups/b/file", Back: "/people/backups/b"}}}
	failing := backups
	failing.Made = false
	failing.Failed = "The last backup, on 25 November 2026, 10:00, could not be made: the disk is full. The ones below are as good as before."
	failing.Went = "The backup of 24 November 2026, 17:02 was put back on 25 November 2026, 08:40. How it was before is kept as the backup of 25 November 2026, 08:39."
	failing.Held = "Who was deleted is out of this Thaw, but not of every backup yet: the last backup with somebody in it who has been deleted goes about 1 July 2027. If one is put back before, they are deleted again at once."
	putBack := views.PutBack{Heading: "Put the backup of 24 November 2026, 17:02 back?", Ask: views.Form{Action: "/people/backups/b"}, Password: &views.Field{}, Stay: "/people/backups",
		What: "Everything becomes as it was then: 61 people, 90312 answers. Answers, questions and people that came since are gone from what Thaw shows."}
	mistyped := putBack
	mistyped.Password, mistyped.Error = &views.Field{Error: "That is not your password. Nothing was put back."}, "Nothing is saved yet. Please look at what is marked."
	return []Story{
		{"backups", backups, head},
		{"backups-failing", failing, head},
		{"backups-none", views.Backups{Take: views.Form{Action: "/people/backups"}}, head},
		{"put-back", putBack, head},
		{"put-back-wrong", mistyped, head},
		{"all-classes", all, head},
		{"all-classes-none", views.AllClasses{Line: "Nobody has made a class yet."}, head},
		{"any-class", class, head},
		{"any-class-archived", away, head},
		{"answers-why", ask, head},
		{"answers-why-short", short, head},
		{"answers", open, head},
		{"health", health, head},
		{"landing-invited", views.Landing{Ask: views.Form{Action: "/", Token: token}, Widget: choice(prompt), SignIn: "/sign-in", Recover: "/recover", Join: "/join", Teach: "/teach", Ready: true, Invited: true}, stranger},
		{"sign-up-shut", views.SignUp{Shut: true, Guest: true, SignIn: "/sign-in"}, at(guest, "/sign-up")},
	}
}
