package story

import (
	"strconv"

	"thaw/views"
	"thaw/views/chart"
	"thaw/views/ui"
)

var (
	vera = views.Frame{School: "Riverside School", Lang: "en", Name: "Vera Noor", Teaches: true, Path: "/classes/3"}
	head = views.Frame{School: "Riverside School", Lang: "en", Name: "Head", Teaches: true, Admin: true, Path: "/people"}
)

func at(f views.Frame, path string) views.Frame {
	f.Path = path
	return f
}

const site = "riverside.school.example"

// ways are addresses as they stand on pages, to be read and typed.
var (
	secure   = "https" + "://" + site
	wayIn    = secure + "/link/6vQm0y9mYhQy5B2l8dQ3nUO2Jt1XgS4w"
	invited  = secure + "/invite/x0tJcD8kq1mZr7VnB5sLwE2yHa9UfGpi"
	boarding = views.Board{Code: "KBW FMT", Letters: "K, B, W, F, M, T", Address: site + "/join",
		QR: ui.QR{Text: secure + "/join/KBWFMT", Label: "QR code that opens " + secure + "/join/KBWFMT"}}
	ticks = []views.Option{{Value: "1", Text: "De-Stalinization", Chosen: true}, {Value: "2", Text: "The Thaw, for 10b"}}
)

// classes are the pages of classes, joining and people.
func classes() []Story {
	return append(append(append(taught(), joined()...), offices()...), house()...)
}

func taught() []Story {
	make := views.Form{Action: "/classes", Token: token}
	lists := views.Classes{Ask: make, Banks: ticks,
		List: []views.Row{{Text: "10b History", Note: "24 pupils, code KBW FMT", URL: "/classes/3"}, {Text: "11a", Note: "0 pupils, code CCD RST", URL: "/classes/4"}},
		Away: []views.Row{{Text: "10b, last year", Note: "26 pupils", URL: "/classes/1"}}}
	wrong := views.Classes{Ask: make, Banks: ticks, Error: "Nothing is saved yet. Please look at what is marked.",
		Name: views.Field{Error: "Please give the class a name of at most 60 letters."}}
	settings := views.ClassSettings{Class: "10b History", Back: "/classes/3", Log: "/classes/3/log", Rename: views.Form{Action: "/classes/3/name"},
		Name: views.Field{Value: "10b History"}, Give: views.Form{Action: "/classes/3/banks"}, Banks: ticks, Code: "KBW FMT",
		Recode: views.Form{Action: "/classes/3/code"}, Archive: views.Form{Action: "/classes/3/archive"}, Saved: true}
	away := settings
	away.Away, away.Saved = true, false
	reset := views.PupilReset{Name: "Mila", Back: "/classes/3/pupils/2", Ask: views.Form{Action: "/classes/3/pupils/2/reset", Token: token}}
	open, guestReset, staff := reset, reset, reset
	open.Link, open.QR, open.Ends = wayIn, ui.QR{Text: wayIn, Label: "QR code of the link that lets in"}, "Good until 25 November 2026, 10:14."
	guestReset.Guest, staff.Staff = true, true
	return []Story{
		{"classes-none", views.Classes{Ask: make, Banks: ticks[:1]}, at(vera, "/classes")},
		{"classes", lists, at(vera, "/classes")},
		{"classes-wrong", wrong, at(vera, "/classes")},
		{"class-empty", views.Class{Name: "10b History", Line: "Nobody is here yet. Put this code on the board, or print the slips.", Board: &boarding,
			Code: views.Link{Text: "KBW FMT", URL: "/classes/3/code"}, Settings: "/classes/3/settings", Reload: "/classes/3", Students: "/classes/3/students", Teachers: "/classes/3/teachers",
			Try: views.Form{Action: "/classes/3/try", Token: token}}, vera},
		{"class-code", views.ClassCode{Name: "10b History", Board: boarding, Back: "/classes/3"}, vera},
		{"class-begun", begun(), vera},
		{"class", busy(), vera},
		{"class-quiet", quietClass(), vera},
		{"starter", starter(2), vera},
		{"starter-none", views.Starter{Back: views.Link{Text: "10b History", URL: "/classes/3"}, None: true}, vera},
		{"class-settings", settings, vera},
		{"class-settings-archived", away, vera},
		{"pupil", pupil(), vera},
		{"pupil-empty", views.ClassPupil{Name: "Ben", Class: "Back to the class", Back: "/classes/3", Since: since("Ben"), Reset: "/x", Remove: "/x",
			Progress: views.Progress{Empty: true, Sentence: "Ben has not met any of the class's facts yet."}}, vera},
		{"pupil-reset", reset, vera},
		{"pupil-reset-guest", guestReset, vera},
		{"pupil-reset-staff", staff, vera},
		{"pupil-reset-open", open, vera},
		{"pupil-remove", views.Sure{Heading: "Take Mila out of the class?", What: "You no longer see how Mila does, and the banks of the class are not studied for it.",
			Kept: "What Mila has learned stays with Mila. With the code, Mila can join again.", Ask: views.Form{Action: "/classes/3/pupils/2/remove"},
			Do: "Take out", Stay: views.Link{Text: "Back", URL: "/classes/3/pupils/2"}}, vera},
	}
}

