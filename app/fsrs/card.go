package fsrs

import "time"

// Phase is where a card stands in its life. stored: never rename
type Phase string

// The phases. The zero value is a card never seen.
const (
	Unseen     Phase = ""
	Learning   Phase = "learning"   // between its first steps
	Reviewing  Phase = "review"     // at intervals of days
	Relearning Phase = "relearning" // between the steps after a lapse
)

// Card is a memory with its schedule. The zero value is a fact never seen, due
// at once.
type Card struct {
	Memory
	Phase  Phase
	Step   int       // index of the step it waits for; 0 outside Learning and Relearning
	Reps   int       // reviews so far
	Lapses int       // of them Again in the phase Reviewing
	Last   time.Time // of the last review, UTC
	Due    time.Time // UTC
}
