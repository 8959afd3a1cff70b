package dbtest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
)

// desk is a database with the sample bank, an author with a bank of their own,
// and another author.
type desk struct {
	*world
	store  db.Bank
	editor bank.Editor
	author people.Person
	other  people.Person
	own    questions.BankID
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	w := newWorld(t, d)
	k := &desk{world: w, store: db.Bank{DB: d}, author: people.Person{ID: w.who, Name: "Ada", Role: people.Teacher},
		other: people.Person{ID: w.who + 1, Name: "Bob", Role: people.Admin}}
	w.learner(t, k.other.ID)
	check(t, d.Exec(ctx, "UPDATE learner SET name = 'Ada' WHERE id = "+w.who.String()))
	k.editor = bank.Editor{Store: k.store, Now: func() time.Time { return now }}
	id, err := k.editor.NewBank(ctx, k.author, bank.Bank{Title: "Mine", Lang: "en"}, token("bank"))
	check(t, err)
	k.own = id
	return k
}

// token makes a form's token of a word.
func token(word string) string { return word + strings.Repeat("-", 20) }

// speech is a form for a choice question.
func speech(word string) bank.Form {
	return bank.Form{NewTopic: "Speeches", State: bank.Live, Token: token(word), Version: questions.Version{Kind: questions.Choice,
		Prompt: "When was the " + word + "?", Explain: "Because 100% of it_was.", Answers: []questions.Answer{
			{Part: 1, Text: "1956", Credit: 1}, {Part: 1, Text: "1953", Feedback: "Stalin died then."}}}}
}

func (k *desk) write(t *testing.T, f bank.Form) questions.QuestionID {
	t.Helper()
	id, err := k.editor.Write(ctx, k.author, bank.Place{Bank: k.own}, f)
	check(t, err)
	return id
}

func (k *desk) work(t *testing.T, id questions.QuestionID) bank.Work {
	t.Helper()
	w, err := k.store.Work(ctx, k.author.ID, bank.Place{Question: id})
	check(t, err)
	return w
}

// again is the form of a question as it is stored.
func again(w bank.Work, word string) bank.Form {
	return bank.Form{Base: w.Question.Latest, Topic: w.Question.Topic, Fact: w.Question.Version.Facts()[0], State: w.Question.State,
		Reversed: w.Reversed(), Version: w.Question.Version, Token: token(word)}
}

func (k *desk) edit(t *testing.T, id questions.QuestionID, f bank.Form) {
	t.Helper()
	got, err := k.editor.Write(ctx, k.author, bank.Place{Question: id}, f)
	check(t, err)
	same(t, got, id, "the question that was edited")
}

func ownBanks(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	twice, err := k.editor.NewBank(ctx, k.author, bank.Bank{Title: "Mine", Lang: "en"}, token("bank"))
	check(t, err)
	same(t, twice, k.own, "the bank of a form that was sent twice")
	_, err = k.editor.NewBank(ctx, k.other, bank.Bank{Title: "His", Lang: "de"}, token("bank"))
	check(t, err)
	check(t, k.store.SetBank(ctx, bank.Bank{ID: k.own, Owner: k.author.ID, Title: "Ours", About: "<b>", Lang: "fr"}))
	k.write(t, speech("speech"))
	draft := speech("draft")
	draft.State = bank.Draft
	k.write(t, draft)

	list, err := k.store.Banks(ctx, k.author.ID)
	check(t, err)
	if len(list) != 2 || list[0].ID != k.own || list[0].Title != "Ours" || list[0].About != "<b>" || list[0].Lang != "fr" || !list[1].BuiltIn {
		t.Errorf("the banks are %+v, want one's own and the built-in one", list)
	}
	same(t, list[0].Counts, bank.Counts{Draft: 1, Live: 1}, "questions of one's own bank")
	same(t, list[1].Counts, bank.Counts{Live: 3}, "questions of the built-in bank")

	open, err := k.store.Open(ctx, k.author.ID)
	check(t, err)
	same(t, len(open), 2, "banks that the author may study")
	open, err = k.store.Open(ctx, 0)
	check(t, err)
	same(t, len(open), 1, "banks that a stranger may study")

	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	if len(c.Questions) != 1 || len(c.Facts) != 1 || c.Facts[0].Text != "When was the speech? 1956" || c.Lexicon.Revision != 1 {
		t.Errorf("what pupils study is %+v, want the live question and its fact", c)
	}
	_, err = k.store.Lexicon(ctx, k.own, 1)
	check(t, err)
}

