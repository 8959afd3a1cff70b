package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/questions"
)

// Subject implements repair.Store.
func (s Repair) Subject(ctx context.Context, who people.Person, id questions.QuestionID) (found repair.Subject, err error) {
	var rows []struct {
		Bank  bankRow  `gorm:"embedded"`
		Q     headRow  `gorm:"embedded;embeddedPrefix:q_"`
		Class classRow `gorm:"embedded;embeddedPrefix:c_"`
		Edits int
		Names int
	}
	err = s.reader(ctx).Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied,
			q.id AS q_id, q.bank AS q_bank, q.topic AS q_topic, q.slug AS q_slug, q.kind AS q_kind, q.state AS q_state, q.latest AS q_latest,
			CASE WHEN `+editedBy(`?`, `?`)+` THEN 1 ELSE 0 END AS edits, (SELECT COALESCE(MAX(x.revision), 0) FROM lexicon x WHERE x.bank = b.id) AS names,
			COALESCE(c.id, 0) AS c_id, COALESCE(c.name, '') AS c_name
		FROM question q JOIN bank b ON b.id = q.bank
			LEFT JOIN class c ON c.archived = 0 AND c.id IN (SELECT g.class FROM class_bank g WHERE g.bank = b.id) AND `+taught+`
		WHERE q.id = ? ORDER BY c.name, c.id`, append(editor(who), int64(who.ID), int64(id))...).Scan(&rows).Error
	if err != nil {
		return found, err
	}
	for i, r := range rows {
		if i == 0 {
			found = repair.Subject{Bank: r.Bank.bank(), Revision: r.Bank.Revision, Head: r.Q.head(), Edits: r.Edits != 0}
			found.Lexicon.Revision = r.Names
		}
		if r.Class.ID != 0 {
			found.Classes = append(found.Classes, r.Class.class())
		}
	}
	if len(rows) == 0 {
		return found, missing()
	}
	return found, nil
}

func firstClass(list []questions.ClassID) questions.ClassID {
	if len(list) == 0 {
		return 0
	}
	return list[0]
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// Rule implements repair.Store.
func (s Repair) Rule(ctx context.Context, m repair.Made) (id questions.RulingID, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		id, err = rule(tx, m)
		return err
	})
	return id, err
}

func rule(tx *gorm.DB, m repair.Made) (questions.RulingID, error) {
	if err := holdAll(tx); err != nil {
		return 0, err
	}
	var made int64
	err := tx.Raw(`SELECT id FROM ruling WHERE actor = ? AND token = ?`, int64(m.Actor), m.Token).Scan(&made).Error
	if err != nil || made != 0 {
		return questions.RulingID(made), err
	}
	was, version, lexicon, err := makes(tx, m)
	if err != nil {
		return 0, err
	}
	id, err := number(tx, `INSERT INTO ruling (at, actor, classes, bank, decision, question, part, fact, entity, texts, version, lexicon, was, token)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, ms(m.At), int64(m.Actor), len(m.Classes), int64(m.Bank), string(m.Decision),
		int64(m.Question), m.Part, int64(m.Fact), int64(m.Entity), list(m.Texts), version, lexicon, was, m.Token)
	if err != nil {
		return 0, err
	}
	d := straight(tx)
	for _, r := range m.Reached {
		if _, err := d.exec(`INSERT INTO ruled (question, ruling, until) VALUES (?, ?, ?)`, int64(r.Question), id, r.Until); err != nil {
			return 0, err
		}
	}
	if len(m.Classes) == 0 {
		err = enlist(d, id)
	}
	if err := errors.Join(err, ruleClasses(d, id, m.Classes)); err != nil {
		return 0, err
	}
	if err := ruledNow(d, id); err != nil {
		return 0, err
	}
	if m.Decision != study.Accept {
		if err := answerReports(d, id, true); err != nil {
			return 0, err
		}
	}
	return questions.RulingID(id), audit(tx, people.Act{At: m.At, Actor: m.Actor, What: people.ActRule + questions.RulingID(id).String(), Class: firstClass(m.Classes)})
}

