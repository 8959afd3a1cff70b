package quiz

import (
	"context"
	"time"

	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// ErrMoved says that a card, an item or the weights in force are no longer what
// an answer was decided on; deciding again on a new Turn is the answer to it.
var ErrMoved = study.ErrMoved

// Store is what sittings need kept. Another learner's sitting is fault.Missing
// like one that does not exist.
type Store interface {
	// Turn loads one item, its event if closed, the cards of its facts and the rulings
	// on its question.
	Turn(ctx context.Context, who questions.LearnerID, sitting, pos int) (Turn, error)
	// Replied returns where the answer with the token stands; ok is false when
	// there is none.
	Replied(ctx context.Context, who questions.LearnerID, token string) (sitting, pos int, ok bool, err error)
	// Rulings loads those in force that reach a learner, on one question or, with 0, on
	// all, in their order, and what a decision by them stands on.
	Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]study.Ruling, study.Stand, error)
	// Save stores an answer in one transaction and returns its event's number.
	// ErrMoved when the item is not in the state From, a card's Seq or the Stand
	// differs, or the token is there already.
	Save(ctx context.Context, a Answered) (seq int64, err error)
	// Try stores the first try of an open item; ErrMoved when it is not open.
	Try(ctx context.Context, who questions.LearnerID, sitting int, item Item) error
	// Give stores what is given to an item of an open exam, or that nothing is, with its
	// flag; ErrMoved when it is closed, or was not last changed with the token.
	Give(ctx context.Context, who questions.LearnerID, sitting int, item Item, was string) error
	// Paper loads a sitting with all that is needed to hand it in.
	Paper(ctx context.Context, who questions.LearnerID, n int) (Paper, error)
	// HandIn stores a sitting's end in one transaction. ErrMoved when it has ended, an
	// item is not as it was, a later event is there, or as with Save.
	HandIn(ctx context.Context, in HandedIn) error
	// Extend moves the end of an open sitting; ErrMoved when it does not end then.
	Extend(ctx context.Context, who questions.LearnerID, n int, from, to time.Time) error
	// Begin stores a new sitting with its items and returns its number. With a
	// token that has been used it returns the sitting begun with it.
	Begin(ctx context.Context, s Sitting, token string) (n int, err error)
	// Sitting loads a sitting with its items.
	Sitting(ctx context.Context, who questions.LearnerID, n int) (Sitting, error)
	// Readings loads what was answered while reading since a time, without cards, oldest
	// first.
	Readings(ctx context.Context, who questions.LearnerID, since time.Time) ([]Turn, error)
	// Latest lists the newest sittings without items, newest first; what was answered
	// while reading is not among them.
	Latest(ctx context.Context, who questions.LearnerID, limit int) ([]Sitting, error)
	// LatelyWrong lists the questions whose newest answer that no undo voids was given
	// since a time and was not right; it looks at the newest answers, limit of them.
	LatelyWrong(ctx context.Context, who questions.LearnerID, since time.Time, limit int) ([]questions.QuestionID, error)
	// Due counts the cards of a learner that fall due from a time until before another,
	// by time, and tells whether one of the twins is among them.
	Due(ctx context.Context, who questions.LearnerID, from, to time.Time, twins []questions.FactID) ([]study.Due, error)
	// Pasts loads every event of a learner with its marks, in order.
	Pasts(ctx context.Context, who questions.LearnerID) ([]study.Past, error)
	// LastAnswer returns the newest answer of the sitting that no undo voids, and
	// the whole past of the facts that it marked, with what a decision by them stands on;
	// fault.Missing when there is none.
	LastAnswer(ctx context.Context, who questions.LearnerID, sitting int) (last study.Past, facts []study.Past, on study.Stand, err error)
	// Handle stores an event about how facts are handled, and what follows from it: on
	// what the learner answered last where it names no version. In the sitting, if not
	// 0, open items that ask for one of the facts are closed without an answer.
	// ErrMoved when the learner's past has moved on meanwhile; fault.Missing before the
	// first answer.
	Handle(ctx context.Context, e study.Event, facts []questions.FactID, sitting int) error
	// Note stores a learner's own words on a fact; none take them away.
	Note(ctx context.Context, who questions.LearnerID, fact questions.FactID, note string) error
	// Undo stores the undo event, reopens the item, takes back the items added
	// by the answer and the day's tally, and puts the cards: all or nothing. A
	// card with Seq 0 is removed. ErrMoved when the answer was voided meanwhile
	// or a card has been fed by a later event.
	Undo(ctx context.Context, u Undone) error
	// ClaimInto opens the way in and moves all that a guest has to the account, in
	// one transaction: sittings and events are numbered on, what is derived is put
	// as decided, the guest goes. A guest who is gone, or has a name, moves nothing.
	// ErrMoved when one of the two has a newer event than was decided on;
	// fault.Conflict when the account has an answer of the guest's already.
	ClaimInto(ctx context.Context, c study.Claimed, w people.Way) error
}

// Undone is one answer taken back.
type Undone struct {
	Event study.Event // What Undo, Voids the answer
	Last  study.Past
	Cards []study.Card // as the remaining past makes them
	Tally study.Tally  // to add: the answer's, negative
	Stand study.Stand
}
