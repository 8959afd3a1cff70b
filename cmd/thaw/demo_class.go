package main

import (
	"context"
	"time"

	"thaw/app/people"
	"thaw/questions"
)

// The demonstration's class, and who teaches it.
const (
	demoTeacher = "Vera Noor"
	demoClass   = "10b History"
	demoCode    = "THWCLS"
)

// school makes the teacher and a class of the made-up learners, who have been in
// it since the first of their days.
func (p *parts) school(ctx context.Context, password string, begun time.Time) (questions.ClassID, error) {
	teacher := people.Person{ID: 1, Name: demoTeacher, Role: people.Teacher, Lang: "en", Zone: "UTC", Buttons: 2, Size: 100,
		NewADay: people.StandardNew, Minutes: people.StandardMinutes, Created: begun, Noted: true}
	err := p.people.AccountAdd(ctx, people.Account{Person: teacher, Password: password}, people.Fold(demoTeacher), nil)
	if err != nil {
		return 0, err
	}
	class := people.Class{Name: demoClass, Code: demoCode, Zone: "UTC", Made: begun}
	banks, err := p.Shelf.For(ctx, teacher.ID)
	if err != nil {
		return 0, err
	}
	for _, b := range banks {
		class.Banks = append(class.Banks, b.Bank.ID)
	}
	return p.Classes.Store.ClassAdd(ctx, class, teacher, "")
}

// joins puts a made-up learner into the class.
func (p *parts) joins(ctx context.Context, class questions.ClassID, who people.Person, at time.Time) error {
	_, err := p.Classes.Members.Join(ctx, people.Joining{Class: class, Who: who, Name: who.Name, Folded: people.Fold(who.Name), At: at})
	return err
}