func topics(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	check(t, k.editor.AddTopic(ctx, k.author, k.own, "War", 0, token("war")))
	check(t, k.editor.AddTopic(ctx, k.author, k.own, "War", 0, token("war")))
	id := k.write(t, speech("speech"))
	at, err := k.store.Desk(ctx, k.author.ID, k.own)
	check(t, err)
	if len(at.Topics) != 2 || at.Topics[0].Title != "War" || at.Topics[1].Title != "Speeches" {
		t.Fatalf("the topics are %+v, want War and Speeches", at.Topics)
	}
	war, speeches := at.Topics[0].ID, at.Topics[1].ID
	same(t, at.Counts[speeches], bank.Counts{Live: 1}, "questions of a topic")
	arrange := func(decide func(bank.Desk) (bank.Outline, error)) error {
		return k.editor.Arrange(ctx, k.author, k.own, decide)
	}
	check(t, arrange(func(d bank.Desk) (bank.Outline, error) { return d.Topics.Shift(speeches, -1) }))
	check(t, arrange(func(d bank.Desk) (bank.Outline, error) { return d.Topics.Move(war, speeches) }))
	check(t, arrange(func(d bank.Desk) (bank.Outline, error) { return d.Topics.Rename(war, "Peace") }))
	at, err = k.store.Desk(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, []any{at.Topics[0].ID, at.Topics[1].Title, at.Topics[1].Parent}, []any{speeches, "Peace", speeches}, "the outline after moving")

	err = arrange(func(d bank.Desk) (bank.Outline, error) { return d.Topics.Remove(speeches, d.Counts[speeches].All()) })
	wantKind(t, err, fault.Invalid, "removing a topic with questions")
	check(t, arrange(func(d bank.Desk) (bank.Outline, error) { return d.Topics.Remove(war, 0) }))
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, len(c.Topics), 1, "topics after removing one")

	if err := k.store.SetTopics(ctx, k.author.ID, k.own, at.Revision, at.Topics); !errors.Is(err, bank.ErrMoved) {
		t.Errorf("an outline decided on an older bank: %v, want ErrMoved", err)
	}
	w := k.work(t, id)
	f := again(w, "moved")
	f.NewTopic = "Later"
	k.edit(t, id, f)
	w = k.work(t, id)
	same(t, w.Question.Topic, w.Topics[1].ID, "the topic of a question that was moved")
	same(t, w.Facts[0].Topic, w.Topics[1].ID, "the topic of its fact")
	same(t, w.Question.Latest, 1, "the version of a question that was only moved")
}

// writesGaps: each gap of a text gets a fact of its own, which it keeps.
func writesGaps(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	f := speech("gaps")
	f.Version.Kind, f.Version.Prompt = questions.Cloze, "The speech was given by {{1}} on {{2}}."
	f.Version.Answers = []questions.Answer{{Part: 1, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1},
		{Part: 2, Text: "1956-02-25", Match: questions.MatchDate, Credit: 1}, {Part: 2, Text: "1956-02-26", Match: questions.MatchDate, Credit: 1}}
	id := k.write(t, f)
	same(t, k.write(t, f), id, "the text of a form that was sent twice")
	w := k.work(t, id)
	facts := w.Question.Version.Facts()
	if len(facts) != 2 || len(w.Facts) != 2 || w.Question.Version.Answers[2].Fact != facts[1] {
		t.Fatalf("the text asks for %v of %+v, want a fact for each gap", facts, w.Facts)
	}
	f = again(w, "other")
	f.Version.Prompt, f.Version.Answers = "In {{1}}, on {{2}}, it was he.", append([]questions.Answer(nil), w.Question.Version.Answers[1:]...)
	for i, a := range []questions.Answer{{Part: 2, Fact: facts[1]}, {Part: 1, Text: "Moscow", Match: questions.MatchPlace}} {
		f.Version.Answers[i].Part, f.Version.Answers[i].Fact = a.Part, a.Fact
		if a.Text != "" {
			f.Version.Answers[i].Text, f.Version.Answers[i].Match = a.Text, a.Match
		}
	}
	k.edit(t, id, f)
	w = k.work(t, id)
	now := w.Question.Version.Facts()
	if len(now) != 2 || now[0] != facts[1] || now[1] == facts[0] || now[1] == 0 {
		t.Errorf("after a gap went and another came the text asks for %v, want %d and a new one", now, facts[1])
	}
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, []any{len(c.Questions), len(c.Facts), len(c.Questions[0].Facts)}, []any{1, 2, 2}, "what pupils study")
}

