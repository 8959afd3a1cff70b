package db

import (
	"context"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// FirstAdmin is the administrator who has been here longest, the zero person while there
// is none.
func (s People) FirstAdmin(ctx context.Context) (people.Person, error) {
	var id int64
	err := one(s.reader(ctx).Raw(`SELECT id FROM learner WHERE role = 'admin' AND disabled = 0 AND goes = 0 ORDER BY created, id LIMIT 1`), &id)
	if fault.Is(err, fault.Missing) {
		return people.Person{}, nil
	}
	if err != nil {
		return people.Person{}, err
	}
	a, err := s.AccountOf(ctx, questions.LearnerID(id))
	return a.Person, err
}
