package bank

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

// Editor is where banks and questions are written: it loads, decides and saves.
type Editor struct {
	Store EditStore
	Now   func() time.Time
}

const (
	tries      = 3    // how often a change is decided again when the bank moved on meanwhile
	guestHolds = 1    // questions that a guest may have
	maxAbout   = 2000 // characters
)

// NewBank makes an empty bank. The same token makes it once. Guests have none but
// the one that begins with their question.
func (e Editor) NewBank(ctx context.Context, who people.Person, b Bank, token string) (questions.BankID, error) {
	if err := named(who); err != nil {
		return 0, err
	}
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	b, err := head(b)
	if err != nil {
		return 0, err
	}
	b.Owner, b.Slug = who.ID, slug("b", who.ID.String()+token)
	return e.Store.AddBank(ctx, b, e.Now())
}

// named refuses guests what needs an account.
func named(who people.Person) error {
	if !who.Known() {
		return fault.New(fault.Denied, "fault.guest_bank")
	}
	return nil
}

// head refuses what cannot be the head of a bank.
func head(b Bank) (Bank, error) {
	var wrong []fault.Field
	title, err := checkTitle(b.Title)
	var f *fault.Fault
	if errors.As(err, &f) {
		wrong = f.Fields
	}
	if utf8.RuneCountInString(b.About) > maxAbout {
		wrong = append(wrong, fault.Field{Name: "about", Key: "bank.about_long", Args: []any{maxAbout}})
	}
	if _, err := language.Parse(b.Lang); err != nil {
		wrong = append(wrong, fault.Field{Name: "lang", Key: "problem.lang", Args: []any{b.Lang}})
	}
	b.Title = title
	return b, fault.Bad(wrong)
}

// SetBank changes title, about and language of a bank.
func (e Editor) SetBank(ctx context.Context, who people.Person, b Bank) error {
	b, err := head(b)
	if err != nil {
		return err
	}
	b.Owner = who.ID
	return e.Store.SetBank(ctx, b)
}

// Copy makes a bank of one's own out of a built-in one or another of one's own.
// The same token makes it once.
func (e Editor) Copy(ctx context.Context, who people.Person, from questions.BankID, title, token string) (questions.BankID, error) {
	if err := named(who); err != nil {
		return 0, err
	}
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	desk, err := e.Store.Desk(ctx, who.ID, from)
	if err != nil {
		return 0, err
	}
	b := desk.Bank
	b.Title, b.Owner, b.BuiltIn, b.Copied, b.Slug = title, who.ID, false, from, slug("b", who.ID.String()+token)
	if b, err = head(b); err != nil {
		return 0, err
	}
	return e.Store.Copy(ctx, from, b, e.Now())
}

// Bin puts a bank into the bin, or takes it out again.
func (e Editor) Bin(ctx context.Context, who people.Person, id questions.BankID, gone bool) error {
	var at time.Time
	if gone {
		at = e.Now()
	}
	return e.Store.Bin(ctx, who.ID, id, at)
}

// Arrange changes the topics of a bank as decided on what they are.
func (e Editor) Arrange(ctx context.Context, who people.Person, id questions.BankID, decide func(Desk) (Outline, error)) error {
	for range tries {
		desk, err := e.Store.Desk(ctx, who.ID, id)
		if err != nil {
			return err
		}
		if desk.Bank.Owner != who.ID {
			return fault.New(fault.Missing, "fault.missing") // a built-in bank is only looked at
		}
		next, err := decide(desk)
		if err != nil {
			return err
		}
		if err = e.Store.SetTopics(ctx, who.ID, id, desk.Revision, next); !errors.Is(err, ErrMoved) {
			return err
		}
	}
	return fault.New(fault.Conflict, "fault.moved")
}

// AddTopic makes a topic. The same token makes it once.
func (e Editor) AddTopic(ctx context.Context, who people.Person, id questions.BankID, title string, under questions.TopicID, token string) error {
	if err := people.CheckToken(token); err != nil {
		return err
	}
	return e.Arrange(ctx, who, id, func(d Desk) (Outline, error) { return d.Topics.Add(title, under, slug("t", token)) })
}