func writes(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, speech("speech"))
	w := k.work(t, id)
	v := w.Question.Version
	same(t, []any{w.Question.Latest, w.Question.State, w.Question.Kind, w.Question.Changed}, []any{1, bank.Live, questions.Choice, now}, "the new question")
	same(t, []any{v.Lang, v.Level, v.Prompt, v.Answers[1].Feedback}, []any{"en", "remember", "When was the speech?", "Stalin died then."}, "its wording")
	before, err := k.store.Contents(ctx, k.own)
	check(t, err)

	k.edit(t, id, again(w, "same"))
	after, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, after, before, "the bank after the same was written again")

	f := again(w, "other")
	f.Version.Prompt, f.Version.Answers = "When did he speak?", append([]questions.Answer(nil), v.Answers...)
	f.Version.Answers[0].Text = "In 1956"
	k.edit(t, id, f)
	w = k.work(t, id)
	same(t, []any{w.Question.Latest, w.Question.Version.Prompt, w.Facts[0].Text}, []any{2, "When did he speak?", "When did he speak? In 1956"}, "the question and its fact, worded anew")
	same(t, w.Question.Version.Facts(), v.Facts(), "the fact")
	vs, err := k.store.Versions(ctx, []questions.Ref{{Question: id, Version: 1}})
	check(t, err)
	same(t, vs[0], v, "the wording before")
	if after, err = k.store.Contents(ctx, k.own); err != nil || after.Revision != before.Revision+1 {
		t.Errorf("revision %d after %d, %v; want one more", after.Revision, before.Revision, err)
	}

	stale := again(w, "stale")
	stale.Base, stale.Version.Prompt = 1, "Something else?"
	_, err = k.editor.Write(ctx, k.author, bank.Place{Question: id}, stale)
	wantKind(t, err, fault.Conflict, "a form made from an older version")
	same(t, k.work(t, id).Question.Version.Prompt, "When did he speak?", "the wording after a conflict")

	unfit := again(w, "unfit")
	unfit.Version.Answers = nil
	var problems bank.Unfit
	if _, err = k.editor.Write(ctx, k.author, bank.Place{Question: id}, unfit); !errors.As(err, &problems) || !fault.Is(err, fault.Invalid) {
		t.Errorf("a live question without answers: %v, want what is wrong", err)
	}
	unfit.State = bank.Draft
	k.edit(t, id, unfit)
	same(t, k.work(t, id).Question.State, bank.Draft, "the state of what is unfinished")
	wantKind(t, k.editor.SetState(ctx, k.author, id, bank.Live), fault.Invalid, "publishing what is unfinished")
	check(t, k.editor.SetState(ctx, k.author, id, bank.Retired))
	if after, err = k.store.Contents(ctx, k.own); err != nil || len(after.Questions)+len(after.Facts) != 0 {
		t.Errorf("pupils still meet %+v, %v", after, err)
	}

	// Two questions feed one memory.
	first := k.write(t, speech("first"))
	second := speech("second")
	second.Fact = k.work(t, first).Question.Version.Facts()[0]
	second.NewTopic, second.Topic = "", k.work(t, first).Question.Topic
	shared := k.work(t, k.write(t, second))
	same(t, shared.Question.Version.Facts()[0], second.Fact, "the fact that was picked")
	same(t, k.count(t, "SELECT COUNT(*) FROM fact WHERE text LIKE '%second%'"), 0, "facts of its own")
}

// The parts of a question have facts of their own, made once, kept when the parts
// change their places; what belongs to no part has none.
func writesParts(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	side := func(part int, text string, credit float64) questions.Answer {
		return questions.Answer{Part: part, Text: text, Credit: credit}
	}
	f := speech("names")
	f.Version.Kind, f.Version.Prompt = questions.Match, "What was it before?"
	f.Version.Answers = []questions.Answer{side(1, "Volgograd", 0), side(1, "Stalingrad", 1), side(2, "Donetsk", 0), side(2, "Stalino", 1), side(0, "Leningrad", 0)}
	id := k.write(t, f)
	same(t, k.write(t, f), id, "the question of a form that was sent twice")
	v := k.work(t, id).Question.Version
	facts := v.Facts()
	if len(facts) != 2 || v.Answers[0].Fact != v.Answers[1].Fact || v.Answers[2].Fact != v.Answers[3].Fact || v.Answers[4].Fact != 0 {
		t.Fatalf("the answers ask for %+v, want a fact for each pair", v.Answers)
	}
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, []any{len(c.Facts), c.Facts[0].Text, c.Facts[1].Text, c.Questions[0].Facts}, []any{2, "What was it before? Volgograd: Stalingrad", "What was it before? Donetsk: Stalino", facts}, "the facts")

	f = again(k.work(t, id), "turned")
	f.Fact = 0
	f.Version.Answers = []questions.Answer{side(1, "Donetsk", 0), side(1, "Stalino", 1), side(2, "Volgograd", 0), side(2, "Stalingrad on the Volga", 1), side(3, "Dushanbe", 0), side(3, "Stalinabad", 1)}
	for i, fact := range []questions.FactID{facts[1], facts[1], facts[0], facts[0]} {
		f.Version.Answers[i].Fact = fact
	}
	k.edit(t, id, f)
	w := k.work(t, id)
	now := w.Question.Version.Facts()
	if len(now) != 3 || now[0] != facts[1] || now[1] != facts[0] {
		t.Errorf("the facts are %v, were %v; want them turned round and one more", now, facts)
	}
	fact, _ := w.Fact(facts[0])
	same(t, fact.Text, "What was it before? Volgograd: Stalingrad on the Volga", "a fact that follows its part")
	same(t, k.count(t, "SELECT COUNT(*) FROM fact WHERE text LIKE 'What was it%'"), 3, "facts")
}

