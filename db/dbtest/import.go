package dbtest

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/native"
)

// contentTables hold what banks consist of, each with the columns that say in which order
// its rows are compared. That a bank has changed (its revision) stays.
var contentTables = []string{
	`SELECT id, slug, title, lang, about, source, built_in, hash, owner, copied, made, gone, emptied FROM bank ORDER BY id`,
	`SELECT * FROM topic ORDER BY id`, `SELECT * FROM section ORDER BY bank, slug`, `SELECT * FROM passage ORDER BY id`,
	`SELECT * FROM lexicon ORDER BY bank, revision`, `SELECT * FROM entity ORDER BY bank, revision, id`, `SELECT * FROM fact ORDER BY id`,
	`SELECT * FROM question ORDER BY id`, `SELECT * FROM version ORDER BY question, n`, `SELECT * FROM answer ORDER BY question, version, pos`,
	`SELECT * FROM tagged ORDER BY question, pos`, `SELECT * FROM gram ORDER BY bank, question, gram`, `SELECT * FROM media ORDER BY name`,
}

// contents is all that the banks hold, row by row.
func contents(t *testing.T, d *db.DB) (all []string) {
	t.Helper()
	for _, query := range contentTables {
		rows, err := d.Rows(ctx, query)
		check(t, err)
		all = append(append(all, query), rows...)
	}
	return all
}

// sameContents says in which rows two dumps differ.
func sameContents(t *testing.T, got, want []string, what string) {
	t.Helper()
	if reflect.DeepEqual(got, want) {
		return
	}
	in := map[string]int{}
	for _, row := range want {
		in[row]++
	}
	for _, row := range got {
		if in[row]--; in[row] < 0 {
			t.Errorf("%s: there is %.300s", what, row)
		}
	}
	for row, n := range in {
		if n > 0 {
			t.Errorf("%s: %.300s is missing", what, row)
		}
	}
}

func (k *desk) importer() bank.Importer {
	return bank.Importer{Store: k.store, Works: &bank.Progress{}, Now: func() time.Time { return now }}
}

func iced(word string) bundle.Item {
	return bundle.Item{ID: "card " + word, Topic: []string{"Cards", "Words"}, Tags: []string{"Rome", "a"}, Version: questions.Version{Kind: questions.Flash,
		Prompt: "What is " + word + "?", Answers: []questions.Answer{{Part: 1, Text: "It is " + word + " alone", Credit: 1}}}}
}

// parcel is a file with all that one can hold.
func parcel() bundle.Bundle {
	gaps := bundle.Item{Topic: []string{"Cards"}, Passage: "p", Version: questions.Version{Kind: questions.Cloze, Prompt: "The {{1}} was in {{2}}.", Explain: "So it was.",
		Answers: []questions.Answer{{Part: 1, Text: "speech", Match: "term", Credit: 1}, {Part: 2, Text: "1956", Match: "date", Credit: 1}}}}
	back := iced("ice")
	back.ID, back.Mirrors = "ice back", "card ice"
	back.Version.Prompt, back.Version.Answers = back.Version.Answers[0].Text, []questions.Answer{{Part: 1, Text: back.Version.Prompt, Credit: 1}}
	known := iced("fact")
	known.Refs = []bundle.Ref{{Fact: "f1", Entity: "e1"}}
	gaps.Version.Explain += " ![It](/media/it-1x1.png)"
	unfit := iced("unfit")
	unfit.Version.Answers = nil
	return bundle.Bundle{Title: "Parcel", Lang: "en",
		Topics:   []bundle.Topic{{Slug: "words", Title: "Words", Parent: "cards"}, {Slug: "cards", Title: "Cards", About: "All of them"}, {Slug: "empty", Title: "Empty"}},
		Facts:    []bundle.Fact{{Slug: "f1", Topic: "words", Text: "A fact", Lang: "en", Twin: "pair", Passage: "p", Happened: "1956-02-25"}},
		Entities: []questions.Entity{{Slug: "e1", Kind: "person", Name: "Anna", Spellings: []string{"Anya"}}},
		Sections: []bundle.Section{{Slug: "s", Title: "Text", Passages: []questions.Passage{{Slug: "p", Section: "s", Text: "Once."}}}},
		Media:    []bundle.Media{{Name: "it-1x1.png", Data: []byte{1, 2}}, {Name: "not-shown.png", Data: []byte{3}}},
		Items:    []bundle.Item{iced("ice"), back, gaps, known, unfit, iced("ice")},
		Problems: []bundle.Problem{{Line: 7, Item: "Write", Reason: bundle.Because("import.no_kind", "essay"), Text: "Write an essay.", Kind: "essay"}}}
}

