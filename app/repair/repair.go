// Package repair mends the past: what learners contest, what a teacher rules, and all
// that follows from it for every answer given before.
package repair

import (
	"context"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Store is what this package needs kept. Whatever a person may not rule on is
// fault.Missing, like what does not exist.
type Store interface {
	Contests
	Judging
	Rulings
}

// Contests keeps what learners say against verdicts and questions.
type Contests interface {
	// Turn loads an item of the learner's own with what was answered.
	Turn(ctx context.Context, who questions.LearnerID, sitting, pos int) (quiz.Turn, error)
	// Contest stores one, once for each answer and part; of a question, once for each
	// version while it is open.
	Contest(ctx context.Context, c study.Contest) error
	// Open lists those that wait for a teacher, the newest first: of questions that the
	// teacher edits, and of pupils who gave their answer in a class of the teacher's. With a
	// class that the teacher has, only those from there; 0: all.
	Open(ctx context.Context, who people.Person, class questions.ClassID) ([]Waiting, error)
	// Reject answers those of a row that wait for the teacher, and says how many.
	Reject(ctx context.Context, who people.Person, r RowID, reply string, now time.Time) (int, error)
}

// Judging keeps what follows from rulings.
type Judging interface {
	// Pasts, Rulings: as in study.Store.
	Pasts(ctx context.Context, who questions.LearnerID) ([]study.Past, error)
	Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]study.Ruling, study.Stand, error)
	// Rejudge stores what becomes of a learner's past, all or nothing, and notes that a
	// ruling (0: none) has reached the learner. study.ErrMoved when the learner has done
	// something since, or been judged.
	Rejudge(ctx context.Context, r study.Rejudged, done questions.RulingID) error
	// Pending lists learners whom a ruling under way has not reached yet: of those who had
	// answered before it was made. Whoever answers later is judged by it at once.
	Pending(ctx context.Context, id questions.RulingID, limit int) ([]questions.LearnerID, error)
	// Left lists the rulings under way, or for a class, that have not reached a learner.
	Left(ctx context.Context, who questions.LearnerID) ([]questions.RulingID, error)
	// Unfinished lists the rulings that are not in force for everybody whom they are
	// about, or not yet taken back for all.
	Unfinished(ctx context.Context) ([]questions.RulingID, error)
	// Finish notes that a ruling has reached everybody.
	Finish(ctx context.Context, id questions.RulingID, now time.Time) error
}

// Rulings keeps what teachers decide.
type Rulings interface {
	// Subject loads a question with what a person may rule on it, but for its wording and
	// the names, of which there is the revision.
	Subject(ctx context.Context, who people.Person, id questions.QuestionID) (Subject, error)
	// Answered loads the answers to questions that stand, of everybody or of the pupils
	// of classes since they joined, with the rulings that reach each.
	Answered(ctx context.Context, ids []questions.QuestionID, classes []questions.ClassID) ([]Answered, error)
	// Asking lists the questions of a bank, in any state, that have asked for a name.
	Asking(ctx context.Context, id questions.BankID, name questions.EntityID) ([]questions.QuestionID, error)
	// Rule stores a ruling with the wording, the names or the state that it makes, in one
	// transaction, and returns its number; the same token makes it once. bank.ErrMoved
	// when the bank has another revision.
	Rule(ctx context.Context, m Made) (questions.RulingID, error)
	// Undo takes a ruling back, once, with the wording, the names or the state that it
	// made, unless they have been changed since.
	Undo(ctx context.Context, who people.Person, id questions.RulingID, now time.Time) error
	// Progress loads a ruling that a person has made or may undo.
	Progress(ctx context.Context, who people.Person, id questions.RulingID) (Progress, error)
	// Made lists the newest rulings that a person may undo.
	Made(ctx context.Context, who people.Person, limit int) ([]Progress, error)
}

// Desk is where verdicts are contested, ruled on and repaired.
type Desk struct {
	Store Store
	Shelf *bank.Shelf
	Now   func() time.Time
}

// now is to the millisecond, as it is stored.
func (d Desk) now() time.Time { return d.Now().UTC().Truncate(time.Millisecond) }
