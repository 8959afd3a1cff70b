package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/questions"
)

// damagedFile reads the whole of SQLite's file; PostgreSQL looks after its own.
func (s Repair) damagedFile(ctx context.Context) (found []string, err error) {
	if s.engine == postgresEngine {
		return nil, nil
	}
	found, err = s.texts(ctx, "PRAGMA quick_check(5)")
	if err != nil {
		found = []string{err.Error()}
	}
	if slices.Equal(found, []string{"ok"}) {
		return nil, nil
	}
	return append(found[:min(len(found), 4)], s.pointed(errDamaged(s.path)).Error()), nil
}

// rootless lists the topics that lead up to none without a parent.
func rootless(q *gorm.DB) (ids []int64, err error) {
	err = q.Raw(`WITH RECURSIVE rooted(id, bank) AS (SELECT id, bank FROM topic WHERE parent = 0
			UNION SELECT t.id, t.bank FROM topic t JOIN rooted r ON t.parent = r.id AND t.bank = r.bank)
		SELECT id FROM topic WHERE id NOT IN (SELECT id FROM rooted) ORDER BY id`).Scan(&ids).Error
	return ids, err
}

func (s Repair) strayTopics(ctx context.Context) (found []string, err error) {
	ids, err := rootless(s.reader(ctx))
	for _, id := range ids {
		found = append(found, "topic "+strconv.FormatInt(id, 10))
	}
	return found, err
}

// mendTopics puts one of the topics of each circle on top, and those below none.
func (s Repair) mendTopics(ctx context.Context) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec(`UPDATE topic SET parent = 0 WHERE parent <> 0 AND NOT EXISTS (SELECT 1 FROM topic t WHERE t.id = topic.parent AND t.bank = topic.bank)`).Error
		for err == nil {
			var ids []int64
			if ids, err = rootless(tx); err != nil || len(ids) == 0 {
				return err
			}
			err = tx.Exec(`UPDATE topic SET parent = 0 WHERE id = ?`, ids[0]).Error
		}
		return err
	})
}

// searched is a question that a search may find.
type searched struct {
	ID, Bank int64
	Latest   int
	Folded   string
	Grams    string
}

// searchBatch is how many questions are looked at together.
const searchBatch = 200

// stale calls do for each question that a search finds by other words than it has. Only
// teachers' banks are searched that way.
func (s Repair) stale(ctx context.Context, do func(questions.BankID, questions.Version) error) error {
	for after := int64(0); ; {
		var rows []searched
		err := s.reader(ctx).Raw(`SELECT q.id, q.bank, q.latest, q.folded, COALESCE((SELECT `+s.joined()+` FROM gram g WHERE g.question = q.id AND g.bank = q.bank), '') AS grams
			FROM question q JOIN bank b ON b.id = q.bank WHERE b.built_in = 0 AND b.emptied = 0 AND q.id > ? ORDER BY q.id LIMIT ?`, after, searchBatch).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].ID
		refs := make([]questions.Ref, len(rows))
		for i, r := range rows {
			refs[i] = questions.Ref{Question: questions.QuestionID(r.ID), Version: r.Latest}
		}
		wordings, err := wordingsOf(s.reader(ctx), refs)
		if err != nil {
			return err
		}
		for i, r := range rows {
			v, ok := wordings[refs[i]]
			if !ok || len(v.Answers) == 0 || fresh(r, bank.Searchable(v)) {
				continue
			}
			if err := do(questions.BankID(r.Bank), v); err != nil {
				return err
			}
		}
	}
}

// joined lists the runs of letters of a question, divided by a sign that none has.
func (s Repair) joined() string {
	if s.engine == postgresEngine {
		return `STRING_AGG(g.gram, CHR(1))`
	}
	return `GROUP_CONCAT(g.gram, CHAR(1))`
}

func fresh(r searched, folded string) bool {
	var grams []string
	if r.Grams != "" {
		grams = strings.Split(r.Grams, "\x01")
	}
	slices.Sort(grams)
	return r.Folded == folded && slices.Equal(grams, bank.Grams(folded))
}

func (s Repair) staleSearch(ctx context.Context) (found []string, err error) {
	err = s.stale(ctx, func(_ questions.BankID, v questions.Version) error {
		found = append(found, fmt.Sprintf("question %d", v.Question))
		return nil
	})
	return found, err
}

func (s Repair) mendSearch(ctx context.Context) error {
	return s.stale(ctx, func(id questions.BankID, v questions.Version) error {
		return s.write(ctx, func(tx *gorm.DB) error { return indexText(tx, id, v) })
	})
}