func writesTwice(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, speech("speech"))
	same(t, k.write(t, speech("speech")), id, "the question of a form that was sent twice")
	changed := speech("speech")
	changed.Version.Prompt = "Something else?"
	_, err := k.editor.Write(ctx, k.author, bank.Place{Bank: k.own}, changed)
	wantKind(t, err, fault.Conflict, "a form that was filled in otherwise after it was sent")

	f := again(k.work(t, id), "edit")
	f.Fact, f.Version.Prompt = 0, "Asked otherwise?" // with a fact of its own
	k.edit(t, id, f)
	k.edit(t, id, f)
	same(t, k.work(t, id).Question.Latest, 2, "the version after an edit that was sent twice")
	same(t, k.count(t, "SELECT COUNT(*) FROM question WHERE origin = 0 AND bank = "+fmt.Sprint(int64(k.own))), 1, "questions")
	same(t, k.count(t, "SELECT COUNT(*) FROM topic WHERE bank = "+fmt.Sprint(int64(k.own))), 1, "topics")
}

// writesTogether sends one form eight times at once, and eight forms made from
// one version.
func writesTogether(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	var group sync.WaitGroup
	ids := make([]questions.QuestionID, 8)
	for i := range ids {
		group.Go(func() {
			for ids[i] == 0 { // busy: the owner's browser sends it again
				id, err := k.editor.Write(ctx, k.author, bank.Place{Bank: k.own}, speech("speech"))
				if err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
					return
				}
				ids[i] = id
			}
		})
	}
	group.Wait()
	for _, id := range ids {
		same(t, id, ids[0], "the question of a form sent eight times at once")
	}
	base := k.work(t, ids[0])
	var mu sync.Mutex
	stored := 0
	for i := range 8 {
		group.Go(func() {
			f := again(base, fmt.Sprint("edit", i))
			f.Version.Prompt = fmt.Sprintf("Wording %d of it?", i)
			_, err := k.editor.Write(ctx, k.author, bank.Place{Question: ids[0]}, f)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				stored++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	same(t, []int{stored, k.work(t, ids[0]).Question.Latest}, []int{1, 2}, "how many of eight edits of one version are stored, and the version")
}

func card(word string) bank.Form {
	f := speech(word)
	f.Version.Kind, f.Reversed = questions.Flash, true
	f.Version.Answers = []questions.Answer{{Part: 1, Text: "25 February 1956", Credit: 1}}
	return f
}

func reverses(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, card("speech"))
	same(t, k.write(t, card("speech")), id, "the card of a form that was sent twice")
	w := k.work(t, id)
	back := w.Back
	if !w.Reversed() || back.Reverses != id || back.State != bank.Live || back.Version.Prompt != "25 February 1956" || back.Version.Answers[0].Text != "When was the speech?" {
		t.Fatalf("the other direction is %+v", back)
	}
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	if len(c.Questions) != 2 || len(c.Facts) != 2 || c.Facts[0].Twin == "" || c.Facts[0].Twin != c.Facts[1].Twin {
		t.Errorf("pupils meet %+v, want two questions with twin facts", c)
	}
	f := again(w, "edit")
	f.Version.Prompt = "Secret Speech: which day?"
	k.edit(t, id, f)
	w = k.work(t, id)
	same(t, []any{w.Back.ID, w.Back.Latest, w.Back.Version.Answers[0].Text}, []any{back.ID, 2, "Secret Speech: which day?"}, "the other direction, worded anew")
	same(t, w.Back.Version.Facts(), back.Version.Facts(), "its fact")
	same(t, len(w.Facts), 2, "facts")

	f = again(w, "off")
	f.Reversed = false
	k.edit(t, id, f)
	same(t, k.work(t, id).Back.State, bank.Retired, "the other direction when it is not wanted")
	f = again(k.work(t, id), "on")
	f.Reversed = true
	k.edit(t, id, f)
	w = k.work(t, id)
	same(t, []any{w.Back.ID, w.Back.State, w.Back.Latest}, []any{back.ID, bank.Live, 2}, "the other direction when it is wanted again")
	check(t, k.editor.SetState(ctx, k.author, id, bank.Retired))
	same(t, k.work(t, id).Back.State, bank.Retired, "the other direction of what is retired")

	empty := card("empty")
	empty.State, empty.Version.Answers = bank.Draft, nil
	_, err = k.editor.Write(ctx, k.author, bank.Place{Bank: k.own}, empty)
	wantKind(t, err, fault.Invalid, "the other direction of a card without a back")
}

func copies(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	check(t, k.Exec(ctx, "UPDATE topic SET parent = (SELECT MIN(id) FROM topic) WHERE slug = 'people'"))
	before, err := k.store.Contents(ctx, k.bank.Bank.ID)
	check(t, err)
	id, err := k.editor.Copy(ctx, k.author, before.Bank.ID, "Sample, mine", token("copy"))
	check(t, err)
	twice, err := k.editor.Copy(ctx, k.author, before.Bank.ID, "Sample, mine", token("copy"))
	check(t, err)
	same(t, twice, id, "the copy of a form that was sent twice")
	c, err := k.store.Contents(ctx, id)
	check(t, err)
	same(t, []any{c.Bank.Owner, c.Bank.BuiltIn, c.Bank.Copied, c.Bank.Title, c.Bank.Source}, []any{k.author.ID, false, before.Bank.ID, "Sample, mine", "source"}, "the head of the copy")
	same(t, c.Topics[1].Parent, c.Topics[0].ID, "the parent of a topic")
	same(t, len(c.Questions), 3, "questions")
	for i, q := range c.Questions {
		same(t, []any{q.Slug, q.Latest, q.Facts}, []any{before.Questions[i].Slug, 1, before.Questions[i].Facts}, "a copied question keeps slug and facts")
		if q.ID == before.Questions[i].ID {
			t.Error("the copy has the original's question")
		}
	}
	same(t, c.Lexicon.Entities, before.Lexicon.Entities, "the names")
	same(t, c.Lexicon.Revision, 1, "the lexicon's revision")
	same(t, len(c.Sections[0].Passages), 2, "passages")
	vs, err := k.store.Versions(ctx, []questions.Ref{{Question: c.Questions[2].ID, Version: 1}})
	check(t, err)
	same(t, []any{vs[0].Passage, vs[0].Answers[0].Entity}, []any{c.Sections[0].Passages[0].ID, c.Lexicon.Entities[0].ID}, "passage and entity of a copied wording")
	w := k.work(t, c.Questions[2].ID)
	same(t, w.Question.Origin, questions.Ref{Question: before.Questions[2].ID, Version: 1}, "what it was copied from")
	found, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: id, Terms: bank.ReadTerms("khrushchev")})
	check(t, err)
	same(t, found.Total, 1, "what a search finds in the copy")

	f := again(w, "edit") // its fact is the original's and stays as it is
	f.Version.Prompt, f.Version.Passage = "Who was it that spoke?", c.Sections[0].Passages[1].ID
	k.edit(t, w.Question.ID, f)
	w = k.work(t, w.Question.ID)
	same(t, []any{w.Question.Latest, w.Question.Version.Answers[0].Entity}, []any{2, c.Lexicon.Entities[0].ID}, "the copy, worded anew, keeps its entity")
	original, err := k.store.Contents(ctx, before.Bank.ID)
	check(t, err)
	same(t, original, before, "the original after the copy was edited")

	mine := k.write(t, card("speech"))
	second, err := k.editor.Copy(ctx, k.author, k.own, "Again", token("second"))
	check(t, err)
	c, err = k.store.Contents(ctx, second)
	check(t, err)
	same(t, len(c.Questions), 2, "questions of the copy of one's own bank")
	same(t, k.work(t, c.Questions[0].ID).Back.ID, c.Questions[1].ID, "the other direction of a copied card")
	same(t, c.Questions[0].Facts, k.work(t, mine).Question.Version.Facts(), "the fact of a copied card")
}

