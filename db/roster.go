package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

type seatRow struct {
	Row            memberRow `gorm:"embedded"`
	Claimed, PinAt int64
	PinN           int
	Known          int64
	Extra          int
}

func (r seatRow) seat() people.Seat {
	s := people.Seat{Member: r.Row.member(), Claimed: at(r.Claimed), PIN: r.PinN, Made: at(r.PinAt), Account: r.Known != 0}
	s.Extra = people.Extra(r.Extra)
	return s
}

const seatColumns = memberColumns + `, m.claimed, m.extra, l.pin_n, l.pin_at, CASE WHEN l.folded IS NULL THEN 0 ELSE 1 END AS known`

// Roster implements people.RosterStore.
func (s Class) Roster(ctx context.Context, teacher questions.LearnerID, id questions.ClassID) (people.Roster, error) {
	class, err := s.Class(ctx, teacher, id)
	r := people.Roster{Class: class}
	if err != nil {
		return r, err
	}
	var rows []struct {
		Row  seatRow `gorm:"embedded"`
		Real string
	}
	err = s.reader(ctx).Raw(`SELECT `+seatColumns+`, l.name AS real FROM member m JOIN learner l ON l.id = m.learner
		WHERE m.class = ? AND m.gone = 0 ORDER BY m.folded, m.n`, int64(id)).Scan(&rows).Error
	for _, row := range rows {
		seat := row.Row.seat()
		if seat.Role == people.Teacher {
			seat.Name, seat.Extra = row.Real, 0
			r.Teachers = append(r.Teachers, seat.Member)
			continue
		}
		r.Seats = append(r.Seats, seat)
	}
	slices.SortFunc(r.Teachers, func(a, b people.Member) int { return cmp.Compare(a.N, b.N) })
	return r, err
}

// many bounds the rows of one statement.
const many = 100

// SeatsAdd implements people.RosterStore.
func (s Class) SeatsAdd(ctx context.Context, teacher questions.LearnerID, seats []people.NewSeat) error {
	if len(seats) == 0 {
		return nil
	}
	class := seats[0].Class
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, class); err != nil {
			return err
		}
		var last int
		err := one(tx.Raw(`SELECT (SELECT COALESCE(MAX(n), 0) FROM member m WHERE m.class = c.id) FROM class c WHERE c.id = ? AND `+taught,
			int64(class), int64(teacher)), &last)
		if err != nil {
			return err
		}
		for part := range slices.Chunk(seats, many) {
			if err := addSeats(tx, part, last); err != nil {
				return err
			}
			last += len(part)
		}
		if err := ruleSeats(straight(tx), class); err != nil {
			return err
		}
		return giveDates(straight(tx), int64(class), 0)
	})
}

// addSeats stores seats and their learners, numbered after the last one.
func addSeats(tx *gorm.DB, seats []people.NewSeat, last int) error {
	learners := make([]learnerRow, len(seats))
	members := make([]map[string]any, len(seats))
	for i, s := range seats {
		learners[i] = learnerOf(people.Account{Person: s.Person}, "", nil)
		learners[i].PinN, learners[i].PinAt = s.PIN, ms(s.Made)
		members[i] = map[string]any{"class": int64(s.Class), "n": last + 1 + i, "learner": int64(s.Learner), "role": string(s.Role),
			"name": s.Name, "folded": s.Folded, "joined": ms(s.Joined), "claimed": ms(s.Claimed), "extra": int(s.Extra), "gone": 0}
	}
	if err := tx.Create(&learners).Error; err != nil {
		return taken(err, "fault.token")
	}
	return taken(tx.Table("member").Create(&members).Error, "people.nickname_taken")
}

// ruleSeats lets the rulings for a class reach the seats that nobody has come to.
func ruleSeats(d direct, class questions.ClassID) error {
	_, err := d.exec(`INSERT INTO judged (ruling, learner, since, done) SELECT c.ruling, m.learner, m.joined, 0
		FROM ruled_class c JOIN ruling r ON r.id = c.ruling JOIN member m ON m.class = c.class AND m.gone = 0 AND m.claimed = 0
		WHERE c.class = ? AND r.undone = 0 ON CONFLICT (ruling, learner) DO NOTHING`, int64(class))
	return err
}