// staged keeps a file for its author to look at.
func (k *desk) staged(t *testing.T, b bundle.Bundle, word string, w bank.Wish, into questions.BankID) int {
	t.Helper()
	n, err := k.store.AddImport(ctx, bank.Import{Owner: k.author.ID, Token: token(word), At: now, State: bank.ImportStaged, Since: now, File: "parcel.x",
		Format: "x", Title: "Parcel", Bank: into, Lang: "en", Wish: w, Bundle: b})
	check(t, err)
	return n
}

func (k *desk) brings(t *testing.T, b bundle.Bundle, word string, into questions.BankID) (int, questions.BankID) {
	t.Helper()
	n := k.staged(t, b, word, bank.Wish{Keep: true}, into)
	id, err := k.importer().Add(ctx, k.author, n, nil)
	check(t, err)
	return n, id
}

func importsFiles(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	i := k.importer()
	n := k.staged(t, parcel(), "one", bank.Wish{Keep: true, Untitled: "Rest"}, 0)
	same(t, k.staged(t, parcel(), "one", bank.Wish{}, 0), n, "the number of a file that was sent twice")
	l, err := i.Look(ctx, k.author, n)
	check(t, err)
	same(t, l.Bundle.Items, parcel().Items, "the items, as they were brought in")
	same(t, []int{l.Intake.Total, l.Intake.Imported, l.Intake.Reported, l.Intake.Duplicates, l.Intake.Drafts, l.Intake.Kept}, []int{7, 6, 1, 0, 1, 1}, "what it would do")
	id, err := i.Add(ctx, k.author, n, nil)
	check(t, err)
	again, err := i.Add(ctx, k.author, n, nil)
	check(t, err)
	same(t, again, id, "the bank of an import that is added twice")

	s, err := k.store.Stock(ctx, k.author.ID, id, false)
	check(t, err)
	same(t, s.Bank.Title, "Parcel", "the bank that is made")
	by := map[string]bank.Written{}
	for _, q := range slices.Backward(s.Questions) { // of repeats, the first
		by[q.Version.Prompt] = q
	}
	ice, back, fact := by["What is ice?"], by["It is ice alone"], by["What is fact?"]
	same(t, []any{back.Reverses, ice.Tags, string(by["What is unfit?"].State), by["Write an essay."].Kind}, []any{ice.ID, []string{"Rome", "a"}, "draft", "text"}, "the questions")
	same(t, len(by["The {{1}} was in {{2}}."].Version.Facts()), 2, "facts of a cloze")
	facts := map[questions.FactID]bank.Fact{}
	for _, f := range s.Facts {
		facts[f.ID] = f
	}
	same(t, facts[fact.Version.Fact()].When, "1956-02-25", "the date of a fact of the file")
	same(t, fact.Version.Answers[0].Entity, s.Lexicon.Entities[0].ID, "the name of an answer")
	if f := facts[ice.Version.Fact()]; f.Twin == "" || f.Twin != facts[back.Version.Fact()].Twin {
		t.Errorf("the two directions of a card have the groups %q and %q", f.Twin, facts[back.Version.Fact()].Twin)
	}
	var titles []string
	for _, b := range s.Topics.Tree() {
		titles = append(titles, fmt.Sprint(b.Depth, b.Title))
	}
	same(t, titles, []string{"0Cards", "1Words", "0Empty", "0Rest"}, "the topics")
	found, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: id, Terms: bank.ReadTerms("essay")})
	check(t, err)
	same(t, found.Total, 1, "what a search finds of what was brought in")

	look := k.staged(t, parcel(), "look", bank.Wish{}, id)
	counted, queries := db.Count(ctx)
	_, err = i.Look(counted, k.author, look)
	check(t, err)
	if n := queries.Load(); n > 6 {
		t.Errorf("a look at a file for a bank takes %d queries, want at most 6", n)
	}
	before := contents(t, d)
	_, twice := k.brings(t, parcel(), "two", id)
	same(t, twice, id, "the bank of a second import")
	sameContents(t, contents(t, d), before, "after the same file again")
	k.theirsIsMissing(t, n, id)
}

