package db

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"thaw/app/people"
	"thaw/questions"
)

var _ people.LogStore = People{}

type lineRow struct {
	At     int64
	Actor  int64
	What   string
	About  int64
	Class  int64
	Reason string
	By     string `gorm:"column:by_name"`
	Whom   string
	Where  string `gorm:"column:where_name"`
}

func (r lineRow) line() people.Line {
	return people.Line{Act: people.Act{At: at(r.At), Actor: questions.LearnerID(r.Actor), What: r.What, About: questions.LearnerID(r.About),
		Class: questions.ClassID(r.Class), Reason: r.Reason}, By: r.By, Whom: r.Whom, Where: r.Where}
}

// lines reads the audit with its names: in a class those by which people are known there.
const lines = `SELECT a.at, a.actor, a.what, a.about, a.class, a.reason, COALESCE(NULLIF(x.name, ''), i.name, '') AS by_name,
		COALESCE(o.name, y.name, '') AS whom, COALESCE(c.name, '') AS where_name
	FROM audit a
		LEFT JOIN learner x ON x.id = a.actor LEFT JOIN member i ON i.class = a.class AND i.learner = a.actor
		LEFT JOIN learner y ON y.id = a.about LEFT JOIN member o ON o.class = a.class AND o.learner = a.about
		LEFT JOIN class c ON c.id = a.class
	WHERE `

// listed reads a page of lines, and one more to know whether there is another.
func listed(q *gorm.DB, where string, page int, args ...any) (list []people.Line, more bool, err error) {
	var rows []lineRow
	args = append(args, people.LogSize+1, people.LogSize*(max(page, 1)-1))
	err = q.Raw(lines+where+` ORDER BY a.n DESC LIMIT ? OFFSET ?`, args...).Scan(&rows).Error
	for i, r := range rows {
		if i == people.LogSize {
			return list, true, err
		}
		list = append(list, r.line())
	}
	return list, false, err
}

// Log implements people.LogStore.
func (s People) Log(ctx context.Context, search people.LogSearch) ([]people.Line, bool, error) {
	where, args := []string{`1 = 1`}, []any{}
	if search.Kind != "" {
		where, args = append(where, `(a.what = ? OR a.what LIKE ? ESCAPE '!')`), append(args, search.Kind, likely(search.Kind)+" %")
	}
	if name := people.Fold(search.Name); name != "" {
		part := "%" + likely(name) + "%"
		where, args = append(where, `(x.folded LIKE ? ESCAPE '!' OR y.folded LIKE ? ESCAPE '!' OR o.folded LIKE ? ESCAPE '!')`), append(args, part, part, part)
	}
	return listed(s.reader(ctx), strings.Join(where, ` AND `), search.Page, args...)
}

// ClassLog implements people.LogStore.
func (s People) ClassLog(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, page int) (people.Class, []people.Line, bool, error) {
	var row classRow
	q := s.reader(ctx)
	if err := one(q.Raw(`SELECT `+classColumns+` FROM class c WHERE c.id = ? AND `+taught, int64(id), int64(teacher)), &row); err != nil {
		return people.Class{}, nil, false, err
	}
	list, more, err := listed(q, `a.class = ?`, page, int64(id))
	return row.class(), list, more, err
}