func since(name string) string {
	return "The same report that " + name + " sees, of the class's banks, from answers since 2 November 2026. " + name + " is told that you looked."
}

var orders = []views.Link{{Text: "name"}, {Text: "right first time", URL: "/classes/3?sort=right"},
	{Text: "memory", URL: "/classes/3?sort=memory"}, {Text: "last here", URL: "/classes/3?sort=last"}}

func row(name, right, band, known, answers, last string, counts [7]int) views.PupilRow {
	return views.PupilRow{Name: name, URL: "/classes/3/pupils/2", Joined: "2 November", Answers: answers, Last: last,
		Memory: chart.Small{Lang: "en", Counts: counts}, Known: known, Right: right, RightRange: band}
}

func begun() views.Class {
	return views.Class{Name: "10b History", Line: "2 pupils, 1 active in the last seven days.", Code: views.Link{Text: "KBW FMT", URL: "/classes/3/code"},
		Settings: "/classes/3/settings", Mixups: "/classes/3/mixups", Lens: "/classes/3/questions", Reload: "/classes/3", Students: "/classes/3/students", Teachers: "/classes/3/teachers", Orders: orders,
		Pupils: []views.PupilRow{row("Ben", "", "too early to say", "nothing met yet", "0", "none yet", [7]int{48}),
			row("Mila", "", "too early to say", "3 of 3 facts holding or better", "3", "today", [7]int{45, 0, 0, 0, 0, 3, 0})},
		Few: []views.AskedRow{few(1, "Which party meeting heard the Secret Speech?"), few(1, "Who gave the Secret Speech?")}}
}

func few(n int, prompt string) views.AskedRow {
	count := "Only 1 answer so far: too few to judge this question."
	if n > 1 {
		count = "Only 4 answers so far: too few to judge this question."
	}
	return views.AskedRow{Prompt: inline(prompt), URL: "/questions/42/lens?class=3", Count: count}
}

// classFading is what a class will still know.
func classFading() *views.FadeMap {
	row := func(title, note string, known ...int) views.FadeRow {
		r := views.FadeRow{Title: title, Note: note}
		for _, percent := range known {
			r.Cells = append(r.Cells, views.FadeCell{Text: strconv.Itoa(percent) + " %", Step: ui.Scale(float64(percent)/100, 30, true)})
		}
		return r
	}
	return &views.FadeMap{Heading: "What fades", Line: "Without study, The Secret Speech fades first: 96 % now, 72 % in four weeks.", Columns: []string{"now", "in 1 week", "in 2 weeks", "in 4 weeks", "in 8 weeks"},
		Rows: []views.FadeRow{row("The Secret Speech", "12 of 14 met", 96, 91, 83, 72, 49), row("After Stalin", "9 of 17 met", 98, 93, 88, 75, 58), row("The camps open", "0 of 17 met")}}
}

