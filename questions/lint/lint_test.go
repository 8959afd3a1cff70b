package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/lint"
	"thaw/views/text"
)

const (
	explained = "It was in the spring of that year, since the leaders met again after the long winter; the other one came much later."
	because   = "That was another one, much later."
)

var lexicon = questions.Lexicon{Entities: []questions.Entity{
	{ID: 1, Kind: "person", Name: "Nikita Khrushchev", Spellings: []string{"Khrushchev"}},
	{ID: 2, Kind: "person", Name: "Georgi Malenkov", Spellings: []string{"Malenkov"}},
	{ID: 3, Kind: "place", Name: "Volgograd", Spellings: []string{"Wolgograd"}},
	{ID: 4, Kind: "org", Name: "the Presidium"},
	{ID: 5, Kind: "term", Name: "letters"},
}}

// asks is a question in which everything is right, of a key and wrong options.
func asks(kind, prompt, key string, wrong ...string) lint.Question {
	v := questions.Version{Kind: kind, Lang: "en", Level: "understand", Prompt: prompt, Explain: explained}
	v.Answers = []questions.Answer{{Part: 1, Text: key, Credit: 1}}
	for _, w := range wrong {
		v.Answers = append(v.Answers, questions.Answer{Part: 1, Text: w, Feedback: because})
	}
	return lint.Question{Version: v}
}

func choice(prompt, key string, wrong ...string) lint.Question {
	return asks(questions.Choice, prompt, key, wrong...)
}

func flash(front, back string) lint.Question { return asks(questions.Flash, front, back) }

// typed is a typed question of a match and its accepted answers.
func typed(kind, match, prompt string, keys ...string) lint.Question {
	q := asks(kind, prompt, keys[0])
	q.Answers = nil
	for _, key := range keys {
		q.Answers = append(q.Answers, questions.Answer{Part: 1, Text: key, Match: match, Credit: 1})
	}
	return q
}

func truth(prompt string) lint.Question {
	q := asks(questions.Truth, prompt, "true", "false")
	q.Fixed = true
	return q
}

func cloze(prompt, match, key string) lint.Question {
	return typed(questions.Cloze, match, prompt, key)
}

func with(q lint.Question, change func(*lint.Question)) lint.Question {
	q.Answers = slices.Clone(q.Answers)
	change(&q)
	return q
}

func fixed(q lint.Question) lint.Question {
	return with(q, func(q *lint.Question) { q.Fixed = true })
}

func explain(text string) func(*lint.Question) {
	return func(q *lint.Question) { q.Explain = text }
}

// matching is a pair with something left over, to which something is said.
func matching(why string) lint.Question {
	q := asks(questions.Match, "Which name did each of these cities bear before?", "Stalingrad")
	q.Answers = append(q.Answers, questions.Answer{Part: 1, Text: "Volgograd"}, questions.Answer{Text: "Leningrad", Feedback: why})
	return q
}

// feeds gives questions a fact, the same or one each.
func feeds(fact questions.FactID, q lint.Question) lint.Question {
	return with(q, func(q *lint.Question) {
		for i := range q.Answers {
			q.Answers[i].Fact = fact
		}
	})
}

func about(q lint.Question, ids ...string) lint.Question { q.Inventory = ids; return q }

// times repeats a question, each time of a fact and a stem of its own.
func times(n int, q func(i int) lint.Question) []lint.Question {
	var all []lint.Question
	for i := range n {
		all = append(all, q(i))
	}
	return all
}

// bank numbers questions.
func bank(list ...lint.Question) lint.Bank {
	b := lint.Bank{Lexicon: lexicon}
	for i, q := range list {
		q.Question = questions.QuestionID(i + 1)
		b.Questions = append(b.Questions, q)
		for _, f := range q.Facts() {
			b.Facts = append(b.Facts, lint.Fact{ID: f, Slug: fmt.Sprint("fact-", f)})
		}
	}
	return b
}

func twins(b lint.Bank) lint.Bank {
	for i := range b.Facts {
		b.Facts[i].Twin = "pair"
	}
	return b
}

func listed(b lint.Bank) lint.Bank {
	b.Inventory = lint.Inventory{"D01": {Core: true, Dates: []string{"1961-11-10", "1961-11-11"}}, "K01": {}}
	return b
}

