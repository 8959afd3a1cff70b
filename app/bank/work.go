package bank

import (
	"time"

	"thaw/app/people"
	"thaw/questions"
)

// State says whether a question is asked. stored: never rename
type State string

// The states. A draft is not asked yet and may be unfinished; what is retired is
// asked no more, and past results stay.
const (
	Draft   State = "draft"
	Live    State = "live"
	Retired State = "retired"
)

// States lists the states in the order of a question's life.
var States = [...]State{Draft, Live, Retired}

// Head is a question without its wording, as its author's pages have it.
type Head struct {
	ID       questions.QuestionID
	Bank     questions.BankID
	Slug     string
	Topic    questions.TopicID
	Kind     string
	State    State
	Latest   int
	Origin   questions.Ref        // what it was copied from, at the version taken last
	Reverses questions.QuestionID // the flashcard whose other direction it is, or 0
	Changed  time.Time
	Tags     []string // as its author wrote them
}

// Written is a question with its newest wording.
type Written struct {
	Head
	Version questions.Version
}

// Work is one question on its author's desk, with what can be picked for it.
type Work struct {
	Bank     Bank
	Revision int     // of the bank: a change is decided on it
	Question Written // zero: not written yet
	Back     Written // of a flashcard: the question of its other direction, if it has one
	Topics   Outline
	Facts    []Fact // that a question of the bank asks for, in any state
	Passages []questions.Passage
	Tags     []string          // of the bank's questions, by the alphabet
	Lexicon  questions.Lexicon // the names of the bank
}

// Reversed tells whether the flashcard is asked in both directions.
func (w Work) Reversed() bool {
	return w.Back.ID != 0 && (w.Back.State != Retired || w.Question.State == Retired)
}

// Fact returns a fact that the question may ask for.
func (w Work) Fact(id questions.FactID) (Fact, bool) {
	for _, f := range w.Facts {
		if f.ID == id && id != 0 {
			return f, true
		}
	}
	return Fact{}, false
}

// Passage returns a passage that the question may point to.
func (w Work) Passage(id questions.PassageID) (questions.Passage, bool) {
	for _, p := range w.Passages {
		if p.ID == id && id != 0 {
			return p, true
		}
	}
	return questions.Passage{}, false
}

// Form is what an author's form says about a question.
type Form struct {
	Base     int               // the version that the form was made from; 0: a new question
	Topic    questions.TopicID // one of the bank's, unless NewTopic names one
	NewTopic string
	Fact     questions.FactID // 0: one of its own; where each part has one, its answers say which
	State    State
	Reversed bool     // of a flashcard: it is asked the other way round as well
	Tags     []string // none: it has none
	Version  questions.Version
	Token    string // the same token makes one question, one fact, one topic
}

// Change is what becomes of a bank when a question is written: stored whole or
// not at all.
type Change struct {
	Newcomer *people.Newcomer // made in the same transaction, if any
	Opens    *Bank            // made in the same transaction, if any
	Bank     questions.BankID
	Revision int    // of the bank, on which it was decided
	NewTopic *Topic // made first: the topic of whatever has none
	Puts     []Put  // the question, then its other direction
	AtMost   int    // how many questions the owner may have after it; 0: any number
	By       questions.LearnerID
	At       time.Time
}

// Put is one question as it becomes.
type Put struct {
	Head
	Version *questions.Version // the new wording; nil: it stays
	Fact    *Fact              // made (it has no id) or changed; answers without a fact ask for it
	Parts   []PartFact         // where each part has a fact of its own, instead of Fact
	Tags    *[]string          // those it has now, clean and checked (CleanTags, CheckTags); nil: they stay
}

// PartFact is the fact of one part of a question, made or changed; the part's
// answers without a fact ask for it.
type PartFact struct {
	Part int
	Fact
}
