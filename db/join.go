package db

import (
	"context"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

type memberRow struct {
	Class   int64
	N       int
	Learner int64
	Role    string
	Name    string
	Joined  int64
}

func (r memberRow) member() people.Member {
	return people.Member{Class: questions.ClassID(r.Class), N: r.N, Learner: questions.LearnerID(r.Learner),
		Role: people.Role(r.Role), Name: r.Name, Joined: at(r.Joined)}
}

const memberColumns = `m.class, m.n, m.learner, m.role, m.name, m.joined`

// memberships are the classes of a pupil, a row for each of its teachers. Who teaches is
// whoever could look now; who looked last is told by the audit. It takes the pupil twice.
const memberships = `WITH look AS (
		SELECT a.class, a.actor, a.at, ROW_NUMBER() OVER (PARTITION BY a.class ORDER BY a.at DESC, a.n DESC) AS nth
		FROM audit a JOIN member m ON m.class = a.class AND m.learner = a.about
		WHERE a.about = ? AND a.what = 'look' AND a.at >= m.joined)
	SELECT * FROM (SELECT ` + memberColumns + `, m.extra, c.name AS title, c.archived, l.name AS teacher,
		COALESCE(k.at, 0) AS looked, COALESCE(p.name, '') AS looker, COALESCE(t.n, 0) AS place
	FROM member m JOIN class c ON c.id = m.class
		LEFT JOIN member t ON t.class = m.class AND t.role = 'teacher' AND t.gone = 0
		LEFT JOIN learner l ON l.id = t.learner AND l.role IN ('teacher', 'admin') AND l.disabled = 0
		LEFT JOIN look k ON k.class = m.class AND k.nth = 1
		LEFT JOIN learner p ON p.id = k.actor
	WHERE m.learner = ? AND m.role = 'pupil' AND m.gone = 0`

// looksAt are the looks at somebody's answers, in the columns of memberships: without a
// number, what it was as the role, its reason as the name.
const looksAt = ` UNION ALL SELECT a.class, 0, a.about, a.what, a.reason, a.at, 0, COALESCE(c.name, ''), 0, l.name, a.at, '', 0
	FROM audit a LEFT JOIN class c ON c.id = a.class LEFT JOIN learner l ON l.id = a.actor WHERE a.about = ? AND a.what IN ('look', 'read')`

// membershipOrder puts the newest first.
const membershipOrder = `) x ORDER BY joined DESC, class DESC, place`

type membershipRow struct {
	Row      memberRow `gorm:"embedded"`
	Title    string
	Archived int64
	Teacher  *string
	Looked   int64
	Looker   string
	Extra    int
}

// look is the look that a row of looksAt tells of.
func (r membershipRow) look() people.Look {
	l := people.Look{At: at(r.Looked), Reason: r.Row.Name, Teacher: r.Row.Role == "look"}
	if r.Teacher != nil {
		l.By = *r.Teacher
	}
	if l.Teacher {
		l.Class = r.Title
	}
	return l
}

// Memberships implements people.MemberStore.
func (s Class) Memberships(ctx context.Context, who questions.LearnerID) ([]people.Membership, error) {
	list, _, err := s.seenBy(ctx, memberships+membershipOrder, int64(who), int64(who))
	return list, err
}

// SeenBy implements people.MemberStore.
func (s Class) SeenBy(ctx context.Context, who questions.LearnerID) ([]people.Membership, []people.Look, error) {
	return s.seenBy(ctx, memberships+looksAt+membershipOrder, int64(who), int64(who), int64(who))
}

func (s Class) seenBy(ctx context.Context, query string, args ...any) (list []people.Membership, looks []people.Look, err error) {
	var rows []membershipRow
	err = s.reader(ctx).Raw(query, args...).Scan(&rows).Error
	for _, r := range rows {
		if r.Row.N == 0 {
			looks = append(looks, r.look())
			continue
		}
		if n := len(list); n == 0 || int64(list[n-1].Class) != r.Row.Class {
			list = append(list, people.Membership{Member: r.Row.member(), Title: r.Title, Away: r.Archived != 0, Looked: at(r.Looked), Looker: r.Looker})
			list[n].Extra = people.Extra(r.Extra)
		}
		if r.Teacher != nil {
			last := &list[len(list)-1]
			last.Teachers = append(last.Teachers, *r.Teacher)
		}
	}
	return list, looks, err
}

// Doorway implements people.MemberStore.
func (s Class) Doorway(ctx context.Context, code string, who questions.LearnerID) (people.Doorway, error) {
	var rows []struct {
		Row    classRow `gorm:"embedded"`
		Taught string
		N      int
		Role   string
		Mine   string
		Joined int64
		Seats  int64
		Places int64
		Bank   *int64
	}
	err := s.reader(ctx).Raw(`SELECT `+classColumns+`, g.bank,
			COALESCE((SELECT l.name FROM member t JOIN learner l ON l.id = t.learner
				WHERE t.class = c.id AND t.role = 'teacher' AND t.gone = 0 ORDER BY t.n LIMIT 1), '') AS taught,
			COALESCE(m.n, 0) AS n, COALESCE(m.role, '') AS role, COALESCE(m.name, '') AS mine, COALESCE(m.joined, 0) AS joined,
			(SELECT COUNT(*) FROM member s JOIN learner l ON l.id = s.learner WHERE s.class = c.id AND s.gone = 0 AND l.pin_n > 0) AS seats,
			(SELECT COUNT(*) FROM member x WHERE x.learner = ? AND x.gone = 0) AS places
		FROM class c
			LEFT JOIN member m ON m.class = c.id AND m.learner = ? AND m.gone = 0
			LEFT JOIN (SELECT g.class, g.bank FROM class_bank g JOIN bank b ON b.id = g.bank WHERE b.gone = 0) g ON g.class = c.id
		WHERE c.code = ? AND c.archived = 0 ORDER BY g.bank`, int64(who), int64(who), code).Scan(&rows).Error
	if err != nil {
		return people.Doorway{}, err
	}
	if len(rows) == 0 {
		return people.Doorway{}, missing()
	}
	r := rows[0]
	d := people.Doorway{Class: r.Row.class(), Taught: r.Taught, Seats: r.Seats > 0, Seated: r.Places > 0}
	if r.N > 0 {
		d.Mine = memberRow{r.Row.ID, r.N, int64(who), r.Role, r.Mine, r.Joined}.member()
	}
	for _, r := range rows {
		if r.Bank != nil {
			d.Class.Banks = append(d.Class.Banks, questions.BankID(*r.Bank))
		}
	}
	return d, nil
}

// Join implements people.MemberStore.
func (s Class) Join(ctx context.Context, j people.Joining) (m people.Member, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, j.Class); err != nil {
			return err
		}
		m, err = join(tx, j)
		return err
	})
	return m, err
}