func updates(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id, err := k.editor.Copy(ctx, k.author, k.bank.Bank.ID, "Sample, mine", token("copy"))
	check(t, err)
	none, err := k.store.Updates(ctx, k.author.ID, id, 0)
	check(t, err)
	same(t, []any{none.Bank.ID, len(none.List)}, []any{id, 0}, "updates of a fresh copy")
	data := Sample()
	data.Hash = "two"
	data.Questions[0].Version.Prompt = "In which year?"
	data.Questions[2].Version.Prompt = "Who was the speaker?"
	installed(t, d, data)
	at, err := k.store.Desk(ctx, k.author.ID, id)
	check(t, err)
	same(t, at.Updates, 2, "updates that the bank's page tells of")
	u, err := k.store.Updates(ctx, k.author.ID, id, 0)
	check(t, err)
	same(t, len(u.List), 2, "updates")
	same(t, []string{u.List[0].Mine.Version.Prompt, u.List[0].Its.Prompt}, []string{"When?", "In which year?"}, "the two wordings")

	when, who := u.List[0].Mine, u.List[1].Mine
	second, err := k.store.Updates(ctx, k.author.ID, id, who.ID)
	check(t, err)
	same(t, second.List, u.List[1:], "the updates of one question")

	check(t, k.editor.Update(ctx, k.author, when.ID, true))
	check(t, k.editor.Update(ctx, k.author, who.ID, false))
	check(t, k.editor.Update(ctx, k.author, who.ID, true)) // answered already
	w := k.work(t, when.ID)
	same(t, []any{w.Question.Version.Prompt, w.Question.Latest, w.Question.Origin.Version}, []any{"In which year?", 2, 2}, "what was taken")
	same(t, []any{w.Question.Version.Passage, w.Question.Version.Facts()}, []any{when.Version.Passage, when.Version.Facts()}, "its passage and fact")
	w = k.work(t, who.ID)
	same(t, []any{w.Question.Version.Prompt, w.Question.Latest, w.Question.Origin.Version}, []any{"Who spoke?", 1, 2}, "what was kept")
	same(t, w.Question.Version.Answers[0].Entity, k.bank.Lexicon.Entities[0].ID, "its entity")
	u, err = k.store.Updates(ctx, k.author.ID, id, 0)
	check(t, err)
	same(t, len(u.List), 0, "updates after both were answered")
}

