// Package story holds sample data of every page in every state that matters.
// Snapshots, accessibility checks and screenshots use the same stories.
package story

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"thaw/views"
)

// Story is one page with its sample data and its frame.
type Story struct {
	Name  string
	Page  views.Page
	Frame views.Frame
}

// Render draws the story as a whole document.
func (s Story) Render(ctx context.Context) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w writer) error {
		return views.Draw(s.Page).Render(views.With(ctx, s.Frame), w)
	})
}

var (
	stranger = views.Frame{School: "Riverside School", Lang: "en", Path: "/"}
	guest    = views.Frame{School: "Riverside School", Lang: "en", Guest: true, Path: "/today"}
	ada      = views.Frame{School: "Riverside School", Lang: "en", Name: "Ada Lovelace", Path: "/today"}
	token    = "AbCdEfGhIjKlMnOpQrStUv" // #nosec G101 -- opens nothing
)

const (
	prompt  = "Which party meeting heard the Secret Speech?"
	explain = "The closed session belonged to the 20th Party Congress of February 1956. The 22nd met in 1961, when the campaign reached its height."
)

// All lists the stories, in the order of the menu.
func All() []Story {
	return slices.Concat(sittings(), examSittings(), facts(), homes(), progresses(), memory(), exams(), doors(), banks(), nameStories(), sources(), imports(), classes(), rosters(), readings(), repairs(), lenses(), assignments(), access())
}

func sittings() []Story {
	ask := views.Form{Action: "/sittings/7/questions/3", Token: token}
	undo := &views.Form{Action: "/sittings/7/undo"}
	question := views.Question{Ask: ask, Pos: 3, Count: 10, Heading: "The Secret Speech", Stop: "/today", Widget: choice(prompt)}
	typed, turned, front, again := question, question, question, question
	typed.Widget = field("On which day did Khrushchev give the Secret Speech?", "")
	again.Widget = field("On which day did Khrushchev give the Secret Speech?", "Month and year are right. Which day? One more try, nothing lost.")
	front.Widget, front.Review = card("Secret Speech: on which day?", ""), true
	turned.Widget, turned.Review, turned.Undo = card("Secret Speech: on which day?", "25 February 1956"), true, undo
	return []Story{
		{"landing", views.Landing{Ask: views.Form{Action: "/", Token: token}, Widget: choice(prompt), SignIn: "/sign-in",
			Recover: "/recover", Join: "/join", Teach: "/teach", Ready: true}, stranger},
		{"landing-not-ready", views.Landing{Ask: views.Form{Action: "/", Token: token}, Widget: choice(prompt), SignIn: "/sign-in",
			Recover: "/recover", Join: "/join", Teach: "/teach"}, stranger},
		{"question-choice", question, guest},
		{"question-typed", typed, ada},
		{"question-second-try", again, ada},
		{"question-card", front, ada},
		{"question-card-turned", turned, ada},
		{"verdict-right", verdict("right", "Yes, the 20th Party Congress.", 2, 4), guest},
		{"verdict-slip", verdict("slip", "Right: the 20th Party Congress.", 3, 5), ada},
		{"verdict-almost", verdict("almost", "Almost: the 20th Party Congress.", 4, 4), ada},
		{"verdict-wrong", verdict("wrong", "Not the 22nd Party Congress: the 20th Party Congress.", 4, 1), guest},
		{"result-guest", result(7, []string{"amber", "tram", "lake"}), guest},
		{"result-perfect", result(10, nil), ada},
		{"result-review", review(), ada},
	}
}

