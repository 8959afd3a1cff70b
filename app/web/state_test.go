package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"thaw/app/people"
	"thaw/app/quiz"
)

// forged are fields that no form of ours has, by the names that others give to what must
// not be set from outside.
var forged = url.Values{"role": {"admin"}, "admin": {"1"}, "is_admin": {"true"}, "user": {"1001"}, "user_id": {"1001"}, "id": {"1001"}, "learner": {"1001"}, "who": {"1001"}, "owner": {"1001"},
	"author": {"1001"}, "actor": {"1001"}, "maker": {"1001"}, "score": {"100"}, "credit": {"1"}, "verdict": {"right"}, "right": {"1"}, "marks": {"10"}, "finished": {"1"}, "closed": {"9"}, "handed": {"1"},
	"state": {"live"}, "count": {"1"}, "at": {"0"}, "day": {"1"}, "created": {"0"}, "started": {"0"}, "ends": {"0"}, "disabled": {"1"}, "goes": {"1"}, "built_in": {"1"}, "stability": {"9999"},
	"difficulty": {"1"}, "seq": {"1"}, "weights": {"[]"}, "joined": {"0"}, "gone": {"1"}, "claimed": {"0"}, "extra": {"200"}, "more_time": {"200"}, "pin_n": {"7"}, "archived": {"1"},
	"order": {"2 1 0"}, "ord": {"[2,1,0]"}, "facts": {"1"}, "chance": {"1"}, "self": {"1"}, "voids": {"1"}, "sitting[finished]": {"1"}, "learner.role": {"admin"}, "Role": {"admin"}}

// kept is everything that the story below changes, but for what is random: whom it is
// about by when they came, in words.
var kept = []string{
	`SELECT name, role, disabled, zone, new_a_day, minutes, goes, more_time, weights, adopted, judged, pin_n, created FROM learner ORDER BY 1, 2, 3`,
	`SELECT b.title, l.name AS whose, b.built_in, b.gone, b.lang FROM bank b LEFT JOIN learner l ON l.id = b.owner ORDER BY 1, 2, 3`,
	`SELECT q.id, q.bank, q.kind, q.state, q.latest, l.name AS whose, v.prompt, v.made FROM question q JOIN version v ON v.question = q.id AND v.n = q.latest LEFT JOIN learner l ON l.id = v.author WHERE q.bank > 1 ORDER BY q.id`,
	`SELECT question, pos, part, text, credit, slack, feedback FROM answer WHERE question IN (SELECT id FROM question WHERE bank > 1) ORDER BY question, pos`,
	`SELECT c.name, c.archived, c.made, m.n, m.role, m.name AS called, m.joined, m.gone, m.claimed, m.extra, l.name AS whose FROM class c JOIN member m ON m.class = c.id JOIN learner l ON l.id = m.learner ORDER BY 1, 2, 3`,
	`SELECT class, n, kind, title, questions, draw, reveal, minutes, tries, opens, due, gone FROM assignment ORDER BY 1, 2, 3`,
	`SELECT l.name, s.n, s.mode, s.started, s.finished, s.count, s.closed, s.minutes, s.ends, s.handed, s.assignment FROM sitting s JOIN learner l ON l.id = s.learner ORDER BY 1, 2, 3`,
	`SELECT l.name, i.sitting, i.pos, i.question, i.ord, i.state, i.credit, i.verdict, i.facts, i.chance FROM item i JOIN learner l ON l.id = i.learner ORDER BY 1, 2, 3`,
	`SELECT l.name, e.seq, e.at, e.day, e.what, e.question, e.version, e.ord, e.response, e.sitting, e.pos, e.voids FROM event e JOIN learner l ON l.id = e.learner ORDER BY 1, 2, 3`,
	`SELECT l.name, m.seq, m.part, m.credit, m.verdict, m.stability FROM mark m JOIN learner l ON l.id = m.learner ORDER BY 1, 2, 3`,
	`SELECT l.name, c.fact, c.stability, c.difficulty, c.reps, c.due FROM card c JOIN learner l ON l.id = c.learner ORDER BY 1, 2, 3`,
	`SELECT l.name, f.fact, f.suspended, f.starred, f.note FROM care f JOIN learner l ON l.id = f.learner ORDER BY 1, 2, 3`,
	`SELECT l.name, x.n, x.title, x.at, x.score, x.out_of FROM exam x JOIN learner l ON l.id = x.learner ORDER BY 1, 2, 3`,
	`SELECT keep FROM session`, `SELECT name, ready, invited FROM school`, `SELECT what FROM audit ORDER BY n`,
}

