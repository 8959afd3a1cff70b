package dbtest

import (
	"testing"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/db"
)

// sources of a bank keep their passages while they are edited, and tell which questions
// lost theirs.
func sources(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	const text = "He spoke on 25 February. It was winter.\n\nNobody took notes. The doors were shut."
	slug, err := k.editor.SetSource(ctx, k.author, k.own, "", "The speech", text, token("text"))
	check(t, err)
	again, err := k.editor.SetSource(ctx, k.author, k.own, "", "The speech", text, token("text"))
	check(t, err)
	same(t, again, slug, "the text that the same form makes")
	all, err := k.store.Sources(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, len(all.Sections), 1, "texts")
	first, second := all.Sections[0].Passages[0], all.Sections[0].Passages[1]

	f := speech("speech")
	f.Version.Passage, f.Version.Quote = first.ID, "Nobody took notes."
	_, err = k.editor.Write(ctx, k.author, bank.Place{Bank: k.own}, f)
	wantKind(t, err, fault.Invalid, "a sentence of another passage")
	f.Version.Passage = second.ID
	id := k.write(t, f)
	w, err := k.store.Work(ctx, k.author.ID, bank.Place{Question: id})
	check(t, err)
	same(t, []any{w.Question.Version.Passage, w.Question.Version.Quote}, []any{second.ID, "Nobody took notes."}, "the sentence of a question")
	check(t, k.editor.Quote(ctx, k.author, k.own, id, second.ID, "The doors were shut.", token("again")))

	_, err = k.editor.SetSource(ctx, k.author, k.own, slug, "The speech", "It began.\n\nNobody took notes. The doors were shut.", token("edit"))
	check(t, err)
	all, err = k.store.Sources(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, all.Sections[0].Passages[1].ID, second.ID, "the passage after an edit")
	same(t, len(all.Loose()), 0, "questions to check")
	_, err = k.editor.SetSource(ctx, k.author, k.own, slug, "The speech", "It began.", token("cut"))
	check(t, err)
	all, err = k.store.Sources(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, []any{len(all.Loose()), all.Loose()[0].ID}, []any{1, id}, "questions to check")
	check(t, k.editor.RemoveSource(ctx, k.author, k.own, slug))
	all, err = k.store.Sources(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, len(all.Sections), 0, "texts after the last is taken out")

	_, err = k.store.Sources(ctx, k.other.ID, k.own)
	wantKind(t, err, fault.Missing, "another's texts")
	_, err = k.editor.SetSource(ctx, k.other, k.own, slug, "Mine", "Mine now.", token("theft"))
	wantKind(t, err, fault.Missing, "writing another's text")
	_, err = k.editor.SetSource(ctx, k.author, k.own, "", "", " ", token("empty"))
	wantKind(t, err, fault.Invalid, "an empty text")
}