func verdict(verdict, line string, before, after int) views.Verdict {
	v := views.Verdict{Widget: answered(prompt, verdict), Pos: 3, Count: 10, Heading: "The Secret Speech", Verdict: verdict, Line: line,
		Canonical: "the 20th Party Congress", Why: paragraph(explain),
		Passage: &views.Passage{Section: "The Secret Speech", Text: inline("On 25 February 1956 he spoke behind closed doors, without press or foreign guests."), URL: "/read?p=closed-session#closed-session"},
		Comes:   "Next time in about 4 days.", Memory: []views.Memory{{Before: before, After: after}},
		Next: views.Link{Text: "Next", URL: "/sittings/7/questions/4"}}
	switch verdict {
	case "wrong":
		v.Comes, v.Chosen = "It is worth another go at the end.", "The 22nd met in 1961, five years later."
	case "slip":
		v.Reason = "It is spelled Khrushchev; you wrote Kruschev."
	case "almost":
		v.Reason = "Right year, wrong month: you said March."
	}
	return v
}

var verdicts = [...]string{"right", "right", "wrong", "slip", "right", "wrong", "right", "right", "almost", "right"}

func result(right int, words []string) views.Result {
	r := views.Result{Right: right, Count: 10, Line: "3 are worth another go.", RetryN: 10 - right,
		Expected: "We expected 8 of these 10 (6 to 9).",
		Forecast: "Tomorrow about 5 of these 7 will still be there (4 to 6): 3 minutes then keeps them.",
		Another:  &views.Form{Action: "/sittings", Token: token}, Words: words}
	if right == 10 {
		r.Line, r.Expected = "All right the first time.", "More than we expected: 6 to 9 of 10."
	} else {
		r.Retry = &views.Form{Action: "/sittings/7/retry", Token: token}
	}
	if words != nil {
		r.Noted, r.Claim = &views.Form{Action: "/words/noted"}, "/sign-up"
	}
	for i, v := range verdicts {
		if right == 10 {
			v = "right"
		}
		r.Dots = append(r.Dots, views.Dot{Pos: i + 1, Verdict: v, URL: "/sittings/7/questions/1", Label: "Question: " + v})
		r.Rows = append(r.Rows, views.ResultRow{Pos: i + 1, Prompt: inline(prompt), Verdict: v, Word: v, Key: "the 20th Party Congress", URL: "/sittings/7/questions/1"})
	}
	return r
}

func review() views.Result {
	r := result(7, nil)
	r.Review, r.Retry, r.Line, r.Next = true, nil, "That is this review done.", "Next useful time: Thursday, about 4 minutes."
	r.Undo = &views.Form{Action: "/sittings/7/undo"}
	r.More, r.MoreText = &views.Form{Action: "/reviews", Token: token}, "Go on: 8 minutes"
	r.Expected = "You had met 8 of these before today, and 4 of them were right: fewer than we expected (5 to 7)."
	return r
}

var topics = []views.TopicThaw{
	{Title: "1953: who comes after Stalin", Counts: [7]int{4, 1, 2, 3, 4, 5, 1}, Facts: 20},
	{Title: "The Secret Speech", Counts: [7]int{2, 0, 1, 3, 6, 8, 4}, Facts: 24},
	{Title: "1961: the peak", Counts: [7]int{14, 0, 0, 0, 0, 0, 0}, Facts: 14},
}

