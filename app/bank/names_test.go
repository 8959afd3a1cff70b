package bank

import (
	"slices"
	"strings"
	"testing"

	"thaw/app/fault"
	"thaw/questions"
)

var cast = []questions.Entity{
	{ID: 1, Slug: "e-1", Kind: "person", Name: "Nikita Khrushchev", Spellings: []string{"Khrushchev", "Хрущёв"}},
	{ID: 2, Slug: "e-2", Kind: "person", Name: "Georgy Malenkov", Spellings: []string{"Malenkov"}},
	{ID: 3, Slug: "e-3", Kind: "place", Name: "Tbilisi"},
}

func TestANameIsPutBesideOthers(t *testing.T) {
	list, err := put(cast, questions.Entity{Slug: "e-4", Kind: "person", Name: "  Lavrenty   Beria ", Spellings: []string{"Beria", "", "beria", " LAVRENTY BERIA", "Берия"}})
	if err != nil || len(list) != 4 {
		t.Fatalf("%v, %v", list, err)
	}
	if e := list[3]; e.Name != "Lavrenty Beria" || !slices.Equal(e.Spellings, []string{"Beria", "Берия"}) {
		t.Errorf("stored as %+v", e)
	}
	same, err := put(list, questions.Entity{Slug: "e-4", Kind: "person", Name: "Lavrenty Beria", Spellings: []string{"Beria", "Берия"}})
	if err != nil || len(same) != 4 {
		t.Errorf("the same form again: %d names, %v", len(same), err)
	}
	changed, err := put(cast, questions.Entity{ID: 2, Slug: "e-9", Kind: "person", Name: "G. Malenkov"})
	if err != nil || changed[1].Name != "G. Malenkov" || changed[1].Slug != "e-2" || cast[1].Name != "Georgy Malenkov" {
		t.Errorf("%+v, %v", changed, err)
	}
}

func TestNamesThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		e    questions.Entity
		want fault.Kind
	}{
		"empty":               {questions.Entity{Kind: "person", Name: " "}, fault.Invalid},
		"signs only":          {questions.Entity{Kind: "person", Name: "\u0301"}, fault.Invalid},
		"long":                {questions.Entity{Kind: "person", Name: strings.Repeat("x", 121)}, fault.Invalid},
		"no such kind":        {questions.Entity{Kind: "planet", Name: "Mars"}, fault.Invalid},
		"another's name":      {questions.Entity{Kind: "person", Name: "KHRUSHCHEV"}, fault.Invalid},
		"another's spelling":  {questions.Entity{Kind: "person", Name: "Nikita", Spellings: []string{"malenkov"}}, fault.Invalid},
		"too many spellings":  {questions.Entity{Kind: "person", Name: "Many", Spellings: many(41)}, fault.Invalid},
		"a number of nobody":  {questions.Entity{ID: 9, Kind: "person", Name: "Nobody"}, fault.Missing},
		"a spelling too long": {questions.Entity{Kind: "person", Name: "Long", Spellings: []string{strings.Repeat("x", 121)}}, fault.Invalid},
	} {
		if _, err := put(cast, c.e); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func many(n int) (list []string) {
	for i := range n {
		list = append(list, "spelling "+strings.Repeat("x", i+1))
	}
	return list
}

// TestAnswersPointToWhatTheyName when they are written.
func TestAnswersPointToWhatTheyName(t *testing.T) {
	w := Work{Lexicon: questions.Lexicon{Entities: cast}}
	v := wording(w, Form{Version: questions.Version{Kind: questions.Choice, Answers: []questions.Answer{
		{Text: "Khrushchev", Credit: 1}, {Text: "malenkov"}, {Text: "Stalin"}}}})
	for i, want := range []questions.EntityID{1, 2, 0} {
		if got := v.Answers[i].Entity; got != want {
			t.Errorf("%s points to %d, want %d", v.Answers[i].Text, got, want)
		}
	}
}

func TestSuggestions(t *testing.T) {
	l := questions.Lexicon{Entities: append(slices.Clone(cast), questions.Entity{ID: 4, Kind: "person", Name: "Lavrenty Beria"})}
	v := questions.Version{Answers: []questions.Answer{{Part: 1, Text: "Khrushchev", Credit: 1}, {Part: 1, Text: "Malenkov"}}}
	if got := Suggest(l, v); !slices.Equal(got, []string{"Lavrenty Beria"}) {
		t.Errorf("suggested %v, want Beria: of the key's kind, and not there yet", got)
	}
	v.Answers[0].Text = "Churchill"
	if got := Suggest(l, v); got != nil {
		t.Errorf("suggested %v for a key that is no name", got)
	}
}
