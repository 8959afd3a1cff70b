package db_test

import (
	"testing"

	"thaw/db"
	"thaw/db/dbtest"
)

// An alias is accepted after 10,200 answers to a question by 300 learners. The program is
// killed when a third of them have been judged again and started anew; one of them goes on
// answering. Totals, cards, days and pages' figures then agree with a fresh computation
// from the answers, and taken back they are what they were. Protocol: 300 learners, 34
// answers each over about four months to the typed question of the sample bank, between
// others, made by seeds 0 to 299; SQLite with its usual settings. Run with -v for the
// table.
func TestAnAliasIsAcceptedAfterTenThousandAnswers(t *testing.T) {
	dir := t.TempDir()
	d, err := db.Open(t.Context(), db.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	l := dbtest.Plant(t, d, 300, 34)
	r := dbtest.Repair(t, l, func() *db.DB {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		d = open(t, db.Config{Dir: dir})
		return d
	})
	t.Logf("%d answers by %d learners: %d marks of %d answers of %d learners change, %.1f points more, %d cards made anew",
		r.Answers, r.Learners, r.Preview.Marks, r.Preview.Responses, r.Preview.Learners, r.Preview.Points, r.Preview.Cards)
	t.Logf("preview in %v", r.Looked)
	t.Logf("accepted in %v, killed in the middle and begun again; taken back in %v", r.Took, r.Back)
}

// BenchmarkRuling accepts an alias after 10,200 answers by 300 learners, and takes it back.
func BenchmarkRuling(b *testing.B) {
	l := dbtest.Plant(b, open(b, db.Config{Dir: b.TempDir()}), 300, 34)
	n := 0
	for b.Loop() {
		n++
		id, err := l.Desk.Rule(b.Context(), l.Admin, l.Accept(), dbtest.Token(n))
		must(b, err)
		must(b, l.Desk.Apply(b.Context(), id))
		b.StopTimer()
		must(b, l.Desk.Undo(b.Context(), l.Admin, id))
		must(b, l.Desk.Apply(b.Context(), id))
		b.StartTimer()
	}
}