const (
	who  = "Who spoke to the delegates at the end of that week?"
	what = "What did the delegates hear at the end of that week?"
	when = "On which day did the delegates hear the long speech?"
)

func TestRules(t *testing.T) {
	for _, c := range []struct {
		code      string // of what is found in the first, and not in the second
		bad, good lint.Bank
		elsewhere bool // the second may have other problems
		rule      int
		times     int // how often it is found in the first; 0: once
	}{
		{code: "lint.twice", rule: 1, bad: bank(choice(what, "A song", "a speech", "A  Speech")), good: bank(choice(what, "A song", "A speech", "A poem"))},
		{code: "lint.holds_key", rule: 1, bad: bank(choice(what, "A song of joy", "A song", "A poem")), good: bank(choice(what, "A song of joy", "A songbook", "A poem"))},
		{code: "lint.holds_key", rule: 1, bad: bank(choice(what, "Song", "A song", "A poem")), good: bank(choice(what, "Song", "Songs", "Poem"))},
		{code: "lint.accepted", rule: 1, bad: bank(choice(who, "Nikita Khrushchev", "Nikita Khrushchov", "Georgi Malenkov")), good: bank(choice(who, "Nikita Khrushchev", "Lavrentiy Beria", "Georgi Malenkov"))},
		{code: "lint.accepted", rule: 1, elsewhere: true, bad: bank(fixed(choice(when, "February 1956", "25.2.1956", "March 1956"))), good: bank(fixed(choice(when, "February 1956", "25 March 1956", "April 1956")))},
		{code: "lint.stem_words", rule: 2, bad: bank(choice("Who spoke?", "He", "She", "They")), good: bank(choice(who, "He", "She", "They"))},
		{code: "lint.stem_words", rule: 2, bad: bank(truth("It " + strings.Repeat("was so and ", 10) + "so.")), good: bank(truth("It was so in the long winter."))},
		{code: "lint.question", rule: 2, bad: bank(choice("Say who spoke to the delegates then.", "He", "She", "They")), good: bank(choice("Who said that it “was so in the end?”", "He", "She", "They"))},
		{code: "lint.statement", rule: 2, bad: bank(truth("Was it so in the long winter?")), good: bank(truth("It was so in the long winter."))},
		{code: "lint.options", rule: 3, bad: bank(choice(who, "He", "She")), good: bank(choice(who, "He", "She", "They"))},
		{code: "lint.options", rule: 3, bad: bank(choice(who, "He", "She", "They", "We", "You")), good: bank(choice(who, "He", "She", "They", "We"))},
		{code: "lint.keys", rule: 3, bad: bank(with(choice(who, "He", "She", "They"), func(q *lint.Question) { q.Answers[1].Credit = 1 })), good: bank(choice(who, "He", "She", "They"))},
		{code: "lint.precision", rule: 4, bad: bank(fixed(choice(when, "5 March 1953", "June 1953", "7 July 1953"))), good: bank(fixed(choice(when, "5 March 1953", "6 June 1953", "7 July 1953")))},
		{code: "lint.precision", rule: 4, bad: bank(choice(when, "5 March 1953", "At no time", "7 July 1953")), good: bank(fixed(choice(when, "1953", "1954", "1955")))},
		{code: "lint.entities", rule: 4, bad: bank(choice(who, "Nikita Khrushchev", "The Presidium", "Georgi Malenkov")), good: bank(choice(who, "Nikita Khrushchev", "Lavrentiy Beria", "Georgi Malenkov"))},
		{code: "lint.lengths", rule: 4, bad: bank(choice(what, "A song", "A poem", "A speech that went on through half of the night")), good: bank(choice(what, "A song", "A poem", "A long speech"))},
		{code: "lint.era", rule: 5, bad: bank(fixed(choice(when, "1953", "1957", "1989"))), good: bank(fixed(choice(when, "1953", "1957", "1968")))},
		{code: "lint.long_key", rule: 6, bad: bank(choice(what, "A speech on all that had gone wrong", "A song of victory", "A poem of victory")), good: bank(choice(what, "A speech of victory", "A song of victory", "A poem of victory"))},
		{code: "lint.longest_keys", rule: 6, bad: bank(times(20, lengthy(7))...), good: bank(times(20, lengthy(6))...)},
		{code: "lint.article", rule: 7, bad: bank(cloze("Then they were shown an {{1}} in the hall.", "term", "exhibition")), good: bank(cloze("Then they saw the {{1}} in the hall.", "term", "exhibition"))},
		{code: "lint.article", rule: 7, bad: bank(choice("In the end the delegates heard a?", "Song", "Poem", "Speech")), good: bank(choice("In the end the delegates heard plan A of what?", "Songs", "Poems", "Speeches"))},
		{code: "lint.stem_has_key", rule: 7, bad: bank(choice("Which speech was heard, a song or a poem?", "Song", "Verse", "Tune")), good: bank(choice("Which speech was heard, a songbook or a poem?", "Song", "Verse", "Tune"))},
		{code: "lint.echo", rule: 7, bad: bank(choice("What did the delegates of the party applaud?", "Delegation", "Victory", "Peace")), good: bank(choice("What did the delegates of the party applaud?", "Their delegation", "Another delegate", "Peace"))},
		{code: "lint.negative", rule: 8, bad: bank(choice("Who did not speak to the delegates then?", "He", "She", "They")), good: bank(choice("Who did NOT speak to the delegates then?", "He", "She", "They"))},
		{code: "lint.negative", rule: 8, bad: bank(choice("Who didn’t speak to the delegates then?", "He", "She", "They")), good: bank(choice("Who said “it is not so” to the delegates?", "He", "She", "They"), choice("Who spoke first and not merely wrote to them?", "He", "She", "They"))},
		{code: "lint.catch_all", rule: 8, bad: bank(choice(who, "He", "She", "All the above")), good: bank(choice(who, "He", "She", "None"))},
		{code: "lint.catch_all", rule: 8, bad: bank(choice(who, "He", "She", "None of these")), good: bank(choice(who, "He", "One of these", "All of the few"))},
		{code: "lint.many_negatives", rule: 8, bad: bank(times(20, negated(3))...), good: bank(times(20, negated(2))...)},
		{code: "lint.absolute", rule: 9, bad: bank(choice(what, "It never ends", "It soon ends", "It ends")), good: bank(choice(what, "It will end", "It did end", "“It never ends”"))},
		{code: "lint.absolute", rule: 9, bad: bank(choice("Who was the only one to speak then?", "He", "She", "They")), good: bank(choice("Who was lonely when they all spoke?", "He", "She", "They"))},
		{code: "lint.not_fixed", rule: 10, bad: bank(choice(when, "1953", "1954", "1955")), good: bank(fixed(choice(when, "1953", "1954", "1955")))},
		{code: "lint.fixed", rule: 10, bad: bank(fixed(choice(who, "He", "She", "They"))), good: bank(choice(who, "He", "She", "They"))},
		{code: "lint.not_ascending", rule: 10, bad: bank(fixed(choice(when, "March 1953", "February 1953", "April 1953"))), good: bank(fixed(choice(when, "February 1953", "March 1953", "February 1954")))},
		{code: "lint.not_ascending", rule: 10, bad: bank(fixed(choice("How many delegates heard the long speech then?", "9", "1,000", "200"))), good: bank(fixed(choice("How many delegates heard the long speech then?", "9", "200", "1,000")))},
		{code: "lint.places", rule: 10, bad: bank(times(20, placed(2))...), good: bank(times(20, placed(1))...)},
		{code: "lint.gives_away", rule: 11, bad: bank(feeds(1, choice("Who went to New Stalinsk in the end?", "He", "She", "They")), feeds(2, choice(what, "New Stalinsk", "Novomoskovsk", "Stalino"))),
			good: twins(bank(feeds(1, choice("Who went to New Stalinsk in the end?", "He", "She", "They")), feeds(2, choice(what, "New Stalinsk", "Novomoskovsk", "Stalino"))))},
		{code: "lint.gives_away", rule: 11, bad: bank(feeds(1, choice("Who spoke first on 25 February 1956 then?", "He", "She", "They")), feeds(2, typed(questions.Date, questions.MatchDate, when, "1956-02-25"))),
			good: bank(feeds(1, choice("Who spoke to Nikita Khrushchev in 1956 then?", "He", "She", "They")), feeds(2, typed(questions.Date, questions.MatchDate, when, "1956")), feeds(3, typed(questions.Text, questions.MatchPerson, who, "Nikita Khrushchev")))},
		{code: "lint.gives_away", rule: 11, times: 4, bad: bank(append(times(4, among("Who went away before the great secret speech %d?")), feeds(9, flash(what, "The great secret speech")))...),
			good: bank(append(times(5, among("Who went away before the great secret speech %d?")), feeds(9, flash(what, "The great secret speech")))...)},
		{code: "lint.gives_away", rule: 11, bad: bank(feeds(1, choice("Who wrote letters from Volgograd to the family?", "He", "She", "They")), feeds(2, cloze("Then all of them went back to {{1}} again.", "place", "Volgograd"))),
			good: bank(feeds(1, choice("Who wrote letters from Volgograd to the family?", "He", "She", "They")), feeds(2, cloze("Then all of them sent their {{1}} home again.", "term", "letters")), feeds(3, flash("Which of the things did they send home?", "Letters")))},
		{code: "lint.no_twin", rule: 11, bad: bank(feeds(1, flash(when, "25 February 1956")), feeds(2, typed(questions.Date, questions.MatchDate, when, "1956-02-25"))),
			good: bank(feeds(1, flash(when, "25 February 1956")), feeds(1, typed(questions.Date, questions.MatchDate, when, "1956-02-25")))},
		{code: "lint.not_worth", rule: 12, elsewhere: true, bad: listed(bank(about(choice(who, "He", "She", "They"), "K02"))), good: listed(bank(about(choice(who, "He", "She", "They"), "K01")))},
		{code: "lint.core_quiz", rule: 12, elsewhere: true, bad: listed(bank(about(flash(who, "He"), "D01"))), good: listed(bank(about(choice(who, "He", "She", "They"), "D01")))},
		{code: "lint.core_card", rule: 12, elsewhere: true, bad: listed(bank(about(choice(who, "He", "She", "They"), "D01"))), good: listed(bank(about(flash(who, "He"), "D01")))},
		{code: "lint.core_kinds", rule: 12, elsewhere: true, bad: listed(bank(about(choice(who, "He", "She", "They"), "D01"))), good: listed(bank(about(choice(who, "He", "She", "They"), "D01"), about(truth("It was so in the long winter."), "D01")))},
		{code: "lint.doubtful", rule: 13, elsewhere: true, bad: listed(bank(about(typed(questions.Date, questions.MatchDate, when, "1961-11-11"), "D01"))), good: listed(bank(about(typed(questions.Date, questions.MatchDate, when, "1961-11-11", "1961-11-10"), "D01"), about(typed(questions.Date, questions.MatchDate, when, "1961-11"), "D01")))},
		{code: "lint.doubtful", rule: 13, elsewhere: true, bad: listed(bank(about(fixed(choice(when, "10 November 1961", "11 November 1961", "12 November 1961")), "D01"))), good: listed(bank(about(fixed(choice(when, "10 November 1961", "12 November 1961", "13 November 1961")), "D01")))},
		{code: "lint.explain", rule: 14, bad: bank(with(truth("It was so in the long winter."), explain("It was so."))), good: bank(truth("It was so in the long winter."))},
		{code: "lint.explain", rule: 14, bad: bank(with(truth("It was so in the long winter."), explain(strings.Repeat("It was so. ", 21)))), good: bank(with(truth("It was so in the long winter."), explain(strings.Repeat("It was so. ", 20))))},
		{code: "lint.why", rule: 14, bad: bank(with(choice(who, "He", "She", "They"), func(q *lint.Question) { q.Answers[2].Feedback = "No, it was not." + strings.Repeat(" Never.", 22) })), good: bank(choice(who, "He", "She", "They"))},
		{code: "lint.why", rule: 14, bad: bank(matching("No.")), good: bank(matching("It lies on the river Volga."))},
		{code: "lint.quote", rule: 14, bad: bank(choice("Who said “one two three four five six seven eight nine ten”?", "He", "She", "They")), good: bank(choice("Who said \"one two three four five six seven eight nine\"?", "He", "She", "They"))},
		{code: "lint.grade", rule: 15, bad: bank(choice("Which organisational considerations necessitated administrative rehabilitation?", "He", "She", "They")), good: bank(choice("Which important reasons led to the rehabilitation of all those people?", "He", "She", "They"))},
		{code: "lint.mean_grade", rule: 15, bad: bank(times(20, hard("Which organisational reasons necessitated the rehabilitation of prisoners?"))...), good: bank(times(20, hard("Which of the reasons led to the rehabilitation of them?"))...)},
		{code: "lint.spellings", rule: 15, bad: bank(typed(questions.Text, questions.MatchPlace, what, "Donetsk")), good: bank(typed(questions.Text, questions.MatchPlace, what, "Donetsk", "Donezk"), typed(questions.Text, questions.MatchPlace, what, "Volgograd"))},
		{code: "lint.other_name", rule: 15, elsewhere: true, bad: bank(typed(questions.Text, questions.MatchPerson, who, "Nikita Khrushchev", "Malenkov")), good: bank(typed(questions.Text, questions.MatchPerson, who, "Nikita Khrushchev", "Khrushchev"))},
		{code: "lint.collides", rule: 15, bad: bank(feeds(1, typed(questions.Text, questions.MatchPerson, who, "Tukhachevsky", "Tuchatschewski")), feeds(2, typed(questions.Text, questions.MatchPerson, who, "Tukhachevskii", "T. B. Kevsky"))), good: bank(feeds(1, typed(questions.Text, questions.MatchPlace, what, "Donetsk", "Donezk")), feeds(2, typed(questions.Text, questions.MatchPlace, what, "Volgograd")))},
		{code: "lint.back_long", rule: 16, bad: bank(flash(what, "One two three four five six seven")), good: bank(flash(what, "One two three four five six"))},
		{code: "lint.back_several", rule: 16, bad: bank(flash(what, "Songs / poems")), good: bank(flash(what, "Songs and poems"))},
		{code: "lint.two_questions", rule: 16, bad: bank(flash("Who spoke then? And who was silent then?", "He")), good: bank(flash(who, "He"))},
		{code: "lint.two_questions", rule: 16, bad: bank(flash("Who spoke then to the delegates, and when?", "He")), good: bank(flash("Who spoke then to the delegates and to the guests?", "He"))},
		{code: "lint.yes_no", rule: 16, bad: bank(flash("Did he speak to the delegates then?", "He did")), good: bank(flash(who, "Nobody"))},
		{code: "lint.yes_no", rule: 16, bad: bank(flash(who, "No, he did not")), good: bank(flash(who, "Novikov"))},
		{code: "lint.open_list", rule: 16, bad: bank(flash("Can you name some of the speakers then?", "He")), good: bank(flash("Which name had some of the speakers then?", "He")), elsewhere: true},
		{code: "lint.lookalike", rule: 16, elsewhere: true, bad: bank(feeds(1, flash(when, "25 February 1956")), feeds(2, flash("When was the resolution about the camps passed?", "25 October 1956"))),
			good: bank(feeds(1, flash(when, "25 February 1956")), feeds(2, with(flash("When was the resolution about the camps passed?", "25 October 1956"), explain(explained+" Not 25 February 1956."))))},
		{code: "lint.remembering", rule: 17, bad: bank(times(20, levels(8))...), good: bank(times(20, levels(9))...)},
		{code: "lint.fact_not_asked", rule: 17, elsewhere: true, bad: listed(bank(feeds(1, flash(who, "He")))), good: listed(bank(feeds(1, choice(who, "He", "She", "They")), feeds(1, flash(who, "He"))))},
	} {
		found := lint.Check(c.bad)
		of := codes(found)
		n := 0
		for i, p := range found {
			if of[i] == c.code {
				n++
				if p.Rule.Number != c.rule {
					t.Errorf("%s comes from rule %d, want %d", c.code, p.Rule.Number, c.rule)
				}
			}
		}
		if n != max(c.times, 1) {
			t.Errorf("%s: found %d times in %v, want %d", c.code, n, of, max(c.times, 1))
		}
		if got := codes(lint.Check(c.good)); slices.Contains(got, c.code) || len(got) > 0 && !c.elsewhere {
			t.Errorf("%s: a good one has %v %v", c.code, got, lint.Check(c.good))
		}
	}
}