func busy() views.Class {
	c := begun()
	c.Line = "6 pupils, 5 active in the last seven days."
	c.Fade, c.Monday, c.CSV = classFading(), &monday, "/classes/3/class.csv"
	c.Pupils = []views.PupilRow{
		row("Anastasia-Wilhelmina Oberhuber", "88 %", "77 to 94 %", "38 of 44 facts holding or better", "212", "today", [7]int{4, 0, 1, 5, 8, 16, 14}),
		row("Ben", "", "too early to say", "1 of 3 facts holding or better", "3", "Tuesday", [7]int{45, 1, 1, 0, 1, 0, 0}),
		row("<script>alert(1)</script>", "47 %", "31 to 64 %", "9 of 24 facts holding or better", "41", "yesterday", [7]int{24, 6, 5, 4, 6, 3, 0}),
		row("=SUM(A1:A9)", "61 %", "47 to 73 %", "17 of 33 facts holding or better", "77", "today", [7]int{15, 2, 6, 8, 9, 6, 2}),
		row("Mila", "71 %", "58 to 82 %", "24 of 36 facts holding or better", "96", "today", [7]int{12, 0, 4, 8, 12, 8, 4}),
		row("Зоя", "79 %", "66 to 88 %", "30 of 39 facts holding or better", "130", "4 November", [7]int{9, 1, 3, 5, 10, 12, 8})}
	asked := func(prompt, rate, count, sign, miss string, low, share, high float64) views.AskedRow {
		return views.AskedRow{Prompt: inline(prompt), URL: "/questions/42/lens?class=3", Rate: rate, Count: count, Sign: sign, Miss: miss,
			Span: chart.Span{Lang: "en", Low: low, Share: share, High: high}}
	}
	c.Asked = []views.AskedRow{
		asked("Which party meeting heard the Secret Speech?", "24 %", "5 of 21 right the first time, so 12 to 41 %", "most miss it",
			"Most common wrong answer: the 22nd Party Congress (12 of 16)", .12, .24, .41),
		asked("On which day did Khrushchev give the Secret Speech?", "40 %", "8 of 20 right the first time, so 24 to 58 %", "", "", .24, .40, .58),
		asked("Who was shot in December 1953?", "86 %", "19 of 22 right the first time, so 70 to 94 %", "",
			"Most common wrong answer: Malenkov (2 of 3)", .70, .86, .94)}
	card := asked("Secret Speech: on which day?", "71 %", "10 of 14 right the first time, so 49 to 87 %", "", "", .49, .71, .87)
	card.Note = "Flashcard: pupils say themselves whether they knew it."
	c.Well = []views.AskedRow{card}
	c.Few = []views.AskedRow{few(4, "What became of the city of Stalingrad in 1961?")}
	return c
}

func pupil() views.ClassPupil {
	p := progress(false)
	p.Sentence, p.Fade.Heading = "Today Mila would still know about 32 of the 38 facts met, ±3.", "What Mila remembers, by topic"
	return views.ClassPupil{Name: "Mila", Class: "Back to the class", Back: "/classes/3", Since: since("Mila"), Reset: "/classes/3/pupils/2/reset", Remove: "/classes/3/pupils/2/remove",
		Call: views.Form{Action: "/classes/3/pupils/2/name"}, Called: views.Field{Value: "Mila"},
		Time: views.Form{Action: "/classes/3/pupils/2/extra"}, Times: []views.Option{{Value: "100", Text: "as everybody", Chosen: true}, {Value: "150", Text: "half as much again"}},
		Progress: p}
}

func joined() []Story {
	ask := views.Form{Action: "/join/KBWFMT", Token: token}
	door := views.JoinClass{Class: "10b History", Taught: "Vera Noor", Ask: ask, Name: &views.Field{}, SignIn: "/sign-in?next=/join/KBWFMT"}
	taken, brings := door, door
	taken.Name = &views.Field{Value: "Mila", Error: "Somebody in this class is called that already. Please choose another name."}
	brings.Brings = true
	return []Story{
		{"join", views.Join{}, at(stranger, "/join")},
		{"join-wrong", views.Join{Code: views.Field{Value: "KBW FMM"}, Error: "No class has this code. Look at the board once more: six letters, no vowels."}, at(stranger, "/join")},
		{"join-class", door, at(stranger, "/join/KBWFMT")},
		{"join-class-taken", taken, at(stranger, "/join/KBWFMT")},
		{"join-class-guest", brings, at(guest, "/join/KBWFMT")},
		{"join-class-account", views.JoinClass{Class: "10b History", Taught: "Vera Noor", Ask: ask, As: "Ada Lovelace"}, at(ada, "/join/KBWFMT")},
		{"join-class-in", views.JoinClass{Class: "10b History", Taught: "Vera Noor", Ask: ask, As: "Ada", In: true}, at(ada, "/join/KBWFMT")},
		{"seen-none", views.Seen{Guest: true, Join: views.Link{Text: "Join a class", URL: "/join"}}, at(guest, "/seen")},
		{"seen", views.Seen{Looks: []string{"An administrator, Head, looked at your answers on 3 March 2026, 10:14: “A complaint about question 4”"}, Join: views.Link{Text: "Join a class", URL: "/join"}, Classes: []views.SeenClass{
			{Title: "10b History", As: "As Ada, since 2 November 2026", Who: "Vera Noor and Otto Brandt", Looked: "Vera Noor, yesterday", Time: "half as much again. Where others have 40 minutes, you have 60 minutes: 40 and your 20.", Leave: "/classes/3/leave"},
			{Title: "Club", As: "As Lovelace, since 9 September 2026", Who: "Nobody at the moment", Looked: "Nobody has looked yet. The list of the whole class does not count as a look.", Away: true, Leave: "/classes/9/leave"}}}, at(ada, "/seen")},
		{"leave", views.Sure{Heading: "Leave 10b History?", What: "Its teachers see nothing of yours any more, not even what you have answered until now.",
			Kept: "What you have learned stays with you. If you join again, it counts from that day.", Ask: views.Form{Action: "/classes/3/leave"},
			Do: "Leave the class", Stay: views.Link{Text: "Stay", URL: "/seen"}}, at(ada, "/seen")},
		{"link-nameless", views.SignInLink{Ask: views.Form{Action: "/link/x"}}, stranger},
	}
}