// theirsIsMissing says that what is another's cannot be seen.
func (k *desk) theirsIsMissing(t *testing.T, n int, id questions.BankID) {
	t.Helper()
	_, err := k.store.Import(ctx, k.other.ID, n)
	wantKind(t, err, fault.Missing, "another's import")
	_, err = k.store.TakeBack(ctx, k.other.ID, n, now)
	wantKind(t, err, fault.Missing, "taking back another's import")
	_, err = k.store.Stock(ctx, k.other.ID, id, false)
	wantKind(t, err, fault.Missing, "all of another's bank")
	_, err = k.store.Stock(ctx, k.other.ID, id, true)
	check(t, err)
}

func takesBack(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	k.write(t, speech("speech"))
	before := contents(t, d)
	for _, into := range []questions.BankID{0, k.own} {
		n, _ := k.brings(t, parcel(), fmt.Sprint("into", into), into)
		if reflect.DeepEqual(contents(t, d), before) {
			t.Fatal("nothing was brought in")
		}
		back, err := k.importer().Undo(ctx, k.author, n)
		check(t, err)
		same(t, back, bank.TakenBack{Removed: 7}, "what was taken back")
		sameContents(t, contents(t, d), before, "after taking back")
		again, err := k.importer().Undo(ctx, k.author, n)
		check(t, err)
		same(t, again, back, "taking back twice")
	}
	n, _ := k.brings(t, parcel(), "after", k.own)
	late := k.importer()
	late.Now = func() time.Time { return now.Add(25 * time.Hour) }
	_, err := late.Undo(ctx, k.author, n)
	wantKind(t, err, fault.Conflict, "taking back after a day")
}

// takesBackWordings is an import that words known questions anew.
func takesBackWordings(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	k.brings(t, parcel(), "one", k.own)
	before := contents(t, d)
	changed := parcel()
	changed.Items[0].Version.Prompt = "What is the ice?"
	changed.Items[3].Version.Answers[0].Text = "Another"
	n, _ := k.brings(t, changed, "two", k.own)
	in, err := k.store.Import(ctx, k.author.ID, n)
	check(t, err)
	same(t, []int{in.Numbers.Imported, in.Numbers.Updated, in.Numbers.Duplicates}, []int{2, 2, 4}, "of a file with two other wordings")
	s, err := k.store.Stock(ctx, k.author.ID, k.own, false)
	check(t, err)
	same(t, []any{s.Questions[0].Latest, s.Questions[0].Version.Prompt, len(s.Past)}, []any{2, "What is the ice?", 2}, "the first question")
	same(t, s.Questions[0].Version.Fact(), s.Past[s.Questions[0].ID][0].Fact(), "its fact")

	reverted := k.staged(t, parcel(), "three", bank.Wish{}, k.own)
	l, err := k.importer().Look(ctx, k.author, reverted)
	check(t, err)
	same(t, l.Intake.Duplicates, 6, "what an earlier wording is")
	back, err := k.importer().Undo(ctx, k.author, n)
	check(t, err)
	same(t, back, bank.TakenBack{Restored: 2}, "what was taken back")
	sameContents(t, contents(t, d), before, "after taking back")
}