func searches(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	for i, word := range []string{"Secret Speech", "congress", "Хрущёв", "100 percent", "so"} {
		f := speech(word)
		f.Token = token(fmt.Sprint("form", i))
		f.Version.Explain = ""
		if i == 1 {
			f.NewTopic, f.State = "Meetings", bank.Draft
		}
		if i == 3 {
			f.Version.Answers[1].Text = "a_b!c%d"
		}
		k.editor.Now = func() time.Time { return now.Add(time.Duration(i) * time.Second) }
		k.write(t, f)
	}
	k.write(t, card("card"))
	find := func(s bank.Search) []string {
		t.Helper()
		found, err := k.store.Find(ctx, k.author.ID, s)
		check(t, err)
		if len(found.Rows) > 0 && found.Total < len(found.Rows) {
			t.Errorf("%d rows of %d", len(found.Rows), found.Total)
		}
		prompts := []string{}
		for _, r := range found.Rows {
			prompts = append(prompts, strings.TrimSuffix(strings.TrimPrefix(r.Prompt, "When was the "), "?"))
		}
		return prompts
	}
	for typed, want := range map[string][]string{
		"speech": {"Secret Speech"}, "SPEECH secret": {"Secret Speech"}, "speech congress": {}, "khrushchyov": {"Хрущёв"}, "рущ": {"Хрущёв"},
		"a_b": {"100 percent"}, "a_": {"100 percent"}, "%d": {"100 percent"}, "!c": {"100 percent"}, "b!c%": {"100 percent"}, "a%b": {}, "__": {}, "xyz": {},
		"so": {"so"}, "25 february": {"card", "25 February 1956"}, "pee": {"Secret Speech"}, "1956 secret": {"Secret Speech"},
	} {
		for _, id := range []questions.BankID{k.own, 0} {
			same(t, find(bank.Search{Bank: id, Terms: bank.ReadTerms(typed), Sort: bank.Oldest}), want, "what is found for "+typed)
		}
	}
	same(t, find(bank.Search{Bank: k.own, States: []bank.State{bank.Draft}}), []string{"congress"}, "drafts")
	same(t, find(bank.Search{Bank: k.own, Kind: questions.Flash, Sort: bank.Oldest}), []string{"card", "25 February 1956"}, "cards")
	at, err := k.store.Desk(ctx, k.author.ID, k.own)
	check(t, err)
	same(t, find(bank.Search{Bank: k.own, Topics: []questions.TopicID{at.Topics[1].ID}}), []string{"congress"}, "questions of a topic")
	for sort, want := range map[bank.Sort]string{
		bank.Newest: "25 February 1956|card|so|100 percent|Хрущёв|congress|Secret Speech", bank.Oldest: "Secret Speech|congress|Хрущёв|100 percent|so|card|25 February 1956",
		bank.ByText: "25 February 1956|100 percent|card|congress|Хрущёв|Secret Speech|so", bank.ByTopic: "Secret Speech|Хрущёв|100 percent|so|card|25 February 1956|congress",
		bank.ByKind: "100 percent|congress|Хрущёв|Secret Speech|so|25 February 1956|card", "made up": "25 February 1956|card|so|100 percent|Хрущёв|congress|Secret Speech",
	} {
		same(t, strings.Join(find(bank.Search{Bank: k.own, Sort: sort}), "|"), want, "in the order "+string(sort))
	}
	same(t, find(bank.Search{Bank: k.own, Page: 2}), []string{}, "the second page")
	row, err := k.store.Find(ctx, k.author.ID, bank.Search{Terms: bank.ReadTerms("secret")})
	check(t, err)
	same(t, []any{row.Rows[0].BankTitle, row.Rows[0].TopicTitle, len(row.Rows[0].Answers), row.Rows[0].Answers[0].Credit}, []any{"Mine", "Speeches", 2, 1.0}, "what a row tells")
	builtin, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: k.bank.Bank.ID})
	check(t, err)
	same(t, builtin.Total, 3, "questions of the built-in bank")
}

func histories(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, speech("speech"))
	f := again(k.work(t, id), "edit")
	f.Version.Explain = "Better said."
	k.edit(t, id, f)
	h, err := k.store.History(ctx, k.author.ID, id)
	check(t, err)
	same(t, []any{len(h.Wordings), h.Bank.Title, h.Head.Latest}, []any{2, "Mine", 2}, "the history")
	same(t, []any{h.Wordings[0].Version.Explain, h.Wordings[1].Version.Explain}, []any{"Better said.", "Because 100% of it_was."}, "its wordings, newest first")
	same(t, []any{h.Wordings[0].Author, h.Wordings[0].Made, len(h.Wordings[1].Version.Answers)}, []any{"Ada", now, 2}, "who wrote it and when")
}