// Renew implements people.RosterStore.
func (s Class) Renew(ctx context.Context, seats []people.Seat, by people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		for _, seat := range seats {
			done := tx.Exec(`UPDATE learner SET pin_n = pin_n + 1, pin_at = ? WHERE id = ? AND folded IS NULL
				AND EXISTS (SELECT 1 FROM member m WHERE m.class = ? AND m.learner = learner.id AND m.gone = 0)`, ms(by.At), int64(seat.Learner), int64(seat.Class))
			if done.Error != nil {
				return done.Error
			}
			if done.RowsAffected == 0 {
				continue
			}
			if err := closeSessions(tx, seat.Learner, nil); err != nil {
				return err
			}
			if err := tx.Exec(`DELETE FROM failure WHERE key = ?`, seat.Key()).Error; err != nil {
				return err
			}
			by.About = seat.Learner
			if err := audit(tx, by); err != nil {
				return err
			}
		}
		return nil
	})
}

// SeatName implements people.RosterStore.
func (s Class) SeatName(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, name, folded string) error {
	return s.seatSet(ctx, teacher, class, n, `name = ?, folded = ?`, name, folded)
}

// SeatExtra implements people.RosterStore.
func (s Class) SeatExtra(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, e people.Extra) error {
	return s.seatSet(ctx, teacher, class, n, `extra = ?`, int(e))
}

func (s Class) seatSet(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, set string, values ...any) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec(`UPDATE member SET `+set+` WHERE class = ? AND n = ? AND role = 'pupil' AND gone = 0
			AND EXISTS (SELECT 1 FROM class c WHERE c.id = member.class AND `+taught+`)`, append(slices.Clone(values), int64(class), n, int64(teacher))...)
		return taken(changed(done), "people.nickname_taken")
	})
}

// seated are the seats of classes that are not in the archive.
const seated = ` FROM member m JOIN learner l ON l.id = m.learner AND l.disabled = 0 JOIN class c ON c.id = m.class AND c.archived = 0
	WHERE m.role = 'pupil' AND m.gone = 0 AND `

// Seats implements people.SeatStore.
func (s Class) Seats(ctx context.Context, class questions.ClassID) ([]people.Seat, error) {
	var rows []seatRow
	err := s.reader(ctx).Raw(`SELECT `+seatColumns+seated+`m.class = ? AND l.pin_n > 0 ORDER BY m.n`, int64(class)).Scan(&rows).Error
	list := make([]people.Seat, len(rows))
	for i, r := range rows {
		list[i] = r.seat()
	}
	return list, err
}

// SeatAt implements people.SeatStore.
func (s Class) SeatAt(ctx context.Context, class questions.ClassID, n int) (people.Seat, error) {
	var row seatRow
	err := one(s.reader(ctx).Raw(`SELECT `+seatColumns+seated+`m.class = ? AND m.n = ?`, int64(class), n), &row)
	return row.seat(), err
}

// SeatOf implements people.SeatStore.
func (s Class) SeatOf(ctx context.Context, who questions.LearnerID) (people.Seat, people.Class, error) {
	var row struct {
		Seat  seatRow  `gorm:"embedded"`
		Class classRow `gorm:"embedded;embeddedPrefix:c_"`
	}
	err := one(s.reader(ctx).Raw(`SELECT `+seatColumns+`, c.id AS c_id, c.name AS c_name, c.code AS c_code, c.zone AS c_zone, c.made AS c_made,
		c.listed AS c_listed, c.open_until AS c_open_until`+seated+`m.learner = ? ORDER BY m.joined DESC, m.class DESC LIMIT 1`, int64(who)), &row)
	return row.Seat.seat(), row.Class.class(), err
}

