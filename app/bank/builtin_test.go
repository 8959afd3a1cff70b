package bank_test

import (
	"strconv"
	"testing"

	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/builtin"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// installed is the built-in bank with its entities numbered, as a database
// would number them.
func installed(t *testing.T) (bank.Data, questions.Lexicon) {
	t.Helper()
	b, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	data := bank.FromBuiltin(b)
	ids := map[string]questions.EntityID{}
	var lexicon questions.Lexicon
	for i, e := range data.Entities {
		e.ID = questions.EntityID(i + 1)
		ids[e.Slug] = e.ID
		lexicon.Entities = append(lexicon.Entities, e)
	}
	for _, q := range data.Questions {
		for i, ref := range q.Refs {
			q.Version.Answers[i].Entity = ids[ref.Entity]
		}
	}
	return data, lexicon
}

func TestBuiltInQuestionsAreFitAndTakeTheirKeys(t *testing.T) {
	data, lexicon := installed(t)
	for _, q := range data.Questions {
		k, ok := kind.Of(q.Version.Kind)
		if !ok {
			t.Errorf("%s: no kind %q", q.Slug, q.Version.Kind)
			continue
		}
		for _, p := range k.Check(q.Version) {
			t.Errorf("%s: %v", q.Slug, p)
		}
		for i, a := range q.Version.Answers {
			response := questions.Response{grade.Canonical(a)}
			switch q.Version.Kind {
			case questions.Choice:
				response = questions.Response{strconv.Itoa(i + 1)}
			case questions.Flash:
				response = questions.Response{"good"}
			}
			marks, err := k.Grade(q.Version, lexicon, response)
			if err != nil || len(marks) != 1 || (marks[0].Verdict == questions.Right) != (a.Credit == 1) {
				t.Errorf("%s: %v is marked %+v, %v; its credit is %v", q.Slug, response, marks, err, a.Credit)
			}
		}
	}
}

func TestBuiltInQuestionsTakeOtherSpellingsAndNothingElse(t *testing.T) {
	data, lexicon := installed(t)
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
		for _, q := range data.Questions {
			if q.Slug != c.slug {
				continue
			}
			k, _ := kind.Of(q.Version.Kind)
			marks, err := k.Grade(q.Version, lexicon, questions.Response{c.typed})
			if err != nil || len(marks) != 1 || marks[0].Verdict != c.want {
				t.Errorf("%s: %q is marked %+v, %v; want %s", c.slug, c.typed, marks, err, c.want)
			}
		}
	}
}