func join(tx *gorm.DB, j people.Joining) (people.Member, error) {
	var used int64
	if err := one(tx.Raw(`SELECT c.id FROM class c WHERE c.id = ? AND c.archived = 0`, int64(j.Class)), &used); err != nil {
		return people.Member{}, err
	}
	var was struct {
		Row  memberRow `gorm:"embedded"`
		Gone int64
	}
	found := tx.Raw(`SELECT `+memberColumns+`, m.gone FROM member m WHERE m.class = ? AND m.learner = ?`, int64(j.Class), int64(j.Who.ID)).Scan(&was)
	if found.Error != nil {
		return people.Member{}, found.Error
	}
	if found.RowsAffected > 0 && was.Gone == 0 {
		return was.Row.member(), nil
	}
	if found.RowsAffected > 0 && j.Newcomer != nil {
		return people.Member{}, fault.New(fault.Conflict, "fault.token") // an old page, sent once more after leaving
	}
	if err := nameFree(tx, j); err != nil {
		return people.Member{}, err
	}
	if err := comes(tx, j); err != nil {
		return people.Member{}, err
	}
	row := memberRow{int64(j.Class), was.Row.N, int64(j.Who.ID), string(people.Pupil), j.Name, ms(j.At)}
	if found.RowsAffected > 0 {
		err := tx.Exec(`UPDATE member SET role = ?, name = ?, folded = ?, joined = ?, claimed = ?, gone = 0 WHERE class = ? AND learner = ?`,
			row.Role, row.Name, j.Folded, row.Joined, row.Joined, row.Class, row.Learner).Error
		if err == nil {
			err = welcome(straight(tx), row.Class, row.Learner, row.Joined)
		}
		return row.member(), err
	}
	if err := one(tx.Raw(`SELECT COALESCE(MAX(n), 0) + 1 FROM member WHERE class = ?`, row.Class), &row.N); err != nil {
		return people.Member{}, err
	}
	err := tx.Exec(`INSERT INTO member (class, n, learner, role, name, folded, joined, claimed, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		row.Class, row.N, row.Learner, row.Role, row.Name, j.Folded, row.Joined, row.Joined).Error
	if err == nil {
		err = welcome(straight(tx), row.Class, row.Learner, row.Joined)
	}
	return row.member(), orphaned(err)
}

// welcome lets what holds for a class reach who has come into it.
func welcome(d direct, class, who, joined int64) error {
	if err := ruleNewcomer(d, class, who, joined); err != nil {
		return err
	}
	return giveDates(d, class, who)
}

func nameFree(tx *gorm.DB, j people.Joining) error {
	var n int64
	err := tx.Raw(`SELECT COUNT(*) FROM member WHERE class = ? AND folded = ? AND gone = 0`, int64(j.Class), j.Folded).Scan(&n).Error
	if err == nil && n > 0 {
		return nameTaken()
	}
	return err
}

// comes makes the newcomer who joins, with the way in.
func comes(tx *gorm.DB, j people.Joining) error {
	if j.Newcomer == nil {
		return hold(tx, j.Who.ID)
	}
	return newcomer(tx, j.Newcomer)
}

// Leave implements people.MemberStore.
func (s Class) Leave(ctx context.Context, class questions.ClassID, who questions.LearnerID, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error { return leave(tx, class, who, now) })
}

func leave(tx *gorm.DB, class questions.ClassID, who questions.LearnerID, now time.Time) error {
	return changed(tx.Exec(`UPDATE member SET gone = ? WHERE class = ? AND learner = ? AND role = 'pupil' AND gone = 0`,
		ms(now), int64(class), int64(who)))
}

// Pupil implements people.MemberStore.
func (s Class) Pupil(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int) (people.Member, people.Account, error) {
	var row struct {
		Row                     memberRow `gorm:"embedded"`
		Disabled                int64
		Extra                   int
		Known, Duty, Lang, Zone string
	}
	err := one(s.reader(ctx).Raw(`SELECT `+memberColumns+`, m.extra, l.disabled, l.name AS known, l.role AS duty, l.lang, l.zone
		FROM class c JOIN member m ON m.class = c.id JOIN learner l ON l.id = m.learner
		WHERE c.id = ? AND m.n = ? AND m.role = 'pupil' AND m.gone = 0 AND `+taught, int64(class), n, int64(teacher)), &row)
	account := people.Account{Off: row.Disabled != 0, Person: people.Person{ID: questions.LearnerID(row.Row.Learner), Name: row.Known,
		Role: people.Role(row.Duty), Lang: row.Lang, Zone: row.Zone}}
	m := row.Row.member()
	m.Extra = people.Extra(row.Extra)
	return m, account, err
}

// Remove implements people.MemberStore.
func (s Class) Remove(ctx context.Context, m people.Member, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := leave(tx, m.Class, m.Learner, act.At); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// Reset implements people.MemberStore.
func (s Class) Reset(ctx context.Context, l people.Link, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, l.Learner); err != nil {
			return err
		}
		there, err := linked(tx, l.Hash)
		if err != nil || there {
			return err
		}
		if err := tx.Exec(`DELETE FROM link WHERE learner = ? AND what = ? AND used = 0`, int64(l.Learner), l.What).Error; err != nil {
			return err
		}
		err = changed(tx.Exec(`UPDATE learner SET password = '' WHERE id = ? AND role NOT IN ('teacher', 'admin')`, int64(l.Learner)))
		if err != nil {
			return err
		}
		if err := closeSessions(tx, l.Learner, nil); err != nil {
			return err
		}
		if err := addLink(tx, l); err != nil {
			return err
		}
		return audit(tx, act)
	})
}