// ruleClasses puts the pupils of classes on the list of a ruling.
func ruleClasses(d direct, id int64, classes []questions.ClassID) error {
	for _, c := range classes {
		if _, err := d.exec(`INSERT INTO ruled_class (class, ruling) VALUES (?, ?)`, int64(c), id); err != nil {
			return err
		}
		_, err := d.exec(`INSERT INTO judged (ruling, learner, since, done) SELECT CAST(? AS BIGINT), learner, joined, 0 FROM member WHERE class = ? AND role = 'pupil' AND gone = 0
			ON CONFLICT (ruling, learner) DO UPDATE SET since = CASE WHEN excluded.since < judged.since THEN excluded.since ELSE judged.since END`, id, int64(c))
		if err != nil {
			return err
		}
	}
	return nil
}

// ruleNewcomer lets the rulings for a class reach somebody who joins it.
func ruleNewcomer(d direct, class, who, joined int64) error {
	_, err := d.exec(`INSERT INTO judged (ruling, learner, since, done) SELECT c.ruling, CAST(? AS BIGINT), CAST(? AS BIGINT), 0 FROM ruled_class c JOIN ruling r ON r.id = c.ruling
		WHERE c.class = ? AND r.undone = 0 ON CONFLICT (ruling, learner) DO NOTHING`, who, joined, class)
	return err
}

// ruledNow makes what is being decided on the ruling's questions be decided again.
func ruledNow(d direct, id int64) error {
	return d.moves(`UPDATE question SET ruled = ruled + 1 WHERE id IN (SELECT question FROM ruled WHERE ruling = ?)`, id)
}

// answerReports accepts the reports of a question that a ruling answers, or opens them
// again, but for those that have been made anew.
func answerReports(d direct, id int64, accept bool) error {
	if accept {
		_, err := d.exec(`UPDATE contest SET state = 'accepted', ruling = ? WHERE part = 0 AND state = 'open' AND question IN (SELECT question FROM ruled WHERE ruling = ?)`, id, id)
		return err
	}
	_, err := d.exec(`UPDATE contest SET state = 'open', ruling = 0 WHERE part = 0 AND ruling = ? AND NOT EXISTS (SELECT 1 FROM contest o
		WHERE o.learner = contest.learner AND o.question = contest.question AND o.version = contest.version AND o.part = 0 AND o.state = 'open')`, id)
	return err
}

// makes stores the wording, the names or the state that a ruling makes, and returns the
// state that there was and the numbers of the new version and revision.
func makes(tx *gorm.DB, m repair.Made) (was string, version, lexicon int, err error) {
	if m.Version == nil && m.Lexicon == nil && !m.Decision.Retires() {
		return "", 0, 0, nil
	}
	if err := step(tx, m.Bank, m.Revision); err != nil {
		return "", 0, 0, err
	}
	switch {
	case m.Lexicon != nil:
		lexicon = m.Lexicon.Revision + 1
		return "", 0, lexicon, addLexicon(tx, m.Bank, *m.Lexicon)
	case m.Version != nil:
		version = m.Version.Version + 1
		return "", version, 0, nextVersion(tx, m.Bank, *m.Version, m.Actor, m.At)
	}
	err = one(tx.Raw(`SELECT state FROM question WHERE id = ?`, int64(m.Question)), &was)
	if err == nil {
		err = setState(tx, m.Question, bank.Retired, m.At)
	}
	return was, 0, 0, err
}

// step counts a change of a bank that is as it was when the change was decided.
func step(tx *gorm.DB, id questions.BankID, revision int) error {
	done := tx.Exec(`UPDATE bank SET revision = revision + 1 WHERE id = ? AND revision = ?`, int64(id), revision)
	if done.Error == nil && done.RowsAffected == 0 {
		return bank.ErrMoved
	}
	return done.Error
}

func setState(tx *gorm.DB, id questions.QuestionID, to bank.State, now time.Time) error {
	return tx.Exec(`UPDATE question SET state = ?, changed = ? WHERE id = ?`, string(to), ms(now), int64(id)).Error
}