func codes(found []lint.Problem) []string {
	var list []string
	for _, p := range found {
		list = append(list, p.Reason.Code)
	}
	return list
}

// stem is one of many stems.
func stem(i int) string { return fmt.Sprintf("Which of them spoke in session %d of the week?", i) }

// lengthy makes questions of which the first n have the longest key.
func lengthy(n int) func(int) lint.Question {
	return func(i int) lint.Question {
		key := fmt.Sprintf("Key %d", i)
		if i < n {
			key += " here"
		}
		return feeds(questions.FactID(i+1), choice(stem(i), key, "Another", "The last"))
	}
}

func negated(n int) func(int) lint.Question {
	return func(i int) lint.Question {
		q := choice(stem(i), fmt.Sprintf("Key %d", i), "Another", "The last")
		if i < n {
			q.Prompt = strings.Replace(q.Prompt, "spoke", "did NOT speak", 1)
		}
		return feeds(questions.FactID(i+1), q)
	}
}

// among makes questions of one wording.
func among(prompt string) func(int) lint.Question {
	return func(i int) lint.Question { return hard(fmt.Sprintf(prompt, i))(i) }
}

// placed makes questions of four options, of which the first n have fixed dates and
// the key at the first place.
func placed(n int) func(int) lint.Question {
	return func(i int) lint.Question {
		q := choice(stem(i), fmt.Sprintf("Key %d", i), "Another", "The last", "Some more")
		if i < n {
			q = fixed(choice(stem(i), "1953", "1954", "1955", "1956"))
		}
		return feeds(questions.FactID(i+1), q)
	}
}

