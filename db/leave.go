package db

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

const (
	tiedClasses = `SELECT c.name FROM class c WHERE c.archived = 0 AND ` + taught + ` AND NOT EXISTS
		(SELECT 1 FROM member o JOIN learner l ON l.id = o.learner AND l.disabled = 0 AND l.goes = 0
			WHERE o.class = c.id AND o.role = 'teacher' AND o.gone = 0 AND o.learner <> ?) ORDER BY c.name, c.id`
	tiedBanks = `SELECT b.title FROM bank b WHERE b.owner = ? AND b.gone = 0 AND EXISTS
		(SELECT 1 FROM class_bank g JOIN class c ON c.id = g.class AND c.archived = 0 WHERE g.bank = b.id) ORDER BY b.title, b.id`
)

// Ties implements people.LeaveStore.
func (s People) Ties(ctx context.Context, who questions.LearnerID) (people.Ties, error) {
	return ties(s.reader(ctx), who)
}

func ties(q *gorm.DB, who questions.LearnerID) (t people.Ties, err error) {
	if err = notLast(q, who); err != nil && !fault.Is(err, fault.Conflict) {
		return t, err
	}
	t.Last = err != nil
	if err = q.Raw(tiedClasses, int64(who), int64(who)).Scan(&t.Classes).Error; err == nil {
		err = q.Raw(tiedBanks, int64(who)).Scan(&t.Banks).Error
	}
	return t, err
}

// Leave implements people.LeaveStore. A place that ends because its pupil leaves
// has the time at which everything goes, and is known by it.
func (s People) Leave(ctx context.Context, who questions.LearnerID, goes time.Time, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := mayLeave(tx, who); err != nil {
			return err
		}
		if err := changed(tx.Exec(`UPDATE learner SET goes = ? WHERE id = ? AND goes = 0`, ms(goes), int64(who))); err != nil {
			return err
		}
		if err := tx.Exec(`UPDATE member SET gone = ? WHERE learner = ? AND gone = 0`, ms(goes), int64(who)).Error; err != nil {
			return err
		}
		if err := cutOff(tx, who); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// mayLeave refuses whom others depend on.
func mayLeave(tx *gorm.DB, who questions.LearnerID) error {
	if err := holdAdmins(tx); err != nil {
		return err
	}
	if err := hold(tx, who); err != nil {
		return err
	}
	if err := notLast(tx, who); err != nil {
		return err
	}
	t, err := ties(tx, who)
	if err == nil && t.Any() {
		return fault.New(fault.Conflict, "leave.tied")
	}
	return err
}

// Stay implements people.LeaveStore.
func (s People) Stay(ctx context.Context, who questions.LearnerID, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, who); err != nil {
			return err
		}
		var goes int64
		if err := one(tx.Raw(`SELECT goes FROM learner WHERE id = ? AND goes <> 0`, int64(who)), &goes); err != nil {
			return err
		}
		if err := tx.Exec(`UPDATE learner SET goes = 0 WHERE id = ?`, int64(who)).Error; err != nil {
			return err
		}
		var places []memberRow
		err := tx.Raw(`SELECT `+memberColumns+` FROM member m WHERE m.learner = ? AND m.gone = ? ORDER BY m.class`, int64(who), goes).Scan(&places).Error
		if err != nil {
			return err
		}
		for _, m := range places {
			if err := sitAgain(tx, m); err != nil {
				return err
			}
		}
		return audit(tx, act)
	})
}

// sitAgain gives somebody the place in a class back, with a number behind the name
// where another has taken it meanwhile.
func sitAgain(tx *gorm.DB, m memberRow) error {
	if err := holdClass(tx, questions.ClassID(m.Class)); err != nil {
		return err
	}
	name := m.Name
	for n := 2; ; n++ {
		var others int64
		err := tx.Raw(`SELECT COUNT(*) FROM member WHERE class = ? AND folded = ? AND gone = 0`, m.Class, people.Fold(name)).Scan(&others).Error
		if err != nil {
			return err
		}
		if others == 0 {
			break
		}
		name = m.Name + " " + strconv.Itoa(n)
	}
	err := tx.Exec(`UPDATE member SET gone = 0, name = ?, folded = ? WHERE class = ? AND learner = ?`, name, people.Fold(name), m.Class, m.Learner).Error
	if err != nil || m.Role != string(people.Pupil) {
		return err
	}
	return welcome(straight(tx), m.Class, m.Learner, m.Joined)
}

// Forget implements people.LeaveStore.
func (s People) Forget(ctx context.Context, now time.Time, most int) (n int, err error) {
	var due []int64
	err = s.reader(ctx).Raw(`SELECT id FROM learner WHERE goes <> 0 AND goes <= ? ORDER BY goes, id LIMIT ?`, ms(now), most).Scan(&due).Error
	if err != nil {
		return 0, err
	}
	for _, id := range due {
		went, err := s.forget(ctx, people.Gone{ID: questions.LearnerID(id), At: now}, `goes <> 0 AND goes <= ?`, ms(now))
		if err != nil {
			return n, err
		}
		n += went
	}
	if n > 0 {
		err = s.keepGone(ctx)
	}
	return n, errors.Join(err, s.emptyLog(ctx))
}

// ForgetAgain implements people.LeaveStore.
func (s People) ForgetAgain(ctx context.Context, list []people.Gone) (n int, err error) {
	for _, g := range list {
		went, err := s.forget(ctx, g, `id = ?`, int64(g.ID))
		if err != nil {
			return n, err
		}
		n += went
	}
	if len(list) > 0 {
		err = s.keepGone(ctx)
	}
	return n, errors.Join(err, s.emptyLog(ctx))
}