// takesBackUsed is an import of which something was done since.
func takesBackUsed(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	n, id := k.brings(t, parcel(), "one", 0)
	s, err := k.store.Stock(ctx, k.author.ID, id, false)
	check(t, err)
	answered, written := s.Questions[3], s.Questions[2]
	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token) VALUES (%d, 90, 'tutor', 0, 0, 1, 0, 1, 0, '')`, k.who)))
	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts)
		VALUES (%d, 90, 1, %d, 1, %d, 2, '', 'open', '', '', 0, 0, '', 0, '')`, k.who, answered.ID, id)))
	check(t, k.editor.SetState(ctx, k.author, written.ID, bank.Retired)) // at the same moment as the import: it is no change
	f := again(k.work(t, written.ID), "byhand")
	f.Version.Prompt, f.State = "The {{1}} was held in {{2}}.", bank.Live
	later := k.editor
	later.Now = func() time.Time { return now.Add(time.Minute) }
	_, err = later.Write(ctx, k.author, bank.Place{Question: written.ID}, f)
	check(t, err)

	back, err := k.importer().Undo(ctx, k.author, n)
	check(t, err)
	same(t, back, bank.TakenBack{Removed: 5, Retired: 2}, "what was taken back")
	s, err = k.store.Stock(ctx, k.author.ID, id, false)
	check(t, err)
	if len(s.Questions) != 2 || s.Questions[0].State != bank.Retired || s.Questions[1].State != bank.Retired || len(s.Facts) != 3 {
		t.Errorf("left are %+v", s.Questions)
	}
	_, again := k.brings(t, parcel(), "again", id)
	s, err = k.store.Stock(ctx, k.author.ID, again, false)
	check(t, err)
	same(t, len(s.Questions), 9, "questions after the same file again: it comes whole")
}

