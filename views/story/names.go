package story

import "thaw/views"

func nameStories() []Story {
	at := ada
	at.Path, at.Teaches = "/banks/2/names", true
	form := views.NameForm{Ask: views.Form{Action: "/banks/2/names", Token: token}, Kinds: []views.Option{{Value: "person", Text: "Person", Chosen: true}, {Value: "place", Text: "Place"}}}
	bad := form
	bad.Error, bad.Name = "Something here is not right yet.", views.Field{Value: "malenkov", Error: "malenkov is a name of Georgy Malenkov already."}
	back := views.Link{Text: "The Thaw", URL: "/banks/2"}
	lead := "Who and what this bank is about, in every spelling that counts."
	kinds := []views.NameKind{{Title: "Persons", Rows: []views.Row{{Text: "Georgy Malenkov", Note: "Malenkov, Маленков", URL: "/banks/2/names/2"}, {Text: "Nikita Khrushchev", Note: "Khrushchev, Chruschtschow, Хрущёв", URL: "/banks/2/names/1"}}},
		{Title: "Places", Rows: []views.Row{{Text: "Tbilisi", Note: "Tiflis", URL: "/banks/2/names/3"}}}}
	edit := form
	edit.Name, edit.Spellings, edit.About = views.Field{Value: "Nikita Khrushchev"}, views.Field{Value: "Khrushchev\nChruschtschow\nХрущёв"}, views.Field{Value: "First secretary from 1953 to 1964"}
	return []Story{
		{"names", views.Names{Back: back, Lead: lead, Kinds: kinds, Form: &bad}, at},
		{"names-none", views.Names{Back: back, Lead: "Nothing yet. " + lead, Form: &form}, at},
		{"names-read", views.Names{Back: back, Lead: lead, Kinds: kinds}, at},
		{"mixups", views.Mixups{Heading: "What you mix up", Lead: "Names that you have given for each other at least twice in 90 days.", Back: views.Link{Text: "Progress", URL: "/progress"},
			List: []views.Mixup{{Heading: "Nikita Khrushchev and Georgy Malenkov", Line: "Mixed up 4 times, 3 times as Georgy Malenkov where Nikita Khrushchev was asked for. Lately yesterday.",
				About: []views.Figure{{Name: "Nikita Khrushchev", Text: "First secretary from 1953 to 1964"}, {Name: "Georgy Malenkov", Text: "Premier until February 1955"}},
				Drill: &views.Form{Action: "/mixups", Token: token}, Hidden: []views.Pair{{Name: "bank", Value: "1"}}}}}, ada},
		{"name-edit", views.NameEdit{Heading: "Nikita Khrushchev", Back: views.Link{Text: "Names and spellings", URL: "/banks/2/names"}, Form: edit, Remove: views.Form{Action: "/banks/2/names/1/remove"}}, at},
	}
}