// story lives through most forms, each filled in as a page of ours has it, with fields beside
// them that none has, and returns everything that it leaves.
func story(t *testing.T, beside url.Values) []string {
	s := open(t)
	c := newClass(s, "10b")
	s.beside = beside
	v := account(s, "Ada")
	c.join(v, "Ada B")
	v.post("/settings", "minutes", "12", "new_a_day", "5", "zone", "UTC", "buttons", "2", "size", "100")
	n := v.begins("n", "5").N
	for pos := 1; pos <= 2; pos++ {
		v.post(itemPath(n, pos), "token", token(v.page(itemPath(n, pos))), "answer", "1")
	}
	exam := v.begins("n", "5", "mode", "exam").N
	v.post(itemPath(exam, 1)+"/given", "token", token(v.page(itemPath(exam, 1))), "answer", "1")
	v.post(fmt.Sprintf("/sittings/%d/hand-in", exam))
	v.post("/sittings/1/questions/1/note", "note", "Mine.")
	v.post("/reviews", "token", token(v.page("/today")))
	v.exam("Finals", 3)
	a := c.gives("title", "Homework")
	v.takes(c, a)
	bank := c.teacher.newBank("The Cold War")
	c.teacher.write(bank, "When was the speech?")
	own := v.newBank("Mine")
	v.post(own, "title", "Mine too", "lang", "en", "about", "")
	c.teacher.post(c.path()+"/name", "name", "10b again")
	v.post("/password", "password", "eight amber trams")
	s.beside = nil
	var left []string
	for _, query := range kept {
		rows, err := s.db.Rows(t.Context(), query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		left = append(left, rows...)
	}
	if who := v.person(); who.Role != people.Pupil || who.NewADay != 5 {
		t.Errorf("the story leaves %+v", who)
	}
	return left
}

// TestFieldsThatNoFormHasAreIgnored: the same story leaves the same with and without them.
func TestFieldsThatNoFormHasAreIgnored(t *testing.T) {
	left := map[bool][]string{}
	for _, forging := range []bool{false, true} {
		t.Run(fmt.Sprint(forging), func(t *testing.T) {
			beside := url.Values{}
			if forging {
				beside = forged
			}
			got := story(t, beside)
			both.Lock()
			defer both.Unlock()
			left[forging] = got
			if len(left) == 2 {
				same(t, left[true], left[false])
			}
		})
	}
}

var both sync.Mutex

func same(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) < 60 {
		t.Errorf("the story leaves %d rows", len(want))
	}
	for _, row := range got {
		if !slices.Contains(want, row) {
			t.Errorf("forged fields left\n%s", row)
		}
	}
	for _, row := range want {
		if !slices.Contains(got, row) {
			t.Errorf("without them there was\n%s", row)
		}
	}
}

// TestParallelTakesMakeOneTry of a work that may be tried once, and of one that may be tried
// more often, since no second is begun while one is open.
func TestParallelTakesMakeOneTry(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	for _, tries := range []string{"1", "3"} {
		a := c.gives("title", "Tried "+tries, "tries", tries)
		before := len(sittingsOf(c.pupil))
		var group sync.WaitGroup
		statuses := make([]int, 50)
		for i := range statuses {
			group.Go(func() {
				mine := &visitor{site: s, cookie: c.pupil.cookie}
				res := mine.send("POST", c.work(a)+"/take", url.Values{"token": {fmt.Sprintf("%s-another-window-%08d", tries, i)}})
				res.Body.Close()
				statuses[i] = res.StatusCode
			})
		}
		group.Wait()
		for i, status := range statuses {
			if status != http.StatusSeeOther && status != http.StatusConflict {
				t.Errorf("start %d: %d, want 303 or 409", i, status)
			}
		}
		if n := len(sittingsOf(c.pupil)) - before; n != 1 {
			t.Errorf("%s tries: 50 starts at once made %d sittings, want one", tries, n)
		}
	}
}

// TestNothingChangesAfterTheEnd: a quiz that is over, and an exam that was handed in, take
// nothing any more, by any of their routes and however it is sent.
func TestNothingChangesAfterTheEnd(t *testing.T) {
	s := open(t)
	v := guest(s)
	n := v.begins("n", "5", "mode", "exam").N
	for pos := 1; pos <= 3; pos++ {
		v.posts(itemPath(n, pos)+"/given", v.form(n, pos, pos == 1), 303)
	}
	early := v.form(n, 4, true)
	v.post(fmt.Sprintf("/sittings/%d/hand-in", n))
	quick := v.begins("n", "5")
	for pos := 1; pos <= 5; pos++ {
		v.replies(quick.N, pos, false)
	}
	rows := func() string {
		all, err := s.db.Rows(t.Context(), `SELECT sitting, pos, state, credit, verdict, given, seq FROM item ORDER BY sitting, pos`)
		if err != nil {
			t.Fatal(err)
		}
		events, err := s.db.Rows(t.Context(), `SELECT seq, what, response FROM event ORDER BY seq`)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(append(all, events...), "\n")
	}
	before := rows()
	for _, sitting := range []int{n, quick.N} {
		for pos := 1; pos <= 6; pos++ {
			for _, path := range []string{"", "/given"} {
				for _, form := range []url.Values{early, {"token": {"abcdefghijklmnopqrstuv"}, "answer": {"2"}}, {"token": {early.Get("token")}, "was": {"x"}, "do": {"leave"}}} {
					status, to, _ := v.sends(itemPath(sitting, pos)+path, form)
					if status < 400 && !strings.HasPrefix(to, fmt.Sprintf("/sittings/%d", sitting)) {
						t.Errorf("POST %s%s after the end: %d to %s", itemPath(sitting, pos), path, status, to)
					}
				}
			}
		}
		for _, path := range []string{"/hand-in", "/extend", "/undo"} {
			v.sends(fmt.Sprintf("/sittings/%d%s", sitting, path), url.Values{"token": {"abcdefghijklmnopqrstuv"}})
		}
	}
	if after := rows(); after != before {
		t.Errorf("after the end something changed:\n%s\nwas\n%s", after, before)
	}
	if got := v.sitting(n); !got.Done() || got.Mode != quiz.Exam {
		t.Errorf("the exam is %+v", got)
	}
}
