package story

import (
	"fmt"

	"thaw/views"
)

// monday is what a teacher looks at first, in a week in which much is to be done.
var monday = views.Monday{
	Needs: "7 pupils need you; these 5 first.",
	Pupils: []views.NeedRow{
		{Name: "Ben", URL: "/classes/3/pupils/3", Why: "Was active before; the last answer was given 14 November."},
		{Name: "<script>alert(1)</script>", URL: "/classes/3/pupils/4", Why: "Much has been waiting for long: tomorrow about 14 of the 31 facts met would still be there."},
		{Name: "Anastasia-Wilhelmina Oberhuber", URL: "/classes/3/pupils/5", Why: "Would know about 9 facts tomorrow (7 to 11); half of the class knows 24 or more."},
		{Name: "Mila", URL: "/classes/3/pupils/2", Why: "Was sure of 12 first answers, and 7 of them were wrong."},
		{Name: "Зоя", URL: "/classes/3/pupils/6", Why: "Nobody has come to this seat yet; it was made 2 November."}},
	Losing: views.ClassLosing{Line: "These fall lowest in a week, of the facts that at least five pupils have met: a few minutes at the start of a lesson bring them back.",
		Rows: []views.ClassLosingRow{{Prompt: inline("Who was shot in December 1953?"), Change: "5 pupils · 61 % now, 44 % in a week"}, {Prompt: inline("In which year did Stalin die?"), Change: "6 pupils · 83 % now, 71 % in a week"}}},
	Starter: "/classes/3/starter", Fades: true,
	Faulty: "1 question looks faulty. Have a look, fix it, and every result is put right.",
	Questions: []views.FaultyRow{{Prompt: inline("Which party meeting heard the Secret Speech?"), URL: "/questions/42/lens?class=3",
		Why: "Those who know the rest prefer “the 22nd Party Congress” to what counts as right."}},
	Lens:  "/classes/3/questions",
	Inbox: []views.Link{{Text: "4 “I was right”: accept or reject", URL: "/inbox?class=3"}, {Text: "1 report about questions: have a look", URL: "/inbox?class=3"}},
}

// quietClass is a class in which nothing is to be done.
func quietClass() views.Class {
	c := busy()
	c.Monday = &views.Monday{Needs: "Nobody needs you this week.", Faulty: "No question looks faulty.", Lens: "/classes/3/questions", Fades: true,
		Losing: views.ClassLosing{Line: "None: of what at least five pupils have met, the class will know nine in ten or more in a week."}}
	return c
}

// starter is one of five questions on the board.
func starter(at int) views.Starter {
	ask := func(prompt, key, why string, options ...string) views.StarterQuestion {
		q := views.StarterQuestion{Prompt: inline(prompt), Key: key, Why: inline(why)}
		for _, o := range options {
			q.Options = append(q.Options, inline(o))
		}
		return q
	}
	p := views.Starter{Back: views.Link{Text: "10b History", URL: "/classes/3"}, Of: fmt.Sprintf("%d of 3", at),
		Next: views.Link{Text: "Next", URL: "/classes/3/starter?at=3"}, Prev: &views.Link{Text: "Back", URL: "/classes/3/starter?at=1"},
		All: []views.StarterQuestion{ask("Who was shot in December 1953?", "Beria", "He was arrested in June.", "Beria", "Khrushchev", "Malenkov"),
			ask("On which day did Khrushchev give the Secret Speech?", "25 February 1956", "It was the last day of the 20th Party Congress."),
			ask("In which year did Stalin die?", "1953", "On 5 March.")}}
	p.Here = p.All[at-1]
	return p
}
