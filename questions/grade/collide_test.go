package grade_test

import (
	"reflect"
	"slices"
	"testing"

	"thaw/questions"
	"thaw/questions/builtin"
	"thaw/questions/grade"
)

func TestCollisions(t *testing.T) {
	tests := []struct {
		name, match, key string
		others           [][2]string // match, key
		lexicon          questions.Lexicon
		want             []grade.Collision
	}{
		{"a surname of two", "person", "Nikita Khrushchev", [][2]string{{"person", "Khrushchov"}}, questions.Lexicon{}, []grade.Collision{{Text: "Khrushchov", Takes: true}}},
		{"a spelling apart", "place", "Leningrad", [][2]string{{"place", "Leningrat"}}, questions.Lexicon{}, []grade.Collision{{"Leningrat", true, true}}},
		{"the bank knows better", "term", "entente", [][2]string{{"term", "detente"}}, questions.Lexicon{}, nil},
		{"one letter, but an entity", "place", "Austria", [][2]string{{"place", "Austrias"}},
			questions.Lexicon{Entities: []questions.Entity{{ID: 1, Kind: "place", Name: "Austrias"}, {ID: 2, Kind: "place", Name: "Austria"}}}, nil},
		{"names of two kinds", "term", "Stalinism", [][2]string{{"person", "Stalinisn"}}, questions.Lexicon{}, []grade.Collision{{"Stalinisn", true, true}}},
		{"the same answer", "person", "Stalin", [][2]string{{"person", "Stalin"}, {"person", "STALIN"}}, questions.Lexicon{}, nil},
		{"a word more", "term", "Thaw", [][2]string{{"term", "Khrushchev Thaw"}}, questions.Lexicon{}, nil},
		{"a day in its month", "date", "1956-02", [][2]string{{"date", "1956-02-25"}}, questions.Lexicon{}, nil},
		{"other dates", "date", "1956-02-25", [][2]string{{"date", "1953-03-05"}, {"number", "1956"}}, questions.Lexicon{}, nil},
		{"one number", "number", "1000000", [][2]string{{"number", "1 million"}, {"number", "1,000,001"}}, questions.Lexicon{}, []grade.Collision{{"1 million", true, true}}},
		{"no key", "term", "", [][2]string{{"term", "x"}}, questions.Lexicon{}, nil},
		{"each once", "place", "Leningrad", [][2]string{{"place", "Leningrat"}, {"place", "leningrat"}}, questions.Lexicon{}, []grade.Collision{{"Leningrat", true, true}}},
	}
	for _, test := range tests {
		var others [][]questions.Answer
		for _, o := range test.others {
			others = append(others, answers(o[0], o[1]))
		}
		if got := grade.Collisions(answers(test.match, test.key), others, test.lexicon); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

// builtinKeys are the answers of every typed question of the built-in bank and
// each of its entities as an answer, and its lexicon.
func builtinKeys(t testing.TB) ([][]questions.Answer, questions.Lexicon) {
	t.Helper()
	b, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]questions.EntityID{}
	var lex questions.Lexicon
	for i, e := range b.Entities {
		ids[e.Slug] = questions.EntityID(i + 1)
		lex.Entities = append(lex.Entities, questions.Entity{ID: ids[e.Slug], Kind: e.Kind, Name: e.Name, Spellings: e.Spellings})
	}
	var keys [][]questions.Answer
	for _, e := range lex.Entities {
		if slices.Contains(grade.Matches(), e.Kind) {
			keys = append(keys, []questions.Answer{{Part: 1, Text: e.Name, Match: e.Kind, Credit: 1, Entity: e.ID}})
		}
	}
	matches := map[string]string{questions.Date: questions.MatchDate, questions.Number: questions.MatchNumber}
	for _, topic := range b.Topics {
		for _, q := range topic.Questions {
			match := q.Match
			if m := matches[q.Kind]; m != "" {
				match = m
			}
			if match == "" {
				continue
			}
			var list []questions.Answer
			for _, text := range append([]string{q.Key}, q.Accept...) {
				list = append(list, questions.Answer{Part: 1, Text: text, Match: match, Credit: 1, Slack: q.Slack, Entity: ids[q.Entity]})
			}
			keys = append(keys, list)
		}
	}
	return keys, lex
}

// No key of the built-in bank counts for another one, but by true containment.
func TestBuiltinKeysDoNotCollide(t *testing.T) {
	keys, lex := builtinKeys(t)
	if len(keys) < 60 {
		t.Fatalf("only %d typed questions", len(keys))
	}
	pairs := 0
	for i, key := range keys {
		others := append(append([][]questions.Answer{}, keys[:i]...), keys[i+1:]...)
		pairs += len(others)
		for _, c := range grade.Collisions(key, others, lex) {
			t.Errorf("%q and %q: %+v", key[0].Text, c.Text, c)
		}
		if got := grade.Typed(key, lex, grade.Canonical(key[0])); got.Verdict != questions.Right {
			t.Errorf("%q is %s for itself (%s %v)", key[0].Text, got.Verdict, got.Reason.Code, got.Reason.Args)
		}
	}
	t.Logf("%d keys, %d pairs judged both ways", len(keys), pairs)
}