func firstQuestion(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	guest := Guest(777)
	newcomer := &people.Newcomer{Person: guest, Session: session("guest", guest.ID)}
	begin := func(f bank.Form) (questions.QuestionID, error) {
		return k.editor.Begin(ctx, guest, newcomer, bank.Bank{Title: "My questions", Lang: "en"}, f)
	}
	id, err := begin(speech("first"))
	check(t, err)
	again, err := begin(speech("first"))
	check(t, err)
	same(t, again, id, "the question of a form that was sent twice")
	who, _, err := db.People{DB: d}.Session(ctx, []byte("guest"), now)
	check(t, err)
	same(t, who, guest, "the guest")
	list, err := k.store.Banks(ctx, guest.ID)
	check(t, err)
	if len(list) != 2 || list[0].Title != "My questions" || list[0].Live != 1 {
		t.Errorf("the guest's banks are %+v", list)
	}
	_, err = begin(speech("second"))
	wantKind(t, err, fault.Denied, "a guest's second question")
	_, err = k.editor.Write(ctx, guest, bank.Place{Bank: list[0].ID}, speech("third"))
	wantKind(t, err, fault.Denied, "a guest's second question in the bank")
	same(t, k.count(t, "SELECT COUNT(*) FROM question WHERE bank = "+fmt.Sprint(int64(list[0].ID))), 1, "questions after the refusal")
	_, err = k.editor.NewBank(ctx, guest, bank.Bank{Title: "More", Lang: "en"}, token("more"))
	wantKind(t, err, fault.Denied, "a guest's second bank")
	_, err = k.editor.Copy(ctx, guest, k.bank.Bank.ID, "More", token("more"))
	wantKind(t, err, fault.Denied, "a guest's copy")

	unfit := speech("unfit")
	unfit.Version.Prompt = ""
	_, err = k.editor.Begin(ctx, Guest(778), &people.Newcomer{Person: Guest(778), Session: session("other", 778)}, bank.Bank{Title: "x", Lang: "en"}, unfit)
	wantKind(t, err, fault.Invalid, "an unfit first question")
	_, err = db.People{DB: d}.AccountOf(ctx, 778)
	wantKind(t, err, fault.Missing, "the newcomer of an unfit question")

	account := people.Account{Person: guest, Password: "phc"}
	account.Name, account.Role = "Grace", people.Pupil
	check(t, db.People{DB: d}.Claim(ctx, account, "grace", []byte("grace's words"), session("grace", guest.ID)))
	account.Name = "Grace"
	_, err = k.editor.Write(ctx, account.Person, bank.Place{Bank: list[0].ID}, speech("second"))
	check(t, err)
}

