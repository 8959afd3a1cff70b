package dbtest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
)

const day = 24 * time.Hour

var old = people.Stale{Now: now, Guests: now.Add(-90 * day), Links: now.Add(-30 * day), Failures: now.Add(-2 * day), Log: now.Add(-730 * day)}

// came makes a guest of some days ago with an answer and a session that ends.
func (w *world) came(t *testing.T, id int64, days, answered int, ends time.Time) questions.LearnerID {
	t.Helper()
	guest := *w
	guest.who = questions.LearnerID(id)
	p := Guest(id)
	p.Created = now.Add(-time.Duration(days) * day)
	s := db.People{DB: w.DB}
	check(t, s.AccountAdd(ctx, people.Account{Person: p}, "", nil))
	guest.answers(t, quiz.Tutor, 3, now.Add(-time.Duration(answered)*day), "rw")
	open := session(fmt.Sprint("of ", id), guest.who)
	open.Ends = ends
	check(t, s.Enter(ctx, people.Way{Session: open}))
	return guest.who
}

// sweep goes on until nothing is left, and counts.
func sweep(t *testing.T, d *db.DB, most int) (rounds, gone int) {
	t.Helper()
	for {
		n, err := db.People{DB: d}.Sweep(ctx, old, most)
		check(t, err)
		if n == 0 {
			return rounds, gone
		}
		rounds, gone = rounds+1, gone+n
	}
}

func sweepsGuests(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	ended, alive := now.Add(-time.Minute), now.Add(time.Minute)
	var goes []questions.LearnerID
	for i := range int64(5) {
		goes = append(goes, w.came(t, 100+i, 100, 91, ended))
	}
	stays := map[string]questions.LearnerID{
		"who came yesterday":           w.came(t, 201, 1, 1, ended),
		"who answered 89 days ago":     w.came(t, 202, 200, 89, ended),
		"whose session is alive":       w.came(t, 203, 200, 100, alive),
		"who sits in a class":          w.came(t, 204, 200, 100, ended),
		"who has made an account":      w.came(t, 205, 200, 100, ended),
		"with an account, but nothing": 206,
	}
	check(t, d.Exec(ctx, "INSERT INTO class (id, name, code, zone, made, archived, token) VALUES (1, 'A', 'a', 'UTC', 0, 0, '')"))
	check(t, d.Exec(ctx, "INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (1, 2, 204, 'pupil', 'G', 'g', 0, 0)"))
	s := db.People{DB: d}
	check(t, s.Claim(ctx, account(205, "Ben"), "ben", nil, people.Session{}))
	cleo := account(206, "Cleo")
	cleo.Created = now.Add(-200 * day)
	check(t, s.AccountAdd(ctx, cleo, "cleo", nil))

	n, err := s.Sweep(ctx, old, 2)
	check(t, err)
	left, err := d.Number(ctx, "SELECT COUNT(*) FROM learner WHERE id BETWEEN 100 AND 104")
	check(t, err)
	if left != 3 || n < 2 {
		t.Errorf("one sweep of at most two took %d rows and left %d of five guests, want 3 left", n, left)
	}
	sweep(t, d, 2)
	for _, who := range goes {
		w.nothingOf(t, who)
	}
	for name, who := range stays {
		if _, err := s.AccountOf(ctx, who); err != nil {
			t.Errorf("a learner %s is gone: %v", name, err)
		}
	}
	for _, id := range []questions.LearnerID{201, 202, 203, 204, 205} {
		past, err := w.quiz.Pasts(ctx, id)
		check(t, err)
		same(t, len(past), 2, "events of a learner who stays")
	}
}

func sweepsTheRest(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	check(t, s.AccountAdd(ctx, account(1, "Anna"), "anna", nil))
	for hash, ends := range map[string]time.Duration{"ended": 0, "ended long ago": -day, "alive": time.Second} {
		open := session(hash, 1)
		open.Ends = now.Add(ends)
		check(t, s.Enter(ctx, people.Way{Session: open}))
	}
	past, ahead := -31*day, day
	for hash, l := range map[string]struct{ ends, used time.Duration }{
		"gone ended": {past, 0}, "gone used": {ahead, past}, "gone set-up": {0, past},
		"kept ended": {-29 * day, 0}, "kept used": {-29 * day, -29 * day}, "kept good": {ahead, 0}, "kept set-up": {0, 0},
	} {
		link := people.Link{Hash: []byte(hash), What: "signin", Learner: 1}
		if l.ends != 0 {
			link.Ends = now.Add(l.ends)
		}
		if l.used != 0 {
			link.Used = now.Add(l.used)
		}
		check(t, s.LinkAdd(ctx, link))
	}
	for i := range 30 {
		check(t, s.Fail(ctx, []string{fmt.Sprint("address:", i), "words"}, now.Add(-3*day)))
	}
	check(t, d.Exec(ctx, fmt.Sprintf("INSERT INTO failure (key, minute, n) VALUES ('words', %d, 1)", now.Add(-day).Unix()/60)))

	for _, days := range []int{731, 729} {
		check(t, s.Audit(ctx, people.Act{At: now.Add(-time.Duration(days) * day), What: "look"}))
	}

	rounds, gone := sweep(t, d, 10)
	same(t, gone, 2+3+31+1, "rows that went: sessions, links, failures and a line of the audit")
	list, _, err := s.Log(ctx, people.LogSearch{Kind: "look"})
	check(t, err)
	same(t, len(list), 1, "lines of the last two years")
	same(t, rounds, 4, "rounds of ten of a kind")
	sessions, err := d.Number(ctx, "SELECT COUNT(*) FROM session")
	check(t, err)
	same(t, sessions, int64(1), "sessions that are left")
	_, _, err = s.Session(ctx, []byte("alive"), now)
	check(t, err)
	for _, hash := range []string{"gone ended", "gone used", "gone set-up", "kept ended", "kept used", "kept good", "kept set-up"} {
		_, err := s.Link(ctx, []byte(hash))
		if kept := err == nil; kept != strings.HasPrefix(hash, "kept") {
			t.Errorf("the link %q: %v", hash, err)
		}
	}
	failures, err := s.Failures(ctx, "words", now.Add(-9*day))
	check(t, err)
	same(t, failures, 1, "failures of the last two days")
}

// parallelSweeps is two programs on one database, while a guest comes back.
func parallelSweeps(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	var guests []questions.LearnerID
	for i := range int64(24) {
		guests = append(guests, w.came(t, 100+i, 100, 91, now.Add(-time.Minute)))
	}
	back := guests[len(guests)-1]
	var wg sync.WaitGroup
	total := make(chan int, 8)
	for range 4 {
		wg.Go(func() {
			_, gone := sweep(t, d, 3)
			total <- gone
		})
	}
	var came error
	wg.Go(func() { came = db.People{DB: d}.Enter(ctx, people.Way{Session: session("back", back)}) })
	wg.Wait()
	close(total)
	sum := 0
	for n := range total {
		sum += n
	}
	sweep(t, d, 50) // what each left to the others
	for _, who := range guests[:len(guests)-1] {
		w.nothingOf(t, who)
	}
	if sum < 24 {
		t.Errorf("four sweeps at once took %d rows, want those of 23 guests at least", sum)
	}
	_, _, err := db.People{DB: d}.Session(ctx, []byte("back"), now)
	if (came == nil) != (err == nil) {
		t.Errorf("the guest who came back was told %v and finds %v", came, err)
	}
}
