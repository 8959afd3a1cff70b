package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
)

// taking is the lock under which imports are taken back on PostgreSQL.
const taking = 1957

// lent are indexes that are there while an import is taken back: the database makes sure
// of every wording and fact that goes that nobody has answered it, which without them
// would be a walk through all answers each. Answers do not pay for them.
var lent = []struct{ name, on string }{
	{"lent_event", "event (question, version)"}, {"lent_item", "item (question, version)"}, {"lent_contest", "contest (question, version)"},
	{"lent_card", "card (fact)"}, {"lent_care", "care (fact)"}, {"lent_answer", "answer (fact)"},
}

// TakeBack implements bank.ImportStore.
func (s Bank) TakeBack(ctx context.Context, who questions.LearnerID, n int, now time.Time) (back bank.TakenBack, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		t := &taker{tx: tx, d: straight(tx), who: who, n: n, at: ms(now)}
		back, err = t.run()
		return err
	})
	return back, err
}

// taker takes an import back.
type taker struct {
	tx    *gorm.DB
	d     direct
	who   questions.LearnerID
	n     int
	at    int64
	bank  int64
	since int64 // when it was added
	made  brought
	used  map[int64]bool // questions that have to stay
	back  bank.TakenBack
}

func (t *taker) run() (bank.TakenBack, error) {
	for _, step := range []func() error{t.load, t.lend, t.findUsed, t.unlearn, t.retire, t.remove, t.restore, t.removeFacts, t.removeRest, t.removeMedia, t.removeBank, t.giveBack, t.note} {
		if err := step(); err != nil {
			return bank.TakenBack{}, err
		}
	}
	return t.back, nil
}

// load reads what was made.
func (t *taker) load() error {
	if err := hold(t.tx, t.who); err != nil {
		return err
	}
	var row struct {
		Bank, Since int64
		State       string
		Made        []byte
	}
	if err := one(t.tx.Raw(`SELECT bank, since, state, made FROM import WHERE learner = ? AND n = ?`, int64(t.who), t.n), &row); err != nil {
		return err
	}
	if row.State != string(bank.ImportAdded) {
		return fault.New(fault.Conflict, "import.late")
	}
	t.bank, t.since = row.Bank, row.Since
	if err := unpack(row.Made, &t.made); err != nil {
		return err
	}
	_, err := t.d.exec(`UPDATE bank SET revision = revision + 1 WHERE id = ?`, t.bank)
	return err
}

func (t *taker) lend() error {
	if t.d.dollars {
		if _, err := t.d.exec(`SELECT pg_advisory_xact_lock(CAST(? AS BIGINT))`, taking); err != nil {
			return err
		}
	}
	for _, l := range lent {
		if _, err := t.d.exec(`CREATE INDEX ` + l.name + ` ON ` + l.on); err != nil {
			return err
		}
	}
	return nil
}

func (t *taker) giveBack() error {
	for _, l := range lent {
		if _, err := t.d.exec(`DROP INDEX ` + l.name); err != nil {
			return err
		}
	}
	return nil
}

// some calls run with a batch of numbers at a time, and the list of their places.
func some(ids []int64, run func(in string, args []any) error) error {
	for batch := range slices.Chunk(ids, batch) {
		args := make([]any, len(batch))
		for i, id := range batch {
			args[i] = id
		}
		if err := run(places(len(args)), args); err != nil {
			return err
		}
	}
	return nil
}

// keeping find those of some questions with which something was done since they were
// brought in: answered by or shown to somebody, or ruled on. What came along of the
// memory of who brought it in is none of it.
var keeping = []string{
	`SELECT DISTINCT question FROM event WHERE token NOT LIKE 'import %' AND question IN `, `SELECT DISTINCT question FROM item WHERE question IN `,
	`SELECT DISTINCT question FROM ruling WHERE question IN `, `SELECT DISTINCT question FROM ruled WHERE question IN `,
	`SELECT DISTINCT question FROM remain WHERE question IN `,
}

// findUsed finds the questions that have to stay: those that were used, those that were
// written anew or otherwise put since, those that are given to a class, and whose other
// direction or copy stays.
func (t *taker) findUsed() error {
	t.used = map[int64]bool{}
	add := func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		t.used[id] = true
		return err
	}
	ids := slices.Clone(t.made.Questions)
	for _, r := range t.made.Reworded {
		ids = append(ids, r.Question)
	}
	err := some(ids, func(in string, args []any) error {
		for _, query := range keeping {
			if err := t.d.each(query+in, args, add); err != nil {
				return err
			}
		}
		if err := t.d.each(`SELECT id FROM question WHERE changed <> ? AND id IN `+in, append([]any{t.since}, args...), add); err != nil {
			return err
		}
		return t.d.each(`SELECT DISTINCT a.question FROM answer a JOIN care c ON c.fact = a.fact AND (c.note <> '' OR c.starred <> 0 OR c.until <> 0) WHERE a.question IN `+in, args, add)
	})
	if err != nil {
		return err
	}
	if err := t.addCopied(add); err != nil {
		return err
	}
	return t.addGiven()
}