// nextVersion appends a wording to the one that it was made of.
func nextVersion(tx *gorm.DB, id questions.BankID, v questions.Version, by questions.LearnerID, now time.Time) error {
	v.Version++
	if err := addVersion(tx, v, by, now); err != nil {
		return err
	}
	if err := tx.Exec(`UPDATE question SET latest = ?, changed = ? WHERE id = ?`, v.Version, ms(now), int64(v.Question)).Error; err != nil {
		return err
	}
	return indexText(tx, id, v)
}

// progressRow is a ruling with who made it.
type progressRow struct {
	ID, At, Actor, Classes, Bank int64
	Decision                     string
	Question                     int64
	Part, Version, Lexicon       int
	Fact, Entity                 int64
	Texts, Was, Name             string
	Undone, Finished, Latest     int64
	Done, Waiting                int
}

const progressColumns = `r.id, r.at, r.actor, r.classes, r.bank, r.decision, r.question, r.part, r.version, r.lexicon, r.fact, r.entity, r.texts, r.was,
	r.undone, r.finished, q.latest, COALESCE(l.name, '') AS name`

// rules keeps the rulings that a person may undo: those on what the person edits, and
// their own for a class that they teach.
var rules = ` FROM ruling r JOIN question q ON q.id = r.question JOIN bank b ON b.id = r.bank LEFT JOIN learner l ON l.id = r.actor
	WHERE (` + editedBy(`?`, `?`) + ` OR r.classes <> 0 AND r.actor = ? AND EXISTS (SELECT 1 FROM ruled_class c JOIN member t ON t.class = c.class WHERE c.ruling = r.id AND t.learner = r.actor AND t.role = 'teacher' AND t.gone = 0))`

func (r progressRow) progress() repair.Progress {
	return repair.Progress{Classes: int(r.Classes), Actor: questions.LearnerID(r.Actor), By: r.Name, Undone: at(r.Undone), Finished: at(r.Finished),
		Prompt: questions.Ref{Question: questions.QuestionID(r.Question), Version: int(r.Latest)}, Done: r.Done, Left: r.Waiting,
		Ruling: study.Ruling{ID: questions.RulingID(r.ID), At: at(r.At), Decision: study.Decision(r.Decision), Bank: questions.BankID(r.Bank), Question: questions.QuestionID(r.Question),
			Part: r.Part, Fact: questions.FactID(r.Fact), Entity: questions.EntityID(r.Entity), Texts: unlist[string](r.Texts)}}
}

// Progress implements repair.Store.
func (s Repair) Progress(ctx context.Context, who people.Person, id questions.RulingID) (repair.Progress, error) {
	var row progressRow
	args := append([]any{int64(id), int64(id)}, editor(who)...)
	err := one(s.reader(ctx).Raw(`SELECT `+progressColumns+`, (SELECT COUNT(*) FROM judged j WHERE j.ruling = ? AND j.done = 1) AS done,
		(SELECT COUNT(*) FROM judged j WHERE j.ruling = ? AND j.done = 0) AS waiting`+rules+` AND r.id = ?`, append(args, int64(who.ID), int64(id))...), &row)
	return row.progress(), err
}

// Made implements repair.Store.
func (s Repair) Made(ctx context.Context, who people.Person, limit int) ([]repair.Progress, error) {
	var rows []progressRow
	err := s.reader(ctx).Raw(`SELECT `+progressColumns+rules+` ORDER BY r.id DESC LIMIT ?`, append(editor(who), int64(who.ID), limit)...).Scan(&rows).Error
	made := make([]repair.Progress, len(rows))
	for i, r := range rows {
		made[i] = r.progress()
	}
	return made, err
}

// Finish implements repair.Store.
func (s Repair) Finish(ctx context.Context, id questions.RulingID, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		_, err := straight(tx).exec(`UPDATE ruling SET finished = ? WHERE id = ? AND finished = 0`, ms(now), int64(id))
		return err
	})
}

