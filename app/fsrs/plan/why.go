package plan

// Why is the reason for which a fact is studied now, in one word.
type Why string

// The reasons. Of those that hold of a Candidate and its Study, the first is given.
const (
	New      Why = "new"      // never met
	Missed   Why = "missed"   // not known last time
	Doubtful Why = "doubtful" // known by now with a chance, Now, below 0.7
	Fading   Why = "fading"   // within a week recall falls by 0.05 or more, from Now to Soon
	Young    Why = "young"    // not yet firm: its stability is below a week
	Long     Why = "long"     // not asked for in 60 days or more
	Ripe     Why = "ripe"     // recall has fallen to Now, and no later day is worth as much
	Early    Why = "early"    // a later day is worth more, the one that Next tells
	ForExam  Why = "exam"     // asked for before an exam: for whoever follows a Plan to give
	Sure     Why = "sure"     // answered wrong by who was sure: for whoever knows of it to give
)

// Where reasons begin.
const (
	doubt = 0.7  // recall
	slide = 0.05 // of recall, in a week
	long  = 60   // days
)

// why is the first reason that holds, of a study that is worth it now or is not.
func why(f Candidate, s Study, worth bool) Why {
	switch {
	case !f.Seen():
		return New
	case f.Missed:
		return Missed
	case s.Now < doubt:
		return Doubtful
	case s.Now-s.Soon >= slide:
		return Fading
	case f.Stability < week:
		return Young
	case f.Days >= long:
		return Long
	case worth:
		return Ripe
	}
	return Early
}
