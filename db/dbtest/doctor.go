package dbtest

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"thaw/app/repair"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// ward is a database that the doctor looks at.
type ward struct {
	*Lives
	doctor repair.Doctor
	own    questions.BankID
	class  questions.ClassID
}

func newWard(t *testing.T, d *db.DB) ward {
	t.Helper()
	k := newDesk(t, d)
	id, err := k.editor.Copy(ctx, k.author, k.bank.Bank.ID, "Sample, mine", token("copy"))
	check(t, err)
	w := ward{Lives: Plant(t, d, 3, 12), own: id}
	w.class, _ = w.Lives.class(t, w.Learners[:2])
	for _, what := range []study.What{study.Star, study.Suspend} {
		facts := []questions.FactID{w.fact()}
		e := study.Event{Learner: w.Learners[0], At: w.Now, Day: study.Calendar(berlin).Day(w.Now), Zone: "Europe/Berlin", What: what, Response: study.Caring(true, facts)}
		check(t, db.Quiz{DB: d}.Handle(ctx, e, facts, 0))
	}
	w.doctor = repair.Doctor{Desk: w.Desk, Store: db.Repair{DB: d}}
	return w
}

// harm changes what is stored as nothing of ours does: references and triggers are not held.
func (w ward) harm(t *testing.T, statements ...string) {
	t.Helper()
	if w.Path() == "" {
		for _, s := range statements {
			check(t, w.Exec(ctx, "DO $harm$ BEGIN PERFORM set_config('session_replication_role', 'replica', true); "+s+"; END $harm$"))
		}
		return
	}
	over, err := sql.Open("sqlite3", "file:"+w.Path()+"?_busy_timeout=5000&_foreign_keys=0")
	check(t, err)
	for _, s := range statements {
		if _, err := over.ExecContext(ctx, s); err != nil {
			t.Fatal(s, err)
		}
	}
	check(t, over.Close())
}

// finds says which classes of damage there are.
func (w ward) finds(t *testing.T) (names []string) {
	t.Helper()
	found, err := w.doctor.Examine(ctx)
	check(t, err)
	for _, f := range found {
		names = append(names, f.Check)
		if f.N == 0 || len(f.Examples) == 0 {
			t.Errorf("%s is found %d times, for example %q", f.Check, f.N, f.Examples)
		}
	}
	return names
}

// fact is the one that the typed question asks for.
func (w ward) fact() questions.FactID { return w.version().Answers[0].Fact }

func (w ward) version() questions.Version {
	return w.wording(study.Event{Ref: questions.Ref{Question: w.Typed().ID, Version: 1}, Lexicon: 1}).Version
}

// hash is some bytes as the engine writes them.
func (w ward) hash() string {
	if w.Path() == "" {
		return `'\x0102'`
	}
	return `x'0102'`
}

