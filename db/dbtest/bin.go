package dbtest

import (
	"fmt"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/db"
	"thaw/questions"
)

// binnedQuestions are nowhere but in the bin, come back as they were, and go for ever.
func binnedQuestions(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	f := card("sea")
	f.Reversed = true
	id := k.write(t, f)
	other := k.write(t, speech("speech"))
	find := func(bin bool) int {
		found, err := k.store.Find(ctx, k.author.ID, bank.Search{Bank: k.own, Bin: bin, Page: 1})
		check(t, err)
		return found.Total
	}
	same(t, []int{find(false), find(true)}, []int{3, 0}, "questions and what is in the bin")
	wantKind(t, k.store.BinQuestion(ctx, k.other.ID, id, now), fault.Missing, "binning another's question")
	check(t, k.store.BinQuestion(ctx, k.author.ID, id, now))
	same(t, []int{find(false), find(true)}, []int{1, 2}, "after a card is thrown away")
	_, err := k.store.Work(ctx, k.author.ID, bank.Place{Question: id})
	wantKind(t, err, fault.Missing, "writing what is in the bin")
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	same(t, len(c.Questions), 1, "questions that are asked")
	check(t, k.store.BinQuestion(ctx, k.author.ID, id, time.Time{}))
	w, err := k.store.Work(ctx, k.author.ID, bank.Place{Question: id})
	check(t, err)
	same(t, []any{w.Question.State, w.Back.State, find(true)}, []any{bank.Live, bank.Live, 0}, "what came back")
	wantKind(t, k.store.BinQuestion(ctx, k.author.ID, id, time.Time{}), fault.Missing, "taking out what is not in the bin")

	check(t, k.store.BinQuestion(ctx, k.author.ID, id, now))
	check(t, k.store.BinQuestion(ctx, k.author.ID, other, now))
	check(t, d.Exec(ctx, fmt.Sprintf("UPDATE question SET origin = %d WHERE bank = %d AND reverses = 0 AND state = 'live'", other, k.bank.Bank.ID)))
	n, err := k.store.EmptyBin(ctx, now, 20)
	check(t, err)
	same(t, n, 0, "what goes too early")
	n, err = k.store.EmptyBin(ctx, now.Add(time.Second), 20)
	check(t, err)
	same(t, []int{n, find(true)}, []int{3, 0}, "what goes, and what is in the bin then")
	left, err := d.Number(ctx, fmt.Sprintf("SELECT COUNT(*) FROM version WHERE question IN (%d, %d)", id, other))
	check(t, err)
	same(t, left, int64(1), "wordings left: of what somebody was asked")
}

// emptiedBanks go for ever after their time.
func emptiedBanks(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	k.write(t, speech("speech"))
	check(t, k.store.Bin(ctx, k.author.ID, k.own, now))
	n, err := k.store.EmptyBin(ctx, now.Add(time.Second), 20)
	check(t, err)
	same(t, n, 1, "banks that go")
	list, err := k.store.Banks(ctx, k.author.ID)
	check(t, err)
	for _, b := range list {
		if !b.BuiltIn {
			t.Errorf("the bank %q is still listed", b.Title)
		}
	}
	left, err := d.Number(ctx, fmt.Sprintf("SELECT COUNT(*) FROM version v JOIN question q ON q.id = v.question WHERE q.bank = %d AND v.prompt <> ''", k.own))
	check(t, err)
	same(t, left, int64(0), "wordings left")
}

// orders of questions are those in which their facts are learned.
func putInOrder(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	var ids []questions.QuestionID
	for i := range 3 {
		ids = append(ids, k.write(t, speech(fmt.Sprint("speech", i))))
	}
	want := []questions.QuestionID{ids[2], ids[0], ids[1]}
	check(t, k.store.SetOrder(ctx, k.author.ID, k.own, want))
	c, err := k.store.Contents(ctx, k.own)
	check(t, err)
	for i, q := range c.Questions {
		same(t, q.ID, want[i], "the question in its place")
		same(t, c.Facts[i].ID, q.Facts[0], "its fact in the same place")
	}
	wantKind(t, k.store.SetOrder(ctx, k.other.ID, k.own, want), fault.Missing, "putting another's questions in order")
	wantKind(t, k.store.SetOrder(ctx, k.author.ID, k.own, append(want, 1)), fault.Missing, "with a question of another bank")
}
