package dbtest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"thaw/app/bank"
	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
)

// upgraded is the sample as a later release might bring it: another text, a key that was
// wrong, a question that went and one that came, a topic more, facts in another order, a
// name spelled otherwise, and a passage more.
func upgraded() bank.Data {
	d := Sample()
	d.Hash = "two"
	d.Bank.About = "about more"
	d.Sections[0].Passages[0].Text = "In the winter of 1956 …"
	d.Sections[0].Passages = append(d.Sections[0].Passages, questions.Passage{Slug: "p3", Text: "Then …"})
	d.Topics = append([]bank.Topic{{Slug: "places", Title: "Places"}}, d.Topics...)
	slices.Reverse(d.Facts)
	d.Facts = append(d.Facts, bank.FactData{Fact: bank.Fact{Slug: "where", Text: "It was in Moscow.", Lang: "en"}, TopicSlug: "places", PassageSlug: "p3"})
	d.Entities[0].Name, d.Entities[0].Spellings = "Nikita S. Khrushchev", []string{"Khrushchev", "Chruschtschow", "Hruščov"}
	when, who := d.Questions[0], d.Questions[2]
	when.Version.Answers = slices.Clone(when.Version.Answers)
	when.Version.Answers[0].Credit, when.Version.Answers[1].Credit = 0, 1
	where := bank.QuestionData{Slug: "where", TopicSlug: "places", PassageSlug: "p3", Refs: []bank.AnswerRef{{Fact: "where"}},
		Version: questions.Version{Kind: questions.Text, Lang: "en", Prompt: "Where?", Explain: "because", Level: "remember",
			Answers: []questions.Answer{{Part: 1, Text: "Moscow", Match: questions.MatchPlace, Credit: 1}}}}
	d.Questions = []bank.QuestionData{where, who, when}
	return d
}

// learned are the tables of what learners did and of what follows from it.
var learned = []string{"event", "mark", "card", "rollup", "sitting", "item", "learner"}

// rows reads tables whole, as text; where narrows a table down.
func (w *world) rows(t *testing.T, where map[string]string, tables ...string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, table := range tables {
		got, err := w.Rows(ctx, "SELECT * FROM "+table+" "+where[table])
		check(t, err)
		slices.Sort(got)
		all[table] = got
	}
	return all
}