// seeds are the classes of damage, each with statements that do it. Where lost is set, the
// damage cannot be undone to what it was, and where left is, not at all.
func (w ward) seeds() []seed {
	who, other := w.Learners[0], w.Learners[1]
	own := fmt.Sprintf("(SELECT MIN(id) FROM question WHERE bank = %d)", w.own)
	ownFact := fmt.Sprintf("(SELECT MIN(id) FROM fact WHERE bank = %d)", w.Bank.Bank.ID)
	firstTopic := fmt.Sprintf("(SELECT id FROM topic WHERE bank = %d ORDER BY pos, id LIMIT 1)", w.own)
	version := func(n int, from string) string {
		return fmt.Sprintf(`INSERT INTO version (question, n, kind, lang, prompt, explain, passage, level, fixed, hash, made) SELECT question, %d, kind, lang, prompt, explain, passage, level, fixed, hash, made FROM version WHERE question = %s AND n = 1`, n, from)
	}
	of := func(text string, args ...any) string {
		return fmt.Sprintf(strings.NewReplacer("WHO", who.String(), "OTHER", other.String(), "OWN", own, "FACT", strconv.FormatInt(int64(w.fact()), 10)).Replace(text), args...)
	}
	return []seed{
		{name: "session of nobody", do: []string{of(`INSERT INTO session (hash, learner, created, seen, ends, keep) VALUES (%s, 999, 1, 1, 1, 0)`, w.hash())}},
		{name: "place in a class of nobody or nowhere", do: []string{of(`INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (%d, 70, 999, 'pupil', 'X', 'x', 1, 0)`, w.class),
			of(`INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (777, 1, WHO, 'pupil', 'X', 'x', 1, 0)`)}},
		{name: "class that is gone has something", do: []string{of(`INSERT INTO class_bank (class, bank, given) VALUES (777, %d, 1)`, w.own)}},
		{name: "link of nobody", do: []string{of(`INSERT INTO link (hash, what, learner, ends, used) VALUES (%s, 'sign-in', 999, 0, 0)`, w.hash())}},
		{name: "trace of nobody", do: []string{`INSERT INTO sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token) VALUES (999, 1, 'tutor', 0, 0, 1, 0, 0, 0, '')`,
			`INSERT INTO rollup (learner, day, answers, right_n, reviews, recalled, expected, took) VALUES (999, 1, 1, 1, 0, 0, 0, 0)`}},
		{name: "mark of no event", do: []string{of(`INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, self, recall, stability, elapsed, grader) VALUES (WHO, 9999, 1, FACT, 1, 'right', '', '', 0, 0, 0, 0, 0, 1)`)}},
		{name: "item of no sitting", do: []string{of(`INSERT INTO item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts) VALUES (WHO, 999, 1, %d, 1, 1, 1, '', 'open', '', '', 0, 0, '', 0, '')`, w.Typed().ID)}},
		{name: "bank of nobody", do: []string{of(`UPDATE bank SET owner = 999 WHERE id = %d`, w.Bank.Bank.ID)}},
		{name: "fact without a bank", do: []string{of(`UPDATE fact SET bank = 999 WHERE id = FACT`)}},
		{name: "fact without a topic", do: []string{`UPDATE fact SET topic = 999 WHERE id = ` + ownFact}},
		{name: "question without a topic", do: []string{of(`UPDATE question SET topic = 999 WHERE bank = %d AND topic = %s`, w.own, firstTopic)}},
		{name: "question without its newest version", do: []string{of(`UPDATE question SET latest = 77 WHERE id = OWN`)}},
		{name: "version without answers", do: []string{version(2, own), of(`UPDATE question SET latest = 2 WHERE id = OWN`)}},
		{name: "item without its event", do: []string{of(`UPDATE item SET seq = 9999 WHERE learner = WHO AND sitting = 1 AND pos = 2`)}},
		{name: "sitting counts otherwise than its items", do: []string{of(`UPDATE sitting SET closed = closed - 3, count = count + 1 WHERE learner = WHO AND n = 1`)}},
		{name: "topic below itself or below none", do: []string{of(`UPDATE topic SET parent = id WHERE id = %s`, firstTopic)}},
		{name: "topic below itself or below none", do: []string{of(`UPDATE topic SET parent = 999 WHERE id = %s`, firstTopic)}},
		{name: "search does not find what a question says", do: []string{of(`UPDATE question SET folded = 'otherwise' WHERE id = OWN`)}},
		{name: "search does not find what a question says", do: []string{of(`DELETE FROM gram WHERE question = OWN AND gram = (SELECT MIN(gram) FROM gram WHERE question = OWN)`)}},
		{name: "class code that another has or that cannot be typed", lost: true, do: []string{`INSERT INTO class (name, code, zone, made, archived, token) VALUES ('Twin', 'bcdfgh', 'UTC', 9999999999999, 0, '')`}},
		{name: "mark missing", do: []string{of(`DELETE FROM mark WHERE learner = WHO AND seq = 3`)}},
		{name: "mark differs from its answer", do: []string{of(`UPDATE mark SET recall = 0.123, elapsed = 77 WHERE learner = WHO AND seq = 5`)}},
		{name: "mark differs from its answer", also: []string{"card differs from its events", "day differs from the sum of its answers"}, may: true,
			do: []string{of(`UPDATE mark SET credit = 1 - credit, verdict = CASE WHEN credit = 1 THEN 'wrong' ELSE 'right' END WHERE learner = OTHER AND seq = 4`)}},
		{name: "result of an item differs from its marks", do: []string{of(`UPDATE item SET credit = 0.25, verdict = 'almost' WHERE learner = WHO AND sitting = 1 AND pos = 2`)}},
		{name: "weights differ from those adopted", do: []string{of(`UPDATE learner SET weights = '[1,2,3]', adopted = 4 WHERE id = WHO`)}},
		{name: "card missing", do: []string{of(`DELETE FROM card WHERE learner = WHO AND fact = FACT`)}},
		{name: "card without events", do: []string{of(`INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq) VALUES (WHO, %s, 3, 5, 'review', 0, 1, 0, 1, 2, 1)`,
			fmt.Sprintf("(SELECT MAX(f.id) FROM fact f WHERE f.id NOT IN (SELECT fact FROM card WHERE learner = %d))", who))}, skip: w.knowsAll(who)},
		{name: "card differs from its events", do: []string{of(`UPDATE card SET stability = stability * 1.0000000000001, due = due + 1 WHERE learner = OTHER AND fact = FACT`)}},
		{name: "day differs from the sum of its answers", do: []string{of(`UPDATE rollup SET answers = answers + 1 WHERE learner = WHO AND day = (SELECT MAX(day) FROM rollup WHERE learner = WHO)`)}},
		{name: "day differs from the sum of its answers", do: []string{of(`DELETE FROM rollup WHERE learner = OTHER AND day = (SELECT MIN(day) FROM rollup WHERE learner = OTHER)`)}},
		{name: "handling of a fact differs from what was said", do: []string{of(`UPDATE care SET suspended = 0 WHERE learner = WHO`)}},
		{name: "handling of a fact differs from what was said", lost: true, do: []string{of(`INSERT INTO care (learner, fact, starred, note) VALUES (OTHER, FACT, 1, 'mine')`)}},
		{name: "somebody deleted is back", lost: true, do: []string{of(`INSERT INTO gone (id, at) VALUES (%d, 1)`, w.Learners[2])}},
		{name: "counter behind its rows", skip: w.Path() != "", do: []string{`PERFORM setval(pg_get_serial_sequence('question', 'id'), 1)`}},
		{name: "event missing", left: true, do: []string{of(`INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids) VALUES (WHO, 9000, 1, 1, 'UTC', 'star', %d, 1, 1, '', '["0"]', '', 0, 0, '', 0, 0, 0)`, w.Typed().ID)}},
		{name: "broken reference", also: []string{"event missing"}, may: true, left: true, skip: w.Path() == "", do: []string{version(9, own), of(`INSERT INTO answer (question, version, pos, part, fact, text, match, credit, slack, feedback, entity) VALUES (OWN, 33, 0, 1, FACT, 'x', '', 1, 0, '', 0)`)}},
	}
}

