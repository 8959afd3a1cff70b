package bank

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"thaw/questions"
)

// sequence is an order of texts; facts are those of its parts.
func sequence(texts string, facts ...questions.FactID) questions.Version {
	v := questions.Version{Kind: questions.Order, Lang: "en", Level: "remember", Prompt: "What came *first*?"}
	for i, text := range strings.Fields(texts) {
		a := questions.Answer{Part: i + 1, Text: text, Credit: 1}
		if i < len(facts) {
			a.Fact = facts[i]
		}
		v.Answers = append(v.Answers, a)
	}
	return v
}

// said lists what becomes of the facts of the parts.
func said(p Put) string {
	var list []string
	for _, f := range p.Parts {
		list = append(list, fmt.Sprintf("%d: %d %s", f.Part, f.ID, strings.TrimPrefix(f.Text, "What came first? ")))
	}
	return strings.Join(list, "; ")
}

func asks(v *questions.Version) (facts []questions.FactID) {
	for _, a := range v.Answers {
		facts = append(facts, a.Fact)
	}
	return facts
}

func TestPartsHaveFactsOfTheirOwn(t *testing.T) {
	fact := func(id questions.FactID, text string) Fact {
		return Fact{ID: id, Bank: own, Slug: fmt.Sprint("f", id), Topic: 3, Lang: "en", Text: "What came first? " + text}
	}
	three := []Fact{fact(21, "1. A"), fact(22, "2. B"), fact(23, "3. C"), fact(24, "Another")}
	stored := desk(sequence("A B C", 21, 22, 23), three...)
	shared := desk(sequence("A B C", 24, 24, 24), three...)
	for name, c := range map[string]struct {
		w     Work
		v     questions.Version
		parts string
		asks  []questions.FactID
	}{
		"new":                     {desk(questions.Version{}), sequence("A B C"), "1: 0 1. A; 2: 0 2. B; 3: 0 3. C", []questions.FactID{0, 0, 0}},
		"turned round":            {stored, sequence("C B A", 23, 22, 21), "1: 23 1. C; 3: 21 3. A", []questions.FactID{23, 22, 21}},
		"worded anew, and longer": {stored, sequence("A b C D", 21, 22, 23, 0), "2: 22 2. b; 4: 0 4. D", []questions.FactID{21, 22, 23, 0}},
		"a fact of the bank":      {stored, sequence("A B C", 24, 22, 23), "", []questions.FactID{24, 22, 23}},
		"one fact for all":        {stored, sequence("A B C", 24, 24, 24), "", []questions.FactID{24, 24, 24}},
		"one fact no more":        {shared, sequence("A B C"), "1: 0 1. A; 2: 0 2. B; 3: 0 3. C", []questions.FactID{0, 0, 0}},
	} {
		f := form(c.v)
		f.Base = c.w.Question.Latest
		p := write(t, c.w, f).Puts[0]
		if said(p) != c.parts || p.Fact != nil || !slices.Equal(asks(p.Version), c.asks) {
			t.Errorf("%s: the facts become %q and %v, the answers ask for %v; want %q and %v", name, said(p), p.Fact, asks(p.Version), c.parts, c.asks)
		}
	}
	f := form(sequence("A B C", 21, 99, 22))
	f.Base = stored.Question.Latest
	_, err := Write(stored, f)
	var unfit Unfit
	if want := []questions.Problem{{Field: "feed", Row: 2, Code: "problem.no_fact"}}; !errors.As(err, &unfit) || !reflect.DeepEqual(unfit.Problems, want) {
		t.Errorf("another bank's fact: got %v %+v, want %+v", err, unfit.Problems, want)
	}
	f = form(sequence("A B C", 21, 22, 23))
	if c := write(t, stored, f); len(c.Puts) != 0 {
		t.Errorf("the same again changes %+v", c.Puts)
	}
}

// The same form makes its facts once.
func TestPartsOfTheSameForm(t *testing.T) {
	f := form(sequence("A B C"))
	f.Base = 0
	first := write(t, desk(questions.Version{}), f).Puts[0]
	made := first.Version
	var facts []Fact
	for i, part := range first.Parts {
		fact := part.Fact
		fact.ID, fact.Bank = questions.FactID(31+i), own
		facts, made.Answers[i].Fact = append(facts, fact), fact.ID
	}
	w := desk(*made, facts...)
	w.Question.Slug = first.Slug
	if c := write(t, w, f); len(c.Puts) != 0 {
		t.Errorf("the same form again changes %+v", c.Puts)
	}
}

func TestWordsOfParts(t *testing.T) {
	match := questions.Version{Kind: questions.Match, Prompt: "What was it before?", Answers: []questions.Answer{{Part: 1, Text: "Volgograd"}, {Part: 1, Text: "Stalingrad", Credit: 1},
		{Part: 2, Text: "Donetsk"}, {Part: 2, Text: "Stalino", Credit: 1}, {Text: "Leningrad", Feedback: "That is Saint Petersburg."}}}
	dated := sequence("A B C")
	dated.Answers[1].Feedback = "1956-02-25"
	for want, got := range map[string]string{
		"What was it before? Donetsk: Stalino":                        PartText(match, 2),
		"What was it before? Volgograd: Stalingrad; Donetsk: Stalino": FactText(match),
		"What came first? 2. B, 25 February 1956":                     PartText(dated, 2),
		"What came first? A → B → C":                                  FactText(dated),
		"right Volgograd: Stalingrad":                                 line(match, 1),
		"wrong Leningrad — That is Saint Petersburg.":                 line(match, 3),
		"right B — 25 February 1956":                                  line(dated, 2),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func line(v questions.Version, n int) string {
	l := Lines(v, "", func(key string, _ ...any) string { return key })[n]
	return l.Field + " " + l.Text
}
