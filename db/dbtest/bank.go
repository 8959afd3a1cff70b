package dbtest

import (
	"testing"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/db"
	"thaw/questions"
)

func banks(t *testing.T, d *db.DB) {
	s := db.Bank{DB: d}
	if hash, err := s.Installed(ctx, "sample"); err != nil || hash != "" {
		t.Errorf("before the installation: hash %q, error %v; want none", hash, err)
	}
	c := installed(t, d, Sample())
	same(t, c.Revision, 1, "the revision of a new bank")
	want := Sample().Bank
	want.ID = c.Bank.ID
	same(t, c.Bank, want, "the head of the bank")
	same(t, []int{len(c.Topics), len(c.Facts), len(c.Questions), len(c.Sections), len(c.Lexicon.Entities)}, []int{2, 3, 3, 1, 2},
		"numbers of topics, facts, questions, sections, entities")
	same(t, c.Topics[1].Title, "People", "the second topic")
	f := c.Facts[0]
	if f.Topic != c.Topics[0].ID || f.Twin != "speech" || f.When != "1956-02-25" || f.Passage != c.Sections[0].Passages[0].ID || f.Text == "" {
		t.Errorf("the first fact is %+v", f)
	}
	same(t, c.Facts[1].Passage, 0, "the passage of a fact without one")
	q := c.Questions[2]
	same(t, q, bank.Question{ID: q.ID, Slug: "who", Topic: c.Topics[1].ID, Kind: questions.Text, Latest: 1, Facts: []questions.FactID{c.Facts[2].ID}}, "the third question")
	same(t, c.Lexicon.Entities[0].Spellings, []string{"Khrushchev", "Chruschtschow"}, "the spellings")
	if hash, err := s.Installed(ctx, "sample"); err != nil || hash != "one" {
		t.Errorf("after the installation: hash %q, error %v; want one", hash, err)
	}
	_, err := s.Contents(ctx, c.Bank.ID+1)
	wantKind(t, err, fault.Missing, "an unknown bank")
	_, err = s.Revision(ctx, c.Bank.ID+1)
	wantKind(t, err, fault.Missing, "the revision of an unknown bank")
	_, err = s.Lexicon(ctx, c.Bank.ID, 2)
	wantKind(t, err, fault.Missing, "an unknown lexicon")
}

func installAgain(t *testing.T, d *db.DB) {
	before := installed(t, d, Sample())
	same(t, installed(t, d, Sample()), before, "the bank, installed twice")
	other := Sample()
	other.Hash = "same words, other file"
	same(t, installed(t, d, other), before, "the bank, the same words under another hash")
	hash, err := db.Bank{DB: d}.Installed(ctx, "sample")
	check(t, err)
	same(t, hash, other.Hash, "the hash installed last")
}

func installChanged(t *testing.T, d *db.DB) {
	s := db.Bank{DB: d}
	before := installed(t, d, Sample())
	data := Sample()
	data.Hash = "two"
	data.Questions[0].Version.Prompt = "In which year?"
	data.Questions = append(data.Questions[:1], data.Questions[2:]...)
	data.Facts = append(data.Facts[:1], data.Facts[2:]...)
	data.Entities[1].Spellings = []string{"Dzhugashvili"}
	data.Topics = append(data.Topics, bank.Topic{Slug: "places", Title: "Places"})
	after := installed(t, d, data)

	same(t, after.Revision, 2, "the revision after a change")
	same(t, len(after.Questions), 2, "live questions")
	same(t, len(after.Facts), 2, "live facts")
	same(t, len(after.Topics), 3, "topics")
	same(t, after.Questions[0].ID, before.Questions[0].ID, "the id of the changed question")
	same(t, after.Questions[0].Latest, 2, "the version of the changed question")
	same(t, after.Questions[1].Latest, 1, "the version of the unchanged question")
	same(t, after.Lexicon.Revision, 2, "the lexicon's revision")
	same(t, after.Lexicon.Entities[1].ID, before.Lexicon.Entities[1].ID, "the id of the changed entity")

	old, err := s.Lexicon(ctx, before.Bank.ID, 1)
	check(t, err)
	same(t, old, before.Lexicon, "the first lexicon")
	vs, err := s.Versions(ctx, []questions.Ref{{Question: before.Questions[0].ID, Version: 1}, {Question: before.Questions[0].ID, Version: 2}})
	check(t, err)
	if len(vs) != 2 || vs[0].Prompt == vs[1].Prompt {
		t.Errorf("got %d versions, want the two wordings", len(vs))
	}

	data = Sample()
	data.Hash = "three"
	back := installed(t, d, data)
	same(t, len(back.Questions), 3, "live questions after the old data came back")
	same(t, back.Questions[1].ID, before.Questions[1].ID, "the id of the question that came back")
	same(t, back.Questions[1].Latest, 1, "its version")
	same(t, len(back.Topics), 2, "topics after one is gone")
}

func versions(t *testing.T, d *db.DB) {
	c := installed(t, d, Sample())
	s := db.Bank{DB: d}
	when, who := c.Questions[0], c.Questions[2]
	got, err := s.Versions(ctx, []questions.Ref{{Question: when.ID, Version: 1}, {Question: who.ID, Version: 1}, {Question: who.ID, Version: 9}, {Question: 999, Version: 1}})
	check(t, err)
	if len(got) != 2 {
		t.Fatalf("got %d versions, want the 2 that exist", len(got))
	}
	want := Sample().Questions[0].Version
	want.Ref, want.Passage = questions.Ref{Question: when.ID, Version: 1}, c.Sections[0].Passages[0].ID
	for i := range want.Answers {
		want.Answers[i].Fact = c.Facts[0].ID
	}
	same(t, got[0], want, "the choice")
	same(t, got[1].Answers[0].Entity, c.Lexicon.Entities[0].ID, "the entity of the key")
	none, err := s.Versions(ctx, nil)
	if err != nil || len(none) != 0 {
		t.Errorf("no refs: %v, %v", none, err)
	}
}