// addCopied adds what others have copied, or what another direction of stays.
func (t *taker) addCopied(add func(*sql.Rows) error) error {
	if len(t.made.Questions) == 0 {
		return nil
	}
	low, high := slices.Min(t.made.Questions), slices.Max(t.made.Questions)
	if err := t.d.each(`SELECT origin FROM question WHERE origin BETWEEN ? AND ?`, []any{low, high}, add); err != nil {
		return err
	}
	return t.d.each(`SELECT q.id, q.reverses FROM question q WHERE q.reverses BETWEEN ? AND ?`, []any{low, high}, func(rows *sql.Rows) error {
		var back, front int64
		err := rows.Scan(&back, &front)
		if t.used[back] || !slices.Contains(t.made.Questions, back) || t.used[front] {
			t.used[back], t.used[front] = true, true // they stay together
		}
		return err
	})
}

// addGiven adds what an assignment names.
func (t *taker) addGiven() error {
	return t.d.each(`SELECT a.questions FROM assignment a JOIN class_bank g ON g.class = a.class WHERE g.bank = ? AND a.questions <> ''`, []any{t.bank}, func(rows *sql.Rows) error {
		var raw string
		err := rows.Scan(&raw)
		var ids []int64
		if err == nil {
			err = json.Unmarshal([]byte(raw), &ids)
		}
		for _, id := range ids {
			t.used[id] = true
		}
		return err
	})
}

// retire lets the used ones be asked no more. They give their names free, so that the
// same file can be brought in again.
func (t *taker) retire() error {
	var stay []int64
	for _, id := range t.made.Questions {
		if t.used[id] {
			stay = append(stay, id)
		}
	}
	t.back.Retired = len(stay)
	return some(stay, func(in string, args []any) error {
		_, err := t.d.exec(`UPDATE question SET state = 'retired', slug = slug || '-undone-' || id WHERE id IN `+in, args...)
		return err
	})
}

// remove takes the others out.
func (t *taker) remove() error {
	var gone []int64
	for _, id := range t.made.Questions {
		if !t.used[id] {
			gone = append(gone, id)
		}
	}
	t.back.Removed = len(gone)
	return some(gone, func(in string, args []any) error {
		for _, table := range []string{"gram", "tagged", "answer", "version"} {
			if _, err := t.d.exec(`DELETE FROM `+table+` WHERE question IN `+in, args...); err != nil {
				return err
			}
		}
		_, err := t.d.exec(`DELETE FROM question WHERE id IN `+in, args...)
		return err
	})
}

