package story

import "thaw/views"

func sources() []Story {
	at := ada
	at.Path, at.Teaches = "/banks/2/texts", true
	const stretch = "On 25 February 1956 he spoke behind closed doors. Nobody was to take notes."
	form := views.SourceForm{Ask: views.Form{Action: "/banks/2/texts", Token: token}}
	bad := form
	bad.Error, bad.Title, bad.Text = "Nothing is saved yet. Please look at what is marked.", views.Field{Value: "Chapter 3"}, views.Field{Error: "There is no text yet. Paste one here."}
	full := form
	full.Title, full.Text = views.Field{Value: "The Secret Speech"}, views.Field{Value: stretch}
	loose := []views.Row{{Text: "Who took notes?", URL: "/questions/7", Note: "It said: Nobody was to take any notes."}}
	sentences := []views.Paragraph{{Sentences: []views.Sentence{{Text: "On 25 February 1956 he spoke behind closed doors.", URL: "/banks/2/texts/s-1/mark?p=1&s=0", Asked: "2 questions"},
		{Text: "Nobody was to take notes.", URL: "/banks/2/texts/s-1/mark?p=1&s=1"}}}}
	bank, texts := views.Link{Text: "The Thaw", URL: "/banks/2"}, views.Link{Text: "Source texts", URL: "/banks/2/texts"}
	mark := views.Mark{Sentence: "Nobody was to take notes.", Lang: "en", Back: views.Link{Text: "The Secret Speech", URL: "/banks/2/texts/s-1"}, Ask: views.Form{Action: "/banks/2/texts/s-1/mark", Token: token},
		Kinds:  []views.Link{{Text: "Choice", URL: "/banks/2/questions/new?kind=choice"}, {Text: "Flashcard", URL: "/banks/2/questions/new?kind=flash"}},
		Hidden: []views.Pair{{Name: "p", Value: "1"}}, Questions: []views.Option{{Value: "7", Text: "Who took notes?"}}, More: true}
	return []Story{
		{"texts-none", views.Sources{Bank: bank, Form: form}, at},
		{"texts", views.Sources{Bank: bank, Form: bad, Loose: loose, Texts: []views.Row{{Text: "The Secret Speech", URL: "/banks/2/texts/s-1", Note: "4 paragraphs, 12 questions"}}}, at},
		{"text", views.Source{Heading: "The Secret Speech", Lang: "en", Back: texts, Read: "/banks/2/read", Saved: true, Form: full, Paragraphs: sentences, Loose: loose, Remove: views.Form{Action: "/banks/2/texts/s-1/remove"}}, at},
		{"text-mark", mark, at},
	}
}