// Undo implements repair.Store.
func (s Repair) Undo(ctx context.Context, who people.Person, id questions.RulingID, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error { return unrule(tx, who, id, now) })
}

func unrule(tx *gorm.DB, who people.Person, id questions.RulingID, now time.Time) error {
	if err := holdAll(tx); err != nil {
		return err
	}
	var row progressRow
	err := one(tx.Raw(`SELECT `+progressColumns+rules+` AND r.id = ?`, append(editor(who), int64(who.ID), int64(id))...), &row)
	if err != nil {
		return err
	}
	if row.Undone != 0 {
		return nil
	}
	d := straight(tx)
	if err := d.moves(`UPDATE ruling SET undone = ?, finished = 0 WHERE id = ? AND undone = 0`, ms(now), row.ID); err != nil {
		return err
	}
	if _, err := d.exec(`UPDATE judged SET done = 0 WHERE ruling = ?`, row.ID); err != nil {
		return err
	}
	if row.Classes == 0 {
		if err := enlist(d, row.ID); err != nil {
			return err
		}
	}
	if err := ruledNow(d, row.ID); err != nil {
		return err
	}
	if err := answerReports(d, row.ID, false); err != nil {
		return err
	}
	if err := unmake(tx, row, who.ID, now); err != nil {
		return err
	}
	return audit(tx, people.Act{At: now, Actor: who.ID, What: people.ActUnrule + id.String()})
}

// unmake takes back what a ruling has made, where nobody has changed it since: a wording
// and names by the ones before them, appended.
func unmake(tx *gorm.DB, r progressRow, by questions.LearnerID, now time.Time) error {
	question, id := questions.QuestionID(r.Question), questions.BankID(r.Bank)
	switch {
	case r.Version != 0 && int64(r.Version) == r.Latest:
		old, err := versions(tx, []questions.Ref{{Question: question, Version: r.Version - 1}})
		if err != nil || len(old) != 1 {
			return cmpErr(err, missing())
		}
		old[0].Version = r.Version
		if err := nextVersion(tx, id, old[0], by, now); err != nil {
			return err
		}
	case r.Lexicon != 0:
		if err := unspell(tx, r); err != nil {
			return err
		}
	case study.Decision(r.Decision).Retires():
		err := tx.Exec(`UPDATE question SET state = ?, changed = ? WHERE id = ? AND state = ?`, r.Was, ms(now), r.Question, string(bank.Retired)).Error
		if err != nil {
			return err
		}
	default:
		return nil
	}
	return tx.Exec(`UPDATE bank SET revision = revision + 1 WHERE id = ?`, r.Bank).Error
}

// unspell takes the ruling's spellings from the name again.
func unspell(tx *gorm.DB, r progressRow) error {
	l, err := newestLexicon(tx, questions.BankID(r.Bank))
	if err != nil {
		return err
	}
	before, err := lexicon(tx, questions.BankID(r.Bank), r.Lexicon-1)
	if err != nil {
		return err
	}
	texts := map[string]bool{}
	for _, t := range unlist[string](r.Texts) {
		had, _ := before.Find(t)
		texts[questions.Fold(t)] = int64(had.ID) != r.Entity
	}
	for i, e := range l.Entities {
		if int64(e.ID) == r.Entity {
			l.Entities[i].Spellings = slices.DeleteFunc(slices.Clone(e.Spellings), func(s string) bool { return texts[questions.Fold(s)] })
		}
	}
	return addLexicon(tx, questions.BankID(r.Bank), l)
}

// scanRuling reads a ruling as it reaches a learner, with more columns behind it.
func scanRuling(rows *sql.Rows, more ...any) (study.Ruling, error) {
	var r study.Ruling
	var made, since int64
	var texts string
	err := rows.Scan(append([]any{&r.ID, &made, &r.Decision, &r.Bank, &r.Question, &r.Until, &since, &r.Part, &r.Fact, &r.Entity, &texts}, more...)...)
	r.At, r.Since, r.Texts = at(made), at(since), unlist[string](texts)
	return r, err
}