// importsTogether is one import added by several at once.
func importsTogether(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	n := k.staged(t, parcel(), "one", bank.Wish{}, k.own)
	m := k.staged(t, bundle.Bundle{Items: []bundle.Item{iced("other")}}, "two", bank.Wish{}, k.own)
	var wg sync.WaitGroup
	for range 4 {
		for _, which := range []int{n, m} {
			wg.Go(func() {
				if _, err := k.importer().Add(ctx, k.author, which, nil); err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	for _, which := range []int{n, m} { // who came in between may have been told so
		_, err := k.importer().Add(ctx, k.author, which, nil)
		check(t, err)
	}
	s, err := k.store.Stock(ctx, k.author.ID, k.own, false)
	check(t, err)
	same(t, len(s.Questions), 7, "questions")
}

func sweepsImports(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	n, _ := k.brings(t, parcel(), "one", k.own)
	m := k.staged(t, parcel(), "two", bank.Wish{}, k.own)
	i := k.importer()
	check(t, i.Sweep(ctx))
	list, err := i.List(ctx, k.author)
	check(t, err)
	same(t, []int{list[0].N, list[1].N}, []int{m, n}, "imports, newest first")
	i.Now = func() time.Time { return now.Add(25 * time.Hour) }
	check(t, i.Sweep(ctx))
	list, err = i.List(ctx, k.author)
	check(t, err)
	same(t, len(list), 0, "imports after a day")
}

// carriesBanks takes a bank out of one installation into another: it is the same.
func carriesBanks(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	check(t, k.editor.Named(ctx, k.author, k.own, questions.Entity{Kind: "person", Name: "Nikita", Spellings: []string{"N"}}, token("name")))
	copied, err := k.editor.Copy(ctx, k.author, k.bank.Bank.ID, "Copy", token("copy"))
	check(t, err)
	k.runs(t, k.author, parcel(), "native", copied)
	s, err := k.store.Stock(ctx, k.author.ID, copied, false)
	check(t, err)
	retired := s.Questions[0].ID
	check(t, k.editor.SetState(ctx, k.author, retired, bank.Retired))
	s, err = k.store.Stock(ctx, k.author.ID, copied, false)
	check(t, err)
	want := s.Bundle(nil)
	if len(want.Items) != 9 || len(want.Sections) != 2 || len(want.Entities) != 3 {
		t.Fatalf("the bank has %d questions, %d sections, %d names", len(want.Items), len(want.Sections), len(want.Entities))
	}
	k.runs(t, k.other, want, "elsewhere", 0)
	banks, err := k.store.Banks(ctx, k.other.ID)
	check(t, err)
	s, err = k.store.Stock(ctx, k.other.ID, banks[0].ID, false)
	check(t, err)
	got := s.Bundle(nil)
	got.Slug = want.Slug // one installation has no two banks of one
	same(t, got, want, "the bank elsewhere")
}

// runs brings a file of ours in at once.
func (k *desk) runs(t *testing.T, who people.Person, b bundle.Bundle, word string, into questions.BankID) {
	t.Helper()
	var out bytes.Buffer
	_, err := native.Write(ctx, &out, b, bundle.Options{Learned: true})
	check(t, err)
	read, name, err := bank.Read(ctx, bundle.Of("x", out.Bytes()), "")
	check(t, err)
	_, err = k.importer().Run(ctx, who, bank.File{Token: token(word), Bank: into}, read, name, false)
	check(t, err)
}

// bringsMemory is an import with what its owner remembers of it: cards are the fold of
// events, before, between and after taking it back.
func bringsMemory(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	k.answers(t, quiz.Tutor, 3, now.Add(-9*day), "rw")
	before, cards, days := contents(t, d), k.cards(t), k.days(t)
	review := func(days, rating int) bundle.Review {
		return bundle.Review{At: now.Add(-time.Duration(days) * day), Rating: rating, Took: 1500 * time.Millisecond}
	}
	b := bundle.Bundle{Items: []bundle.Item{iced("reviewed"), iced("known"), iced("due"), iced("new"), parcel().Items[2]}}
	b.Items[0].Learned = &bundle.Learned{Due: now.Add(9 * day), Interval: 12, Reps: 3, Suspended: true, Reviews: []bundle.Review{review(40, 3), review(30, 1), review(9, 4), review(-2, 3)}}
	b.Items[1].Learned = &bundle.Learned{Due: now.Add(20 * day), Interval: 30, Reps: 7, Lapses: 2, Stability: 33.25, Difficulty: 4.5}
	b.Items[2].Learned = &bundle.Learned{Due: now.Add(-3 * day), Interval: 8}
	b.Items[3].Learned = &bundle.Learned{}
	b.Items[4].Learned = &bundle.Learned{Due: now, Interval: 1, Reviews: []bundle.Review{review(3, 2)}}
	n := k.staged(t, b, "memory", bank.Wish{Learned: true}, k.own)
	_, err := k.importer().Add(ctx, k.author, n, nil)
	check(t, err)
	k.cardsFold(t)
	k.nothingDiffers(t)
	learned, err := k.store.Learned(ctx, k.author.ID, k.own)
	check(t, err)
	s, err := k.store.Stock(ctx, k.author.ID, k.own, false)
	check(t, err)
	first, second := learned[s.Questions[0].ID], learned[s.Questions[1].ID]
	if len(first.Reviews) != 3 || first.Reps != 3 || !first.Suspended || first.Reviews[1].Rating != 1 || first.Reviews[0].Took != 1500*time.Millisecond {
		t.Errorf("of the reviewed card %+v is known", first)
	}
	same(t, second, bundle.Learned{Due: now.Add(20 * day), Interval: 30, Reps: 7, Lapses: 2, Stability: 33.25, Difficulty: 4.5}, "what is known of a card without reviews")
	same(t, len(k.cards(t))-len(cards), 5, "cards that came along: two of the cloze")

	back, err := k.importer().Undo(ctx, k.author, n)
	check(t, err)
	same(t, back, bank.TakenBack{Removed: 5}, "what was taken back")
	sameContents(t, contents(t, d), before, "after taking back")
	same(t, []any{k.cards(t), k.days(t)}, []any{cards, days}, "cards and days after taking back")
	k.nothingDiffers(t)
	if err := d.Exec(ctx, "DELETE FROM event WHERE learner = "+k.who.String()); err == nil {
		t.Error("events of a learner who is there can be deleted")
	}
}

func (w *world) cards(t *testing.T) []study.Card {
	t.Helper()
	cards, err := db.Study{DB: w.DB}.Cards(ctx, w.who)
	check(t, err)
	return cards
}

// nothingDiffers holds all that is derived of the learner to events and rulings.
func (w *world) nothingDiffers(t *testing.T) {
	t.Helper()
	past, err := db.Study{DB: w.DB}.Pasts(ctx, w.who)
	check(t, err)
	_, cares, err := db.Study{DB: w.DB}.Memory(ctx, w.who)
	check(t, err)
	judge := func(_ study.Event, graded []questions.Mark) ([]study.Mark, questions.RulingID) {
		marks := make([]study.Mark, len(graded))
		for i, m := range graded {
			marks[i].Mark = m
		}
		return marks, 0
	}
	for _, said := range study.Differs(past, w.cards(t), cares, w.days(t), judge) {
		t.Error(said)
	}
}