// A changed built-in bank is loaded without touching what a learner has done, a sitting
// in the middle included.
func upgrades(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 3)
	w.save(t, w.answer(t, n, 1, token("first"), 1))
	w.save(t, w.answer(t, n, 2, token("second"), 0))
	before := w.rows(t, nil, learned...)
	after := installed(t, d, upgraded())
	for table, rows := range w.rows(t, nil, learned...) {
		same(t, rows, before[table], "the "+table+" rows after an upgrade")
	}

	old := map[string]bank.Fact{}
	for _, f := range w.bank.Facts {
		old[f.Slug] = f
	}
	var slugs []string
	for _, f := range after.Facts {
		slugs = append(slugs, f.Slug)
		if o, ok := old[f.Slug]; ok {
			same(t, f.ID, o.ID, "the id of fact "+f.Slug)
		}
	}
	same(t, slugs, []string{"speaker", "speech-date", "where"}, "facts asked for, in their new order")
	same(t, after.Topics[0].Title, "Places", "the first topic")
	same(t, after.Sections[0].Passages[0].ID, w.bank.Sections[0].Passages[0].ID, "the id of a passage with another text")
	same(t, after.Lexicon.Entities[0].ID, w.bank.Lexicon.Entities[0].ID, "the id of a name spelled otherwise")
	same(t, w.count(t, "SELECT COUNT(*) FROM question WHERE slug = 'what' AND state = 'retired'"), 1, "retired questions")
	byOld := func(slug string) bank.Question {
		i := slices.IndexFunc(w.bank.Questions, func(q bank.Question) bool { return q.Slug == slug })
		return w.bank.Questions[i]
	}
	vs, err := db.Bank{DB: d}.Versions(ctx, []questions.Ref{{Question: byOld("when").ID, Version: 1}, {Question: byOld("when").ID, Version: 2}, {Question: byOld("what").ID, Version: 1}})
	check(t, err)
	slices.SortFunc(vs, func(a, b questions.Version) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(a.Version, b.Version))
	})
	if len(vs) != 3 || vs[0].Answers[0].Credit != 1 || vs[1].Answers[0].Credit != 0 {
		t.Fatalf("the wordings are %+v, want both keys of one question and the retired other", vs)
	}

	turn, err := w.quiz.Turn(ctx, w.who, n, 3)
	check(t, err)
	same(t, []any{turn.Item.Ref, turn.Item.Lexicon, turn.Item.State}, []any{questions.Ref{Question: byOld("who").ID, Version: 1}, 1, quiz.Open}, "the open item")
	w.save(t, w.answer(t, n, 3, token("third"), 1))
	sitting, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, []any{sitting.Done(), sitting.Closed}, []any{true, 3}, "the sitting, finished after the upgrade")

	whole := append([]string{"bank", "topic", "section", "passage", "lexicon", "entity", "fact", "question", "version", "answer"}, learned...)
	settled := w.rows(t, nil, whole...)
	again := upgraded() // the hash says that nothing has changed: nothing is written
	again.Bank.Title = "not looked at"
	check(t, db.Bank{DB: d}.Install(ctx, again))
	for table, rows := range w.rows(t, nil, whole...) {
		same(t, rows, settled[table], "the "+table+" rows after the same was installed again")
	}
}

// What teachers have made of the built-in bank is theirs: an upgrade is offered to a
// copy, and changes nothing in it.
func upgradesCopies(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id, err := k.editor.Copy(ctx, k.author, k.bank.Bank.ID, "Sample, mine", token("copy"))
	check(t, err)
	check(t, k.editor.Named(ctx, k.author, id, questions.Entity{Kind: "person", Name: "Lavrenty Beria", Spellings: []string{"Beria"}}, token("beria")))
	k.write(t, speech("speech"))
	theirs := func(column string) string { return fmt.Sprintf("WHERE %s <> %d", column, k.bank.Bank.ID) }
	where := map[string]string{"bank": theirs("id")}
	for _, table := range []string{"topic", "section", "passage", "lexicon", "entity", "fact", "question"} {
		where[table] = theirs("bank")
	}
	for _, table := range []string{"version", "answer"} {
		where[table] = fmt.Sprintf("WHERE question IN (SELECT id FROM question %s)", theirs("bank"))
	}
	tables := []string{"bank", "topic", "section", "passage", "lexicon", "entity", "fact", "question", "version", "answer"}
	before := k.rows(t, where, tables...)
	open, err := k.store.Contents(ctx, id)
	check(t, err)
	installed(t, d, upgraded())
	for table, rows := range k.rows(t, where, tables...) {
		same(t, rows, before[table], "the "+table+" rows of teachers after an upgrade")
	}
	after, err := k.store.Contents(ctx, id)
	check(t, err)
	same(t, []any{len(after.Questions), len(after.Facts), after.Lexicon}, []any{3, 3, open.Lexicon}, "what pupils of the copy study")
	same(t, after.Facts[0].Passage, after.Sections[0].Passages[0].ID, "the passage of a copied fact")
	offered, err := k.store.Updates(ctx, k.author.ID, id, 0)
	check(t, err)
	var asked []string
	for _, u := range offered.List {
		asked = append(asked, u.Its.Prompt)
	}
	same(t, asked, []string{"When?"}, "updates offered")
}

func (w *world) count(t *testing.T, query string) int64 {
	t.Helper()
	n, err := w.Number(ctx, query)
	check(t, err)
	return n
}