func homes() []Story {
	quiz := views.Form{Action: "/sittings", Token: token}
	pick := []views.Option{{Value: "1", Text: "The Secret Speech"}, {Value: "2", Text: "1961: the peak"}}
	lately := []views.Row{{Text: "Quiz, Tuesday 24 November", Note: "10 questions", URL: "/sittings/7"},
		{Text: "Review, Monday 23 November", Note: "4 of 9 answered", URL: "/sittings/6"}}
	start := &views.Form{Action: "/reviews", Token: token}
	return []Story{
		{"quiz", views.Quiz{Ask: quiz, Topics: pick, Tags: []views.Option{{Value: "1956", Text: "1956"}, {Value: "exam", Text: "exam"}}, From: []views.Option{{Text: "everything, what is worth asking first"}, {Value: "weak", Text: "what I remember least"}},
			Sizes:  []views.Option{{Value: "5", Text: "5 questions"}, {Value: "10", Text: "10 questions", Chosen: true}},
			Modes:  []views.Option{{Value: "tutor", Text: "after each answer"}, {Value: "exam", Text: "at the end, as in an exam"}},
			Limits: []views.Option{{Text: "none"}, {Value: "10", Text: "10 minutes"}}, Longer: "Your time limits are 50 % longer than chosen here."}, ada},
		{"today-new", views.Today{Line: "One question to begin with. We will find out the rest.", Quiz: quiz, QuizTopics: pick, Empty: true, Claim: "/sign-up"}, guest},
		{"today-due", views.Today{Line: "6 minutes keeps 14 facts.", Start: start, Spend: []views.Option{{Text: "Start", Chosen: true}, {Value: "5", Text: "5 min"}}, Due: 14, Minutes: 6, Topics: topics, Quiz: quiz, QuizTopics: pick, Recent: lately,
			Resume: &views.Link{Text: "Go on where you were: 4 of 9 answered", URL: "/sittings/6"}}, ada},
		{"today-exam", views.Today{Line: "9 minutes keeps 23 facts.", Start: start, Due: 23, Minutes: 9, Topics: topics, Quiz: quiz, QuizTopics: pick, Recent: lately,
			Spend: []views.Option{{Text: "Start", Chosen: true}, {Value: "5", Text: "5 min"}, {Value: "10", Text: "10 min"}, {Value: "20", Text: "20 min"}},
			Why:   whys(), Exams: []views.TodayExam{{Title: "Exam: History test", Line: "tomorrow, 09:00 · forecast 15 of 20 (13 to 17) · best 20 minutes: +1.6", URL: "/exams/1"}},
			Went: []views.Link{{Text: "Exam: Resit", URL: "/exams/2"}}}, ada},
		{"today-done", views.Today{Line: "That's enough for today.", Next: "Next useful time: Thursday, about 4 minutes.", Topics: topics, Quiz: quiz, QuizTopics: pick, Recent: lately}, ada},
		{"today-back", back(), ada},
		{"today-back-guest", func() views.Back { b := back(); b.Claim = "/sign-up"; return b }(), guest},
	}
}

// back is home after weeks away.
func back() views.Back {
	return views.Back{Line: "You probably still know about 60 % (50 to 70). Here are five easy ones.", Start: views.Form{Action: "/reviews", Token: token}, Button: "Five easy ones", Set: "/today/minutes",
		Minutes: []views.BackMinutes{{Value: "5", Text: "5 minutes a day", Note: "not within half a year"},
			{Value: "10", Text: "10 minutes a day", Note: "about 5 December · set now"}, {Value: "20", Text: "20 minutes a day", Note: "about Tuesday"}},
		Exams: []views.Link{{Text: "Exam: History test", URL: "/exams/1"}}, Went: []views.Link{{Text: "Exam: Resit", URL: "/exams/2"}}}
}