// Sit implements people.SeatStore.
func (s Class) Sit(ctx context.Context, seat people.Seat, free bool, now time.Time, w people.Way) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, seat.Learner); err != nil {
			return err
		}
		var row seatRow
		if err := one(tx.Raw(`SELECT `+seatColumns+seated+`m.class = ? AND m.n = ?`, int64(seat.Class), seat.N), &row); err != nil {
			return err
		}
		if now := row.seat(); now.Learner != seat.Learner || now.PIN != seat.PIN || now.Account || (free && !now.Free()) {
			return fault.New(fault.Conflict, "seat.taken")
		}
		err := tx.Exec(`UPDATE member SET claimed = ? WHERE class = ? AND n = ? AND claimed = 0`, ms(now), int64(seat.Class), seat.N).Error
		if err != nil || len(w.Session.Hash) == 0 {
			return err
		}
		return change(tx, w)
	})
}

// StaffAdd implements people.StaffStore. A co-teacher takes no name in the class: a
// pupil may be called the same.
func (s Class) StaffAdd(ctx context.Context, class questions.ClassID, teacher questions.LearnerID, other people.Person, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, class); err != nil {
			return err
		}
		var mine struct{ ID int64 }
		if err := one(tx.Raw(`SELECT c.id FROM class c WHERE c.id = ? AND `+taught, int64(class), int64(teacher)), &mine); err != nil {
			return err
		}
		fresh, err := teach(tx, class, other, act.At)
		if err != nil || !fresh {
			return err
		}
		return audit(tx, act)
	})
}

// teach lets somebody teach a class, too, and tells whether they did not already.
// fault.Conflict for who is a pupil there.
func teach(tx *gorm.DB, class questions.ClassID, who people.Person, now time.Time) (bool, error) {
	var row struct {
		N      int
		Mine   int
		Role   string
		Inside int64
	}
	err := one(tx.Raw(`SELECT (SELECT MAX(n) FROM member m WHERE m.class = c.id) AS n, COALESCE(o.n, 0) AS mine, COALESCE(o.role, '') AS role,
			CASE WHEN o.gone = 0 THEN 1 ELSE 0 END AS inside
		FROM class c LEFT JOIN member o ON o.class = c.id AND o.learner = ? WHERE c.id = ?`, int64(who.ID), int64(class)), &row)
	switch {
	case err != nil:
		return false, err
	case row.Inside == 1 && row.Role == string(people.Teacher):
		return false, nil
	case row.Inside == 1:
		return false, fault.New(fault.Conflict, "staff.pupil")
	case row.Mine > 0:
		err = tx.Exec(`UPDATE member SET role = 'teacher', name = ?, folded = ?, joined = ?, claimed = ?, gone = 0 WHERE class = ? AND learner = ?`,
			who.Name, "#"+who.ID.String(), ms(now), ms(now), int64(class), int64(who.ID)).Error
	default:
		err = tx.Exec(`INSERT INTO member (class, n, learner, role, name, folded, joined, claimed, gone) VALUES (?, ?, ?, 'teacher', ?, ?, ?, ?, 0)`,
			int64(class), row.N+1, int64(who.ID), who.Name, "#"+who.ID.String(), ms(now), ms(now)).Error
	}
	return true, orphaned(err)
}

// StaffLeave implements people.StaffStore.
func (s Class) StaffLeave(ctx context.Context, class questions.ClassID, n int, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		err := changed(tx.Exec(`UPDATE member SET gone = ? WHERE class = ? AND n = ? AND n > 1 AND role = 'teacher' AND gone = 0`, ms(act.At), int64(class), n))
		if err != nil {
			return err
		}
		err = tx.Exec(`DELETE FROM link WHERE class = ? AND used = 0 AND maker = (SELECT learner FROM member WHERE class = ? AND n = ?)`, int64(class), int64(class), n).Error
		if err != nil {
			return err
		}
		return audit(tx, act)
	})
}