// Gone implements people.LeaveStore.
func (s People) Gone(ctx context.Context) ([]people.Gone, error) {
	var list []people.Gone
	err := straight(s.reader(ctx)).each(`SELECT id, at FROM gone ORDER BY at, id`, nil, func(rows *sql.Rows) error {
		g, err := scanGone(rows)
		list = append(list, g)
		return err
	})
	return list, err
}

// forget deletes somebody of whom a condition still holds, in one transaction. The
// id is kept in any case.
func (s People) forget(ctx context.Context, g people.Gone, condition string, arg any) (n int, err error) {
	alone, err := s.ownAlone(ctx, g.ID)
	if err != nil {
		return 0, err
	}
	s.traces.Store(true)
	err = s.write(ctx, func(tx *gorm.DB) error {
		n = 0
		if err := hold(tx, g.ID); err != nil {
			return err
		}
		if err := noteGone(tx, g); err != nil {
			return err
		}
		var who learnerRow
		err := one(tx.Raw(`SELECT id, folded, goes FROM learner WHERE id = ? AND `+condition, int64(g.ID), arg), &who)
		if fault.Is(err, fault.Missing) {
			return nil
		}
		if err != nil {
			return err
		}
		n = 1
		if err := drop(straight(tx), who); err != nil {
			return err
		}
		if err := emptyBanks(straight(tx), alone); err != nil {
			return err
		}
		return forgetMedia(straight(tx), int64(g.ID))
	})
	return n, err
}

// noteGone keeps the id of somebody deleted.
func noteGone(tx *gorm.DB, g people.Gone) error {
	return tx.Exec(`INSERT INTO gone (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING`, int64(g.ID), ms(g.At)).Error
}

// drop deletes a learner. What is the learner's alone goes with the row; the rest
// comes first.
func drop(d direct, who learnerRow) error {
	name := "" // of no door
	if who.Folded != nil {
		name = *who.Folded
	}
	for _, step := range []struct {
		query string
		args  []any
	}{
		{remain, []any{who.ID, who.Goes, who.ID}},
		{`DELETE FROM link WHERE learner = ? OR maker = ?`, []any{who.ID, who.ID}},
		{`DELETE FROM failure WHERE key = ?`, []any{"name:" + name}},
		{`UPDATE bank SET owner = 0 WHERE owner = ?`, []any{who.ID}},
		{`UPDATE audit SET reason = '' WHERE about = ? AND reason <> ''`, []any{who.ID}},
		{`DELETE FROM learner WHERE id = ?`, []any{who.ID}},
	} {
		if _, err := d.exec(step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// remain adds the first answers of a pupil to what is left of such in the classes
// that the pupil was in until leaving, as Firsts has them: learner, the time that
// the place ended, learner.
const remain = `INSERT INTO remain (class, question, firsts, right_n)
	WITH told AS (
		SELECT m.class, e.learner, e.question, MIN((e.at - m.joined) * 4194304 + e.seq) % 4194304 AS seq
		FROM member m JOIN event e ON e.learner = m.learner AND e.at >= m.joined AND e.what IN ('answer', 'practice')
		WHERE m.learner = ? AND m.gone = ? AND m.gone <> 0 AND m.role = 'pupil' AND ` + standing + `
			AND EXISTS (SELECT 1 FROM mark k WHERE k.learner = e.learner AND k.seq = e.seq AND k.verdict <> 'void')
		GROUP BY m.class, e.learner, e.question)
	SELECT t.class, t.question, 1, CASE WHEN EXISTS
		(SELECT 1 FROM mark k WHERE k.learner = t.learner AND k.seq = t.seq AND k.verdict NOT IN ('right', 'slip')) THEN 0 ELSE 1 END
	FROM told t JOIN question q ON q.id = t.question
	WHERE t.learner = ? AND q.state = 'live' AND EXISTS (SELECT 1 FROM class_bank g WHERE g.class = t.class AND g.bank = q.bank)
	ON CONFLICT (class, question) DO UPDATE SET firsts = remain.firsts + 1, right_n = remain.right_n + excluded.right_n`

// emptyLog removes what is left of rows that were deleted and of which no trace may stay:
// SQLite's log is copied into the file and cut, PostgreSQL's dead rows are vacuumed. What a
// long reader keeps goes next time.
func (d *DB) emptyLog(ctx context.Context) error {
	if d.readOnly || !d.traces.Swap(false) {
		return nil
	}
	err := d.cutLog(ctx)
	if err != nil {
		d.traces.Store(true)
	}
	return err
}

func (d *DB) cutLog(ctx context.Context) error {
	switch {
	case d.engine == postgresEngine:
		return d.vacuum(context.WithoutCancel(ctx))
	case d.writer == nil:
		return nil
	}
	var busy, log, copied int
	err := d.writer.log.over.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &copied)
	if err == nil && busy != 0 {
		err = errors.New("somebody still reads what was deleted; it is cut from the log next time")
	}
	return err
}

// vacuum frees what PostgreSQL has kept of deleted rows. A table that has lost none takes no
// time.
func (d *DB) vacuum(ctx context.Context) error {
	var tables string
	err := d.pool.QueryRowContext(ctx, "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = current_schema()").Scan(&tables)
	if err != nil {
		return err
	}
	_, err = d.pool.ExecContext(ctx, "VACUUM "+tables)
	return err
}