func doors() []Story {
	wrong := views.Field{Value: "Ada", Error: "Somebody here has that name already. Please choose another."}
	short := views.Field{Error: "A password needs at least 8 characters."}
	zones := []views.Option{{Value: "Europe/Berlin", Text: "Europe/Berlin", Chosen: true}}
	account := ada
	account.Path = "/account"
	own, leave, renew := views.Own{JSON: "/account/data.json", CSV: "/account/data.csv"}, views.Form{Action: "/account/leave"}, views.Form{Action: "/account/calendar"}
	large := account
	large.Size = 150
	return []Story{
		{"sign-in", views.SignIn{Ask: views.Form{Action: "/sign-in"}, Next: "/today", SignUp: "/sign-up", Recover: "/recover"}, stranger},
		{"sign-in-wrong", views.SignIn{Ask: views.Form{Action: "/sign-in"}, Name: "Ada", Next: "/today", SignUp: "/sign-up", Recover: "/recover",
			Error: "Name and password do not fit together. Check both, or use your recovery words."}, stranger},
		{"sign-in-guest", views.SignIn{Ask: views.Form{Action: "/sign-in"}, Next: "/today", Bring: views.Bring{N: 12, On: true}, SignUp: "/sign-up", Recover: "/recover"}, guest},
		{"sign-in-claimed", views.SignIn{Ask: views.Form{Action: "/sign-in"}, Name: "Ada", Next: "/today", Bring: views.Bring{N: 1}, SignUp: "/sign-up", Recover: "/recover",
			Error: "Some of the answers given here are in that account already, so nothing was changed. Without the tick you get in, and they stay behind."}, guest},
		{"sign-up", views.SignUp{Ask: views.Form{Action: "/sign-up"}, Guest: true, Next: "/today", SignIn: "/sign-in"}, guest},
		{"sign-up-wrong", views.SignUp{Ask: views.Form{Action: "/sign-up"}, Name: wrong, Password: short, Next: "/today", SignIn: "/sign-in",
			Error: "Nothing is saved yet. Please look at what is marked."}, stranger},
		{"words", views.Words{Words: []string{"amber", "tram", "lake", "piano"}, Noted: views.Form{Action: "/words/noted"}, Next: "/today"}, ada},
		{"recover", views.Recover{Ask: views.Form{Action: "/recover"}}, stranger},
		{"recover-wrong", views.Recover{Ask: views.Form{Action: "/recover"}, Value: "amber tram", Bring: views.Bring{N: 12, On: true}, Error: "Those words open nothing here. Check each one, in order."}, guest},
		{"password", views.Password{Ask: views.Form{Action: "/password"}, Old: &views.Field{}, Password: short}, account},
		{"fresh", views.Fresh{Ask: views.Form{Action: "/fresh"}, Claim: "/sign-up"}, guest},
		{"link", views.SignInLink{Ask: views.Form{Action: "/link/x"}, Name: "Ada Lovelace"}, stranger},
		{"link-guest", views.SignInLink{Ask: views.Form{Action: "/link/x"}, Name: "Ada Lovelace", Bring: views.Bring{N: 12, On: true}}, guest},
		{"account", views.Account{Name: "Ada Lovelace", Banks: "/banks", Settings: "/settings", Seen: "/seen", Join: "/join", Classes: []views.Row{{Text: "10b History", Note: "As Ada, since 2 November 2026", URL: "/seen"}}, Password: "/password", Renew: views.Form{Action: "/words/renew"}, SignOut: views.Form{Action: "/sign-out"}, Own: own, Calendar: views.Calendar{Renew: renew, Stop: views.Form{Action: "/account/calendar/off"}, Link: "https://thaw.example/calendar/4f1c0a9b7d2e8f6031aa55cc90e1b2d3f4a5b6c7.ics"}, Leave: "/account/leave"}, account},
		{"settings", settings(zones), account},
		{"settings-guest", settingsGuest(zones), guest},
		{"account-leave", views.Leave{Ask: leave, Banks: true, Until: "2 December 2026", Password: &views.Field{}, Own: own, Back: "/account"}, account},
		{"account-leave-wrong", views.Leave{Ask: leave, Banks: true, Until: "2 December 2026", Password: &views.Field{Error: "That is not your password. Nothing was deleted."},
			Own: own, Back: "/account", Error: "Nothing is saved yet. Please look at what is marked."}, account},
		{"account-leave-tied", views.Leave{Ask: leave, Banks: true, Until: "2 December 2026", Classes: []string{"10b History", "11a"}, Given: []string{"The Thaw"}, Own: own, Back: "/account"}, account},
		{"account-leave-guest", views.Leave{Ask: leave, Guest: true, Until: "2 December 2026", Words: []string{"amber", "tram", "lake"}, Own: own, Back: "/settings"}, guest},
		{"left", views.Left{Until: "2 December 2026", Back: "/sign-in"}, stranger},
		{"left-guest", views.Left{Until: "2 December 2026", Guest: true, Back: "/recover"}, stranger},
		{"leaving", views.Leaving{Name: "Ada Lovelace", Until: "2 December 2026", Stay: views.Form{Action: "/leaving"}, SignOut: views.Form{Action: "/sign-out"}}, stranger},
		{"idle", views.Idle{GoOn: views.Form{Action: "/idle"}, Fresh: views.Form{Action: "/fresh"}, Next: "/sittings/7"}, stranger},
		{"settings-large", settings(zones), large},
		{"setup", views.Setup{Ask: views.Form{Action: "/setup/x"}, URL: views.Field{Value: "http://127.0.0.1:8080"}, Zones: zones,
			Lang: []views.Option{{Value: "en", Text: "English", Chosen: true}}, Unreachable: "Phones cannot reach this address: it means this very computer."}, stranger},
		{"ready", views.Ready{URL: "http://127.0.0.1:8080", Unreachable: "Phones cannot reach this address: it means this very computer.", Next: "/words"}, account},
		{"error-404", views.Error{Status: 404, Heading: "Nothing here", What: "There is nothing at this address, or it is not yours to see.",
			Kept: "Your answers are where they were.", Do: "Go back to where you were.", Links: []views.Link{{Text: "To the first page", URL: "/"}}}, stranger},
		{"error-503-kept", views.Error{Status: 503, Heading: "One moment", What: "Not saved yet. Your answer is kept on this page: please send it again in a moment.",
			Again: views.Resend{Action: "/sittings/7/questions/3", Fields: []views.Sent{{Name: "token", Value: "a"}, {Name: "answer", Value: "2"}}, Do: "Send my answer again"},
			Links: []views.Link{{Text: "Today", URL: "/today"}}}, ada},
		{"error-503", views.Error{Status: 503, Heading: "One moment", What: "Thaw is very busy.", Kept: "Not saved yet: your answer is still on the page before.",
			Do: "Go back and send it again in a moment.", Links: []views.Link{{Text: "Today", URL: "/today"}}}, ada},
	}
}

