package people

import (
	"slices"
	"time"
)

// Extra is how long a test of limited time is for a pupil, in percent of what it
// is for the others; below 100 it says nothing. stored: never rename
type Extra int

// Standard is the time that everybody has.
const Standard Extra = 100

// Extras are those to choose from.
var Extras = [...]Extra{Standard, 125, 150, 200}

// Valid tells whether it is one of those.
func (e Extra) Valid() bool { return slices.Contains(Extras[:], e) }

// Stretch returns a limit as it is for a pupil, and how much of it is the pupil's
// own. Whole minutes are given, upwards: 10 minutes at 125 percent are 13.
func Stretch(limit time.Duration, e Extra) (whole, own time.Duration) {
	own = limit * time.Duration(max(e, Standard)-Standard) / time.Duration(Standard)
	if rest := own % time.Minute; rest > 0 {
		own += time.Minute - rest
	}
	return limit + own, own
}