// anothers holds every method to the rule that what is another's is as what does
// not exist.
func anothers(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, speech("speech"))
	w := k.work(t, id)
	before, err := k.store.Contents(ctx, k.own)
	check(t, err)
	for name, try := range map[string]func(who people.Person, own questions.BankID, id questions.QuestionID) error{
		"desk": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			_, err := k.store.Desk(ctx, who.ID, own)
			return err
		},
		"work": func(who people.Person, _ questions.BankID, id questions.QuestionID) error {
			_, err := k.store.Work(ctx, who.ID, bank.Place{Question: id})
			return err
		},
		"new": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			_, err := k.store.Work(ctx, who.ID, bank.Place{Bank: own, Slug: "q-x"})
			return err
		},
		"history": func(who people.Person, _ questions.BankID, id questions.QuestionID) error {
			_, err := k.store.History(ctx, who.ID, id)
			return err
		},
		"updates": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			_, err := k.store.Updates(ctx, who.ID, own, 0)
			return err
		},
		"set": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			return k.store.SetBank(ctx, bank.Bank{ID: own, Owner: who.ID, Title: "x", Lang: "en"})
		},
		"bin": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			return k.store.Bin(ctx, who.ID, own, now)
		},
		"back": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			return k.store.Bin(ctx, who.ID, own, time.Time{})
		},
		"copy": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			_, err := k.store.Copy(ctx, own, bank.Bank{Slug: "b-theirs", Owner: who.ID, Title: "x", Lang: "en"}, now)
			return err
		},
		"topics": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			return k.store.SetTopics(ctx, who.ID, own, before.Revision, nil)
		},
		"topic": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			return k.editor.AddTopic(ctx, who, own, "x", 0, token("x"))
		},
		"write": func(who people.Person, own questions.BankID, _ questions.QuestionID) error {
			_, err := k.editor.Write(ctx, who, bank.Place{Bank: own}, speech("x"))
			return err
		},
		"edit": func(who people.Person, _ questions.BankID, id questions.QuestionID) error {
			_, err := k.editor.Write(ctx, who, bank.Place{Question: id}, again(w, "x"))
			return err
		},
		"state": func(who people.Person, _ questions.BankID, id questions.QuestionID) error {
			return k.editor.SetState(ctx, who, id, bank.Retired)
		},
		"update": func(who people.Person, _ questions.BankID, id questions.QuestionID) error {
			return k.editor.Update(ctx, who, id, true)
		},
		"save": func(who people.Person, own questions.BankID, id questions.QuestionID) error {
			head := w.Question.Head
			head.ID = id
			_, err := k.store.Save(ctx, bank.Change{Bank: own, Revision: before.Revision, Puts: []bank.Put{{Head: head}}, By: who.ID, At: now})
			return err
		},
	} {
		wantKind(t, try(k.other, k.own, id), fault.Missing, name+", by another")
		wantKind(t, try(people.Person{Name: "nobody"}, k.own, id), fault.Missing, name+", by nobody")
		wantKind(t, try(k.author, k.own+99, id+99), fault.Missing, name+", of what does not exist")
		if name != "desk" && name != "copy" {
			wantKind(t, try(k.author, k.bank.Bank.ID, k.bank.Questions[0].ID), fault.Missing, name+", of the built-in bank")
		}
	}
	found, err := k.store.Find(ctx, k.other.ID, bank.Search{Bank: k.own})
	check(t, err)
	all, err := k.store.Find(ctx, k.other.ID, bank.Search{})
	check(t, err)
	same(t, found.Total+all.Total, 0, "what another finds")
	after, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, after, before, "the bank after others tried")

	theirs, err := k.editor.NewBank(ctx, k.other, bank.Bank{Title: "His", Lang: "en"}, token("his"))
	check(t, err)
	f := speech("stolen") // a fact, a topic and a passage of others
	f.Fact = w.Question.Version.Facts()[0]
	_, err = k.editor.Write(ctx, k.other, bank.Place{Bank: theirs}, f)
	wantKind(t, err, fault.Invalid, "a fact of another's bank")
	f.Fact, f.NewTopic, f.Topic = 0, "", w.Question.Topic
	_, err = k.editor.Write(ctx, k.other, bank.Place{Bank: theirs}, f)
	wantKind(t, err, fault.Invalid, "a topic of another's bank")
	f.NewTopic, f.Version.Passage = "Mine", k.bank.Sections[0].Passages[0].ID
	_, err = k.editor.Write(ctx, k.other, bank.Place{Bank: theirs}, f)
	wantKind(t, err, fault.Invalid, "a passage of another's bank")
}

func bins(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, speech("speech"))
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	item := quiz.Item{Pos: 1, Ref: questions.Ref{Question: id, Version: 1}, Bank: k.own, Lexicon: 1, State: quiz.Open, Facts: c.Questions[0].Facts}
	_, err = k.quiz.Begin(ctx, quiz.Sitting{Learner: k.who, Mode: quiz.Tutor, Started: now, Count: 1, Items: []quiz.Item{item}}, "")
	check(t, err)

	check(t, k.editor.Bin(ctx, k.author, k.own, true))
	open, err := k.store.Open(ctx, k.author.ID)
	check(t, err)
	same(t, len(open), 1, "banks to study")
	_, err = k.store.Work(ctx, k.author.ID, bank.Place{Question: id})
	wantKind(t, err, fault.Missing, "a question in the bin")
	list, err := k.store.Banks(ctx, k.author.ID)
	check(t, err)
	same(t, list[0].Gone, now, "since when the bank is in the bin")
	still, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, still, c, "what past results are shown with")
	_, err = k.quiz.Sitting(ctx, k.who, 1)
	check(t, err)

	check(t, k.editor.Bin(ctx, k.author, k.own, false))
	same(t, k.work(t, id).Question.ID, id, "the question after the bank came back")
}

func gramsGo(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	id := k.write(t, speech("speech"))
	count := "SELECT COUNT(*) FROM gram WHERE question = " + id.String()
	if k.count(t, count) == 0 {
		t.Fatal("a question has no grams")
	}
	same(t, k.count(t, count+" AND gram = 'spe'"), 1, "the grams of a word")
	f := again(k.work(t, id), "edit")
	f.Version.Prompt = "When was the congress?"
	k.edit(t, id, f)
	same(t, k.count(t, count+" AND gram = 'spe'"), 0, "the grams of a word that is gone")
	same(t, k.count(t, count+" AND gram = 'ngr'"), 1, "the grams of a word that came")
	check(t, d.Exec(ctx, "DELETE FROM answer WHERE question = "+id.String()))
	check(t, d.Exec(ctx, "DELETE FROM version WHERE question = "+id.String()))
	check(t, d.Exec(ctx, "DELETE FROM question WHERE id = "+id.String()))
	same(t, k.count(t, count), 0, "grams of a question that is gone")
}
