package story

import "thaw/views"

// readings are the pages about what a bank tells: its text, its timeline, its names.
func readings() []Story {
	read, timeline, who := guest, guest, stranger
	read.Path, timeline.Path, who.Path = "/read", "/timeline", "/who"
	links := []views.Link{{Text: "Reading text", URL: "/read"}, {Text: "Timeline", URL: "/timeline"}, {Text: "Who is who", URL: "/who"}}
	wrong := views.Verdict{Widget: answered(prompt, "wrong"), Verdict: "wrong", Line: "Not the 22nd: the 20th.", Canonical: "the 20th",
		Why: paragraph(explain), Passage: &views.Passage{URL: "/read?p=closed-session#closed-session"}, Comes: "Next time tomorrow.", Memory: []views.Memory{{Before: 0, After: 2}}}
	ask := &views.Reading{Ask: views.Form{Action: "/read", Token: token}, Widget: choice(prompt)}
	unsaved := *ask
	unsaved.Error = "Not saved yet. Please send it again."
	sections := []views.Section{
		{Slug: "fall", Title: "The quiet phase", Passages: []views.Stretch{{Slug: "beria", Text: inline("With Beria out of the way, Khrushchev rose to be the strongest man in the country.")}}, Ask: &views.Reading{Verdict: &wrong}},
		{Slug: "speech", Title: "The Secret Speech", Passages: []views.Stretch{{Slug: "closed-session", Text: inline("On 25 February 1956 he spoke behind closed doors."), Marked: true}}, Ask: ask},
		{Slug: "after", Title: "Afterlife", Passages: []views.Stretch{{Slug: "later", Text: inline("What was said there was soon known everywhere.")}}}}
	text := views.Read{Heading: "De-Stalinization", About: "How the Soviet Union took Stalin's system apart.", Source: paragraph("The facts follow an article; the words are ours."), Others: links[1:], Sections: sections}
	kept := text
	kept.Sections = []views.Section{{Slug: "speech", Title: "The Secret Speech", Passages: sections[1].Passages, Ask: &unsaved}}
	return []Story{
		{"read", text, read},
		{"read-unsaved", kept, read},
		{"timeline", views.Timeline{Heading: "De-Stalinization", Others: []views.Link{links[0], links[2]}, Years: []views.Year{
			{ID: "1953", Title: "1953", List: []views.Dated{{When: "5 March 1953", Text: "Stalin died.", URL: "/read?p=death#death", Memory: &views.Memory{Before: 5, After: 5}}, {When: "summer 1953", Text: "Beria fell."}}},
			{ID: "1956", Title: "1956", List: []views.Dated{{When: "25 February 1956", Text: "Khrushchev gave the Secret Speech.", URL: "/read?p=closed-session#closed-session", Memory: &views.Memory{Before: 2, After: 2}}}}}}, timeline},
		{"timeline-none", views.Timeline{Heading: "The Cold War", Empty: "No fact of this bank has a date yet."}, timeline},
		{"who", views.Who{Heading: "De-Stalinization", Others: links[:2], Groups: []views.WhoGroup{
			{Kind: "person", Title: "People", List: []views.Entry{{Slug: "khrushchev", Name: "Nikita Khrushchev", About: "First Secretary from 1953.", Also: "Also written: Khrushchov, Chruschtschow",
				Named: []views.Link{{Text: "The quiet phase", URL: "/read?p=beria#beria"}, {Text: "The Secret Speech", URL: "/read?p=closed-session#closed-session"}}}}},
			{Kind: "place", Title: "Places", List: []views.Entry{{Slug: "volgograd", Name: "Volgograd"}}}}}, who},
		{"who-none", views.Who{Heading: "The Cold War", Empty: "This bank has no names yet."}, who},
	}
}
