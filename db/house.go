package db

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/questions"
)

var _ people.HouseStore = People{}

// SetInvited implements people.HouseStore.
func (s People) SetInvited(ctx context.Context, invited bool, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec(`INSERT INTO school (one, name, lang, zone, url, ready, invited) VALUES (1, '', '', '', '', 0, ?)
			ON CONFLICT (one) DO UPDATE SET invited = excluded.invited`, bit(invited)).Error
		if err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// Sits implements people.HouseStore.
func (s People) Sits(ctx context.Context, who questions.LearnerID) (bool, error) {
	var n int64
	err := s.reader(ctx).Raw(`SELECT COUNT(*) FROM member WHERE learner = ? AND role = 'pupil' AND gone = 0`, int64(who)).Scan(&n).Error
	return n > 0, err
}

// keptRow is a class with its teachers, by name, a line each.
type keptRow struct {
	Row      classRow `gorm:"embedded"`
	Teachers string
	Last     int64
	Matches  int
}

func (r keptRow) kept() people.Kept {
	k := people.Kept{Class: r.Row.class(), Last: day(r.Last)}
	if r.Teachers != "" {
		k.Teachers = strings.Split(r.Teachers, "\n")
	}
	return k
}

// teachersOf are the teachers of a class c; it takes what stands between them.
const teachersOf = `COALESCE((SELECT STRING_AGG(t.name, ? ORDER BY t.n) FROM member t WHERE t.class = c.id AND t.role = 'teacher' AND t.gone = 0), '')`

// keptClasses takes a line feed; a condition follows. When a pupil last answered is told
// by the tallies of days, so that no answer is looked at.
const keptClasses = `SELECT ` + classColumns + `, COUNT(*) OVER () AS matches,
		` + teachersOf + ` AS teachers,
		COALESCE((SELECT MAX(r.day) FROM member p JOIN rollup r ON r.learner = p.learner WHERE p.class = c.id AND p.role = 'pupil' AND p.gone = 0), 0) AS last
	FROM class c `

// classOrder puts the classes in use first.
const classOrder = ` ORDER BY CASE WHEN c.archived = 0 THEN 0 ELSE 1 END, c.name, c.id`

// AllClasses implements people.HouseStore.
func (s People) AllClasses(ctx context.Context, name string, page int) (list []people.Kept, all int, err error) {
	query, args := keptClasses+classOrder+` LIMIT ? OFFSET ?`, []any{"\n", people.PageSize, people.PageSize * (max(page, 1) - 1)}
	if folded := questions.Fold(name); folded != "" {
		found, err := s.classesCalled(ctx, folded)
		if err != nil {
			return nil, 0, err
		}
		all = len(found)
		found = found[min(all, people.PageSize*(max(page, 1)-1)):min(all, people.PageSize*max(page, 1))]
		query, args = keptClasses+`WHERE c.id IN `+places(len(found))+classOrder, append([]any{"\n"}, found...)
	}
	var rows []keptRow
	err = s.reader(ctx).Raw(query, args...).Scan(&rows).Error
	for _, r := range rows {
		list, all = append(list, r.kept()), max(all, r.Matches)
	}
	return list, all, err
}

// classesCalled lists the classes whose name, or a teacher's, has a folded text. Neither
// engine folds, so that the names are read.
func (s People) classesCalled(ctx context.Context, folded string) (found []any, err error) {
	var rows []struct {
		ID             int64
		Name, Teachers string
	}
	err = s.reader(ctx).Raw(`SELECT c.id, c.name, `+teachersOf+` AS teachers FROM class c`+classOrder, "\n").Scan(&rows).Error
	for _, r := range rows {
		if strings.Contains(questions.Fold(r.Name), folded) || strings.Contains(questions.Fold(r.Teachers), folded) {
			found = append(found, r.ID)
		}
	}
	return found, err
}

// AnyClass implements people.HouseStore.
func (s People) AnyClass(ctx context.Context, id questions.ClassID) (people.Kept, []people.Member, error) {
	var row keptRow
	q := s.reader(ctx)
	if err := one(q.Raw(keptClasses+`WHERE c.id = ?`, "\n", int64(id)), &row); err != nil {
		return people.Kept{}, nil, err
	}
	var rows []memberRow
	err := q.Raw(`SELECT `+memberColumns+` FROM member m WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0 ORDER BY m.folded, m.n`, int64(id)).Scan(&rows).Error
	pupils := make([]people.Member, len(rows))
	for i, r := range rows {
		pupils[i] = r.member()
	}
	return row.kept(), pupils, err
}

// Shelve implements people.HouseStore.
func (s People) Shelve(ctx context.Context, id questions.ClassID, when time.Time, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := changed(tx.Exec(`UPDATE class SET archived = ? WHERE id = ?`, ms(when), int64(id))); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// HandOver implements people.HouseStore.
func (s People) HandOver(ctx context.Context, h people.Handing) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, h.Class); err != nil {
			return err
		}
		var class struct{ ID int64 }
		if err := one(tx.Raw(`SELECT id FROM class WHERE id = ?`, int64(h.Class)), &class); err != nil {
			return err
		}
		fresh, err := teach(tx, h.Class, h.To, h.Act.At)
		if err != nil {
			return err
		}
		made := false
		if h.Founder {
			made, err = found(tx, h.Class, h.To.ID)
		}
		if err != nil || !fresh && !made {
			return err
		}
		return audit(tx, h.Act)
	})
}