// restore gives questions that were worded anew their earlier wording: the newer one
// goes, or where it was used the earlier one stands behind it again. What was written
// since by hand stays.
func (t *taker) restore() error {
	for _, r := range t.made.Reworded {
		var now struct{ Latest, Versions int }
		err := one(t.tx.Raw(`SELECT latest, (SELECT COUNT(*) FROM version WHERE question = q.id) AS versions FROM question q WHERE q.id = ? AND q.bank = ?`, r.Question, t.bank), &now)
		if fault.Is(err, fault.Missing) || err == nil && now.Latest != r.Latest+1 {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.reset(r); err != nil {
			return err
		}
		t.back.Restored++
	}
	return nil
}

func (t *taker) reset(r reworded) error {
	seen, err := t.d.number(`SELECT (SELECT COUNT(*) FROM event WHERE question = ? AND version = ?) + (SELECT COUNT(*) FROM item WHERE question = ? AND version = ?)`,
		r.Question, r.Latest+1, r.Question, r.Latest+1)
	if err != nil {
		return err
	}
	old, err := versions(t.tx, []questions.Ref{{Question: questions.QuestionID(r.Question), Version: r.Latest}})
	if err != nil || len(old) == 0 {
		return err
	}
	latest, changed := r.Latest, r.Changed
	if seen == 0 {
		for _, query := range []string{`DELETE FROM answer WHERE question = ? AND version = ?`, `DELETE FROM version WHERE question = ? AND n = ?`} {
			if _, err := t.d.exec(query, r.Question, r.Latest+1); err != nil {
				return err
			}
		}
	} else {
		latest, changed = r.Latest+2, t.at
		again := old[0]
		again.Version = latest
		if err := addVersion(t.tx, again, t.who, at(t.at)); err != nil {
			return err
		}
	}
	if _, err := t.d.exec(`UPDATE question SET latest = ?, kind = ?, changed = ? WHERE id = ?`, latest, old[0].Kind, changed, r.Question); err != nil {
		return err
	}
	for _, f := range r.Facts {
		_, err := t.d.exec(`UPDATE fact SET text = ?, lang = ?, topic = ?, passage = ? WHERE id = ? AND bank = ?`, f.Text, f.Lang, int64(f.Topic), int64(f.Passage), int64(f.ID), t.bank)
		if err != nil {
			return err
		}
	}
	return indexText(t.tx, questions.BankID(t.bank), old[0])
}

// removeFacts takes out the facts that nothing asks for and nobody remembers.
func (t *taker) removeFacts() error {
	return some(t.made.Facts, func(in string, args []any) error {
		_, err := t.d.exec(`DELETE FROM fact WHERE id IN `+in+` AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.fact = fact.id)
			AND NOT EXISTS (SELECT 1 FROM card c WHERE c.fact = fact.id) AND NOT EXISTS (SELECT 1 FROM care c WHERE c.fact = fact.id)`, args...)
		return err
	})
}

// removeRest takes out topics, texts and names in which nothing is left.
func (t *taker) removeRest() error {
	for _, id := range slices.Backward(t.made.Topics) { // the parts before the whole
		_, err := t.d.exec(`DELETE FROM topic WHERE id = ? AND NOT EXISTS (SELECT 1 FROM question q WHERE q.topic = topic.id)
			AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.topic = topic.id) AND NOT EXISTS (SELECT 1 FROM topic p WHERE p.parent = topic.id)`, id)
		if err != nil {
			return err
		}
	}
	err := some(t.made.Passages, func(in string, args []any) error {
		_, err := t.d.exec(`DELETE FROM passage WHERE id IN `+in+` AND NOT EXISTS (SELECT 1 FROM version v WHERE v.passage = passage.id)
			AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.passage = passage.id)`, args...)
		return err
	})
	if err != nil {
		return err
	}
	for _, slug := range t.made.Sections {
		_, err := t.d.exec(`DELETE FROM section WHERE bank = ? AND slug = ? AND NOT EXISTS (SELECT 1 FROM passage p WHERE p.bank = section.bank AND p.section = section.slug)`, t.bank, slug)
		if err != nil {
			return err
		}
	}
	return t.removeNames()
}

// removeNames takes out the revision of the names, unless there is a newer one or
// something was answered or is asked by it.
func (t *taker) removeNames() error {
	if t.made.Lexicon == 0 {
		return nil
	}
	used, err := t.d.number(`SELECT (SELECT COUNT(*) FROM lexicon WHERE bank = ? AND revision > ?) + (SELECT COUNT(*) FROM item WHERE bank = ? AND lexicon = ?)
		+ (SELECT COUNT(*) FROM question q JOIN event e ON e.question = q.id WHERE q.bank = ? AND e.lexicon = ?)`,
		t.bank, t.made.Lexicon, t.bank, t.made.Lexicon, t.bank, t.made.Lexicon)
	if err != nil || used > 0 {
		return err
	}
	for _, query := range []string{`DELETE FROM entity WHERE bank = ? AND revision = ?`, `DELETE FROM lexicon WHERE bank = ? AND revision = ?`} {
		if _, err := t.d.exec(query, t.bank, t.made.Lexicon); err != nil {
			return err
		}
	}
	return nil
}

var shown = regexp.MustCompile(`/media/([0-9A-Za-z._-]+)`)

// removeMedia takes out the pictures and sounds that no wording shows.
func (t *taker) removeMedia() error {
	if len(t.made.Media) == 0 {
		return nil
	}
	left := map[string]bool{}
	for _, query := range []string{`SELECT prompt || ' ' || explain FROM version WHERE prompt LIKE '%/media/%' OR explain LIKE '%/media/%'`,
		`SELECT text || ' ' || feedback FROM answer WHERE text LIKE '%/media/%' OR feedback LIKE '%/media/%'`, `SELECT text FROM passage WHERE text LIKE '%/media/%'`} {
		err := t.d.each(query, nil, func(rows *sql.Rows) error {
			var text string
			err := rows.Scan(&text)
			for _, m := range shown.FindAllStringSubmatch(text, -1) {
				left[m[1]] = true
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, name := range t.made.Media {
		if !left[name] {
			if _, err := t.d.exec(`DELETE FROM media WHERE name = ?`, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeBank takes out the bank that was made, where nothing is left in it and no class
// has it.
func (t *taker) removeBank() error {
	if !t.made.Bank {
		return nil
	}
	left, err := t.d.number(`SELECT (SELECT COUNT(*) FROM question WHERE bank = ?) + (SELECT COUNT(*) FROM topic WHERE bank = ?) + (SELECT COUNT(*) FROM fact WHERE bank = ?)
		+ (SELECT COUNT(*) FROM passage WHERE bank = ?) + (SELECT COUNT(*) FROM section WHERE bank = ?) + (SELECT COUNT(*) FROM class_bank WHERE bank = ?)
		+ (SELECT COUNT(*) FROM ruling WHERE bank = ?) + (SELECT COUNT(*) FROM lexicon WHERE bank = ? AND revision > 1)`,
		t.bank, t.bank, t.bank, t.bank, t.bank, t.bank, t.bank, t.bank)
	if err != nil || left > 0 {
		return err
	}
	for _, query := range []string{`DELETE FROM entity WHERE bank = ?`, `DELETE FROM lexicon WHERE bank = ?`, `DELETE FROM bank WHERE id = ?`} {
		if _, err := t.d.exec(query, t.bank); err != nil {
			return err
		}
	}
	return nil
}

func (t *taker) note() error {
	_, err := t.d.exec(`UPDATE import SET state = ?, since = ?, back = ? WHERE learner = ? AND n = ?`, string(bank.ImportUndone), t.at, object(t.back), int64(t.who), t.n)
	return err
}
