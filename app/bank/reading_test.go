package bank_test

import (
	"testing"

	"thaw/app/bank"
	"thaw/questions"
)

func TestSectionNames(t *testing.T) {
	s := bank.Section{Passages: []questions.Passage{{Slug: "street", Text: "Stalinallee became Karl-Marx-Allee."},
		{Slug: "speech", Text: "In Moscow, Khrushchev's speech was long."}}}
	for _, c := range []struct {
		entity questions.Entity
		want   string
	}{
		{questions.Entity{Kind: "person", Name: "Nikita Khrushchev"}, "speech"},
		{questions.Entity{Kind: "person", Name: "Karl Marx"}, ""},
		{questions.Entity{Kind: "person", Name: "Joseph Stalin"}, ""},
		{questions.Entity{Kind: "place", Name: "Stalin Alley", Spellings: []string{"Stalinallee"}}, "street"},
		{questions.Entity{Kind: "place", Name: "New Moscow"}, ""},
		{questions.Entity{Kind: "place"}, ""},
	} {
		if got, ok := s.Names(c.entity); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: named in %q, want %q", c.entity.Name, got, c.want)
		}
	}
}

func TestDatedFactsStandInTheOrderOfTime(t *testing.T) {
	c := bank.Contents{Facts: []bank.Fact{{Slug: "never"}, {Slug: "speech", When: "1956-02-25"}, {Slug: "span", When: "1953/1955"}, {Slug: "decade", When: "193X"}, {Slug: "year", When: "1956"}}}
	var got []string
	for _, f := range c.Dated() {
		got = append(got, f.Slug)
	}
	want := []string{"decade", "span", "year", "speech"}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
