package bank_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/builtin"
	"thaw/questions/kind"
)

func data(t *testing.T) bank.Data {
	t.Helper()
	b, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	return bank.FromBuiltin(b)
}

// lexicon numbers the entities, and gives the answers theirs.
func lexicon(d bank.Data) questions.Lexicon {
	lex := questions.Lexicon{Entities: d.Entities}
	ids := map[string]questions.EntityID{}
	for i, e := range lex.Entities {
		lex.Entities[i].ID = questions.EntityID(i + 1)
		ids[e.Slug] = lex.Entities[i].ID
	}
	for _, q := range d.Questions {
		for i, ref := range q.Refs {
			q.Version.Answers[i].Entity = ids[ref.Entity]
		}
	}
	return lex
}

// key is the response that gives the right answer.
func key(k kind.Kind, v questions.Version) questions.Response {
	var places questions.Response
	for i, a := range v.Answers {
		if a.Credit == 1 {
			places = append(places, strconv.Itoa(i+1))
		}
	}
	switch v.Kind {
	case questions.Choice, questions.Several, questions.Truth:
		return places
	case questions.Flash:
		return questions.Response{"good"}
	case questions.Order, questions.Match:
		return kind.Solution(v)
	}
	return strings.Split(k.Words(questions.Asked{Version: v}, nil).Key, "; ")
}

// Every built-in question is fit to be asked, has a fact for each answer, and
// takes its own key as right beside all the names of the bank.
func TestBuiltinQuestionsAreFit(t *testing.T) {
	d := data(t)
	lex := lexicon(d)
	kinds := map[string]int{}
	for _, q := range d.Questions {
		kinds[q.Version.Kind]++
		k, ok := kind.Of(q.Version.Kind)
		if !ok {
			t.Fatalf("%s: there is no kind %s", q.Slug, q.Version.Kind)
		}
		for _, p := range k.Check(q.Version) {
			t.Errorf("%s: %+v", q.Slug, p)
		}
		if len(q.Refs) != len(q.Version.Answers) {
			t.Errorf("%s: %d facts for %d answers", q.Slug, len(q.Refs), len(q.Version.Answers))
		}
		marks, err := k.Grade(q.Version, lex, key(k, q.Version))
		if credit, verdict := questions.Worth(marks); err != nil || verdict != questions.Right || credit != 1 || len(marks) != kind.Parts(q.Version) {
			t.Errorf("%s: its key gets %+v, %v", q.Slug, marks, err)
		}
	}
	for _, k := range kind.All() {
		if kinds[k.Name()] == 0 {
			t.Errorf("no built-in question is of kind %s", k.Name())
		}
	}
}

// What is arranged has a part for each item, which asks for the item's fact.
func TestBuiltinQuestionsThatAreArranged(t *testing.T) {
	order := builtin.Question{Slug: "order", Kind: builtin.Order, Level: "remember", Prompt: "What came first?", Items: []builtin.Item{
		{Fact: "f1", Text: "A", When: "1953"}, {Fact: "f2", Text: "B", Tie: true}, {Fact: "f3", Text: "C", When: "1956"}}}
	pairs := builtin.Question{Slug: "pairs", Kind: builtin.Match, Level: "remember", Prompt: "What belongs to what?", Wrong: []builtin.Wrong{{Text: "C", Why: "No."}},
		Items: []builtin.Item{{Fact: "f1", Text: "a", Belongs: "A", Why: "Not that."}, {Fact: "f2", Text: "b", Belongs: "B"}}}
	d := bank.FromBuiltin(builtin.Bank{Lang: "en", Topics: []builtin.Topic{{Slug: "t", Questions: []builtin.Question{order, pairs}}}})
	for i, facts := range [][]string{{"f1", "f2", "f3"}, {"f1", "f1", "f2", "f2", ""}} {
		q := d.Questions[i]
		k, _ := kind.Of(q.Version.Kind)
		var got []string
		for n, ref := range q.Refs {
			got = append(got, ref.Fact)
			q.Version.Answers[n].Fact = questions.FactID(len(ref.Fact) * q.Version.Answers[n].Part)
		}
		if problems := k.Check(q.Version); len(problems) > 0 || !slices.Equal(got, facts) {
			t.Errorf("%s: unfit %v, or its facts are %v", q.Slug, problems, got)
		}
		marks, err := k.Grade(q.Version, questions.Lexicon{}, kind.Solution(q.Version))
		if credit, _ := questions.Worth(marks); err != nil || credit != 1 {
			t.Errorf("%s: its solution gets %+v, %v", q.Slug, marks, err)
		}
	}
	if a := d.Questions[0].Version.Answers; a[0].Feedback != "1953" || a[1].Slack != 1 || a[2].Slack != 0 {
		t.Errorf("the order is %+v", a)
	}
	if a := d.Questions[1].Version.Answers; a[1].Feedback != "Not that." || a[4].Feedback != "No." {
		t.Errorf("the pairs are %+v", a)
	}
}