// found makes a teacher of a class its founder, by the number 1; the one before gets the
// teacher's. It tells whether that changed anything.
func found(tx *gorm.DB, class questions.ClassID, who questions.LearnerID) (bool, error) {
	var row struct{ N int }
	if err := one(tx.Raw(`SELECT n FROM member WHERE class = ? AND learner = ?`, int64(class), int64(who)), &row); err != nil || row.N == 1 {
		return false, err
	}
	for _, step := range [][2]int{{1, -1}, {row.N, 1}, {-1, row.N}} {
		if err := tx.Exec(`UPDATE member SET n = ? WHERE class = ? AND n = ?`, step[1], int64(class), step[0]).Error; err != nil {
			return false, err
		}
	}
	return true, nil
}

// Reading implements people.HouseStore.
func (s People) Reading(ctx context.Context, admin, who questions.LearnerID, since time.Time) (people.Person, people.Look, error) {
	var row struct {
		Row    learnerRow `gorm:"embedded"`
		Looked int64
		Reason string
	}
	err := one(s.reader(ctx).Raw(`SELECT `+learnerColumns+`, COALESCE(a.at, 0) AS looked, COALESCE(a.reason, '') AS reason
		FROM learner l LEFT JOIN audit a ON a.about = l.id AND a.what = 'read' AND a.actor = ? AND a.at > ?
		WHERE l.id = ? ORDER BY a.at DESC, a.n DESC LIMIT 1`, int64(admin), ms(since), int64(who)), &row)
	return row.Row.person(), people.Look{At: at(row.Looked), Reason: row.Reason}, err
}

// Looks implements people.HouseStore.
func (s People) Looks(ctx context.Context, who questions.LearnerID, most int) ([]people.Look, error) {
	var rows []struct {
		At     int64
		Name   string
		Reason string
	}
	err := s.reader(ctx).Raw(`SELECT a.at, COALESCE(l.name, '') AS name, a.reason FROM audit a LEFT JOIN learner l ON l.id = a.actor
		WHERE a.about = ? AND a.what = 'read' ORDER BY a.at DESC, a.n DESC LIMIT ?`, int64(who), most).Scan(&rows).Error
	var list []people.Look
	for _, r := range rows {
		list = append(list, people.Look{At: at(r.At), By: r.Name, Reason: r.Reason})
	}
	return list, err
}

// AnswersOn implements people.HouseStore.
func (s People) AnswersOn(ctx context.Context, day fsrs.Day) (learners, answers int, err error) {
	var row struct{ Learners, Answers int }
	err = s.reader(ctx).Raw(`SELECT COUNT(*) AS learners, COALESCE(SUM(answers), 0) AS answers FROM rollup WHERE day = ? AND answers > 0`, int(day)).Scan(&row).Error
	return row.Learners, row.Answers, err
}
