package story

import (
	"slices"

	"thaw/views"
)

// cared is how a question can be handled, in its states.
func cared(starred, aside bool, note string) *views.Care {
	form := views.Form{Action: "/sittings/7/questions/3/care"}
	do := func(text, do string) views.Ask {
		return views.Ask{Form: form, Text: text, Hidden: []views.Pair{{Name: "do", Value: do}}}
	}
	c := &views.Care{Note: views.Field{Value: note}, Keep: views.Form{Action: "/sittings/7/questions/3/note"},
		Asks: []views.Ask{do("Star it", "star"), do("Not today", "bury"), do("Set it aside", "suspend")}}
	if starred {
		c.Lines, c.Asks[0] = append(c.Lines, "★ You have starred this."), do("Take the star away", "unstar")
	}
	if aside {
		c.Lines = append(c.Lines, "Set aside: it is not asked until you take it up again.")
		c.Asks = append(c.Asks[:1], do("Take it up again", "resume"))
	}
	return c
}

func facts() []Story {
	at := ada
	at.Path = "/facts"
	plain, starred, aside := verdict("right", "Yes, the 20th Party Congress.", 2, 4), verdict("slip", "Right: the 20th Party Congress.", 3, 5), verdict("wrong", "Not the 22nd Party Congress: the 20th Party Congress.", 4, 1)
	plain.Care, starred.Care, aside.Care = cared(false, false, ""), cared(true, false, "Twenty: the year before the twenties were over.\nThink of the hall at night."), cared(true, true, "")
	aside.Comes = "This comes back in a few questions. You were sure, so it comes first tomorrow: a sure mistake that is put right soon is remembered best."
	skip := views.Question{Ask: views.Form{Action: "/sittings/7/questions/3", Token: token}, Pos: 3, Count: 10, Heading: "The Secret Speech", Stop: "/today", Review: true, Widget: choice(prompt),
		Skips: cared(false, false, "").Asks[1:]}
	back := views.Link{Text: "Progress", URL: "/progress"}
	ask := func(action, text string) views.Ask {
		return views.Ask{Form: views.Form{Action: action, Token: token}, Text: text, Hidden: []views.Pair{{Name: "fact", Value: "7"}}}
	}
	practise := ask("/sittings", "Practise this")
	row := func(prompt, line string, asks ...views.Ask) views.FactRow {
		return views.FactRow{Prompt: inline(prompt), Lines: []string{line}, Practise: &practise, Asks: asks}
	}
	hard := row("Who followed Malenkov as head of the government?", "After Stalin · 71 % likely to be there tomorrow", ask("/mixups", "Drill these two"), ask("/facts", "Set it aside"))
	hard.Lines = append(hard.Lines, "Missed 5 of 9 times.", "You mostly gave Nikita Khrushchev where Nikolai Bulganin was asked for.")
	hard.Passage, hard.Note = &views.Link{Text: "Read the passage: After Stalin", URL: "/read?p=p1#p1"}, "Bulganin: the marshal with the goatee."
	noted := row("On which day was the Secret Speech given?", "The Secret Speech · 93 % likely to be there tomorrow")
	noted.Note = "Late February.\nThe last night of the congress."
	away := row("Which city was renamed Volgograd?", "1961 · 40 % likely to be there tomorrow", ask("/facts", "Take it up again"))
	away.Practise, away.Lines = nil, append(slices.Clone(away.Lines), "Set aside: it is not asked until you take it up again.")
	return []Story{
		{"verdict-care", plain, ada}, {"verdict-starred", starred, ada}, {"verdict-aside", aside, ada}, {"question-skips", skip, ada},
		{"facts-none", views.Facts{Back: back}, at},
		{"facts", views.Facts{Back: back, Hard: []views.FactRow{hard}, Noted: []views.FactRow{noted}, Aside: []views.FactRow{away},
			Starred: []views.FactRow{row("Which party meeting heard the Secret Speech?", "The Secret Speech · 88 % likely to be there tomorrow", ask("/facts", "Take the star away"))}}, at},
	}
}