// What a learner is likely to write to the typed questions of 1961.
func TestAnswersTo1961(t *testing.T) {
	d := data(t)
	lex := lexicon(d)
	tests := []struct {
		slug, input string
		want        questions.Verdict
	}{
		{"climax-congress-number", "22", questions.Right},
		{"climax-congress-number", "the XXII", questions.Right},
		{"climax-congress-number", "XXII", questions.Right},
		{"climax-congress-number", "twenty-second", questions.Right},
		{"climax-congress-number", "20th", questions.Wrong},
		{"body-years-number", "8", questions.Right},
		{"body-years-number", "nine years", questions.Right},
		{"body-years-number", "8 to 9", questions.Right},
		{"body-years-number", "7.9", questions.Almost},
		{"body-years-number", "5", questions.Wrong},
		{"body-mausoleum-typed", "the mausoleum", questions.Right},
		{"body-mausoleum-typed", "Lenins Mausoleum", questions.Slip},
		{"body-mausoleum-typed", "Kremlin wall", questions.Wrong},
		{"body-date-typed", "31.10.1961", questions.Right},
		{"body-date-typed", "30 October 1961", questions.Almost},
		{"volgograd-date-typed", "10 Nov 1961", questions.Right},
		{"volgograd-date-typed", "11 November 1961", questions.Right},
		{"volgograd-date-typed", "November 1961", questions.Almost},
		{"volgograd-date-typed", "31 October 1961", questions.Wrong},
		{"volgograd-name-typed", "Wolgograd", questions.Right},
		{"volgograd-name-typed", "Stalingrad", questions.Wrong},
		{"volgograd-name-typed", "Leningrad", questions.Wrong},
		{"karl-marx-allee-typed", "Karl Marx Allee", questions.Right},
		{"karl-marx-allee-typed", "Stalinallee", questions.Wrong},
	}
	for _, test := range tests {
		i := slices.IndexFunc(d.Questions, func(q bank.QuestionData) bool { return q.Slug == test.slug })
		if i < 0 {
			t.Fatalf("there is no question %s", test.slug)
		}
		v := d.Questions[i].Version
		k, _ := kind.Of(v.Kind)
		marks, err := k.Grade(v, lex, questions.Response{test.input})
		if err != nil || marks[0].Verdict != test.want {
			t.Errorf("%s, %q: got %s (%s), want %s", test.slug, test.input, marks[0].Verdict, marks[0].Reason.Code, test.want)
		}
	}
}

func TestBuiltInQuestionsTakeOtherSpellingsAndNothingElse(t *testing.T) {
	d := data(t)
	lex := lexicon(d)
	for _, c := range []struct {
		slug, typed string
		want        questions.Verdict
	}{
		{"beria-releases-typed", "beria", questions.Right},
		{"beria-releases-typed", "Lavrenti Beria", questions.Right},
		{"beria-releases-typed", "Khrushchev", questions.Wrong},
		{"motive-conscience-typed", "Alexander Solzhenitsyn", questions.Right},
		{"motive-conscience-typed", "Solschenizyn", questions.Right},
		{"motive-conscience-typed", "McCauley", questions.Wrong},
		{"motive-fear-typed", "Mc Cauley", questions.Right},
		{"motive-fear-typed", "Applebaum", questions.Wrong},
		{"speech-congress-typed", "20", questions.Right},
		{"speech-congress-typed", "the twentieth", questions.Right},
		{"speech-congress-typed", "20th congress", questions.Right},
		{"speech-congress-typed", "XX", questions.Right},
		{"speech-congress-typed", "21", questions.Wrong},
		{"speech-congress-typed", "22nd Party Congress", questions.Wrong},
		{"speech-congress-typed", "2", questions.Wrong},
		{"speech-title-typed", "personality cult", questions.Right},
		{"speech-title-typed", "the cult of personality", questions.Right},
		{"speech-title-typed", "Stalinism", questions.Wrong},
		{"old-bolsheviks-typed", "old bolsheviks", questions.Right},
		{"old-bolsheviks-typed", "Mensheviks", questions.Wrong},
		{"speech-date-typed", "25.2.1956", questions.Right},
		{"speech-date-typed", "February 25th, 1956", questions.Right},
		{"speech-date-typed", "02/25/1956", questions.Right},
		{"speech-date-typed", "25 February 1953", questions.Wrong},
		{"speech-date-typed", "25 October 1956", questions.Wrong},
		{"beria-execution-date", "23 December 1953", questions.Right},
		{"beria-execution-date", "24 Dec 53", questions.Right},
		{"beria-execution-date", "June 1953", questions.Wrong},
		{"soviet-print-date", "1988", questions.Wrong},
		{"speech-date-typed", "24 February 1956", questions.Almost},
		{"speech-date-typed", "February 1956", questions.Almost},
	} {
		for _, q := range d.Questions {
			if q.Slug != c.slug {
				continue
			}
			k, _ := kind.Of(q.Version.Kind)
			marks, err := k.Grade(q.Version, lex, questions.Response{c.typed})
			if err != nil || len(marks) != 1 || marks[0].Verdict != c.want {
				t.Errorf("%s: %q is marked %+v, %v; want %s", c.slug, c.typed, marks, err, c.want)
			}
		}
	}
}

// The hash tells a bank that a release reads otherwise from one that is the same.
func TestHashOfTheBuiltinBank(t *testing.T) {
	b, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	first := bank.FromBuiltin(b)
	if again := bank.FromBuiltin(b); again.Hash != first.Hash || first.Hash == "" {
		t.Errorf("the same bank has the hashes %q and %q", first.Hash, again.Hash)
	}
	b.Topics[0].Facts = slices.Clone(b.Topics[0].Facts)
	b.Topics[0].Facts[0].When = "1901"
	if other := bank.FromBuiltin(b); other.Hash == first.Hash {
		t.Error("a bank with another date has the same hash")
	}
}
