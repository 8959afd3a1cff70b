package bank

import (
	"slices"
	"strings"
	"testing"

	"thaw/questions"
)

func passage(id int64, text string) questions.Passage {
	return questions.Passage{ID: questions.PassageID(id), Slug: "p" + strings.Fields(text)[0], Section: "s", Text: text}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"He spoke on 25 February 1956. Nobody took notes.", []string{"He spoke on 25 February 1956.", "Nobody took notes."}},
		{"Dr. Smith and N. S. Khrushchev met. Who won?", []string{"Dr. Smith and N. S. Khrushchev met.", "Who won?"}},
		{"It was over.\nThen it began.", []string{"It was over.", "Then it began."}},
		{"", nil},
	} {
		if got := Sentences(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

// What becomes of the passages of a text when it is edited: ids of the paragraphs, 0 for
// new ones.
func TestReanchor(t *testing.T) {
	was := Section{Slug: "s", Passages: []questions.Passage{
		passage(1, "On 25 February 1956 he spoke behind closed doors."),
		passage(2, "Nobody was to take notes. The doors were shut."),
		passage(3, "The text leaked within weeks, and the world read it in June."),
	}}
	quotes := map[questions.PassageID][]string{2: {"Nobody was to take notes."}}
	for _, c := range []struct {
		name, text string
		want       []questions.PassageID
	}{
		{"as it was", "On 25 February 1956 he spoke behind closed doors.\n\nNobody was to take notes. The doors were shut.\n\nThe text leaked within weeks, and the world read it in June.", []questions.PassageID{1, 2, 3}},
		{"turned round", "The text leaked within weeks, and the world read it in June.\n\nOn 25 February 1956 he spoke behind closed doors.", []questions.PassageID{3, 1}},
		{"another beginning", "It was winter.\n\nOn 25 February 1956 he spoke behind closed doors.", []questions.PassageID{0, 1}},
		{"the paragraph of a quotation written anew", "Everybody listened, as guests had been told: nobody was to take  notes. What a night it was in the great hall of the Kremlin.", []questions.PassageID{2}},
		{"a few words changed", "The text leaked within a few weeks, and the whole world read it in June.", []questions.PassageID{3}},
		{"something else", "Bread is made of flour, water, salt and time.", []questions.PassageID{0}},
		{"split", "Nobody was to take notes.\n\nThe doors were shut.", []questions.PassageID{2, 0}},
	} {
		var got []questions.PassageID
		for _, p := range reanchor(was, quotes, c.text) {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	same := reanchor(Section{Slug: "s"}, nil, "Twice.\n\nTwice.")
	if same[0].Slug == same[1].Slug {
		t.Errorf("two paragraphs share the slug %s", same[0].Slug)
	}
}

func TestStands(t *testing.T) {
	sections := []Section{{Slug: "a", Passages: []questions.Passage{passage(1, "He spoke. *Nobody* took notes.")}}, {Slug: "b", Passages: []questions.Passage{passage(2, "The doors were shut.")}}}
	for _, c := range []struct {
		at    questions.PassageID
		quote string
		want  questions.PassageID
		ok    bool
	}{
		{1, "", 1, true},
		{1, "nobody took  notes.", 1, true},
		{1, "The doors were shut.", 2, true},
		{9, "The doors were shut.", 2, true},
		{9, "", 0, false},
		{1, "Somebody took notes.", 1, false},
	} {
		if p, ok := Stands(sections, c.at, c.quote); p.ID != c.want || ok != c.ok {
			t.Errorf("%d %q: got %d, %v; want %d, %v", c.at, c.quote, p.ID, ok, c.want, c.ok)
		}
	}
}
