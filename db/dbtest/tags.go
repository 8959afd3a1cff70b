package dbtest

import (
	"testing"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/db"
	"thaw/questions"
)

// tagged is the form of a flashcard with its other direction and with tags.
func tagged(word string, tags ...string) bank.Form {
	f := card(word)
	f.Tags = tags
	return f
}

func tags(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, tagged("speech", " Cold  War", "rome", "Rome, ROMÉ", ""))
	k.write(t, tagged("congress", "Rome", "Party"))
	draft := tagged("draft", "unborn")
	draft.State = bank.Draft
	k.write(t, draft)
	w := k.work(t, id)
	same(t, []any{w.Question.Tags, w.Back.Tags}, []any{[]string{"Cold War", "rome"}, []string{"Cold War", "rome"}}, "the tags of a card and of its other direction")
	same(t, w.Tags, []string{"Cold War", "Party", "Rome", "unborn"}, "the tags of the bank")

	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, []any{c.Questions[0].Tags, c.Tags()}, []any{[]string{"Cold War", "rome"}, []string{"Cold War", "Party", "rome"}}, "the tags of what is asked")

	retagged(t, k, id)
	foundByTag(t, k)
	copied, err := k.editor.Copy(ctx, k.author, k.own, "Again", token("copied"))
	check(t, err)
	c, err = k.store.Contents(ctx, copied)
	check(t, err)
	same(t, []any{c.Questions[0].Tags, c.Tags()}, []any{[]string{"Warm"}, []string{"Party", "Rome", "Warm"}}, "the tags of the copy")
	found, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: copied, Terms: bank.ReadTerms("warm")})
	check(t, err)
	same(t, found.Total, 2, "what a word of a tag finds in the copy: the card and its other direction")

	many := tagged("many")
	for n := range bank.MaxTags + 1 {
		many.Tags = append(many.Tags, string(rune('a'+n)))
	}
	_, err = k.editor.Write(ctx, k.author, bank.Place{Bank: k.own}, many)
	wantKind(t, err, fault.Invalid, "more tags than there may be")
}

// retagged gives a question other tags, which changes no wording.
func retagged(t *testing.T, k *desk, id questions.QuestionID) {
	t.Helper()
	before, err := k.store.Revision(ctx, k.own)
	check(t, err)
	f := again(k.work(t, id), "same")
	f.Tags = []string{"Cold War", "rome"}
	k.edit(t, id, f)
	same(t, k.revision(t), before, "the revision after the same tags again")
	f.Tags = []string{"Warm"}
	k.edit(t, id, f)
	w := k.work(t, id)
	same(t, []any{w.Question.Tags, w.Back.Tags, w.Question.Latest, w.Back.Latest}, []any{[]string{"Warm"}, []string{"Warm"}, 1, 1}, "other tags are no other version")
	same(t, k.revision(t), before+1, "the revision after other tags")

	for word, want := range map[string]int{"warm": 2, "cold": 0} {
		found, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: k.own, Terms: bank.ReadTerms(word)})
		check(t, err)
		same(t, found.Total, want, "what "+word+" finds after other tags")
	}

	change := bank.Change{Bank: k.own, Revision: k.revision(t), By: k.author.ID, At: now, Puts: []bank.Put{{Head: w.Question.Head}}}
	_, err = k.store.Save(ctx, change)
	check(t, err)
	same(t, k.work(t, id).Question.Tags, []string{"Warm"}, "the tags after a put that says nothing of them")
	f = again(k.work(t, id), "worded")
	f.Tags, f.Version.Prompt = []string{"Warm"}, "When was it?"
	k.edit(t, id, f)
	found, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: k.own, Terms: bank.ReadTerms("warm when")})
	check(t, err)
	same(t, found.Total, 2, "what a word of the tag and one of the new wording find")
}

func (k *desk) revision(t *testing.T) int {
	t.Helper()
	n, err := k.store.Revision(ctx, k.own)
	check(t, err)
	return n
}

// foundByTag looks for questions by their tags.
func foundByTag(t *testing.T, k *desk) {
	t.Helper()
	for _, c := range []struct {
		search bank.Search
		want   int
	}{
		{bank.Search{Bank: k.own, Tag: "ROME"}, 2}, {bank.Search{Tag: "Romé", Kind: questions.Choice}, 0}, {bank.Search{Tag: "rome", Kind: questions.Flash}, 2},
		{bank.Search{Bank: k.own, Tag: "ro"}, 0}, {bank.Search{Bank: k.own, Terms: bank.ReadTerms("party")}, 2}, {bank.Search{Terms: bank.ReadTerms("cold")}, 0},
		{bank.Search{Tag: "unborn", States: []bank.State{bank.Live}}, 0},
	} {
		found, err := k.store.Find(ctx, k.author.ID, c.search)
		check(t, err)
		if found.Total != c.want {
			t.Errorf("%+v finds %d, want %d", c.search, found.Total, c.want)
		}
		for _, r := range found.Rows {
			if len(r.Tags) == 0 {
				t.Errorf("%q is listed without its tags", r.Prompt)
			}
		}
		same(t, found.Tags, []string{"Party", "Rome", "unborn", "Warm"}, "the tags to choose from")
	}
	foreign, err := k.store.Find(ctx, k.other.ID, bank.Search{Bank: k.own})
	check(t, err)
	same(t, []any{foreign.Total, len(foreign.Tags)}, []any{0, 0}, "what another author finds")
}
