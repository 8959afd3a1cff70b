// Package quiz runs sittings: a learner's go at a list of questions, be it a
// quiz, the retry of what was wrong, or a review.
package quiz

import (
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Mode is how a sitting runs. stored: never rename
type Mode string

// Modes. Tutor gives the verdict after each answer; exam at the end, once all is handed
// in; retry asks again what was wrong; review brings back what is due and can be undone;
// cram goes through facts as often as one likes, until each was right, and moves no memory
// that is not due; reading is one question about what was just read.
const (
	Tutor   Mode = "tutor"
	Exam    Mode = "exam"
	Retry   Mode = "retry"
	Review  Mode = "review"
	Cram    Mode = "cram"
	Reading Mode = "reading"
)

// State of an item. stored: never rename
type State string

// An item is open, then perhaps tried (a flashcard was turned, or an answer was
// almost right) or, in an exam, given, then closed.
const (
	Open   State = "open"
	Tried  State = "tried"
	Given  State = "given"
	Closed State = "closed"
)

// Sitting is one learner's go at a list of questions.
type Sitting struct {
	Learner  questions.LearnerID
	N        int // counted per learner from 1
	Mode     Mode
	Topic    questions.TopicID // 0: mixed
	Of       int               // of a retry: the sitting it repeats
	Started  time.Time
	Finished time.Time // zero: still open
	Count    int       // items
	Closed   int       // items closed
	Empty    int       // of a finished one: items without an answer
	Given    int       // items given, of an open exam; only of Latest
	Minutes  int       // the time limit as it was set; 0: none
	Ends     time.Time // the learner's own; zero: it does not

	Class      questions.ClassID // whose assignment it is a try at; 0: it is none
	Assignment int
	Handed     time.Time // of what is judged later: when it was handed in; zero: it was not
	Held       time.Time // until then what was handed in is not judged; zero: it is at once
	Foretold   Foretold  // when it began; what is Right only with items, and of Latest
	Repaired   Repaired
	Items      []Item // only where a method says so
}

// Repaired is what a ruling has made of a sitting's result.
type Repaired struct {
	Decision study.Decision // "": nothing
	At       time.Time
	Right    int // the result as it is now, whatever the decision, of how many that count; only of Latest
	Of       int
}

// Done tells whether every item has been answered.
func (s Sitting) Done() bool { return !s.Finished.IsZero() }

// Item is one question of a sitting.
type Item struct {
	Pos     int // from 1
	Ref     questions.Ref
	Bank    questions.BankID
	Lexicon int
	Order   []int
	State   State
	Tried   questions.Response // the first try of a tried item
	Given   questions.Response // of a given item; it stays when that is closed
	At      time.Time          // when it was given
	Took    time.Duration      // all that was spent on it until then
	Flagged bool               // by the learner, to look at again
	Token   string             // of the first try, or of the last change to what is given
	Seq     int64              // of a closed item: its event; 0: it was left empty
	Credit  float64            // of a closed item, 0..1
	Verdict questions.Verdict  // of a closed item: the worst of its marks
	Again   bool               // asked again in the same sitting: first answers only count
	Facts   []questions.FactID // that it asks for
	Chance  float64            // of full credit, as foretold when the sitting began, 0..1; 0: nothing was
	Said    []study.Contest    // against it, by its learner; of Store.Turn and Store.Sitting
}

// Turn is all that is needed to show or decide one item.
type Turn struct {
	Sitting Sitting // without items
	Item    Item
	Past    study.Past   // of a closed item: what was answered
	Cards   []study.Card // of the item's facts, those that exist
	Cares   []study.Care // of the item's facts, those that the learner handles in a way of their own
	Weights fsrs.Weights // in force; zero: the default ones
	Adopted int64        // by which event
	Stand   study.Stand
	Rulings []study.Ruling // in force, on the item's question, in their order
	Open    bank.Open      // the item's bank as it is now
}

// Answered is one decided answer, stored whole or not at all.
type Answered struct {
	Newcomer *people.Newcomer // made in the same transaction, if any
	Opens    *Sitting         // sitting with its items, opened in the same transaction, if any
	Event    study.Event
	Marks    []study.Mark
	Cards    []study.Card // as they become; Seq is still that of the card decided on
	Item     Item         // as it becomes, closed
	From     State        // the state it was decided in
	Adds     []Item       // asked again later in the sitting; Pos is given by the store
	Finished time.Time    // set when this answer ends the sitting and Adds is empty
	Tally    study.Tally
	Stand    study.Stand
}