// codes lists the classes whose code leads to another one, or to none.
func (s Repair) codes(ctx context.Context) (ids []int64, err error) {
	seen := map[string]bool{}
	err = straight(s.reader(ctx)).each(`SELECT id, code FROM class ORDER BY archived, made, id`, nil, func(rows *sql.Rows) error {
		var id int64
		var code string
		if err := rows.Scan(&id, &code); err != nil {
			return err
		}
		plain, ok := people.ReadCode(code)
		if !ok || plain != code || seen[plain] {
			ids = append(ids, id)
		}
		seen[plain] = true
		return nil
	})
	return ids, err
}

func (s Repair) badCodes(ctx context.Context) (found []string, err error) {
	ids, err := s.codes(ctx)
	for _, id := range ids {
		found = append(found, "class "+strconv.FormatInt(id, 10))
	}
	return found, err
}

// mendCodes gives new codes; what is printed of the old ones leads nowhere, or to the class
// that has it rightly.
func (s Repair) mendCodes(ctx context.Context) error {
	ids, err := s.codes(ctx)
	for _, id := range ids {
		if err != nil {
			return err
		}
		var code string
		if code, err = people.NewCode(); err == nil {
			err = s.write(ctx, func(tx *gorm.DB) error { return tx.Exec(`UPDATE class SET code = ? WHERE id = ?`, code, id).Error })
		}
	}
	return err
}

const notGone = `SELECT 'learner ' || g.id FROM gone g JOIN learner l ON l.id = g.id ORDER BY g.id`

func (s Repair) notGone(ctx context.Context) ([]string, error) { return s.texts(ctx, notGone) }

func (s Repair) mendGone(ctx context.Context) error {
	list, err := People(s).Gone(ctx)
	if err == nil {
		_, err = People(s).ForgetAgain(ctx, list)
	}
	return err
}

// referred are the references that other checks see, by table and the one that it refers to;
// "*" for each.
func referred(table, to string) bool {
	switch to {
	case "learner", "class", "event", "sitting":
		return true
	case "bank", "topic":
		return table == "fact" || table == "question" && to == "topic"
	}
	return false
}

// brokenReferences lists what refers to something that is not there, beside what other
// checks see. On PostgreSQL there can be none.
func (s Repair) brokenReferences(ctx context.Context) (found []string, err error) {
	if s.engine == postgresEngine {
		return nil, nil
	}
	err = straight(s.reader(ctx)).each(`SELECT "table", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2`, nil, func(rows *sql.Rows) error {
		var table, to string
		var n int
		err := rows.Scan(&table, &to, &n)
		if err == nil && !referred(table, to) {
			found = append(found, fmt.Sprintf("%d rows of %s refer to a %s that is not there", n, table, to))
		}
		return err
	})
	if len(found) > 0 {
		list, lookErr := listBackups(s.keeper.folder)
		if err = errors.Join(err, lookErr); len(list) > 0 {
			found = append(found, "the newest backup is "+list[0].Name)
		}
	}
	return found, err
}

// counters are PostgreSQL's, which give out ids, with the highest id that is there.
func (s Repair) counters(ctx context.Context, do func(table, column string, high int64) error) error {
	type counter struct{ table, column string }
	var all []counter
	d := straight(s.reader(ctx))
	err := d.each(`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY 1`, nil, func(rows *sql.Rows) error {
		var c counter
		err := rows.Scan(&c.table, &c.column)
		all = append(all, c)
		return err
	})
	for _, c := range all {
		if err != nil {
			return err
		}
		var high, next int64
		err = d.row(`SELECT COALESCE((SELECT MAX(`+c.column+`) FROM `+c.table+`), 0), COALESCE(pg_sequence_last_value(pg_get_serial_sequence('`+c.table+`', '`+c.column+`')), 0)`, nil, &high, &next)
		if err == nil && next < high {
			err = do(c.table, c.column, high)
		}
	}
	return err
}

func (s Repair) counterBehind(ctx context.Context) (found []string, err error) {
	err = s.counters(ctx, func(table, _ string, high int64) error {
		found = append(found, fmt.Sprintf("%s, below %d", table, high))
		return nil
	})
	return found, err
}

func (s Repair) mendCounters(ctx context.Context) error {
	return s.counters(ctx, func(table, column string, high int64) error {
		return s.write(ctx, func(tx *gorm.DB) error {
			return tx.Exec(`SELECT setval(pg_get_serial_sequence(?, ?), ?)`, table, column, high).Error
		})
	})
}
