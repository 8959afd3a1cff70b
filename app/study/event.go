package study

import (
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/questions"
)

// What says what an event records. stored: never rename
type What string

// Events. Practice is an answer that moves no card: the key was seen in the same
// session. Undo names the event that it voids. Claim says that the events before
// it were a guest's; its response is how many.
// Adopted puts weights of the memory model, its response, in force: all cards are
// replayed with them. Trust says of an answer before it that the learner had one part
// of it right, its response: the card believes it, the mark stays. Suspend, bury and star
// say how facts are to be handled (Cares). Known says what the memory of a fact was in
// another program, its response: stability in days, difficulty, reviews, lapses, and when
// it is due in milliseconds.
const (
	Answer   What = "answer"
	Practice What = "practice"
	Undo     What = "undo"
	Claim    What = "claim"
	Adopted  What = "weights"
	Trust    What = "trust"
	Suspend  What = "suspend"
	Bury     What = "bury"
	Star     What = "star"
	Known    What = "known"
)

// Event is one thing a learner did. It is appended and never changed.
type Event struct {
	Learner  questions.LearnerID
	Seq      int64 // counted per learner from 1
	At       time.Time
	Day      fsrs.Day
	Zone     string // IANA name, in which Day was found
	What     What
	Ref      questions.Ref // the version that was seen
	Lexicon  int           // its bank's lexicon revision
	Order    []int         // option order; nil: as they stand
	Response questions.Response
	Tried    questions.Response // the first of two tries, if there were two
	Took     time.Duration
	Sure     bool
	Token    string // unique per learner
	Sitting  int
	Pos      int       // of the item in the sitting
	Voids    int64     // of an undo: the event it voids
	About    int64     // of a trust: the event it speaks of
	Weights  int64     // the event that adopted the weights in force; 0: the default ones
	Places   []float64 // by part, of its card's interval within its range (fsrs.Range), so that days are even; nil or 0: by the card
}

// Follow puts an event that a clock set back would place before the answers it
// stands on at their time: in the order of time, too, it comes after them.
func (e Event) Follow(cards []Card) Event {
	for _, c := range cards {
		if c.Last.After(e.At) {
			e.At, e.Day = c.Last, Calendar(e.zone()).Day(c.Last)
		}
	}
	return e
}

// zone is the place in which the event's day was found; UTC where it is not known.
func (e Event) zone() *time.Location { return people.Zone(e.Zone) }

// Mark is what an event was worth for one part, with the memory it met.
type Mark struct {
	questions.Mark
	Graded    *questions.Mark // what the grader said when it was given, where a ruling says otherwise; nil: just this
	Recall    float64         // predicted recall when answered, 0..1; 0: never seen
	Stability float64         // days, before the answer; 0: never seen
	Elapsed   int             // whole study days since the last review
}

// Plain are marks without what they met.
func Plain(marks []Mark) []questions.Mark {
	list := make([]questions.Mark, len(marks))
	for i, m := range marks {
		list[i] = m.Mark
	}
	return list
}

// Past is an event with its marks.
type Past struct {
	Event
	Marks []Mark
}