func settingsGuest(zones []views.Option) views.Settings {
	p := settings(zones)
	p.Links = []views.Link{{Text: "Make an account", URL: "/sign-up"}}
	p.Guest = &views.SettingsGuest{Own: views.Own{JSON: "/account/data.json", CSV: "/account/data.csv"}, Calendar: views.Calendar{Renew: views.Form{Action: "/account/calendar"}}, Leave: "/account/leave", Keep: &views.Form{Action: "/idle"}}
	return p
}

func settings(zones []views.Option) views.Settings {
	p := views.Settings{Ask: views.Form{Action: "/settings"}, Zones: zones, Saved: true, NewADay: views.Field{Value: "10"}, Minutes: views.Field{Value: "10"},
		Themes:  []views.Option{{Text: "as the device has it", Chosen: true}, {Value: "dark", Text: "dark"}},
		Sizes:   []views.Option{{Value: "100", Text: "normal", Chosen: true}, {Value: "150", Text: "very large"}},
		More:    []views.Option{{Value: "0", Text: "as set"}, {Value: "50", Text: "half as long again", Chosen: true}, {Value: "-1", Text: "off"}},
		Buttons: []views.Option{{Value: "2", Text: "two buttons: Forgot, Knew it", Chosen: true}, {Value: "4", Text: "four buttons: Again, Hard, Good, Easy"}},
		Links:   []views.Link{{Text: "Account", URL: "/account"}}}
	for i, day := range []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} {
		p.Week = append(p.Week, views.Option{Value: day, Text: day, Chosen: i > 4})
		p.Easy = append(p.Easy, views.Option{Value: day, Text: day, Chosen: i == 2})
	}
	return p
}
