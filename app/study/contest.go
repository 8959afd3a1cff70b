package study

import (
	"time"

	"thaw/questions"
)

// Why says what a learner contests. stored: never rename
type Why string

// I was right is about one part of an answer; the others report the question.
const (
	WasRight Why = "right"
	Faulty   Why = "wrong"
	Unclear  Why = "unclear"
	GivesKey Why = "given"
)

// Reports lists the reasons to report a question, in the order of a form.
var Reports = [...]Why{Faulty, Unclear, GivesKey}

// State of a contest. stored: never rename
type State string

// The states.
const (
	Open     State = "open"
	Accepted State = "accepted"
	Rejected State = "rejected"
)

// Contest is what a learner says against a verdict, or against a question.
type Contest struct {
	Learner questions.LearnerID
	Seq     int64 // of the answer
	Part    int   // 0: the question as a whole
	Why     Why
	Ref     questions.Ref // the version that was seen
	Given   string        // what was typed
	Words   string        // the learner's, about a question
	At      time.Time
	State   State
	Reply   string // a teacher's word back
	Pos     int    // of the item in its sitting
	Mine    bool   // the learner's own card believes it
}

// Contestable tells whether a learner may say of a mark that it was right: of what was
// typed, where something was typed and it is not right.
func Contestable(v questions.Version, e Event, m questions.Mark) bool {
	key, ok := v.Key(m.Part)
	return ok && key.Match != "" && !m.Verdict.Fine() && m.Verdict != questions.Void && e.Said(m.Part) != ""
}