// seed is one damage.
type seed struct {
	name string
	do   []string
	also []string // what else it does
	may  bool     // perhaps
	lost bool     // repaired, it is sound, but not what it was
	left bool     // it cannot be repaired
	skip bool     // not of this engine, or nothing to harm
}

func (w ward) knowsAll(who questions.LearnerID) bool {
	n, err := w.Number(ctx, fmt.Sprintf("SELECT COUNT(*) FROM fact f WHERE f.id NOT IN (SELECT fact FROM card WHERE learner = %d)", who))
	return err != nil || n == 0
}

// stored is all that damage may change, as text.
func (w ward) stored(t *testing.T) (rows []string) {
	t.Helper()
	for _, of := range []string{"session", "member", "class_bank", "link", "sitting", "item", "event", "mark", "card", "rollup", "care", "bank", "topic", "fact", "question", "gram", "class", "answer"} {
		got, err := w.Rows(ctx, "SELECT * FROM "+of)
		check(t, err)
		for i := range got {
			got[i] = of + " " + got[i]
		}
		rows = append(rows, got...)
	}
	got, err := w.Rows(ctx, "SELECT id, name, weights, adopted FROM learner")
	check(t, err)
	rows = append(rows, got...)
	slices.Sort(rows)
	return rows
}

// doctors damages a sound database in each way; the doctor names just that, repairs it, and
// all is as it was.
func doctors(t *testing.T, d *db.DB) {
	w := newWard(t, d)
	if sick := w.finds(t); len(sick) > 0 {
		t.Fatalf("a sound database has %q", sick)
	}
	for _, s := range w.seeds() {
		if s.skip {
			continue
		}
		before := w.stored(t)
		w.harm(t, s.do...)
		got := w.finds(t)
		if !slices.Contains(got, s.name) || len(got) > 1 && !s.may {
			t.Errorf("%s: the doctor finds %q", s.name, got)
		}
		for _, g := range got {
			if g != s.name && !slices.Contains(s.also, g) {
				t.Errorf("%s: the doctor finds %s as well", s.name, g)
			}
		}
		if again := w.finds(t); !slices.Equal(again, got) {
			t.Errorf("%s: looked at once more it is %q", s.name, again)
		}
		found, err := w.doctor.Repair(ctx)
		if err != nil || len(found) == 0 || found[0].Lost != s.left {
			t.Errorf("%s: repaired %+v, %v", s.name, found, err)
		}
		if s.left {
			continue
		}
		if sick := w.finds(t); len(sick) > 0 {
			t.Errorf("%s: after the repair there is %q", s.name, sick)
		}
		if after := w.stored(t); !s.lost && !slices.Equal(after, before) {
			t.Errorf("%s: not as it was:\n%s", s.name, strings.Join(unlike(before, after), "\n"))
		}
	}
}

// unlike lists the rows that only one side has.
func unlike(before, after []string) (rows []string) {
	for _, r := range before {
		if !slices.Contains(after, r) {
			rows = append(rows, "- "+r)
		}
	}
	for _, r := range after {
		if !slices.Contains(before, r) {
			rows = append(rows, "+ "+r)
		}
	}
	return rows
}