func hard(prompt string) func(int) lint.Question {
	return func(i int) lint.Question {
		return feeds(questions.FactID(i+1), choice(prompt, fmt.Sprintf("Key %d", i), "Another", "The last"))
	}
}

// levels makes questions of which the first n ask for more than remembering.
func levels(n int) func(int) lint.Question {
	return func(i int) lint.Question {
		q := hard(who)(i)
		if i >= n {
			q.Level = "remember"
		}
		return q
	}
}

// What is written in another language, or in one without blanks, is not measured by
// the words of English.
func TestOtherLanguages(t *testing.T) {
	german := choice("Wer durfte damals never not sprechen, und wer hörte zu?", "Er", "Sie", "Alle")
	german.Lang = "de"
	japanese := choice("スターリン批判を行ったのは誰ですか？", "フルシチョフ", "マレンコフ", "ベリヤ")
	japanese.Lang, japanese.Explain = "ja", "そうです。"
	word := flash("der Hund", "dog")
	word.Lang, word.Back = "de", "en"
	if found := lint.Check(bank(german, japanese, word)); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

func TestCheckOneIsAsInTheBank(t *testing.T) {
	b := bank(feeds(1, choice("Who went to New Stalinsk in the end?", "He", "She")), feeds(2, choice(what, "New Stalinsk", "Novomoskovsk", "Stalino")))
	if got := codes(lint.CheckOne(b, 1)); !slices.Equal(got, []string{"lint.options", "lint.gives_away"}) {
		t.Errorf("of the first question: %v", got)
	}
	if got := lint.CheckOne(b, 2); len(got) > 0 {
		t.Errorf("of the second question: %v", got)
	}
	if got := lint.CheckOne(b, 3); got != nil {
		t.Errorf("of none: %v", got)
	}
}

func TestEveryRuleHasItsAdvice(t *testing.T) {
	names := map[string]bool{}
	for i, r := range lint.Rules() {
		if r.Number != i+1 || names[r.Name] {
			t.Errorf("rule %d stands at %d, named %s", r.Number, i+1, r.Name)
		}
		names[r.Name] = true
		if !text.Has(r.Advice()) {
			t.Errorf("rule %d has no sentence of advice", r.Number)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(questions.Choice, "en", "Which of them?", "1956", "5 March 1953", "", "D01")
	f.Add(questions.Cloze, "", "On {{1}} an {{2}}", "1956-02-25", "…", "“quoted”", "")
	f.Add(questions.Flash, "x-!", "*", "-0043", "\xff", "/", "é")
	f.Add(questions.Match, "ja", "？", "E", "193X", "ed", "K")
	f.Fuzz(func(t *testing.T, kind, lang, prompt, key, wrong, more, item string) {
		q := choice(prompt, key, wrong, more)
		q.Kind, q.Lang, q.Explain, q.Inventory = kind, lang, more, []string{item}
		q.Answers[2].Part = 2
		other := typed(questions.Text, questions.MatchDate, wrong, more)
		b := listed(bank(feeds(1, q), feeds(2, other), feeds(3, fixed(q)), feeds(4, flash(prompt, key))))
		b.Inventory[item] = lint.Item{Core: true}
		for _, p := range lint.Check(b) {
			if !text.Has(p.Reason.Code) {
				t.Errorf("%q is not in the catalogue", p.Reason.Code)
			}
		}
		lint.CheckOne(b, 2)
	})
}
