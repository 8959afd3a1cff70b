package db

import (
	"context"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// Class keeps classes, who is in them, and what reports about them are drawn
// from.
type Class struct{ *DB }

var (
	_ people.ClassStore  = Class{}
	_ people.MemberStore = Class{}
	_ people.RosterStore = Class{}
	_ people.SeatStore   = Class{}
	_ people.StaffStore  = Class{}
)

type classRow struct {
	ID             int64
	Name, Code     string
	Zone           string
	Made, Archived int64
	Pupils         int
	Listed         int64
	OpenUntil      int64
}

func (r classRow) class() people.Class {
	return people.Class{ID: questions.ClassID(r.ID), Name: r.Name, Code: r.Code, Zone: r.Zone,
		Made: at(r.Made), Archived: at(r.Archived), Pupils: r.Pupils, Listed: r.Listed != 0, OpenUntil: at(r.OpenUntil)}
}

const classColumns = `c.id, c.name, c.code, c.zone, c.made, c.archived, c.listed, c.open_until,
	(SELECT COUNT(*) FROM member p WHERE p.class = c.id AND p.role = 'pupil' AND p.gone = 0) AS pupils`

// taught keeps the classes that a person teaches: everybody else meets nothing.
const taught = `EXISTS (SELECT 1 FROM member t WHERE t.class = c.id AND t.learner = ? AND t.role = 'teacher' AND t.gone = 0)`

// Classes implements people.ClassStore.
func (s Class) Classes(ctx context.Context, teacher questions.LearnerID) ([]people.Class, error) {
	var rows []classRow
	err := s.reader(ctx).Raw(`SELECT `+classColumns+` FROM class c WHERE `+taught+`
		ORDER BY CASE WHEN c.archived = 0 THEN 0 ELSE 1 END, c.made DESC, c.id DESC`, int64(teacher)).Scan(&rows).Error
	list := make([]people.Class, len(rows))
	for i, r := range rows {
		list[i] = r.class()
	}
	return list, err
}

// Class implements people.ClassStore.
func (s Class) Class(ctx context.Context, teacher questions.LearnerID, id questions.ClassID) (people.Class, error) {
	var rows []struct {
		Class classRow `gorm:"embedded"`
		Bank  int64
	}
	err := s.reader(ctx).Raw(`SELECT `+classColumns+`, COALESCE(b.id, 0) AS bank FROM class c
			LEFT JOIN class_bank g ON g.class = c.id LEFT JOIN bank b ON b.id = g.bank AND b.gone = 0
		WHERE c.id = ? AND `+taught+` ORDER BY b.id`, int64(id), int64(teacher)).Scan(&rows).Error
	if err != nil {
		return people.Class{}, err
	}
	if len(rows) == 0 {
		return people.Class{}, missing()
	}
	c := rows[0].Class.class()
	for _, r := range rows {
		if r.Bank != 0 {
			c.Banks = append(c.Banks, questions.BankID(r.Bank))
		}
	}
	return c, nil
}

// ClassAdd implements people.ClassStore.
func (s Class) ClassAdd(ctx context.Context, c people.Class, teacher people.Person, token string) (id questions.ClassID, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, teacher.ID); err != nil {
			return err
		}
		if id, err = classBegun(tx, teacher.ID, token); err != nil || id != 0 {
			return err
		}
		var made int64
		err := tx.Raw(`INSERT INTO class (name, code, zone, made, archived, token) VALUES (?, ?, ?, ?, 0, ?) RETURNING id`,
			c.Name, c.Code, c.Zone, ms(c.Made), token).Row().Scan(&made)
		if err != nil {
			return taken(err, "fault.moved")
		}
		id = questions.ClassID(made)
		err = tx.Exec(`INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (?, 1, ?, 'teacher', ?, ?, ?, 0)`,
			made, int64(teacher.ID), teacher.Name, people.Fold(teacher.Name), ms(c.Made)).Error
		if err != nil {
			return err
		}
		return giveBanks(tx, teacher.ID, made, c.Banks, c.Made)
	})
	return id, err
}