func offices() []Story {
	roles := []views.Option{{Value: "pupil", Text: "pupil"}, {Value: "teacher", Text: "teacher", Chosen: true}, {Value: "admin", Text: "administrator"}}
	people := views.People{Line: "61 accounts, 3 classes with 74 pupils, 38 of them without an account.", Invite: views.Form{Action: "/people/invite", Token: token},
		Roles: []views.Option{{Value: "teacher", Text: "a teacher"}, {Value: "admin", Text: "an administrator"}}, Revoke: "/people/revoke", SignUp: []views.Option{{Value: "anybody", Text: "Anybody who comes here", Chosen: true}, {Value: "invited", Text: "Only who is invited, or is in a class"}},
		Orders: []views.Option{{Value: "name", Text: "name", Chosen: true}, {Value: "seen", Text: "last seen"}}, Found: "1 to 50 of 61 people", Later: "/people?page=2",
		Open: []views.InviteRow{{What: "For a teacher, made by Head, good until 1 December 2026", Link: invited, Hash: "a"},
			{What: "For an administrator, made by Otto Brandt, good until 29 November 2026", Hash: "b"}},
		List: []views.PersonRow{{Name: "Ada Lovelace", URL: "/people/1", Role: "pupil", Since: "2 September 2026", Seen: "today"},
			{Name: "<b>Bold</b>", URL: "/people/2", Role: "pupil", Since: "2 September 2026", Seen: "not signed in", Off: true},
			{Name: "Vera Noor", URL: "/people/3", Role: "teacher", Since: "1 September 2026", Seen: "yesterday", Leaving: "leaving on 2 December 2026"}}}
	none := people
	none.List, none.Open, none.Name, none.Found, none.Later = nil, nil, "Zz", "Nobody here has a name like that.", ""
	person := views.Person{Name: "Vera Noor", Line: "teacher since 1 September 2026", Back: "/people", Look: "/people/3/answers", Role: views.Form{Action: "/people/3/role"}, Roles: roles,
		Shut: views.Form{Action: "/people/3/off"}, LetIn: views.Form{Action: "/people/3/link", Token: token}}
	linked, off, last := person, person, person
	linked.Link, linked.QR, linked.Ends, linked.Saved = wayIn, ui.QR{Text: wayIn, Label: "QR code of the link that lets in"}, "Good until 1 December 2026.", true
	off.Off, off.Line = true, "teacher since 1 September 2026, shut out"
	last.Error = "Somebody has to look after this Thaw: make somebody else an administrator first."
	invite := views.Invite{What: "Somebody at Riverside School invites you to teach with Thaw: classes, questions, and what pupils remember.",
		Ask: views.Form{Action: "/invite/x"}, SignIn: "/sign-in?next=/invite/x"}
	guests, signed, have := invite, invite, invite
	guests.Guest, signed.As, have.As, have.Have = true, "Ada Lovelace", "Vera Noor", true
	return []Story{
		{"people", people, head},
		{"people-none-found", none, head},
		{"person", person, head},
		{"person-link", linked, head},
		{"person-off", off, head},
		{"person-last-admin", last, head},
		{"invite", invite, stranger},
		{"invite-guest", guests, guest},
		{"invite-signed-in", signed, ada},
		{"invite-have", have, vera},
		{"welcome", views.Welcome{Heading: "You can teach here now", Steps: []views.Step{
			{Text: "Make a class", Why: "A name and a code for the board. The built-in bank is ready to use.", URL: "/classes"},
			{Text: "Write questions, or make the built-in ones yours", Why: "A bank of your own, with a preview beside each question.", URL: "/banks"},
			{Text: "Answer a few questions yourself", Why: "As your pupils will. Nobody sees it.", URL: "/today"}}}, at(vera, "/welcome")},
	}
}
