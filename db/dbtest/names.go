package dbtest

import (
	"errors"
	"testing"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/db"
	"thaw/questions"
)

func names(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	beria := questions.Entity{Kind: "person", Name: "Lavrenty Beria", About: "police", Spellings: []string{"Beria", "Берия"}}
	check(t, k.editor.Named(ctx, k.author, k.own, beria, token("beria")))
	check(t, k.editor.Named(ctx, k.author, k.own, beria, token("beria")))
	check(t, k.editor.Named(ctx, k.author, k.own, questions.Entity{Kind: "place", Name: "1953"}, token("place")))
	n, err := k.store.Names(ctx, k.author.ID, k.own)
	check(t, err)
	if len(n.Lexicon.Entities) != 2 || n.Lexicon.Revision != 3 {
		t.Fatalf("the names are %+v, want two in the third revision", n.Lexicon)
	}
	beria.ID, beria.Slug = 1, n.Lexicon.Entities[0].Slug
	same(t, n.Lexicon.Entities[0], beria, "the first name")

	w, err := k.store.Work(ctx, k.author.ID, bank.Place{Bank: k.own})
	check(t, err)
	if len(w.Lexicon.Entities) != 2 || w.Lexicon.Entities[0].Name != beria.Name || len(w.Lexicon.Entities[0].Spellings) != 2 {
		t.Errorf("on the desk of a question: %+v", w.Lexicon)
	}
	written, err := k.store.Work(ctx, k.author.ID, bank.Place{Question: k.write(t, speech("speech"))})
	check(t, err)
	same(t, written.Question.Version.Answers[1].Entity, 2, "the entity that an option names")

	check(t, k.editor.Unnamed(ctx, k.author, k.own, 2))
	check(t, k.editor.Named(ctx, k.author, k.own, questions.Entity{Kind: "term", Name: "thaw"}, token("thaw")))
	n, err = k.store.Names(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, n.Lexicon.Entities[1].ID, 3, "the number of a name after one that was removed")
	old, err := k.store.Lexicon(ctx, k.own, 3)
	check(t, err)
	same(t, len(old.Entities), 2, "names of the revision before")

	n.Revision--
	if err := k.store.SetNames(ctx, k.author.ID, n); !errors.Is(err, bank.ErrMoved) {
		t.Errorf("names decided on a bank that has moved on: %v", err)
	}
	wantKind(t, k.editor.Unnamed(ctx, k.author, k.own, 2), fault.Missing, "a name removed twice")
	wantKind(t, k.editor.Named(ctx, k.other, k.own, beria, token("other")), fault.Missing, "a name in another's bank")
	_, err = k.store.Names(ctx, k.other.ID, k.own)
	wantKind(t, err, fault.Missing, "another's names")
	builtIn, err := k.store.Names(ctx, k.other.ID, k.bank.Bank.ID)
	check(t, err)
	if len(builtIn.Lexicon.Entities) == 0 {
		t.Error("the built-in bank has no names")
	}
	wantKind(t, k.editor.Named(ctx, k.author, builtIn.Bank.ID, beria, token("built-in")), fault.Missing, "a name in the built-in bank")
}