// Write stores what a form says about a question, new or not, and returns its
// id. Errors: Unfit, and fault.Conflict when it has been written otherwise since
// the form was made.
func (e Editor) Write(ctx context.Context, who people.Person, at Place, f Form) (questions.QuestionID, error) {
	if err := people.CheckToken(f.Token); err != nil {
		return 0, err
	}
	return e.change(ctx, who, WrittenBy(f.Token, at), func(w Work) (Change, error) {
		c, err := Write(w, f)
		if w.Question.ID == 0 && !who.Known() {
			c.AtMost = guestHolds
		}
		return c, err
	})
}

// WrittenBy is the place of what a form's token has made in a bank, if it has.
func WrittenBy(token string, at Place) Place {
	at.Slug = slug("q", token)
	return at
}

// SetState makes a question live, a draft, or retired.
func (e Editor) SetState(ctx context.Context, who people.Person, id questions.QuestionID, to State) error {
	_, err := e.change(ctx, who, Place{Question: id}, func(w Work) (Change, error) { return SetState(w, to) })
	return err
}

// change decides on what a question is and stores it; with nothing to store it
// only says which question it is.
func (e Editor) change(ctx context.Context, who people.Person, at Place, decide func(Work) (Change, error)) (questions.QuestionID, error) {
	for range tries {
		w, err := e.Store.Work(ctx, who.ID, at)
		if err != nil {
			return 0, err
		}
		c, err := decide(w)
		if err != nil || len(c.Puts) == 0 {
			return w.Question.ID, err
		}
		c.By, c.At = who.ID, e.Now()
		id, err := e.Store.Save(ctx, c)
		if w.Question.ID != 0 {
			id = w.Question.ID // the first put may be its other direction
		}
		if !errors.Is(err, ErrMoved) {
			return id, err
		}
	}
	return 0, fault.New(fault.Conflict, "fault.moved")
}

// Update answers the offer of an original's newer wording: it is taken, or the
// copy is kept as it is.
func (e Editor) Update(ctx context.Context, who people.Person, id questions.QuestionID, take bool) error {
	_, err := e.change(ctx, who, Place{Question: id}, func(w Work) (Change, error) {
		offered, err := e.Store.Updates(ctx, who.ID, w.Bank.ID, id)
		if err != nil {
			return Change{}, err
		}
		switch {
		case len(offered.List) == 0:
			return Change{}, nil // answered already
		case take:
			return Take(w, offered.List[0]), nil
		}
		return Keep(w, offered.List[0]), nil
	})
	return err
}

// Begin stores the first question of somebody who only looks around: a stranger
// becomes a guest with it, and gets a bank that begins with it. The same token
// makes all of it once.
func (e Editor) Begin(ctx context.Context, who people.Person, newcomer *people.Newcomer, b Bank, f Form) (questions.QuestionID, error) {
	if err := people.CheckToken(f.Token); err != nil {
		return 0, err
	}
	for range tries {
		w, err := e.beginning(ctx, who, b, f)
		if err != nil {
			return 0, err
		}
		c, err := Write(w, f)
		if err != nil || len(c.Puts) == 0 {
			return w.Question.ID, err
		}
		c.By, c.At, c.AtMost = who.ID, e.Now(), guestHolds
		if w.Bank.ID == 0 {
			b.Owner, b.Slug = who.ID, slug("b", who.ID.String()+f.Token)
			c.Newcomer, c.Opens = newcomer, &b
		}
		id, err := e.Store.Save(ctx, c)
		if !errors.Is(err, ErrMoved) {
			return id, err
		}
	}
	return 0, fault.New(fault.Conflict, "fault.moved")
}

// beginning is the work on a first question: in the bank that the person has
// already, or in none yet.
func (e Editor) beginning(ctx context.Context, who people.Person, fresh Bank, f Form) (Work, error) {
	banks, err := e.Store.Banks(ctx, who.ID)
	if err != nil {
		return Work{}, err
	}
	for _, b := range banks {
		if !b.BuiltIn && b.Gone.IsZero() {
			return e.Store.Work(ctx, who.ID, Place{Bank: b.ID, Slug: slug("q", f.Token)})
		}
	}
	return Work{Bank: fresh}, nil
}
