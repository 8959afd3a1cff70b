package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// StaffOffer implements people.StaffLinkStore.
func (s Class) StaffOffer(ctx context.Context, l people.Link, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, l.Class); err != nil {
			return err
		}
		if err := teaches(tx, l.Maker, l.Class); err != nil {
			return err
		}
		there, err := linked(tx, l.Hash)
		if err != nil || there {
			return err
		}
		if err := addLink(tx, l); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// teaches is fault.Missing for who does not teach a class.
func teaches(tx *gorm.DB, who questions.LearnerID, class questions.ClassID) error {
	var row struct{ ID int64 }
	return one(tx.Raw(`SELECT c.id FROM class c WHERE c.id = ? AND `+taught, int64(class), int64(who)), &row)
}

// StaffOffers implements people.StaffLinkStore; the link says which are meant, and when.
func (s Class) StaffOffers(ctx context.Context, teacher questions.LearnerID, of people.Link) ([]people.Offered, error) {
	var rows []struct {
		Row  linkRow `gorm:"embedded"`
		Name string
	}
	err := s.reader(ctx).Raw(`SELECT `+linkColumns+`, COALESCE(l.name, '') AS name FROM class c JOIN link k ON k.class = c.id LEFT JOIN learner l ON l.id = k.maker
		WHERE c.id = ? AND k.what = ? AND k.used = 0 AND k.ends > ? AND `+taught+` ORDER BY k.made, k.hash`,
		int64(of.Class), of.What, ms(of.Made), int64(teacher)).Scan(&rows).Error
	list := make([]people.Offered, len(rows))
	for i, r := range rows {
		list[i] = people.Offered{Link: r.Row.link(), MakerName: r.Name}
	}
	return list, err
}

// StaffRevoke implements people.StaffLinkStore.
func (s Class) StaffRevoke(ctx context.Context, teacher questions.LearnerID, l people.Link, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := teaches(tx, teacher, l.Class); err != nil {
			return err
		}
		if err := changed(tx.Exec(`DELETE FROM link WHERE hash = ? AND what = ? AND class = ? AND used = 0`, l.Hash, l.What, int64(l.Class))); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// StaffLink implements people.StaffLinkStore.
func (s Class) StaffLink(ctx context.Context, who questions.LearnerID, hash []byte) (people.StaffLink, error) {
	var row struct {
		Row             linkRow `gorm:"embedded"`
		Title, By, Mine string
	}
	err := one(s.reader(ctx).Raw(`SELECT `+linkColumns+`, c.name AS title, b.name AS by, COALESCE(m.role, '') AS mine
		FROM link k JOIN class c ON c.id = k.class JOIN member b ON b.class = k.class AND b.learner = k.maker AND b.role = 'teacher' AND b.gone = 0
			LEFT JOIN member m ON m.class = k.class AND m.learner = ? AND m.gone = 0
		WHERE k.hash = ?`, int64(who), hash), &row)
	return people.StaffLink{Link: row.Row.link(), Title: row.Title, By: row.By,
		Teaches: row.Mine == string(people.Teacher), Pupil: row.Mine == string(people.Pupil)}, err
}

// StaffAccept implements people.StaffLinkStore.
func (s Class) StaffAccept(ctx context.Context, who people.Person, l people.StaffLink, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, l.Class); err != nil {
			return err
		}
		if err := useLink(tx, l.Hash, act.At); err != nil {
			return err
		}
		if err := teaches(tx, l.Maker, l.Class); err != nil {
			return err
		}
		if err := tx.Exec(`UPDATE link SET learner = ? WHERE hash = ?`, int64(who.ID), l.Hash).Error; err != nil {
			return err
		}
		fresh, err := teach(tx, l.Class, who, act.At)
		if err == nil && !fresh {
			err = fault.New(fault.Conflict, "staff.link_have")
		}
		if err != nil {
			return err
		}
		return audit(tx, act)
	})
}
