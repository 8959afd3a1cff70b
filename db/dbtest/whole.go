package dbtest

import (
	"testing"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/db"
	"thaw/questions"
)

// whole loads a bank for what is said about all of its questions.
func whole(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	check(t, k.editor.Named(ctx, k.author, k.own, questions.Entity{Kind: "place", Name: "Gori"}, token("place")))
	first := k.write(t, speech("first"))
	f := speech("draft")
	f.State = bank.Draft
	draft := k.write(t, f)
	gone := k.write(t, speech("gone"))
	check(t, k.editor.SetState(ctx, k.author, gone, bank.Retired))
	card := bank.Form{NewTopic: "Cards", State: bank.Live, Token: token("card"), Reversed: true,
		Version: questions.Version{Kind: questions.Flash, Prompt: "When?", Answers: []questions.Answer{{Part: 1, Text: "1956", Credit: 1}}}}
	turned := k.write(t, card)
	changed := again(k.work(t, first), "changed")
	changed.Version.Prompt = "When was the first one?"
	k.edit(t, first, changed)

	w, err := k.store.Whole(ctx, k.author.ID, k.own)
	check(t, err)
	var ids []questions.QuestionID
	for _, v := range w.Questions {
		ids = append(ids, v.Question)
	}
	same(t, ids, []questions.QuestionID{first, draft, turned}, "the questions that are not retired")
	same(t, w.Questions[0], k.work(t, first).Question.Version, "the newest wording of the first")
	same(t, len(w.Lexicon.Entities), 1, "names")
	same(t, w.Bank.Title, "Mine", "the bank")
	twins := map[questions.FactID]string{}
	for _, f := range w.Facts {
		twins[f.ID] = f.Twin
	}
	if len(w.Facts) != 3 || twins[w.Questions[2].Answers[0].Fact] == "" {
		t.Errorf("the facts are %+v, want three with the card's in a group", w.Facts)
	}
	for who, at := range map[questions.LearnerID]questions.BankID{k.other.ID: k.own, k.author.ID: k.bank.Bank.ID} {
		_, err := k.store.Whole(ctx, who, at)
		wantKind(t, err, fault.Missing, "a bank that is not one's own")
	}
}