// classBegun is the class that a token has made, if it has.
func classBegun(tx *gorm.DB, teacher questions.LearnerID, token string) (id questions.ClassID, err error) {
	if token == "" {
		return 0, nil
	}
	err = tx.Raw(`SELECT c.id FROM class c WHERE c.token = ? AND `+taught, token, int64(teacher)).Scan(&id).Error
	return id, err
}

// ClassName implements people.ClassStore.
func (s Class) ClassName(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, name string) error {
	return s.classSet(ctx, teacher, id, `name = ?`, name)
}

// ClassCode implements people.ClassStore.
func (s Class) ClassCode(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, code string) error {
	return taken(s.classSet(ctx, teacher, id, `code = ?`, code), "fault.moved")
}

// ClassArchive implements people.ClassStore.
func (s Class) ClassArchive(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, when time.Time) error {
	return s.classSet(ctx, teacher, id, `archived = ?`, ms(when))
}

// ClassListed implements people.RosterStore.
func (s Class) ClassListed(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, listed bool) error {
	return s.classSet(ctx, teacher, id, `listed = ?`, bit(listed))
}

// ClassOpen implements people.RosterStore.
func (s Class) ClassOpen(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, until time.Time) error {
	return s.classSet(ctx, teacher, id, `open_until = ?`, ms(until))
}

func (s Class) classSet(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, set string, value any) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`UPDATE class AS c SET `+set+` WHERE c.id = ? AND `+taught, value, int64(id), int64(teacher)))
	})
}

// ClassBanks implements people.ClassStore.
func (s Class) ClassBanks(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, banks []questions.BankID, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, id); err != nil {
			return err
		}
		var found int64
		if err := one(tx.Raw(`SELECT c.id FROM class c WHERE c.id = ? AND `+taught, int64(id), int64(teacher)), &found); err != nil {
			return err
		}
		return giveBanks(tx, teacher, found, banks, now)
	})
}

// giveBanks gives a class exactly these banks, and none that is not the
// teacher's to give.
func giveBanks(tx *gorm.DB, teacher questions.LearnerID, class int64, banks []questions.BankID, now time.Time) error {
	args := []any{int64(teacher), class}
	for _, b := range banks {
		args = append(args, int64(b))
	}
	var may []int64
	err := tx.Raw(`SELECT b.id FROM bank b WHERE b.gone = 0 AND (b.built_in = 1 OR (b.owner = ? AND b.owner <> 0)
			OR b.id IN (SELECT g.bank FROM class_bank g WHERE g.class = ?)) AND b.id IN `+places(len(banks)), args...).Scan(&may).Error
	if err != nil {
		return err
	}
	if len(may) != len(banks) {
		return missing()
	}
	drop := append([]any{class}, args[2:]...)
	if err := tx.Exec(`DELETE FROM class_bank WHERE class = ? AND COALESCE(bank NOT IN `+places(len(banks))+`, TRUE)`, drop...).Error; err != nil {
		return err
	}
	for _, b := range may {
		err := tx.Exec(`INSERT INTO class_bank (class, bank, given) VALUES (?, ?, ?) ON CONFLICT (class, bank) DO NOTHING`,
			class, b, ms(now)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// holdClass makes the writes of one class on PostgreSQL wait for each other, so
// that numbers counted per class and names taken in it collide with nobody's.
func holdClass(tx *gorm.DB, id questions.ClassID) error {
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT 1 FROM class WHERE id = ? FOR NO KEY UPDATE", int64(id)).Error
}

// audit writes one line.
func audit(tx *gorm.DB, a people.Act) error {
	return tx.Exec(`INSERT INTO audit (at, actor, what, about, class, reason) VALUES (?, ?, ?, ?, ?, ?)`,
		ms(a.At), int64(a.Actor), a.What, int64(a.About), int64(a.Class), a.Reason).Error
}

// nameTaken says that somebody in the class has the name.
func nameTaken() error { return fault.New(fault.Conflict, "people.nickname_taken") }
